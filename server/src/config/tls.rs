//! `[tls]`: the certificate that the main listener shows, when it speaks TLS itself. Without it a proxy in front does.

use std::path::PathBuf;

use super::settings::Settings;

/// A certificate chain and its private key, each a PEM file; read again when they change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityFiles {
    /// The chain, the server's own certificate first.
    pub cert: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// TLS on the main listener.
pub struct TlsConfig {
    /// What it shows; plain HTTP without.
    pub identity: Option<IdentityFiles>,
}

impl TlsConfig {
    pub(super) fn read(settings: &mut Settings) -> Self {
        Self { identity: identity(settings, "tls.cert", "tls.key") }
    }
}

/// Both files or neither.
pub(super) fn identity(settings: &mut Settings, cert: &'static str, key: &'static str) -> Option<IdentityFiles> {
    let path = |text: &str| Ok(PathBuf::from(text));
    match (settings.optional(cert, path), settings.optional(key, path)) {
        (Some(cert), Some(key)) => Some(IdentityFiles { cert, key }),
        (None, None) => None,
        (Some(_), None) => {
            settings.problem(format!("{cert} is set without {key}"));
            None
        }
        (None, Some(_)) => {
            settings.problem(format!("{key} is set without {cert}"));
            None
        }
    }
}
