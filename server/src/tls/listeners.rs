//! What the public listeners speak, from the configuration.

use std::net::SocketAddr;
use std::sync::Arc;

use rustls::ServerConfig;
use tokio::task::JoinHandle;
use url::Url;

use super::identity::Identity;
use super::{TlsError, development, mutual, server};
use crate::clock::Clock;
use crate::config::{Config, IdentityFiles};

/// The TLS of each public listener, and whoever watches its files.
pub struct Listeners {
    /// Of the main listener; plain HTTP without.
    pub main: Option<ServerConfig>,
    /// Where client certificates are asked for, and how.
    pub mtls: Option<(SocketAddr, ServerConfig)>,
    following: Vec<JoinHandle<()>>,
}

impl Listeners {
    /// Reads, or makes, the certificates.
    ///
    /// # Errors
    /// When a certificate or key cannot be had.
    pub fn prepare(config: &Config, clock: &Clock) -> Result<Self, TlsError> {
        let mut listeners = Self { main: None, mtls: None, following: Vec::new() };
        if let Some(files) = &config.tls.identity {
            listeners.main = Some(server(listeners.identity(files.clone())?)?);
        }
        if let Some(listen) = config.mtls.listen {
            let files = match &config.mtls.identity {
                Some(files) => files.clone(),
                None => development::identity(&config.data_dir, &host(config), clock.now())?,
            };
            listeners.mtls = Some((listen, mutual(listeners.identity(files)?)?));
        }
        Ok(listeners)
    }

    /// Reads the files, and keeps reading them.
    fn identity(&mut self, files: IdentityFiles) -> Result<Arc<Identity>, TlsError> {
        let identity = Arc::new(Identity::read(files)?);
        self.following.push(tokio::spawn(identity.clone().follow_files()));
        Ok(identity)
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.following.iter().for_each(JoinHandle::abort);
    }
}

/// The name under which clients reach the mTLS listener.
fn host(config: &Config) -> String {
    let url = Url::parse(config.mtls.public_url.as_str()).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or("localhost");
    host.trim_matches(['[', ']']).to_owned()
}
