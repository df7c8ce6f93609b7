//! What the nodes of one installation share, and how each is started: the binary, and its settings as environment variables.

use std::fs::OpenOptions;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use tempfile::TempDir;

use crate::database::{Database, Provided};
use crate::ports;

/// The machine client that `CARDEA_BOOTSTRAP__*` makes.
pub const BOOTSTRAP: (&str, &str) = ("e2e", "e2e-secret-of-the-machine-client");

/// Where one node listens.
#[derive(Clone, Copy)]
pub(crate) struct Addresses {
    pub(crate) main: SocketAddr,
    pub(crate) mtls: SocketAddr,
    pub(crate) ops: SocketAddr,
}

impl Addresses {
    pub(crate) fn free() -> Self {
        Self { main: ports::free(), mtls: ports::free(), ops: ports::free() }
    }
}

/// What the nodes of one installation share.
pub(crate) struct Installation {
    // Fields are dropped in this order: the database before the folder that may hold it.
    pub(crate) database: Provided,
    pub(crate) data_dir: TempDir,
    pub(crate) scheme: &'static str,
    pub(crate) public_url: String,
    mtls_public_url: String,
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

impl Installation {
    /// With a certificate among the `settings`, the world sees it on https.
    pub(crate) async fn new(database: Database, addresses: Addresses, settings: &[(&str, &str)]) -> Arc<Self> {
        let is_https = settings.iter().any(|(name, _)| *name == "CARDEA_TLS__CERT");
        let scheme = if is_https { "https" } else { "http" };
        let data_dir = tempfile::Builder::new().prefix("cardea-e2e").tempdir().unwrap();
        Arc::new(Self {
            database: Provided::new(database, data_dir.path()).await,
            data_dir,
            scheme,
            public_url: format!("{scheme}://localhost:{}", addresses.main.port()),
            mtls_public_url: format!("https://localhost:{}", addresses.mtls.port()),
            settings: settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        })
    }

    pub(crate) fn spawn(&self, addresses: Addresses) -> Child {
        let log = OpenOptions::new().create(true).append(true).open(self.log_of(addresses)).unwrap();
        let mut command = self.command(&["serve"], addresses);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap()
    }

    pub(crate) fn command(&self, arguments: &[&str], addresses: Addresses) -> Command {
        let mut command = Command::new(binary());
        // Whatever CARDEA_* the caller has set is not meant for this server, and unknown ones would stop it.
        let ours = std::env::vars_os().filter(|(name, _)| !name.to_string_lossy().starts_with("CARDEA_"));
        command.args(arguments).env_clear().envs(ours).current_dir(self.data_dir.path());
        command
            .env("CARDEA_LISTEN", addresses.main.to_string())
            .env("CARDEA_OPS_LISTEN", addresses.ops.to_string())
            .env("CARDEA_PUBLIC_URL", &self.public_url)
            .env("CARDEA_MTLS__LISTEN", addresses.mtls.to_string())
            .env("CARDEA_MTLS__PUBLIC_URL", &self.mtls_public_url)
            .env("CARDEA_DATA_DIR", self.data_dir.path())
            .env("CARDEA_DATABASE__URL", &self.database.url)
            .env("CARDEA_BOOTSTRAP__CLIENT_ID", BOOTSTRAP.0)
            .env("CARDEA_BOOTSTRAP__CLIENT_SECRET", BOOTSTRAP.1)
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn log_of(&self, addresses: Addresses) -> PathBuf {
        self.data_dir.path().join(format!("serve-{}.log", addresses.main.port()))
    }
}
