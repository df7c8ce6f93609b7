//! The real binary, started as an operator starts it, stopped as a scheduler or a power cut does.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::Arc;
use std::time::Duration;

use crate::admin::Admin;
use crate::database::Database;
use crate::eventually;
use crate::http::{Answer, Http};
use crate::installation::{Addresses, Installation};
pub use crate::installation::{BOOTSTRAP, binary};

const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; killed when dropped.
pub struct Cardea {
    process: Child,
    installation: Arc<Installation>,
    addresses: Addresses,
    http: Http,
}

impl Cardea {
    /// A new installation on the defaults, ready to serve.
    pub async fn start(database: Database) -> Self {
        Self::start_with(database, &[]).await
    }

    /// A new installation with settings of its own (variables and values).
    pub async fn start_with(database: Database, settings: &[(&str, &str)]) -> Self {
        let addresses = Addresses::free();
        let installation = Installation::new(database, addresses, settings).await;
        Self::serve(installation, addresses).await
    }

    /// Two nodes of a new installation, started at the same moment on an empty database.
    pub async fn start_two() -> (Self, Self) {
        let (one, other) = (Addresses::free(), Addresses::free());
        let master_key = ("CARDEA_MASTER_KEY", "9f".repeat(32));
        let installation = Installation::new(Database::Postgres, one, &[(master_key.0, &master_key.1)]).await;
        tokio::join!(Self::serve(installation.clone(), one), Self::serve(installation, other))
    }

    /// One more node of the same installation: same database, same master key, same public URL, another port.
    pub async fn another_node(&self) -> Self {
        Self::serve(self.installation.clone(), Addresses::free()).await
    }

    async fn serve(installation: Arc<Installation>, addresses: Addresses) -> Self {
        let process = installation.spawn(addresses);
        let mut cardea = Self { process, installation, addresses, http: Http::default() };
        cardea.wait_until_ready().await;
        cardea
    }

    /// Returns when `/health/ready` answers 200.
    pub async fn wait_until_ready(&mut self) {
        let url = format!("http://{}/health/ready", self.addresses.ops);
        let http = self.http.clone();
        eventually("ready", PATIENCE, async || {
            if let Some(status) = self.process.try_wait().unwrap() {
                panic!("cardea ended with {status}:\n{}", self.log());
            }
            Answer::to(http.client().get(&url)).await.ok().filter(|answer| answer.status == 200)
        })
        .await;
    }

    /// SIGKILL: nothing is told, nothing is flushed.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// SIGTERM, and how it ended.
    pub async fn terminate(&mut self) -> ExitStatus {
        let sent = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
        eventually("end after SIGTERM", PATIENCE, async || self.process.try_wait().unwrap()).await.0
    }

    /// Starts again, after [`Self::kill`] or [`Self::terminate`], on the same data and the same ports.
    pub async fn restart(&mut self) {
        assert!(self.process.try_wait().unwrap().is_some(), "it still runs");
        self.process = self.installation.spawn(self.addresses);
        self.wait_until_ready().await;
    }

    /// The management API as the bootstrap client sees it, at this node.
    pub async fn admin(&self) -> Admin {
        Admin::sign_in(self.http.clone(), &self.url("")).await
    }

    /// A URL of this very node; `path` begins with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.installation.scheme, self.addresses.main)
    }

    /// The address of this node's main listener.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.addresses.main
    }

    /// The address of this node's mTLS listener.
    #[must_use]
    pub fn mtls_address(&self) -> SocketAddr {
        self.addresses.mtls
    }

    /// A URL of this very node's mTLS listener, by the name in its certificate; `path` begins with a slash.
    #[must_use]
    pub fn mtls_url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.addresses.mtls.port())
    }

    /// What the mTLS listener shows where no certificate is given, as a file for `curl --cacert`.
    #[must_use]
    pub fn development_certificate(&self) -> PathBuf {
        self.data_dir().join("tls/development.crt")
    }

    /// The URL of the installation, as in issuers.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.installation.public_url
    }

    /// For requests.
    #[must_use]
    pub fn http(&self) -> &Http {
        &self.http
    }

    /// The process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Where its data is.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        self.installation.data_dir.path()
    }

    /// The URL of its database.
    #[must_use]
    pub fn database_url(&self) -> &str {
        &self.installation.database.url
    }

    /// Another command of the binary, with the settings of this node.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.installation.command(arguments, self.addresses)
    }

    /// What it wrote to standard error.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.installation.log_of(self.addresses)).unwrap_or_default()
    }
}

impl Drop for Cardea {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
        if std::thread::panicking() {
            eprintln!("--- log of the server on {}\n{}", self.addresses.main, self.log());
        }
    }
}
