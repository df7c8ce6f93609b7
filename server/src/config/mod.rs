//! The configuration: a TOML file, environment variables over it, and a default for everything.
//!
//! One section a file, where each setting stands once with its default beside it. A variable is `CARDEA_` and the key, its
//! section joined by `__` (`database.url` is `CARDEA_DATABASE__URL`); with `_FILE` behind it, it names a file whose content
//! is the value. A key that nobody asks for stops the start.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use cardea_protocol::{PublicUrl, Secret};
use ipnet::IpNet;

use crate::vault::Vault;

mod audit;
mod bootstrap;
mod database;
mod effective;
mod environment;
mod error;
mod file;
mod limits;
mod log;
mod mtls;
mod network;
mod outbound;
mod settings;
mod smtp;
#[cfg(test)]
mod tests;
mod tls;
mod unknown;

pub use audit::AuditConfig;
pub use bootstrap::{BootstrapAdmin, BootstrapClient, BootstrapConfig};
pub use database::DatabaseConfig;
pub use error::ConfigError;
pub use limits::LimitsConfig;
pub use log::{Format, LogConfig};
pub use mtls::MtlsConfig;
pub use outbound::OutboundConfig;
pub use smtp::SmtpConfig;
pub use tls::{IdentityFiles, TlsConfig};

/// Everything that can be set.
pub struct Config {
    /// The URL under which the world reaches this server.
    pub public_url: PublicUrl,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where health and metrics are served, for operators alone.
    pub ops_listen: SocketAddr,
    /// The folder of what the server makes itself: the database and the master key when none are given.
    pub data_dir: PathBuf,
    /// The key that seals signing keys and recoverable secrets; made in `data_dir` when absent.
    pub master_key: Option<Secret>,
    /// Peers whose forwarding headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// `[tls]`.
    pub tls: TlsConfig,
    /// `[mtls]`, and `client_cert_header`.
    pub mtls: MtlsConfig,
    /// `[database]`.
    pub database: DatabaseConfig,
    /// `[bootstrap]`.
    pub bootstrap: BootstrapConfig,
    /// `[outbound]`.
    pub outbound: OutboundConfig,
    /// `[smtp]`, when mail can be sent.
    pub smtp: Option<SmtpConfig>,
    /// `[audit]`.
    pub audit: AuditConfig,
    /// `[log]`.
    pub log: LogConfig,
    /// `[limits]`.
    pub limits: LimitsConfig,
    effective: effective::Effective,
}

impl Config {
    /// The configuration of a file and an environment. Reads files; looks at nothing else.
    ///
    /// # Errors
    /// With every problem found: unknown keys, malformed values, unreadable files.
    pub fn load(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut settings = settings::Settings::new(file, environment)?;
        let public_url = settings.value("public_url", "http://localhost:8080".to_owned(), |text| {
            PublicUrl::parse(text).map(|_| text.to_owned()).map_err(|error| format!("{text:?}: {error}"))
        });
        let listen = settings.value("listen", local(8080), network::address);
        let ops_listen = settings.value("ops_listen", local(9090), network::address);
        let data_dir = PathBuf::from(settings.value("data_dir", "data".to_owned(), |text| Ok(text.to_owned())));
        let master_key = settings
            .secret("master_key", |key| Vault::open(Some(key), &data_dir).map(drop).map_err(|error| error.to_string()));
        let trusted_proxies = settings.list("trusted_proxies", network::network);
        Ok(Self {
            public_url: PublicUrl::parse(&public_url).map_err(|error| ConfigError::one(error.to_string()))?,
            listen,
            ops_listen,
            master_key,
            tls: TlsConfig::read(&mut settings),
            mtls: MtlsConfig::read(&mut settings, &trusted_proxies)?,
            trusted_proxies,
            database: DatabaseConfig::read(&mut settings, &data_dir),
            bootstrap: BootstrapConfig::read(&mut settings),
            outbound: OutboundConfig::read(&mut settings),
            smtp: SmtpConfig::read(&mut settings),
            audit: AuditConfig::read(&mut settings),
            log: LogConfig::read(&mut settings),
            limits: LimitsConfig::read(&mut settings),
            data_dir,
            effective: settings.finish()?,
        })
    }

    /// What is in force and where it came from, readable as TOML, secrets hidden.
    #[must_use]
    pub fn redacted(&self) -> String {
        self.effective.to_string()
    }

    /// What works, yet is most likely not meant.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if !self.public_url.is_https() && !is_loopback(self.public_url.origin()) {
            warnings.push(format!(
                "public_url {} is not https: secrets and tokens cross the network in the clear",
                self.public_url
            ));
        }
        if let Some(url) = self.mtls.published_url()
            && is_loopback(url.origin())
            && !is_loopback(self.public_url.origin())
        {
            warnings.push(format!(
                "mtls.public_url {url} is this machine alone, yet clients elsewhere are told to present certificates there: \
                 set it, or switch the listener off with mtls.listen = \"off\""
            ));
        }
        if self.smtp.as_ref().is_some_and(|smtp| smtp.is_in_the_clear) {
            warnings.push(
                "smtp.url demands no TLS: one-time links, and the password if there is one, cross the network in the clear; use \
                 smtps://, or smtp:// with tls=required"
                    .to_owned(),
            );
        }
        let weak = |client: &&BootstrapClient| client.client_secret.expose().len() < 16;
        if self.bootstrap.client.as_ref().filter(weak).is_some() {
            warnings
                .push("bootstrap.client_secret has fewer than 16 characters, and rules the whole platform".to_owned());
        }
        warnings
    }
}

fn local(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// Whether a URL's host is this machine (RFC 6761 §6.3).
fn is_loopback(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    })
}
