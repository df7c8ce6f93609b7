//! Sealing of signing keys and recoverable secrets under the master key: AES-256-GCM with a random nonce.
//!
//! What is sealed is bound to where it lies (its *place*), so that a row copied to another tenant does not open there.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_protocol::{Secret, TenantId, WorkspaceId};
use zeroize::Zeroizing;

/// First byte of everything sealed, so that a later format can be told apart.
const FORMAT: u8 = 1;
/// Bytes of the master key's SHA-256 that name the key in what it sealed.
const KEY_NAME: usize = 4;
const NONCE: usize = 12;

/// Why sealing or opening failed; never says anything of the content.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The master key is not 32 bytes in base64url or hexadecimal.
    #[error("the master key must be 32 bytes, written in base64url or hexadecimal")]
    MalformedKey,
    /// The key file could not be read or made.
    #[error("the master key file {0}: {1}")]
    KeyFile(String, io::Error),
    /// Sealed under another master key.
    #[error("this was sealed under another master key")]
    OtherKey,
    /// Altered, or moved here from another place.
    #[error("what is sealed here does not open")]
    DoesNotOpen,
}

/// Seals and opens under one master key.
pub struct Vault {
    key: RandomizedNonceKey,
    /// Authenticates what others carry for us; of the master key too, yet another key than that.
    mac: hmac::Key,
    name: [u8; KEY_NAME],
}

/// Where a sealed thing lies: a kind and a name within a workspace.
pub fn place(tenant: &TenantId, workspace: &WorkspaceId, kind: &str, name: &str) -> String {
    format!("{tenant}/{workspace}/{kind}/{name}")
}

impl Vault {
    /// The vault of the configured master key, or of the one in `data_dir`, which is made when there is none.
    ///
    /// # Errors
    /// When the key is malformed or its file cannot be read or made.
    pub fn open(configured: Option<&Secret>, data_dir: &Path) -> Result<Self, VaultError> {
        match configured {
            Some(key) => Self::from_text(key.expose()),
            None => Self::from_text(&key_file(&data_dir.join("master.key"))?),
        }
    }

    fn from_text(text: &str) -> Result<Self, VaultError> {
        let bytes = Zeroizing::new(decode(text.trim()).ok_or(VaultError::MalformedKey)?);
        let key = RandomizedNonceKey::new(&AES_256_GCM, &bytes).map_err(|_| VaultError::MalformedKey)?;
        let hash = digest::digest(&digest::SHA256, &bytes);
        let mut name = [0; KEY_NAME];
        name.iter_mut().zip(hash.as_ref()).for_each(|(to, from)| *to = *from);
        let subkey = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes), b"cardea: message authentication");
        let mac = hmac::Key::new(hmac::HMAC_SHA256, subkey.as_ref());
        Ok(Self { key, mac, name })
    }

    /// HMAC-SHA-256 over `parts`, for this purpose alone: what nobody but a holder of the master key can make.
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.mac);
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            // Lengths keep the parts apart.
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut mac = [0; 32];
        mac.iter_mut().zip(context.sign().as_ref()).for_each(|(to, from)| *to = *from);
        mac
    }

    /// Seals `content` for `place`.
    ///
    /// # Errors
    /// Only when the cipher refuses to work at all.
    pub fn seal(&self, place: &str, content: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut body = content.to_vec();
        let nonce = self
            .key
            .seal_in_place_append_tag(Aad::from(place.as_bytes()), &mut body)
            .map_err(|_| VaultError::DoesNotOpen)?;
        let mut sealed = Vec::with_capacity(1 + KEY_NAME + NONCE + body.len());
        sealed.push(FORMAT);
        sealed.extend_from_slice(&self.name);
        sealed.extend_from_slice(nonce.as_ref());
        sealed.append(&mut body);
        Ok(sealed)
    }

    /// Opens what was sealed for `place`.
    ///
    /// # Errors
    /// When it was sealed under another key, for another place, or was altered.
    pub fn unseal(&self, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (format, rest) = sealed.split_first().ok_or(VaultError::DoesNotOpen)?;
        let (name, rest) = rest.split_at_checked(KEY_NAME).ok_or(VaultError::DoesNotOpen)?;
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or(VaultError::DoesNotOpen)?;
        if *format != FORMAT {
            return Err(VaultError::DoesNotOpen);
        }
        if name != self.name {
            return Err(VaultError::OtherKey);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| VaultError::DoesNotOpen)?;
        let mut body = Zeroizing::new(body.to_vec());
        let length = self
            .key
            .open_in_place(nonce, Aad::from(place.as_bytes()), &mut body)
            .map_err(|_| VaultError::DoesNotOpen)?
            .len();
        body.truncate(length);
        Ok(body)
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    if text.len() == 64 && text.is_ascii() {
        return (0..64).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect();
    }
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok().filter(|bytes| bytes.len() == 32)
}

/// Reads the key file, or makes it (mode 0600) by an atomic link, so that of two processes starting at once one wins.
fn key_file(path: &Path) -> Result<Zeroizing<String>, VaultError> {
    let failed = |error| VaultError::KeyFile(path.display().to_string(), error);
    match fs::read_to_string(path) {
        Ok(text) => return Ok(Zeroizing::new(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let draft = path.with_extension(format!("new-{}", std::process::id()));
    let written = write_private(&draft, &crate::random::secret()).and_then(|()| match fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    // The draft is only a way to the key file: whether it goes away changes nothing.
    drop(fs::remove_file(&draft));
    written.map_err(failed)?;
    fs::read_to_string(path).map(Zeroizing::new).map_err(failed)
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(fill: u8) -> Vault {
        Vault::from_text(&URL_SAFE_NO_PAD.encode([fill; 32])).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_only_at_its_place_and_under_its_key() {
        let sealed = vault(1).seal("acme/main/key/1", b"private").unwrap();
        assert!(matches!(vault(1).unseal("evil/main/key/1", &sealed), Err(VaultError::DoesNotOpen)));
        assert!(matches!(vault(2).unseal("acme/main/key/1", &sealed), Err(VaultError::OtherKey)));
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(vault(1).unseal("acme/main/key/1", &altered).is_err(), "byte {at}");
            assert!(vault(1).unseal("acme/main/key/1", &sealed[..at]).is_err(), "cut at {at}");
        }
        assert_eq!(vault(1).unseal("acme/main/key/1", &sealed).unwrap().as_slice(), b"private");
    }

    #[test]
    fn a_mac_is_of_its_key_its_purpose_and_each_of_its_parts() {
        let mac = vault(1).mac("form", &[b"ab", b"c"]);
        assert_ne!(mac, vault(2).mac("form", &[b"ab", b"c"]));
        assert_ne!(mac, vault(1).mac("other", &[b"ab", b"c"]));
        assert_ne!(mac, vault(1).mac("form", &[b"a", b"bc"]));
        assert_ne!(mac, vault(1).mac("form", &[b"ab", b"c", b""]));
        assert_eq!(mac, vault(1).mac("form", &[b"ab", b"c"]));
    }

    #[test]
    fn a_key_is_base64url_or_hexadecimal_of_32_bytes() {
        for wrong in ["", "short", &"0".repeat(63), &"g".repeat(64), &URL_SAFE_NO_PAD.encode([0; 31])] {
            assert!(matches!(Vault::from_text(wrong), Err(VaultError::MalformedKey)), "{wrong}");
        }
        assert!(Vault::from_text(&"0f".repeat(32)).is_ok());
        assert!(Vault::from_text(&format!("{}\n", crate::random::secret())).is_ok());
    }

    #[test]
    fn the_key_file_is_made_once_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let sealed = Vault::open(None, folder.path()).unwrap().seal("p", b"x").unwrap();
        assert_eq!(Vault::open(None, folder.path()).unwrap().unseal("p", &sealed).unwrap().as_slice(), b"x");
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(
                &fs::metadata(folder.path().join("master.key")).unwrap().permissions(),
            );
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
