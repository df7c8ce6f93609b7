//! A server, its first administrator signed in to the console, and a workspace with clients.

use cardea_api::client::ClientWithSecret;
use cardea_api::path;
use cardea_e2e::http::Answer;
use cardea_e2e::{Admin, Browser, Cardea, Database, JavaScript, Workspace};
use cardea_protocol::{TenantId, UserPoolId};
use serde_json::{Value, json};

pub(crate) const EMAIL: &str = "root@example.org";
pub(crate) const PASSWORD: &str = "correct horse battery staple nine";

pub(crate) struct Stage {
    // Fields are dropped in this order: the browser before what it looks at.
    pub(crate) browser: Browser,
    pub(crate) workspace: Workspace,
    pub(crate) admin: Admin,
    pub(crate) cardea: Cardea,
}

/// Somebody who administers the platform, signed in.
pub(crate) async fn stage() -> Stage {
    let settings = [("CARDEA_BOOTSTRAP__ADMIN_EMAIL", EMAIL), ("CARDEA_BOOTSTRAP__ADMIN_PASSWORD", PASSWORD)];
    let cardea = Cardea::start_with(Database::Sqlite, &settings).await;
    let admin = cardea.admin().await;
    let workspace = Workspace::create(&admin, json!({"name": "Shop"})).await;
    let browser = Browser::start(JavaScript::On).await;
    let stage = Stage { browser, workspace, admin, cardea };
    stage.sign_in("system", EMAIL, PASSWORD).await;
    stage
}

impl Stage {
    /// Signs in to the console of a tenant.
    pub(crate) async fn sign_in(&self, tenant: &str, username: &str, password: &str) {
        self.browser.open(format!("{}/console/", self.cardea.public_url())).await;
        self.browser.write("#tenant", tenant).await;
        self.browser.press("#sign-in").await;
        self.browser.sign_in(username, password).await;
        self.browser.says("main h1", "").await;
    }

    /// Goes to a page of the console.
    pub(crate) async fn go(&self, page: &str) {
        self.browser.open(format!("{}/console{page}", self.cardea.public_url())).await;
        self.browser.says("main h1", "").await;
    }

    /// Ends each session of the administrator, from outside of the browser.
    pub(crate) async fn end_all_sign_ins(&self) {
        let (tenant, pool) = (TenantId::system(), UserPoolId::parse("default").unwrap());
        let users: Vec<Value> = self.admin.all(&path::users(&tenant, &pool), "").await;
        for id in users.iter().filter_map(|user| user["id"].as_str()) {
            let sessions: Vec<Value> = self.admin.all(&path::sessions(&tenant, &pool, id), "").await;
            for sid in sessions.iter().filter_map(|session| session["sid"].as_str()) {
                self.admin.delete(&path::session(&tenant, &pool, id, sid)).await;
            }
        }
    }

    /// The path of a page of the workspace, below `/console`.
    pub(crate) fn page(&self, page: &str) -> String {
        let path = format!("/t/{}/w/{}/{page}", self.workspace.tenant, self.workspace.id);
        path.trim_end_matches('/').to_owned()
    }

    /// Registers a client through the API.
    pub(crate) async fn client(&self, metadata: Value) -> ClientWithSecret {
        self.workspace.register(&self.admin, metadata).await
    }

    /// The status that a client gets at the token endpoint with its secret in the body.
    pub(crate) async fn token_status(&self, client_id: &str, secret: &str) -> u16 {
        let form = [("grant_type", "client_credentials"), ("client_id", client_id), ("client_secret", secret)];
        let url = self.workspace.at(self.admin.node(), "/oauth2/token");
        Answer::to(self.admin.http().client().post(url).form(&form)).await.unwrap().status
    }
}
