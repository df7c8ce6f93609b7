//! A client of each method, registered by hand, gets a token with what the last page shows and nothing else.

use cardea_e2e::client::{CALLBACK, Proof, parameter};
use cardea_e2e::{Authority, Client, Identity, TextBrowser, certificates};
use serde_json::Value;

use crate::shell::Shell;
use crate::stage::{Stage, stage};

#[track_caller]
fn holds_a_token(answer: &Value) {
    assert!(answer["access_token"].is_string(), "{answer}");
}

/// Tries the client from the page itself.
async fn works_from_the_page(stage: &Stage) {
    stage.browser.press("[data-action=try-it]").await;
    stage.browser.says("#token-in-hand", "issued just now").await;
}

#[tokio::test]
async fn a_secret_is_shown_once_and_works_in_all_three_ways() {
    let stage = stage().await;
    let shell = Shell::beside(&stage);
    for method in ["client_secret_basic", "client_secret_post", "client_secret_jwt"] {
        stage.begin_client("service", &format!("Billing by {method}"), method).await;
        let id = stage.register_client().await;
        let secret = stage.revealed().await;
        works_from_the_page(&stage).await;
        let snippet = stage.snippet(stage.cardea.public_url()).await;
        assert!(snippet.contains(&secret), "{method}: {snippet}");
        holds_a_token(&shell.run(&snippet));

        let client: Value = stage.admin.get(&stage.workspace.client(&id)).await;
        assert_eq!(client["token_endpoint_auth_method"], method);
        if method == "client_secret_basic" {
            Client::new(&stage.admin, &stage.workspace, &id, Proof::Basic(secret.clone())).token().await;
        }
        stage.browser.press("[data-action=open-client]").await;
        stage.browser.says("main h1", "Billing by").await;
        let page = stage.browser.evaluate("return document.documentElement.outerHTML;").await;
        assert!(!page.to_string().contains(&secret), "{method}: the secret is shown again");
    }
    stage.browser.had_no_complaint().await;
}

#[tokio::test]
async fn a_key_made_in_the_browser_is_saved_as_a_file_and_signs() {
    let stage = stage().await;
    let shell = Shell::beside(&stage);
    stage.browser.keep_downloads_in(shell.folder()).await;
    stage.begin_client("service", "Ledger", "private_key_jwt").await;
    stage.browser.says("#generated-key", "A key pair for ES256 is ready").await;
    let id = stage.register_client().await;
    works_from_the_page(&stage).await;
    stage.browser.press("[data-action=download-pem]").await;
    stage.browser.says("#registered", "The private key is saved").await;
    let pem = stage.browser.downloaded(&shell.folder().join("client-key.pem")).await;
    assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----"));
    holds_a_token(&shell.run(&stage.snippet(stage.cardea.public_url()).await));

    let client: Value = stage.admin.get(&stage.workspace.client(&id)).await;
    assert!(client["jwks"]["keys"][0]["x"].is_string() && client["jwks"]["keys"][0].get("d").is_none(), "{client}");
}

#[tokio::test]
async fn a_certificate_is_read_from_its_file_by_name_or_as_it_is() {
    let stage = stage().await;
    let (authority, shell) = (Authority::root("Example CA"), Shell::beside(&stage));
    let pem = shell.folder().join("example-ca.pem");
    std::fs::write(&pem, authority.pem()).unwrap();
    let named = authority.issue(&certificates::client("orders"));
    let own = Identity::self_signed(&certificates::client("invoices"));
    for (method, identity) in [("tls_client_auth", &named), ("self_signed_tls_client_auth", &own)] {
        stage.begin_client("service", method, method).await;
        stage.browser.give_file("certificate", &identity.cert()).await;
        if method == "tls_client_auth" {
            stage.browser.says("main", "No authority is trusted here yet").await;
            stage.browser.says("label[class~=card-choice]:has([name=tls_client_auth])", "CN=orders,O=Example").await;
        }
        stage.browser.says("main .stack", "SHA-256").await;
        stage.register_client().await;
        let snippet = stage.snippet(&stage.cardea.mtls_url("")).await;
        shell.holds(identity);
        if method == "tls_client_auth" {
            assert_eq!(shell.run(&snippet)["error"], "invalid_client", "nobody vouches for it yet");
            stage.trust_by_hand(&pem, "CN=Example CA").await;
        }
        holds_a_token(&shell.run(&snippet));
    }
}

#[tokio::test]
async fn an_app_without_a_secret_gets_tokens_by_code_and_pkce() {
    let stage = stage().await;
    stage.workspace.person(&stage.admin, "ada").await;
    stage.begin_client("browser", "Map", "none").await;
    stage.browser.write("#redirect_uris-0", CALLBACK).await;
    stage.register_client().await;
    let snippet = stage.snippet(stage.cardea.public_url()).await;
    let signed_in = async |url: &str| {
        let end = TextBrowser::default().through(url, "ada").await;
        parameter(&end.unwrap_or_else(|page| panic!("stuck at {} {}", page.status, page.text())), "code").unwrap()
    };
    let answer = Shell::beside(&stage).run_with_code(&snippet, signed_in).await;
    holds_a_token(&answer);
    assert!(answer["id_token"].is_string(), "{answer}");
}

#[tokio::test]
async fn what_is_missing_is_pointed_out_wherever_it_is() {
    let stage = stage().await;
    stage.begin_client("server", "Portal", "client_secret_basic").await;
    let focused =
        async || stage.browser.evaluate("return document.activeElement.id;").await.as_str().map(str::to_owned);
    for (field, text) in [("redirect_uris-0", "https://portal.example/callback"), ("client_name", "Portal")] {
        stage.browser.write(&format!("#{field}"), "").await;
        stage.browser.press("[data-action=create-client]").await;
        let there = async || focused().await.filter(|id| id == field).map(drop);
        cardea_e2e::eventually(field, std::time::Duration::from_secs(10), there).await;
        assert_eq!(stage.browser.count(&format!("#{field}[aria-invalid=true][aria-describedby]")).await, 1);
        stage.browser.write(&format!("#{field}"), text).await;
    }
    stage.register_client().await;
}
