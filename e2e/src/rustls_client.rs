//! A TLS client that shows a certificate together with a key of another, which curl and openssl refuse to do.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::ResolvesClientCert;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, ClientConnection, RootCertStore, SignatureScheme, StreamOwned, SupportedProtocolVersion};

use crate::certificates::Identity;

const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Debug)]
struct Unchecked(Arc<CertifiedKey>);

impl ResolvesClientCert for Unchecked {
    fn resolve(&self, _: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }

    fn has_certs(&self) -> bool {
        true
    }
}

/// Sends a request that asks for the connection to be closed, with the certificate of the first and the key of the second, and reads
/// the answer. `trusted` is PEM.
///
/// # Errors
/// What ended the connection.
pub fn ask(
    address: SocketAddr,
    trusted: &[u8],
    (certificate, key): (&Identity, &Identity),
    version: &'static SupportedProtocolVersion,
    request: &str,
) -> Result<String, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(CertificateDer::pem_slice_iter(trusted).map(Result::unwrap));
    let provider = Arc::new(aws_lc_rs::default_provider());
    let key = PrivateKeyDer::try_from(key.key_der()).unwrap();
    let key = provider.key_provider.load_private_key(key).unwrap();
    let shown = CertifiedKey::new(vec![certificate.der().to_vec().into()], key);
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_client_cert_resolver(Arc::new(Unchecked(Arc::new(shown))));
    let connection = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    let socket = TcpStream::connect(address).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut stream = StreamOwned::new(connection, socket);
    let mut answer = Vec::new();
    let ended = stream.write_all(request.as_bytes()).and_then(|()| stream.read_to_end(&mut answer));
    // Whoever answered may close the connection without a word.
    match ended {
        Err(error) if answer.is_empty() => Err(error.to_string()),
        _ => Ok(String::from_utf8_lossy(&answer).into_owned()),
    }
}
