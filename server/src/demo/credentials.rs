//! What a client knows of itself, in a file that only its owner reads; `cardea assertion --client FILE` reads it too.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::DemoError;
use super::certificates::Made;
use super::person::Person;
use crate::random;
use crate::tls::{TlsError, development};

/// A client's own view of its registration.
#[derive(Serialize, Deserialize)]
pub struct ClientFile {
    /// The issuer identifier of the workspace.
    pub issuer: String,
    /// Its id there.
    pub client_id: String,
    /// How it proves itself.
    pub token_endpoint_auth_method: String,
    /// Its secret, where the method has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub client_secret: Option<String>,
    /// What its assertions are signed with, where the method has them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alg: Option<Algorithm>,
    /// Its private key (PKCS #8, base64url), where the method has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub private_key: Option<String>,
    /// Who can sign in at it, where it proves nothing itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<Person>,
    /// Its certificate and the key of it, in PEM, where the method has one: written to files of their own.
    #[serde(skip)]
    pub certificate: Option<Made>,
}

/// Seconds that an assertion made here is good for.
const LIFETIME: i64 = 60;

impl ClientFile {
    /// Where in `folder` the client's file is.
    pub fn path(&self, folder: &Path) -> PathBuf {
        self.file(folder, "json")
    }

    /// The client's file of another kind: its certificate (`crt`) or the key of it (`key`).
    pub fn file(&self, folder: &Path, extension: &str) -> PathBuf {
        folder.join(format!("{}.{extension}", self.client_id))
    }

    /// Writes its files, which only their owner reads.
    ///
    /// # Errors
    /// When the folder or the file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), DemoError> {
        let path = self.path(folder);
        let failed = |error: TlsError| DemoError::Files(folder.to_owned(), error.to_string());
        let text =
            serde_json::to_string_pretty(self).map_err(|error| DemoError::Files(path.clone(), error.to_string()))?;
        if let Some(made) = &self.certificate {
            development::write(&self.file(folder, "crt"), &made.certificate, 0o600).map_err(failed)?;
            development::write(&self.file(folder, "key"), &made.key, 0o600).map_err(failed)?;
        }
        development::write(&path, &text, 0o600).map_err(failed)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read or is not one of these.
    pub fn read(path: &Path) -> Result<Self, DemoError> {
        let failed = |error: String| DemoError::Files(path.to_owned(), error);
        let text = fs::read(path).map_err(|error| failed(error.to_string()))?;
        serde_json::from_slice(&text).map_err(|error| failed(error.to_string()))
    }

    /// A signed client assertion (RFC 7523 §2.2), good for one use within a minute of `now` (seconds).
    ///
    /// # Errors
    /// A sentence, when the client has nothing to sign with.
    pub fn assertion(&self, now: i64) -> Result<String, String> {
        let alg = self.alg.ok_or("this client does not prove itself by an assertion")?;
        let key = match (alg, &self.private_key, &self.client_secret) {
            (Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512, _, Some(secret)) => {
                EncodingKey::from_secret(secret.as_bytes())
            }
            (Algorithm::ES256 | Algorithm::ES384, Some(key), _) => EncodingKey::from_ec_der(&pkcs8(key)?),
            (Algorithm::EdDSA, Some(key), _) => EncodingKey::from_ed_der(&pkcs8(key)?),
            _ => return Err("the file has no key that fits its alg".to_owned()),
        };
        let header = Header { typ: Some("client-authentication+jwt".to_owned()), ..Header::new(alg) };
        let claims = json!({
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.issuer,
            "iat": now,
            "exp": now + LIFETIME,
            "jti": random::token_id(),
        });
        jsonwebtoken::encode(&header, &claims, &key).map_err(|error| error.to_string())
    }
}

fn pkcs8(text: &str) -> Result<Vec<u8>, String> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| "private_key is not base64url".to_owned())
}

/// The clients in `folder`, by name; none when there is no folder.
///
/// # Errors
/// When a file cannot be read.
pub fn read_all(folder: &Path) -> Result<Vec<ClientFile>, DemoError> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    paths.iter().map(|path| ClientFile::read(path)).collect()
}
