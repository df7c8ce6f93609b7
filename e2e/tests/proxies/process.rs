//! A proxy in the foreground, with everything that it writes in a folder of its own.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use cardea_e2e::eventually;
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);

/// A running proxy; killed when dropped.
pub(crate) struct Proxy {
    process: Child,
    folder: TempDir,
}

/// Around the `server` block: no service, no other user, no path outside of the prefix (`-p`), and one process alone, which ends with its
/// parent's word.
const NGINX: &str = "
daemon off;
master_process off;
pid nginx.pid;
error_log stderr info;
events {}
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include cardea-mtls.conf;
}
";

const HAPROXY: &str = "
global
    log stderr format raw local0 info
defaults
    log global
    timeout client 30s
    timeout server 30s
    timeout connect 5s
";

impl Proxy {
    /// nginx with these `server` blocks.
    pub(crate) async fn nginx(configuration: &str, listen: SocketAddr) -> Self {
        let folder = folder(&[("nginx.conf", NGINX), ("cardea-mtls.conf", configuration)]);
        let mut command = Command::new("nginx");
        command.arg("-p").arg(folder.path()).arg("-c").arg(folder.path().join("nginx.conf")).args(["-e", "stderr"]);
        Self::start(command, folder, listen).await
    }

    /// HAProxy with these sections.
    pub(crate) async fn haproxy(configuration: &str, listen: SocketAddr) -> Self {
        let folder = folder(&[("haproxy.cfg", HAPROXY), ("cardea-mtls.cfg", configuration)]);
        let mut command = Command::new("haproxy");
        command.arg("-db");
        for file in ["haproxy.cfg", "cardea-mtls.cfg"] {
            command.arg("-f").arg(folder.path().join(file));
        }
        Self::start(command, folder, listen).await
    }

    async fn start(mut command: Command, folder: TempDir, listen: SocketAddr) -> Self {
        // Debian keeps servers in folders that not every user searches.
        let path = format!("{}:/usr/sbin:/sbin", std::env::var("PATH").unwrap_or_default());
        let log = File::create(folder.path().join("log")).unwrap();
        command.env("PATH", path).current_dir(folder.path()).stdin(Stdio::null());
        command.stdout(log.try_clone().unwrap()).stderr(log);
        let process =
            command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}; `scripts/need` installs it"));
        let mut proxy = Self { process, folder };
        eventually("a proxy that listens", PATIENCE, async || {
            if let Some(status) = proxy.process.try_wait().unwrap() {
                panic!("it ended with {status}:\n{}", proxy.log());
            }
            TcpStream::connect(listen).ok()
        })
        .await;
        proxy
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::Builder::new().prefix("cardea-e2e-proxy").tempdir().unwrap();
    let write = |(name, text): &(&str, &str)| fs::write(Path::new(folder.path()).join(name), text).unwrap();
    files.iter().for_each(write);
    folder
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
        if std::thread::panicking() {
            eprintln!("--- log of the proxy\n{}", self.log());
        }
    }
}
