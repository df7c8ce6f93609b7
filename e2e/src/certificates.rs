//! Certificates as clients have them: made anew for each test by rcgen, and written to files as curl and openssl read them.
//!
//! A test says what a certificate is to say by changing the members of [`CertificateParams`].

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use rcgen::string::Ia5String;
pub use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
    PKCS_RSA_SHA256, SanType,
};
use rcgen::{DistinguishedName, Issuer};
use tempfile::TempDir;

mod version_1;

pub use version_1::version_1;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// What an ordinary client's certificate says: `CN=…, O=Example`, for clientAuth, valid since yesterday and for thirty days.
#[must_use]
pub fn client(common_name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Example");
    params.distinguished_name.push(DnType::CommonName, common_name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    valid(params, -1, 30)
}

/// What a server's certificate says that is reached as `localhost` or `127.0.0.1`.
#[must_use]
pub fn server() -> CertificateParams {
    let mut params = client("server");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.subject_alt_names =
        vec![SanType::DnsName(ia5("localhost")), SanType::IpAddress(std::net::Ipv4Addr::LOCALHOST.into())];
    params
}

/// The same, valid from so many days from now until so many.
#[must_use]
pub fn valid(mut params: CertificateParams, from: i32, until: i32) -> CertificateParams {
    let in_days = |days: i32| {
        let distance = DAY * days.unsigned_abs();
        if days < 0 { SystemTime::now() - distance } else { SystemTime::now() + distance }
    };
    params.not_before = in_days(from).into();
    params.not_after = in_days(until).into();
    params
}

/// An ASCII string, for alternative names.
#[must_use]
pub fn ia5(text: &str) -> Ia5String {
    text.try_into().unwrap()
}

/// What an authority's certificate says; `path_length` is the most intermediates below it.
fn authority(common_name: &str, path_length: Option<u8>) -> CertificateParams {
    let mut params = client(common_name);
    params.extended_key_usages.clear();
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.is_ca = IsCa::Ca(path_length.map_or(BasicConstraints::Unconstrained, BasicConstraints::Constrained));
    params
}

/// A certification authority.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    /// Its own certificate and those above it, but for the root's: what a client sends along.
    chain: String,
}

impl Authority {
    /// A new one, of a name that others may have too.
    #[must_use]
    pub fn root(common_name: &str) -> Self {
        Self::root_with_path_length(common_name, None)
    }

    /// A new one that allows so many intermediates.
    #[must_use]
    pub fn root_with_path_length(common_name: &str, path_length: Option<u8>) -> Self {
        let (key, params) = (KeyPair::generate().unwrap(), authority(common_name, path_length));
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem, chain: String::new() }
    }

    /// An intermediate authority.
    #[must_use]
    pub fn below(&self, common_name: &str) -> Self {
        let (key, params) = (KeyPair::generate().unwrap(), authority(common_name, None));
        let pem = params.signed_by(&key, &self.issuer).unwrap().pem();
        let chain = format!("{pem}{}", self.chain);
        Self { issuer: Issuer::new(params, key), pem, chain }
    }

    /// Its certificate.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// Issues what `params` say.
    #[must_use]
    pub fn issue(&self, params: &CertificateParams) -> Identity {
        self.issue_for(params, KeyPair::generate().unwrap())
    }

    /// Issues what `params` say, for a key of another kind.
    #[must_use]
    pub fn issue_for(&self, params: &CertificateParams, key: KeyPair) -> Identity {
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        Identity::new(certificate.der(), certificate.pem(), &self.chain, key)
    }
}

/// A certificate and its key, in files that live as long as this.
pub struct Identity {
    der: Vec<u8>,
    pem: String,
    key: KeyPair,
    folder: TempDir,
}

impl Identity {
    fn new(der: &[u8], pem: String, chain: &str, key: KeyPair) -> Self {
        let folder = tempfile::Builder::new().prefix("cardea-e2e-certificate").tempdir().unwrap();
        let identity = Self { der: der.to_vec(), pem, key, folder };
        std::fs::write(identity.cert(), &identity.pem).unwrap();
        std::fs::write(identity.cert_and_chain(), format!("{}{chain}", identity.pem)).unwrap();
        std::fs::write(identity.key(), identity.key.serialize_pem()).unwrap();
        identity
    }

    /// A certificate that its own key signs, for which nobody vouches.
    #[must_use]
    pub fn self_signed(params: &CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self::new(certificate.der(), certificate.pem(), "", key)
    }

    /// The file of the certificate alone.
    #[must_use]
    pub fn cert(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    /// The file of the certificate and the intermediates above it.
    #[must_use]
    pub fn cert_and_chain(&self) -> PathBuf {
        self.folder.path().join("chain.pem")
    }

    /// The file of the private key.
    #[must_use]
    pub fn key(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }

    /// The certificate.
    #[must_use]
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The certificate.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The private key, as PKCS #8.
    #[must_use]
    pub fn key_der(&self) -> Vec<u8> {
        self.key.serialize_der()
    }
}
