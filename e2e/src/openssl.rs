//! The real `openssl`: what it says of a certificate, and `s_client`, which shows more of TLS than curl does.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::certificates::Identity;

mod kept_connection;

pub use kept_connection::KeptConnection;

/// Runs a command of openssl's that succeeds, and answers what it printed.
#[must_use]
#[track_caller]
pub fn run(arguments: &[&str]) -> String {
    let output = Command::new("openssl").args(arguments).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The subject of a certificate, as `openssl x509 -subject` prints it with these options.
#[must_use]
pub fn subject(cert: &Path, options: &[&str]) -> String {
    let cert = cert.display().to_string();
    let line = run(&[&["x509", "-in", &cert, "-noout", "-subject"], options].concat());
    line.trim().strip_prefix("subject=").unwrap().trim().to_owned()
}

/// `x5t#S256` (RFC 8705 §3.1), from the fingerprint that openssl computes.
#[must_use]
pub fn thumbprint(cert: &Path) -> String {
    let line = run(&["x509", "-in", &cert.display().to_string(), "-noout", "-fingerprint", "-sha256"]);
    let (_, hex) = line.trim().split_once('=').unwrap();
    let octets: Vec<_> = hex.split(':').map(|octet| u8::from_str_radix(octet, 16).unwrap()).collect();
    URL_SAFE_NO_PAD.encode(octets)
}

/// A command line of `openssl s_client` that is still being written.
#[derive(Clone)]
pub struct SClient {
    arguments: Vec<String>,
}

/// What `s_client` printed, on both channels: its own words, and in between what the server sent.
#[derive(Debug)]
pub struct Transcript(pub String);

impl SClient {
    /// Connects to `address` as `localhost`, and trusts the certificates in a file.
    #[must_use]
    pub fn new(address: SocketAddr, trusted: &Path) -> Self {
        Self { arguments: Vec::new() }.with(&["-connect", &address.to_string(), "-servername", "localhost"]).with(&[
            "-CAfile",
            &trusted.display().to_string(),
            "-verify_return_error",
        ])
    }

    /// With more arguments.
    #[must_use]
    pub fn with(&self, arguments: &[&str]) -> Self {
        let more = arguments.iter().map(|argument| (*argument).to_owned());
        Self { arguments: self.arguments.iter().cloned().chain(more).collect() }
    }

    /// With a client certificate.
    #[must_use]
    pub fn showing(&self, identity: &Identity) -> Self {
        let file = |path: PathBuf| path.display().to_string();
        self.with(&["-cert", &file(identity.cert()), "-key", &file(identity.key())])
    }

    /// Sends a request and reads until the server closes the connection, for which the request should ask.
    #[must_use]
    pub fn ask(&self, request: &str) -> Transcript {
        use std::io::Write as _;
        // Not for ever: a server that keeps the connection open would keep us.
        let mut command = Command::new("timeout");
        command.args(["20", "openssl", "s_client", "-ign_eof"]).args(&self.arguments);
        let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // When the handshake fails, nobody reads any more; the transcript says so.
        drop(running.stdin.take().unwrap().write_all(request.as_bytes()));
        let output = running.wait_with_output().unwrap();
        let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
        Transcript(text(&output.stdout) + &text(&output.stderr))
    }

    /// Opens a connection for several requests.
    #[must_use]
    pub fn open(&self) -> KeptConnection {
        KeptConnection::open(&self.arguments)
    }
}

impl Transcript {
    /// The status of the HTTP answer; 0 without one.
    #[must_use]
    pub fn status(&self) -> u16 {
        let status = self.0.split_once("HTTP/1.1 ").and_then(|(_, rest)| rest.get(..3)?.parse().ok());
        status.unwrap_or_default()
    }

    /// Whether openssl says so.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.0.contains(words)
    }
}
