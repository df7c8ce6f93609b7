//! The colour and the picture of a workspace, on every page that people see.

use serde_json::json;

use crate::harness::browser::Browser;
use crate::harness::{Answer, TestServer};

#[actix_web::test]
async fn every_page_wears_the_colour_and_the_picture_of_its_workspace() {
    let server = TestServer::start().await;
    let (workspace, plain) = (server.workspace().await, server.workspace().await);
    workspace.set(json!({"accent_color": "#C0ffee", "logo_uri": "https://cdn.example:8443/logo.png"})).await;
    let (client, other) = (workspace.relying_party(json!({})).await, plain.relying_party(json!({})).await);
    let browser = Browser::new(&server);
    for address in [
        client.authorize(&[]),
        workspace.url("/oauth2/authorize"),
        workspace.url("/device"),
        workspace.url("/oidc/logout"),
        workspace.url("/account"),
        workspace.url("/reset-password/none"),
    ] {
        let shown = browser.open(&address).await;
        assert!(shown.says("--accent:#c0ffee"), "{address}: {}", shown.answer.body);
        assert!(shown.says("<img src=\"https://cdn.example:8443/logo.png\""), "{address}");
        let policy = shown.answer.header("content-security-policy");
        assert!(policy.contains("img-src https://cdn.example:8443;"), "{address}: {policy}");
    }
    let bare = browser.open(&other.authorize(&[])).await;
    assert!(!bare.says("#c0ffee") && !bare.says("<img"));
    assert!(bare.answer.header("content-security-policy").contains("img-src 'none';"));
    // Taken back, they are gone from the next page on.
    workspace.set(json!({"accent_color": null, "logo_uri": null})).await;
    let bare = browser.open(&client.authorize(&[])).await;
    assert!(!bare.says("#c0ffee") && !bare.says("<img"));
}

#[actix_web::test]
async fn what_would_mean_something_in_a_page_is_no_colour_and_no_picture() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    for (member, value) in [
        ("accent_color", "red"),
        ("accent_color", "#fff;}body{display:none"),
        ("logo_uri", "http://cdn.example/logo.png"),
        ("logo_uri", "javascript:alert(1)"),
        ("logo_uri", "https://*/logo.png"),
        ("logo_uri", "https://cdn.example;script-src/logo.png"),
    ] {
        let refused = Answer::to(server.api("PATCH", &workspace.path()).json(&json!({member: value}))).await;
        refused.complains(&format!("/{member}"), "invalid_value");
    }
    let shown = workspace.set(json!({"accent_color": "#102a6b", "logo_uri": "https://cdn.example/logo.png"})).await;
    assert_eq!(
        (&shown["accent_color"], &shown["logo_uri"]),
        (&json!("#102a6b"), &json!("https://cdn.example/logo.png"))
    );
}
