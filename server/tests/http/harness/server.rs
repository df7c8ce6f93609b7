//! The whole server in the test's process, on a port of its own.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App as ActixApp, HttpServer};
use cardea::app::App;
use cardea::clock::Clock;
use cardea::config::Config;
use cardea::{bootstrap, follower, mail, routes};
use cardea_protocol::Timestamp;
use cardea_store::{ConnectOptions, Store};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::database::Database;
use super::{Answer, WorkspaceActor};

/// 2026-01-01T00:00:00Z.
const START: i64 = 1_767_225_600;
const OPERATOR: &str = "operator";
const OPERATOR_SECRET: &str = "operator-secret-for-tests";

/// A running server and its operator.
pub struct TestServer {
    /// `http://localhost:{port}`.
    pub url: String,
    /// The inside, for what no request can ask.
    pub app: Arc<App>,
    /// Turned by hand.
    pub clock: Clock,
    pub http: reqwest::Client,
    token: String,
    handle: ServerHandle,
    following: tokio::task::JoinHandle<()>,
    mailing: tokio::task::JoinHandle<()>,
    _database: Database,
    _folder: TempDir,
}

impl TestServer {
    /// Starts with the defaults.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts with these `CARDEA_…` variables.
    pub async fn start_with(variables: &[(&str, &str)]) -> Self {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let folder = tempfile::tempdir().unwrap();
        let database = Database::create(&folder).await;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let data_dir = folder.path().display().to_string();
        let defaults = [
            ("CARDEA_PUBLIC_URL", url.as_str()),
            ("CARDEA_DATA_DIR", data_dir.as_str()),
            ("CARDEA_DATABASE__URL", database.url.as_str()),
            ("CARDEA_BOOTSTRAP__CLIENT_ID", OPERATOR),
            ("CARDEA_BOOTSTRAP__CLIENT_SECRET", OPERATOR_SECRET),
        ];
        let environment =
            defaults.iter().chain(variables).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let config = Config::load(None, environment).unwrap();
        let store = Store::connect(config.database.url.expose(), &ConnectOptions::default()).await.unwrap();
        store.migrate().await.unwrap();
        let clock = Clock::by_hand(Timestamp::from_secs(START));
        let app = Arc::new(App::new(config, store, clock.clone()).unwrap());
        bootstrap::run(&app).await.unwrap();
        let following = tokio::spawn(follower::follow(app.clone()));
        let mailing = tokio::spawn(mail::deliver(app.clone()));
        let data = Data::from(app.clone());
        let server = HttpServer::new(move || {
            ActixApp::new()
                .app_data(data.clone())
                .wrap(from_fn(cardea::http::request_id::name_requests))
                .configure(routes::public)
        })
        .workers(1)
        .disable_signals()
        .listen(listener)
        .unwrap()
        .run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        let mut started = Self {
            url,
            app,
            clock,
            http,
            token: String::new(),
            handle,
            following,
            mailing,
            _database: database,
            _folder: folder,
        };
        started.sign_in().await;
        started
    }

    /// The operator's token for the management API, made anew (the clock may have passed the last one's end).
    pub async fn sign_in(&mut self) {
        let request = self.http.post(format!("{}/system/admin/oauth2/token", self.url));
        let request = request.basic_auth(OPERATOR, Some(OPERATOR_SECRET)).form(&[("grant_type", "client_credentials")]);
        self.token = Answer::to(request).await.expect(200).text("access_token");
    }

    /// Sends no more mail; answers once what was under way has ended.
    pub async fn stop_mail(&mut self) {
        self.app.mail.as_ref().unwrap().stop();
        (&mut self.mailing).await.unwrap();
    }

    /// A request to the management API as the operator.
    pub fn api(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        self.http.request(method, format!("{}/api/v1{path}", self.url)).bearer_auth(&self.token)
    }

    /// `GET` at the management API, which succeeds.
    pub async fn read(&self, path: &str) -> Value {
        Answer::to(self.api("GET", path)).await.expect(200).json
    }

    /// `POST` at the management API, which succeeds.
    pub async fn create(&self, path: &str, body: &Value) -> Value {
        Answer::to(self.api("POST", path).json(body)).await.expect(201).json
    }

    /// `PATCH` at the management API, which succeeds.
    pub async fn change(&self, path: &str, body: &Value) -> Value {
        Answer::to(self.api("PATCH", path).json(body)).await.expect(200).json
    }

    /// A new workspace with the defaults, in the tenant `default`.
    pub async fn workspace(&self) -> WorkspaceActor<'_> {
        self.workspace_in("default", &json!({})).await
    }

    /// A new workspace of `tenant` with these settings.
    pub async fn workspace_in(&self, tenant: &str, settings: &Value) -> WorkspaceActor<'_> {
        let mut body = json!({"name": "Test"});
        body.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        let made = self.create(&format!("/tenants/{tenant}/workspaces"), &body).await;
        WorkspaceActor::new(self, tenant, made["id"].as_str().unwrap())
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.following.abort();
        self.mailing.abort();
        drop(self.handle.stop(false));
    }
}
