//! The real `curl`: what a person would paste, and what came of it.

use std::path::Path;
use std::process::Command;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::certificates::Identity;
use crate::http::Answer;

/// A command line that is still being written.
#[derive(Clone, Default)]
pub struct Curl {
    arguments: Vec<String>,
}

/// What curl did.
#[derive(Debug)]
pub struct Curled {
    /// The answer; of status 0 when none came.
    pub answer: Answer,
    /// `1.1` or `2`.
    pub http_version: String,
    /// `TLSv1.2` or `TLSv1.3`; empty without TLS.
    pub tls_version: String,
    /// curl's exit status (`man curl`): 35 when the handshake failed, 56 when the connection broke.
    pub exit: i32,
    /// All that it told of its work.
    pub log: String,
}

impl Curl {
    /// Trusts the certificates in a file, and nobody else.
    #[must_use]
    pub fn trusting(file: &Path) -> Self {
        Self::default().with(&["--cacert", &file.display().to_string()])
    }

    /// With more arguments.
    #[must_use]
    pub fn with(&self, arguments: &[&str]) -> Self {
        let more = arguments.iter().map(|argument| (*argument).to_owned());
        Self { arguments: self.arguments.iter().cloned().chain(more).collect() }
    }

    /// With one more header field; a second one of the same name is sent as a second line.
    #[must_use]
    pub fn header(&self, name: &str, value: &str) -> Self {
        self.with(&["--header", &format!("{name}: {value}")])
    }

    /// With a client certificate and the intermediates above it.
    #[must_use]
    pub fn showing(&self, identity: &Identity) -> Self {
        self.with_certificate(&identity.cert_and_chain(), &identity.key())
    }

    /// With a client certificate alone, whoever issued it.
    #[must_use]
    pub fn showing_leaf(&self, identity: &Identity) -> Self {
        self.with_certificate(&identity.cert(), &identity.key())
    }

    fn with_certificate(&self, cert: &Path, key: &Path) -> Self {
        self.with(&["--cert", &cert.display().to_string(), "--key", &key.display().to_string()])
    }

    /// Posts a form.
    #[must_use]
    pub fn post(&self, url: &str, form: &[(&str, &str)]) -> Curled {
        let fields: Vec<_> = form.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let arguments: Vec<_> = fields.iter().flat_map(|field| ["--data-urlencode", field]).collect();
        self.with(&arguments).run(url)
    }

    /// Asks for `url`, or does whatever else the arguments say.
    #[must_use]
    pub fn run(&self, url: &str) -> Curled {
        let output = Command::new("curl")
            // First of all: not what the person who runs the tests has in ~/.curlrc.
            .args(["--disable", "--silent", "--show-error", "--verbose", "--max-time", "20", "--noproxy", "*"])
            .args(["--write-out", "%{stderr}\nin the end: %{http_code} %{http_version}\n"])
            .args(&self.arguments)
            .arg(url)
            .output()
            .unwrap_or_else(|error| panic!("curl: {error}"));
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        let mut end = after(&log, "in the end: ").unwrap_or_default().split(' ');
        Curled {
            answer: Answer {
                status: end.next().and_then(|status| status.parse().ok()).unwrap_or_default(),
                headers: headers(&log),
                body: output.stdout,
            },
            http_version: end.next().unwrap_or_default().to_owned(),
            tls_version: after(&log, "* SSL connection using ")
                .and_then(|rest| rest.split(' ').next())
                .unwrap_or_default()
                .to_owned(),
            exit: output.status.code().unwrap_or(-1),
            log,
        }
    }
}

/// What follows in the line that begins so.
fn after<'l>(log: &'l str, beginning: &str) -> Option<&'l str> {
    log.lines().find_map(|line| line.strip_prefix(beginning))
}

fn headers(log: &str) -> HeaderMap {
    let field = |line: &str| {
        let (name, value) = line.strip_prefix("< ")?.split_once(':')?;
        Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value.trim()).ok()?))
    };
    log.lines().filter_map(field).collect()
}
