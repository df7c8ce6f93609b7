//! The certificate that the mTLS listener shows when none is given: made once, kept in the data folder, and good for this
//! machine's own names, so that `curl --cacert` trusts it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use cardea_protocol::Timestamp;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

use super::TlsError;
use crate::certificates::{Certificate, inspect};
use crate::config::IdentityFiles;

/// Seconds that it is valid for: 398 days, the longest that browsers take.
const LIFETIME: i64 = 398 * 24 * 3600;
/// Seconds before its end at which another is made.
const RENEWAL: i64 = 30 * 24 * 3600;

/// The files in `data_dir`, made or renewed at `now` where that is due. `host` is the listener's in its public URL.
///
/// # Errors
/// When they cannot be made or written.
pub fn identity(data_dir: &Path, host: &str, now: Timestamp) -> Result<IdentityFiles, TlsError> {
    let files = files(data_dir);
    if !is_current(&files, host, now) {
        make(&files, host, now)?;
    }
    Ok(files)
}

/// Where in `data_dir` they are.
pub fn files(data_dir: &Path) -> IdentityFiles {
    let folder = data_dir.join("tls");
    IdentityFiles { cert: folder.join("development.crt"), key: folder.join("development.key") }
}

fn is_current(files: &IdentityFiles, host: &str, now: Timestamp) -> bool {
    let Ok(bytes) = fs::read(&files.cert) else { return false };
    let names_host = |certificate: &Certificate| {
        let names = &certificate.extensions().subject_alternative_names.names;
        names.iter().any(|name| name.to_string() == host)
    };
    let good = |certificate: Certificate| certificate.not_after() > now.plus_secs(RENEWAL) && names_host(&certificate);
    files.key.is_file() && inspect::read_file(&bytes).is_ok_and(good)
}

/// An authority that signs this one certificate and is forgotten: only its certificate stays, so that whoever trusts the file
/// trusts nothing else, and clients that take no certificate for its own authority are content too.
fn make(files: &IdentityFiles, host: &str, now: Timestamp) -> Result<(), TlsError> {
    let validity = |params: &mut CertificateParams| {
        params.not_before = moment(now.plus_secs(-3600));
        params.not_after = moment(now.plus_secs(LIFETIME));
    };
    let mut authority = CertificateParams::default();
    validity(&mut authority);
    authority.distinguished_name = DistinguishedName::new();
    authority.distinguished_name.push(DnType::CommonName, "Cardea development authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let authority_key = KeyPair::generate()?;
    let authority_certificate = authority.self_signed(&authority_key)?;

    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    if !names.iter().any(|name| name == host) {
        names.push(host.to_owned());
    }
    let mut server = CertificateParams::new(names)?;
    validity(&mut server);
    server.distinguished_name = DistinguishedName::new();
    server.distinguished_name.push(DnType::CommonName, "Cardea development");
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    let certificate = server.signed_by(&key, &Issuer::new(authority, authority_key))?;
    write(&files.key, &key.serialize_pem(), 0o600)?;
    write(&files.cert, &(certificate.pem() + &authority_certificate.pem()), 0o644)
}

/// A moment as rcgen takes it.
pub fn moment(moment: Timestamp) -> time::OffsetDateTime {
    time::OffsetDateTime::from_unix_timestamp(moment.as_secs()).unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
}

/// Writes a file as a whole, which nobody but its owner reads while it is written.
///
/// # Errors
/// When it, or its folder, cannot be written.
pub fn write(path: &Path, text: &str, mode: u32) -> Result<(), TlsError> {
    let failed = |error: std::io::Error| TlsError::File(path.to_owned(), error.to_string());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let unfinished = PathBuf::from(format!("{}.new", path.display()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    let mut file = options.open(&unfinished).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    fs::rename(&unfinished, path).map_err(failed)
}
