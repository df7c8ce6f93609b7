//! Trusted CAs: looked at before they are trusted, and who would be shut out is named before they are not.

use std::path::Path;

use cardea_e2e::{Authority, certificates};
use serde_json::Value;

use crate::shell::Shell;
use crate::stage::{Stage, stage};

impl Stage {
    /// Trusts the authority in a file, after its subject was shown.
    pub(crate) async fn trust_by_hand(&self, pem: &Path, subject: &str) {
        self.go(&self.page("certificates")).await;
        self.browser.give_file("pem", pem).await;
        self.browser.says("#trust", subject).await;
        self.browser.press("[data-action=trust-authority]").await;
        self.browser.says(".authority", subject).await;
    }
}

#[tokio::test]
async fn an_authority_is_seen_trusted_watched_and_trusted_no_more() {
    let stage = stage().await;
    let (authority, shell) = (Authority::root("Example CA"), Shell::beside(&stage));
    let pem = shell.folder().join("example-ca.pem");
    std::fs::write(&pem, authority.pem()).unwrap();
    let identity = authority.issue(&certificates::client("orders"));
    let client = stage.workspace.register_name(&stage.admin, "tls_client_auth_subject_dn", "CN=orders,O=Example").await;
    shell.holds(&identity);
    stage.trust_by_hand(&pem, "CN=Example CA").await;
    for said in ["Example CA", "SHA-256", "Expires within 30 days"] {
        stage.browser.says(".authority", said).await;
    }
    stage.go(&stage.page(&format!("clients/{client}/code"))).await;
    let snippet = stage.snippet(&stage.cardea.mtls_url("")).await;
    let token = shell.run(&snippet);
    assert!(token["access_token"].is_string(), "{token}");

    stage.go(&stage.page("certificates")).await;
    stage.browser.press("[data-action=delete-authority]").await;
    stage.browser.says("dialog[open]", "1 client uses tls_client_auth").await;
    stage.browser.press("dialog[open] [data-action=confirm]").await;
    stage.browser.says("main", "No authority is trusted yet").await;
    assert_eq!(shell.run(&snippet)["error"], "invalid_client");
    let left: Value = stage.admin.get(&stage.workspace.path("trusted-cas")).await;
    assert_eq!(left["items"].as_array().map(Vec::len), Some(0), "{left}");
}

#[tokio::test]
async fn what_is_no_certificate_is_said_and_nothing_is_trusted() {
    let stage = stage().await;
    let shell = Shell::beside(&stage);
    let file = shell.folder().join("notes.pem");
    std::fs::write(&file, "just a text").unwrap();
    stage.go(&stage.page("certificates")).await;
    stage.browser.give_file("pem", &file).await;
    stage.browser.says("#trust", "There is no certificate in this file").await;
    assert_eq!(stage.browser.count("[data-action=trust-authority]").await, 0);
    // The right file right afterwards is taken.
    std::fs::write(&file, Authority::root("Example CA").pem()).unwrap();
    stage.trust_by_hand(&file, "CN=Example CA").await;
}
