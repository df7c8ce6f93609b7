//! Cardea behind a proxy, and two clients: one whose certificate we hold, and one that we should like to be taken for.

use std::fs;
use std::net::SocketAddr;

use cardea_e2e::curl::Curled;
use cardea_e2e::{Admin, Authority, Cardea, Curl, Database, Identity, Workspace, certificates, ports};
use serde_json::json;
use tempfile::TempDir;

use crate::configuration::{Places, SOURCE};
use crate::process::Proxy;

pub(crate) struct Stage {
    pub(crate) cardea: Cardea,
    pub(crate) admin: Admin,
    pub(crate) workspace: Workspace,
    /// The one that the workspace trusts.
    pub(crate) authority: Authority,
    /// Ours, a `tls_client_auth` client.
    pub(crate) own: Registered,
    /// Another of the same authority.
    pub(crate) victim: Registered,
    /// Ours too, a `self_signed_tls_client_auth` client.
    pub(crate) self_signed: Registered,
    listen: SocketAddr,
    server: Identity,
    folder: TempDir,
}

/// A client and its certificate.
pub(crate) struct Registered {
    pub(crate) client_id: String,
    pub(crate) identity: Identity,
}

impl Stage {
    /// Cardea, believing what comes from [`SOURCE`] in the header field of this kind.
    pub(crate) async fn new(header: &str) -> Self {
        Self::with(header, "off").await
    }

    /// The same, with a listener of its own for client certificates.
    pub(crate) async fn with_listener(header: &str) -> Self {
        Self::with(header, &ports::free().to_string()).await
    }

    async fn with(header: &str, mtls_listen: &str) -> Self {
        let listen = match mtls_listen {
            "off" => ports::free(),
            address => address.parse().unwrap(),
        };
        let public_url = format!("https://localhost:{}", listen.port());
        let trusted = format!("{SOURCE}/32");
        let settings = [
            ("CARDEA_CLIENT_CERT_HEADER", header),
            ("CARDEA_TRUSTED_PROXIES", &trusted),
            // Every forgery is a failed authentication, and all come from one place.
            ("CARDEA_LIMITS__FAILURES_PER_MINUTE", "1000000"),
            ("CARDEA_MTLS__LISTEN", mtls_listen),
            ("CARDEA_MTLS__PUBLIC_URL", &public_url),
        ];
        let cardea = Cardea::start_with(Database::Sqlite, &settings).await;
        let admin = cardea.admin().await;
        let workspace = Workspace::create(&admin, json!({"name": "Behind a proxy"})).await;
        let authority = Authority::root("Example CA");
        workspace.trust(&admin, &authority).await;
        let by_name = async |common_name: &str| {
            let dn = format!("CN={common_name},O=Example");
            let client_id = workspace.register_name(&admin, "tls_client_auth_subject_dn", &dn).await;
            Registered { client_id, identity: authority.issue(&certificates::client(common_name)) }
        };
        let (own, victim) = (by_name("own").await, by_name("victim").await);
        let identity = Identity::self_signed(&certificates::client("self-signed"));
        let client_id = workspace.register_certificate(&admin, &identity).await;
        let self_signed = Registered { client_id, identity };
        let server = Identity::self_signed(&certificates::server());
        let folder = tempfile::tempdir().unwrap();
        Self { cardea, admin, workspace, authority, own, victim, self_signed, listen, server, folder }
    }

    /// Starts nginx with a configuration that has words to be replaced.
    pub(crate) async fn nginx(&self, template: &str) -> Proxy {
        Proxy::nginx(&crate::configuration::nginx(template, &self.places()), self.listen).await
    }

    /// Starts HAProxy with a configuration that has words to be replaced.
    pub(crate) async fn haproxy(&self, template: &str) -> Proxy {
        Proxy::haproxy(&crate::configuration::haproxy(template, &self.places()), self.listen).await
    }

    fn places(&self) -> Places<'_> {
        let both = self.folder.path().join("both.pem");
        let read = |path| fs::read_to_string(path).unwrap();
        fs::write(&both, read(self.server.cert()) + &read(self.server.key())).unwrap();
        let both = both.display().to_string();
        Places { listen: self.listen, cardea: self.cardea.address(), server: &self.server, both }
    }

    /// The address at which clients present certificates.
    pub(crate) fn mtls_address(&self) -> SocketAddr {
        self.listen
    }

    /// The proxy's certificate, as a file to be trusted.
    pub(crate) fn server_certificate(&self) -> std::path::PathBuf {
        self.server.cert()
    }

    /// curl, trusting the proxy.
    pub(crate) fn curl(&self) -> Curl {
        Curl::trusting(&self.server.cert())
    }

    /// Asks for a token where discovery says that clients with certificates should.
    pub(crate) fn ask(&self, curl: &Curl, client: &Registered) -> Curled {
        let node = format!("https://localhost:{}", self.listen.port());
        self.ask_at(&node, curl, client)
    }

    /// Asks for a token at Cardea's main listener, past every proxy.
    pub(crate) fn ask_directly(&self, curl: &Curl, client: &Registered) -> Curled {
        self.ask_at(&self.cardea.url(""), curl, client)
    }

    pub(crate) fn ask_at(&self, node: &str, curl: &Curl, client: &Registered) -> Curled {
        let form = [("grant_type", "client_credentials"), ("client_id", client.client_id.as_str())];
        curl.post(&self.workspace.at(node, "/oauth2/token"), &form)
    }

    /// The reason of a refusal, for which the answer has to be `invalid_client`.
    pub(crate) async fn reason(&self, curled: &Curled) -> String {
        assert_eq!(curled.answer.status, 401, "{} {}", curled.answer.text(), curled.log);
        assert_eq!(curled.answer.error(), "invalid_client");
        self.workspace.failure(&self.admin, &curled.answer).await.reason.unwrap()
    }
}

/// A token is issued.
#[track_caller]
pub(crate) fn accepted(curled: &Curled) {
    assert_eq!(curled.answer.status, 200, "{} {}", curled.answer.text(), curled.log);
}
