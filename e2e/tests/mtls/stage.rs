//! A server, a workspace that trusts one authority, and what a client may do there.

use cardea_api::audit_event::AuditEventView;
use cardea_e2e::curl::Curled;
use cardea_e2e::{Admin, Authority, Cardea, Curl, Database, Workspace, certificates};
use cardea_protocol::{TenantId, WorkspaceId};
use serde_json::Value;

pub(crate) struct Stage {
    pub(crate) cardea: Cardea,
    pub(crate) admin: Admin,
    pub(crate) workspace: Workspace,
    /// The one that the workspace trusts.
    pub(crate) authority: Authority,
}

/// The distinguished name of [`certificates::client`], as an administrator would write it.
pub(crate) fn dn(common_name: &str) -> String {
    format!("CN={common_name},O=Example")
}

pub(crate) async fn stage() -> Stage {
    let cardea = Cardea::start(Database::Sqlite).await;
    let admin = cardea.admin().await;
    let workspace = Workspace::with_service(&admin).await;
    let authority = Authority::root("Example CA");
    workspace.trust(&admin, &authority).await;
    Stage { cardea, admin, workspace, authority }
}

impl Stage {
    /// curl, trusting what the mTLS listener shows.
    pub(crate) fn curl(&self) -> Curl {
        Curl::trusting(&self.cardea.development_certificate())
    }

    /// The token endpoint at the mTLS listener.
    pub(crate) fn token_endpoint(&self) -> String {
        self.workspace.at(&self.cardea.mtls_url(""), "/oauth2/token")
    }

    /// Registers a `tls_client_auth` client by the distinguished name of [`certificates::client`].
    pub(crate) async fn register_dn(&self, common_name: &str) -> String {
        self.workspace.register_name(&self.admin, "tls_client_auth_subject_dn", &dn(common_name)).await
    }

    /// The answer to `client_credentials` of a client.
    pub(crate) fn ask(&self, curl: &Curl, client_id: &str) -> Curled {
        curl.post(&self.token_endpoint(), &[("grant_type", "client_credentials"), ("client_id", client_id)])
    }

    /// A token is issued.
    #[track_caller]
    pub(crate) fn accepted(&self, curl: &Curl, client_id: &str) -> String {
        let curled = self.ask(curl, client_id);
        assert_eq!(curled.answer.status, 200, "{} {}", curled.answer.text(), curled.log);
        curled.answer.json().get("access_token").and_then(Value::as_str).unwrap().to_owned()
    }

    /// The client is refused, for `reason` as the audit log says, and as the wire does not.
    pub(crate) async fn refused(&self, curl: &Curl, client_id: &str, reason: &str) -> Refusal {
        let curled = self.ask(curl, client_id);
        assert_eq!(curled.answer.status, 401, "{reason}: {} {}", curled.answer.text(), curled.log);
        assert_eq!(curled.answer.error(), "invalid_client");
        assert!(!curled.answer.text().contains("certificate"), "{}", curled.answer.text());
        let event = self.workspace.failure(&self.admin, &curled.answer).await;
        assert_eq!(event.kind, "client.authenticated");
        assert_eq!(event.client_id.as_deref(), Some(client_id));
        assert_eq!(event.reason.as_deref(), Some(reason), "{:?}", event.detail);
        Refusal::of(&event)
    }
}

/// What the audit event of a refusal says.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    pub(crate) registered: String,
    pub(crate) presented: String,
}

impl Refusal {
    fn of(event: &AuditEventView) -> Self {
        let detail = event.detail.as_ref().unwrap();
        let member = |name: &str| {
            let text = detail.get(name).and_then(Value::as_str);
            text.unwrap_or_else(|| panic!("{} without {name}: {detail}", event.reason.as_deref().unwrap())).to_owned()
        };
        Self { message: member("message"), registered: member("registered"), presented: member("presented") }
    }

    /// Both values, side by side.
    #[track_caller]
    pub(crate) fn compares(&self, registered: &str, presented: &str) {
        assert_eq!((self.registered.as_str(), self.presented.as_str()), (registered, presented), "{}", self.message);
    }
}

/// A workspace that exists by itself, by its ids.
pub(crate) fn workspace(cardea: &Cardea, tenant: &str, id: &str) -> Workspace {
    let (tenant, id) = (TenantId::parse(tenant).unwrap(), WorkspaceId::parse(id).unwrap());
    let issuer = format!("{}/{tenant}/{id}", cardea.public_url());
    Workspace { tenant, id, issuer }
}

/// A certificate with an ordinary subject, of an authority.
pub(crate) fn ordinary(authority: &Authority, common_name: &str) -> cardea_e2e::Identity {
    authority.issue(&certificates::client(common_name))
}
