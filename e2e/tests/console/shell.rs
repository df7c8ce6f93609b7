//! A developer's shell, into which the snippets of the console are pasted as they stand.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cardea_e2e::Identity;
use serde_json::Value;
use tempfile::TempDir;

use crate::stage::Stage;

/// A folder of the developer's, and a shell in it.
pub(crate) struct Shell {
    folder: TempDir,
    trusted: std::path::PathBuf,
}

impl Shell {
    /// A shell whose programs trust what the mTLS listener shows.
    pub(crate) fn beside(stage: &Stage) -> Self {
        let folder = tempfile::Builder::new().prefix("cardea-e2e-shell").tempdir().unwrap();
        Self { folder, trusted: stage.cardea.development_certificate() }
    }

    /// Where its files are.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts certificate and key where the snippets say they are.
    pub(crate) fn holds(&self, identity: &Identity) {
        std::fs::copy(identity.cert_and_chain(), self.folder().join("client.pem")).unwrap();
        std::fs::copy(identity.key(), self.folder().join("client-key.pem")).unwrap();
    }

    /// The JSON that a snippet ends with.
    pub(crate) fn run(&self, snippet: &str) -> Value {
        json(self.begin(snippet).wait_with_output().unwrap().stdout, snippet)
    }

    /// The same, where the snippet says `Open …` and waits for a code.
    pub(crate) async fn run_with_code(&self, snippet: &str, code: impl AsyncFnOnce(&str) -> String) -> Value {
        let mut shell = self.begin(snippet);
        let mut said = BufReader::new(shell.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("Open ").unwrap_or_else(|| panic!("{line}"));
        let code = code(url).await;
        writeln!(shell.stdin.take().unwrap(), "{code}").unwrap();
        let mut rest = Vec::new();
        said.read_to_end(&mut rest).unwrap();
        shell.wait().unwrap();
        json(rest, snippet)
    }

    fn begin(&self, snippet: &str) -> Child {
        let mut shell = Command::new("sh");
        shell.args(["-c", snippet]).current_dir(self.folder()).stdin(Stdio::piped()).stdout(Stdio::piped());
        // Neither a proxy nor a certificate of the machine is meant here.
        shell.env("CURL_CA_BUNDLE", &self.trusted).env("no_proxy", "*").env("HOME", self.folder());
        shell.spawn().unwrap()
    }
}

/// What stands from the first brace on.
fn json(said: Vec<u8>, snippet: &str) -> Value {
    let said = String::from_utf8(said).unwrap();
    let object = said.find('{').and_then(|at| said.get(at..)).unwrap_or_default();
    serde_json::from_str(object).unwrap_or_else(|error| panic!("{error} in {said:?} of\n{snippet}"))
}
