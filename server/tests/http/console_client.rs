//! The console as a client of the `admin` workspaces: there from the beginning, everywhere, and nobody's to change.

use std::sync::Arc;

use cardea::app::App;
use cardea::config::Config;
use cardea::setup;
use serde_json::json;

use crate::harness::browser::Browser;
use crate::harness::people::{PASSWORD, VERIFIER};
use crate::harness::{Answer, ClientActor, TestServer, WorkspaceActor};

const SCOPE: &str = "openid profile email";

/// The console, as it meets the `admin` workspace of a tenant.
struct Console<'s> {
    client: ClientActor<'s>,
    callback: String,
}

impl<'s> Console<'s> {
    fn of(server: &'s TestServer, tenant: &str) -> Self {
        let workspace = WorkspaceActor::new(server, tenant, "admin");
        let client = ClientActor { workspace, id: "console".to_owned(), secret: None, key: None, certificate: None };
        Self { client, callback: format!("{}/console/callback", server.url) }
    }

    async fn token(&self, more: &[(&str, &str)]) -> Answer {
        let form: Vec<_> = [("client_id", "console")].into_iter().chain(more.iter().copied()).collect();
        Answer::to(self.client.workspace.token_request().form(&form)).await
    }

    /// Signs somebody in and exchanges the code.
    async fn sign_in(&self, browser: &Browser<'_>, username: &str) -> Answer {
        let changed = [("redirect_uri", &*self.callback), ("scope", SCOPE)];
        let shown = self.client.send(browser, username, &changed).await;
        let code = shown.parameter("code").unwrap();
        self.token(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &self.callback),
            ("code_verifier", VERIFIER),
        ])
        .await
    }

    async fn api(&self, method: reqwest::Method, path: &str, token: &str) -> Answer {
        let server = self.client.workspace.server;
        let request = server.http.request(method, format!("{}/api/v1{path}", server.url)).bearer_auth(token);
        Answer::to(request.json(&json!({"description": "by hand"}))).await
    }
}

#[actix_web::test]
async fn the_first_administrator_signs_in_to_the_console_and_works() {
    let server = TestServer::start().await;
    let link = setup::link_of_start(&server.app).await.unwrap().unwrap();
    let browser = Browser::new(&server);
    let form = browser.open(&link).await.form();
    browser.send(&form, &[("username", "root"), ("email", "root@example.com"), ("password", PASSWORD)]).await;
    let console = Console::of(&server, "system");
    // Whoever is signed in comes back at once: no page asks whether the console may be used.
    let address = console.client.authorize(&[("redirect_uri", &console.callback), ("scope", SCOPE)]);
    let back = browser.open(&address).await.location();
    assert!(back.as_str().starts_with(&format!("{}?", console.callback)), "{back}");
    let tokens = console.sign_in(&browser, "root").await.expect(200);
    assert_eq!(tokens.json["expires_in"], 600);
    let token = tokens.text("access_token");
    let me = console.api(reqwest::Method::GET, "/me", &token).await.expect(200);
    assert_eq!(me.json["roles"][0]["role"], "platform_admin");
    assert_eq!(me.json["client_id"], "console");
    let workspace = "/tenants/default/workspaces/default";
    let changed = console.api(reqwest::Method::PATCH, workspace, &token).await.expect(200);
    assert_eq!(changed.json["description"], "by hand");
    let old = tokens.text("refresh_token");
    let refreshed = console.token(&[("grant_type", "refresh_token"), ("refresh_token", &old)]).await.expect(200);
    assert_ne!(refreshed.text("refresh_token"), tokens.text("refresh_token"));
    console.api(reqwest::Method::GET, "/me", &refreshed.text("access_token")).await.expect(200);
    let away = [
        ("id_token_hint", tokens.text("id_token")),
        ("post_logout_redirect_uri", format!("{}/console/", server.url)),
        ("state", "xyz".to_owned()),
    ];
    let logout = url::Url::parse_with_params(&console.client.workspace.url("/oidc/logout"), away).unwrap();
    let back = browser.open(logout.as_str()).await.location();
    assert_eq!(back.as_str(), format!("{}/console/?state=xyz", server.url));
    console.api(reqwest::Method::GET, "/me", &refreshed.text("access_token")).await.expect(401);
}

#[actix_web::test]
async fn every_tenant_has_the_console_and_who_has_no_role_there_may_do_nothing() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    for tenant in ["acme", "default"] {
        let console = Console::of(&server, tenant);
        let id = console.client.workspace.person("ann").await;
        let tokens = console.sign_in(&Browser::new(&server), "ann").await.expect(200);
        let token = tokens.text("access_token");
        let me = console.api(reqwest::Method::GET, "/me", &token).await.expect(200);
        assert_eq!(me.json["roles"], json!([]));
        let path = format!("/tenants/{tenant}/workspaces");
        console.api(reqwest::Method::GET, &path, &token).await.expect(404);
        let role = json!({"user_id": id, "role": "tenant_admin"});
        server.create(&format!("/tenants/{tenant}/administrators"), &role).await;
        console.api(reqwest::Method::GET, &path, &token).await.expect(200);
        console.api(reqwest::Method::GET, "/tenants/system/workspaces", &token).await.expect(404);
    }
}

#[actix_web::test]
async fn the_console_is_listed_as_built_in_and_nobody_changes_or_deletes_it() {
    let server = TestServer::start().await;
    let clients = "/tenants/default/workspaces/admin/clients";
    let listed = server.read(clients).await;
    assert_eq!((&listed["items"][0]["client_id"], &listed["items"][0]["built_in"]), (&json!("console"), &json!(true)));
    let path = format!("{clients}/console");
    let before = server.read(&path).await;
    assert_eq!(before["redirect_uris"], json!([format!("{}/console/callback", server.url)]));
    let patch = json!({"redirect_uris": ["https://evil.example/"]});
    for request in [server.api("PATCH", &path).json(&patch), server.api("DELETE", &path)] {
        let refused = Answer::to(request).await.expect(409);
        assert_eq!(refused.json["code"], "protected");
        assert!(refused.text("detail").contains("built in"));
    }
    Answer::to(server.api("POST", clients).json(&json!({"client_id": "console"}))).await.expect(409);
    Answer::to(server.api("POST", &format!("{path}/secrets")).json(&json!({"name": "mine"}))).await.expect(400);
    assert_eq!(server.read(&path).await, before);
    let elsewhere = json!({"client_id": "console", "client_name": "Mine"});
    let mine = server.create("/tenants/default/workspaces/default/clients", &elsewhere).await;
    assert_eq!(mine["built_in"], false);
    let path = "/tenants/default/workspaces/default/clients/console";
    assert_eq!(server.change(path, &json!({"client_name": "Ours"})).await["client_name"], "Ours");
}

#[actix_web::test]
async fn no_administrator_shuts_everybody_out_of_the_console() {
    let server = TestServer::start().await;
    for tenant in ["system", "default"] {
        let path = format!("/tenants/{tenant}/workspaces/admin");
        let before = server.read(&path).await;
        for (patch, pointer) in [
            (json!({"token_endpoint_auth_methods": ["client_secret_basic"]}), "/token_endpoint_auth_methods"),
            (json!({"grant_types": ["client_credentials", "refresh_token"]}), "/grant_types"),
            (json!({"require_pushed_authorization_requests": true}), "/require_pushed_authorization_requests"),
        ] {
            let refused = Answer::to(server.api("PATCH", &path).json(&patch)).await;
            refused.complains(pointer, "protected");
        }
        assert_eq!(server.read(&path).await, before);
        // What the console does not need may go.
        let few = json!({"token_endpoint_auth_methods": ["client_secret_basic", "none"]});
        server.change(&path, &few).await;
    }
    let console = Console::of(&server, "default");
    console.client.workspace.person("ann").await;
    console.sign_in(&Browser::new(&server), "ann").await.expect(200);
    let elsewhere = "/tenants/default/workspaces/default";
    server.change(elsewhere, &json!({"token_endpoint_auth_methods": ["client_secret_basic"]})).await;
}

#[actix_web::test]
async fn the_console_moves_with_the_public_url() {
    let server = TestServer::start().await;
    let data_dir = server.app.config.data_dir.display().to_string();
    let variables = [("CARDEA_DATA_DIR", &*data_dir), ("CARDEA_PUBLIC_URL", "https://id.example")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let config = Config::load(None, variables.into_iter()).unwrap();
    let moved = Arc::new(App::new(config, server.app.store.clone(), server.clock.clone()).unwrap());
    for (app, url) in [(&moved, "https://id.example"), (&server.app, &*server.url)] {
        let workspace = app.workspace("default", "admin").await.unwrap().unwrap();
        let client = app.client(&workspace, "console").await.unwrap().unwrap();
        assert_eq!(client.metadata.redirect_uris, [format!("{url}/console/callback")]);
    }
}
