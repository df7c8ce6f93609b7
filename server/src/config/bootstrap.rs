//! `[bootstrap]`: who administers `system/admin` before anybody was made an administrator: a person, and a machine client.

use cardea_protocol::{ClientId, Email, Secret};

use super::settings::Settings;

/// Who may administrate before anybody was made an administrator.
pub struct BootstrapConfig {
    /// The first person, when one is configured.
    pub admin: Option<BootstrapAdmin>,
    /// The machine client with platform rights, when one is configured.
    pub client: Option<BootstrapClient>,
}

/// A user of the pool of `system/admin`.
pub struct BootstrapAdmin {
    /// Their e-mail address, and what they sign in with.
    pub email: Email,
    /// Their password at first.
    pub password: Secret,
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
        let email = settings.optional("bootstrap.admin_email", |text| {
            Email::parse(text).map_err(|error| format!("{text:?} cannot be an e-mail address: {error}"))
        });
        // The policy of the pool is asked when there is a pool.
        let password = settings.secret("bootstrap.admin_password", |_| Ok(()));
        let admin = both(settings, ("admin_email", email), ("admin_password", password));
        let client_id = settings.optional("bootstrap.client_id", |text| {
            ClientId::parse(text).map_err(|error| format!("{text:?} cannot be a client_id: {error}"))
        });
        let client_secret = settings.secret("bootstrap.client_secret", printable);
        let client = both(settings, ("client_id", client_id), ("client_secret", client_secret));
        Self {
            admin: admin.map(|(email, password)| BootstrapAdmin { email, password }),
            client: client.map(|(client_id, client_secret)| BootstrapClient { client_id, client_secret }),
        }
    }
}

/// Two settings of which neither means anything alone.
fn both<A, B>(settings: &mut Settings, one: (&str, Option<A>), other: (&str, Option<B>)) -> Option<(A, B)> {
    let (set, missing) = match (one.1, other.1) {
        (Some(a), Some(b)) => return Some((a, b)),
        (None, None) => return None,
        // Where one of them has a problem of its own, that problem is told already.
        _ if settings.has_problems() => return None,
        (Some(_), None) => (one.0, other.0),
        (None, Some(_)) => (other.0, one.0),
    };
    settings.problem(format!("bootstrap.{set} is set without bootstrap.{missing}"));
    None
}

/// `client-secret = *VSCHAR` (RFC 6749 appendix A.2).
fn printable(secret: &Secret) -> Result<(), String> {
    let fits = secret.expose().bytes().all(|byte| matches!(byte, 0x20..=0x7e));
    if fits { Ok(()) } else { Err("a client_secret holds printable ASCII alone".to_owned()) }
}
