//! `[bootstrap]`: the first machine client of `system/admin`, for automation.

use cardea_protocol::{ClientId, Secret};

use super::settings::Settings;

/// Who may administrate before anybody was made an administrator.
pub struct BootstrapConfig {
    /// The machine client with platform rights, when one is configured.
    pub client: Option<BootstrapClient>,
}

/// A client of `system/admin`: `client_secret_basic`, `client_credentials`.
pub struct BootstrapClient {
    /// Its `client_id`.
    pub client_id: ClientId,
    /// Its `client_secret`.
    pub client_secret: Secret,
}

impl BootstrapConfig {
    pub(super) fn read(settings: &mut Settings) -> Self {
        let client_id = settings.optional("bootstrap.client_id", |text| {
            ClientId::parse(text).map_err(|error| format!("{text:?} cannot be a client_id: {error}"))
        });
        let client_secret = settings.secret("bootstrap.client_secret", printable);
        let client = match (client_id, client_secret) {
            (Some(client_id), Some(client_secret)) => Some(BootstrapClient { client_id, client_secret }),
            (None, None) => None,
            // Where one of them has a problem of its own, that problem is told already.
            _ if settings.has_problems() => None,
            (Some(_), None) => {
                settings.problem("bootstrap.client_id is set without bootstrap.client_secret".to_owned());
                None
            }
            (None, Some(_)) => {
                settings.problem("bootstrap.client_secret is set without bootstrap.client_id".to_owned());
                None
            }
        };
        Self { client }
    }
}

/// `client-secret = *VSCHAR` (RFC 6749 appendix A.2).
fn printable(secret: &Secret) -> Result<(), String> {
    let fits = secret.expose().bytes().all(|byte| matches!(byte, 0x20..=0x7e));
    if fits { Ok(()) } else { Err("a client_secret holds printable ASCII alone".to_owned()) }
}
