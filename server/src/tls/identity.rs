//! The certificate that a listener shows: two PEM files, read again when they change, so that whoever renews them restarts
//! nothing. Connections that are open go on with the old one.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use zeroize::Zeroizing;

use super::TlsError;
use crate::certificates::sha256;
use crate::config::IdentityFiles;

/// How often the files are looked at.
const INTERVAL: Duration = Duration::from_secs(2);

/// A certificate with its key, ready to be shown.
pub struct Identity {
    files: IdentityFiles,
    shown: ArcSwap<Shown>,
}

struct Shown {
    key: Arc<CertifiedKey>,
    /// SHA-256 of each file as it was read.
    digests: [[u8; 32]; 2],
}

struct Content {
    cert: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Identity").field(&self.files.cert).finish()
    }
}

impl Identity {
    /// Reads the files.
    ///
    /// # Errors
    /// When one cannot be read, or the key is not the certificate's.
    pub fn read(files: IdentityFiles) -> Result<Self, TlsError> {
        let shown = Shown::of(&Content::read(&files)?, &files)?;
        Ok(Self { files, shown: ArcSwap::from_pointee(shown) })
    }

    /// Looks at the files for ever. Files that do not fit each other, as in the middle of a renewal, change nothing.
    pub async fn follow_files(self: Arc<Self>) {
        let mut complained = None;
        loop {
            tokio::time::sleep(INTERVAL).await;
            let looked = self.clone();
            let outcome = tokio::task::spawn_blocking(move || looked.reload()).await;
            match outcome {
                Ok(Ok(true)) => {
                    complained = None;
                    tracing::info!("a new certificate is shown: {}", self.files.cert.display());
                }
                Ok(Ok(false)) => complained = None,
                Ok(Err(error)) => {
                    let complaint = error.to_string();
                    if complained.as_ref() != Some(&complaint) {
                        tracing::error!("the certificate stays as it was: {complaint}");
                        complained = Some(complaint);
                    }
                }
                Err(_) => return,
            }
        }
    }

    /// Reads the files again; whether they had changed.
    fn reload(&self) -> Result<bool, TlsError> {
        let content = Content::read(&self.files)?;
        if content.digests() == self.shown.load().digests {
            return Ok(false);
        }
        self.shown.store(Arc::new(Shown::of(&content, &self.files)?));
        Ok(true)
    }
}

impl ResolvesServerCert for Identity {
    /// The same for every name: no client reaches another certificate, or a listener that asks for none, by another SNI.
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.shown.load().key.clone())
    }
}

impl Content {
    fn read(files: &IdentityFiles) -> Result<Self, TlsError> {
        let read = |path: &Path| fs::read(path).map_err(|error| TlsError::File(path.to_owned(), error.to_string()));
        Ok(Self { cert: read(&files.cert)?, key: read(&files.key)?.into() })
    }

    fn digests(&self) -> [[u8; 32]; 2] {
        [sha256(&self.cert), sha256(&self.key)]
    }
}

impl Shown {
    fn of(content: &Content, files: &IdentityFiles) -> Result<Self, TlsError> {
        let unusable = |path: &Path, message: String| TlsError::File(path.to_owned(), message);
        let chain = CertificateDer::pem_slice_iter(&content.cert).collect::<Result<Vec<_>, _>>();
        let chain = chain.map_err(|error| unusable(&files.cert, error.to_string()))?;
        if chain.is_empty() {
            return Err(unusable(&files.cert, "there is no certificate in it".to_owned()));
        }
        let key = PrivateKeyDer::from_pem_slice(&content.key)
            .map_err(|_| unusable(&files.key, "there is no private key in it that can be read".to_owned()))?;
        let key = CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider())
            .map_err(|error| unusable(&files.key, error.to_string()))?;
        Ok(Self { key: Arc::new(key), digests: content.digests() })
    }
}
