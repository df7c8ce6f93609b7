//! The real binary, started as an operator starts it, stopped as a scheduler or a power cut does.

use std::fs::OpenOptions;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use crate::admin::Admin;
use crate::database::{Database, Provided};
use crate::http::{Answer, Http};
use crate::{eventually, ports};

/// The machine client that `CARDEA_BOOTSTRAP__*` makes.
pub const BOOTSTRAP: (&str, &str) = ("e2e", "e2e-secret-of-the-machine-client");
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; killed when dropped.
pub struct Cardea {
    process: Child,
    installation: Arc<Installation>,
    listen: SocketAddr,
    ops_listen: SocketAddr,
    http: Http,
}

/// What the nodes of one installation share.
struct Installation {
    // Fields are dropped in this order: the database before the folder that may hold it.
    database: Provided,
    data_dir: TempDir,
    public_url: String,
    settings: Vec<(String, String)>,
}

/// The binary under test: `CARDEA_BINARY`, else `cardea` in the target folder that this program was built into.
#[must_use]
pub fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("CARDEA_BINARY") {
        return path.into();
    }
    // target/debug/bench, or target/debug/deps/crash-0123456789abcdef
    let program = std::env::current_exe().unwrap();
    let found = program.ancestors().skip(1).take(2).map(|folder| folder.join("cardea")).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("no cardea beside {}: `cargo build -p cardea` makes it", program.display()))
}

impl Cardea {
    /// A new installation on the defaults, ready to serve.
    pub async fn start(database: Database) -> Self {
        Self::start_with(database, &[]).await
    }

    /// A new installation with settings of its own (variables and values).
    pub async fn start_with(database: Database, settings: &[(&str, &str)]) -> Self {
        let listen = ports::free();
        let installation = Installation::new(database, listen, settings).await;
        Self::serve(installation, listen).await
    }

    /// Two nodes of a new installation, started at the same moment on an empty database.
    pub async fn start_two() -> (Self, Self) {
        let (one, other) = (ports::free(), ports::free());
        let master_key = ("CARDEA_MASTER_KEY", "9f".repeat(32));
        let installation = Installation::new(Database::Postgres, one, &[(master_key.0, &master_key.1)]).await;
        tokio::join!(Self::serve(installation.clone(), one), Self::serve(installation, other))
    }

    /// One more node of the same installation: same database, same master key, same public URL, another port.
    pub async fn another_node(&self) -> Self {
        Self::serve(self.installation.clone(), ports::free()).await
    }

    async fn serve(installation: Arc<Installation>, listen: SocketAddr) -> Self {
        let ops_listen = ports::free();
        let process = installation.spawn(listen, ops_listen);
        let mut cardea = Self { process, installation, listen, ops_listen, http: Http::default() };
        cardea.wait_until_ready().await;
        cardea
    }

    /// Returns when `/health/ready` answers 200.
    pub async fn wait_until_ready(&mut self) {
        let url = format!("http://{}/health/ready", self.ops_listen);
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
        self.process = self.installation.spawn(self.listen, self.ops_listen);
        self.wait_until_ready().await;
    }

    /// The management API as the bootstrap client sees it, at this node.
    pub async fn admin(&self) -> Admin {
        Admin::sign_in(self.http.clone(), &self.url("")).await
    }

    /// A URL of this very node; `path` begins with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.listen)
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
        self.installation.command(arguments, self.listen, self.ops_listen)
    }

    /// What it wrote to standard error.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.installation.log_of(self.listen)).unwrap_or_default()
    }
}

impl Installation {
    async fn new(database: Database, listen: SocketAddr, settings: &[(&str, &str)]) -> Arc<Self> {
        let data_dir = tempfile::Builder::new().prefix("cardea-e2e").tempdir().unwrap();
        Arc::new(Self {
            database: Provided::new(database, data_dir.path()).await,
            data_dir,
            public_url: format!("http://localhost:{}", listen.port()),
            settings: settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        })
    }

    fn spawn(&self, listen: SocketAddr, ops_listen: SocketAddr) -> Child {
        let log = OpenOptions::new().create(true).append(true).open(self.log_of(listen)).unwrap();
        let mut command = self.command(&["serve"], listen, ops_listen);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap()
    }

    fn command(&self, arguments: &[&str], listen: SocketAddr, ops_listen: SocketAddr) -> Command {
        let mut command = Command::new(binary());
        // Whatever CARDEA_* the caller has set is not meant for this server, and unknown ones would stop it.
        let ours = std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("CARDEA_"));
        command.args(arguments).env_clear().envs(ours).current_dir(self.data_dir.path());
        command
            .env("CARDEA_LISTEN", listen.to_string())
            .env("CARDEA_OPS_LISTEN", ops_listen.to_string())
            .env("CARDEA_PUBLIC_URL", &self.public_url)
            .env("CARDEA_DATA_DIR", self.data_dir.path())
            .env("CARDEA_DATABASE__URL", &self.database.url)
            .env("CARDEA_BOOTSTRAP__CLIENT_ID", BOOTSTRAP.0)
            .env("CARDEA_BOOTSTRAP__CLIENT_SECRET", BOOTSTRAP.1)
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    fn log_of(&self, listen: SocketAddr) -> PathBuf {
        self.data_dir.path().join(format!("serve-{}.log", listen.port()))
    }
}

impl Drop for Cardea {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
        if std::thread::panicking() {
            eprintln!("--- log of the server on {}\n{}", self.listen, self.log());
        }
    }
}
