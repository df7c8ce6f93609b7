//! `[mtls]`: the listener that asks for client certificates (RFC 8705 §5), and `client_cert_header`, by which a proxy hands
//! them on (RFC 8705 §6.5).

use std::net::SocketAddr;

use cardea_protocol::{ClientCertHeader, PublicUrl};
use ipnet::IpNet;

use super::settings::Settings;
use super::tls::{IdentityFiles, identity};
use super::{ConfigError, local, network};

/// Mutual TLS.
pub struct MtlsConfig {
    /// Where the listener listens; `None` when it is switched off.
    pub listen: Option<SocketAddr>,
    /// The URL under which the world reaches it, or the proxy that asks for certificates in its place.
    pub public_url: PublicUrl,
    /// What it shows; a development certificate is made when absent.
    pub identity: Option<IdentityFiles>,
    /// How trusted proxies hand on the certificate of a client.
    pub client_cert_header: Option<ClientCertHeader>,
}

const OFF: &str = "off";

impl MtlsConfig {
    pub(super) fn read(settings: &mut Settings, trusted_proxies: &[IpNet]) -> Result<Self, ConfigError> {
        let listen = settings.value("mtls.listen", local(8443).to_string(), |text| match text {
            OFF => Ok(text.to_owned()),
            _ => network::address(text).map(|address| address.to_string()),
        });
        let listen: Option<SocketAddr> = listen.parse().ok();
        let port = listen.map_or(8443, |address| address.port());
        let public_url = settings.value("mtls.public_url", format!("https://localhost:{port}"), |text| {
            let url = PublicUrl::parse(text).map_err(|error| format!("{text:?}: {error}"))?;
            if url.is_https() { Ok(text.to_owned()) } else { Err(format!("{text:?} must begin with https://")) }
        });
        let client_cert_header = settings.optional("client_cert_header", |text| {
            ClientCertHeader::parse(text).ok_or_else(|| {
                let known: Vec<_> = ClientCertHeader::ALL.iter().map(|kind| kind.as_str()).collect();
                format!("{text:?} is not one of {}", known.join(", "))
            })
        });
        if client_cert_header.is_some() && trusted_proxies.is_empty() {
            settings.problem(
                "client_cert_header is set without trusted_proxies: whoever can send the header would be whoever they like; \
                 list the addresses of the proxies that set it"
                    .to_owned(),
            );
        }
        Ok(Self {
            listen,
            public_url: PublicUrl::parse(&public_url).map_err(|error| ConfigError::one(error.to_string()))?,
            identity: identity(settings, "mtls.cert", "mtls.key"),
            client_cert_header,
        })
    }

    /// The URL where clients can present certificates; `None` when nobody would take them.
    #[must_use]
    pub fn published_url(&self) -> Option<&PublicUrl> {
        (self.listen.is_some() || self.client_cert_header.is_some()).then_some(&self.public_url)
    }
}
