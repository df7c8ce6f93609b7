//! TLS as this server speaks it: 1.3, and 1.2 with the suites that RFC 9325 §4.2 recommends; no early data, which could be
//! replayed (RFC 8446 §8), and no renegotiation.
//!
//! | file | what is there |
//! |---|---|
//! | [`identity`] | the certificate a listener shows, read again when its files change |
//! | [`development`] | one that is made when none is given |
//! | [`listeners`] | what each listener speaks |
//! | [`any_client_certificate`] | asking for a client certificate and judging nothing |

pub mod any_client_certificate;
pub mod development;
pub mod identity;
pub mod listeners;

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::server::ServerSessionMemoryCache;
use rustls::{CipherSuite, ServerConfig, SupportedCipherSuite};

use self::any_client_certificate::AnyClientCertificate;
use self::identity::Identity;

/// Sessions that can be resumed; each holds the certificate it began with.
const SESSIONS: usize = 4_096;

/// Why a listener cannot speak TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    File(std::path::PathBuf, String),
    /// A key or certificate is unusable.
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    /// The development certificate could not be made.
    #[error("making a development certificate: {0}")]
    Development(#[from] rcgen::Error),
}

/// A listener that shows `identity` and asks its clients for nothing.
///
/// # Errors
/// When the provider does not fit the protocol versions.
pub fn server(identity: Arc<Identity>) -> Result<ServerConfig, TlsError> {
    let config = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions()?;
    Ok(settled(config.with_no_client_auth().with_cert_resolver(identity)))
}

/// A listener that shows `identity` and asks for a certificate, any or none (RFC 8705 §5).
///
/// # Errors
/// When the provider does not fit the protocol versions.
pub fn mutual(identity: Arc<Identity>) -> Result<ServerConfig, TlsError> {
    let provider = provider();
    let config = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()?;
    let verifier = Arc::new(AnyClientCertificate::new(&provider));
    Ok(settled(config.with_client_cert_verifier(verifier).with_cert_resolver(identity)))
}

fn settled(mut config: ServerConfig) -> ServerConfig {
    config.session_storage = ServerSessionMemoryCache::new(SESSIONS);
    config
}

fn provider() -> Arc<CryptoProvider> {
    let mut provider = aws_lc_rs::default_provider();
    provider.cipher_suites.retain(is_recommended);
    Arc::new(provider)
}

/// RFC 9325 §4.2: of TLS 1.2 the suites with forward secrecy and AES-GCM; all of TLS 1.3.
fn is_recommended(suite: &SupportedCipherSuite) -> bool {
    match suite {
        SupportedCipherSuite::Tls13(_) => true,
        SupportedCipherSuite::Tls12(_) => matches!(
            suite.suite(),
            CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
                | CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
                | CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
                | CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
        ),
    }
}
