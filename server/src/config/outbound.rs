//! `[outbound]`: what the server itself may fetch (`jwks_uri` …).

use std::fs;
use std::path::PathBuf;

use ipnet::IpNet;

use super::network::network;
use super::settings::Settings;

/// The reach of outgoing requests.
pub struct OutboundConfig {
    /// Networks that may be reached although they are private.
    pub allow: Vec<IpNet>,
    /// PEM file of certification authorities trusted beside those of the system.
    pub ca_file: Option<PathBuf>,
}

impl OutboundConfig {
    pub(super) fn read(settings: &mut Settings) -> Self {
        Self {
            allow: settings.list("outbound.allow", network),
            ca_file: settings.optional("outbound.ca_file", |path| match fs::File::open(path) {
                Ok(_) => Ok(PathBuf::from(path)),
                Err(error) => Err(format!("{path}: {error}")),
            }),
        }
    }
}
