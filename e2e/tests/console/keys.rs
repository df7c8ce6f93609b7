//! Signing keys: rotated and revoked by hand, and what the world sees of it.

use cardea_e2e::Client;
use cardea_e2e::issued::{jwks, kids, verified};

use crate::stage::{Stage, stage};

async fn published(stage: &Stage) -> Vec<String> {
    kids(&jwks(stage.admin.http(), &stage.workspace, stage.admin.node()).await)
}

/// The id of the key that signed a token, which the published keys have to verify.
async fn signer(stage: &Stage, token: &str) -> String {
    let keys = jwks(stage.admin.http(), &stage.workspace, stage.admin.node()).await;
    let issuer = &stage.workspace.issuer;
    verified(token, &keys, issuer, issuer).unwrap().0.kid.unwrap()
}

#[tokio::test]
async fn a_rotated_key_stays_published_and_a_revoked_one_does_not() {
    let stage = stage().await;
    let client = Client::with_secret(&stage.admin, &stage.workspace, "client_secret_post").await;
    let token = client.token().await;
    let old = signer(&stage, &token).await;
    let row = |kid: &str| format!("tr[data-id='{kid}']");

    stage.go(&stage.page("keys")).await;
    stage.browser.says(&row(&old), "Current").await;
    stage.browser.press(&format!("section:has({}) [data-action=rotate-key]", row(&old))).await;
    stage.browser.press("dialog[open] [data-action=confirm]").await;
    stage.browser.says(&row(&old), "Retired").await;
    let later = client.token().await;
    let new = signer(&stage, &later).await;
    assert_ne!(new, old);
    assert_eq!(signer(&stage, &token).await, old, "what is out stays good");
    stage.browser.says(&row(&new), "Current").await;
    stage.browser.says("#jwks pre", &new).await;

    stage.browser.press(&format!("{} [data-action=revoke-key]", row(&old))).await;
    stage.browser.says("dialog[open]", "stop being valid at once").await;
    assert!(published(&stage).await.contains(&old), "nobody has agreed yet");
    stage.browser.press("dialog[open] [data-action=confirm]").await;
    stage.browser.says(&row(&old), "Revoked").await;
    let left = published(&stage).await;
    assert!(!left.contains(&old) && left.contains(&new), "{left:?}");
    assert_eq!(client.introspect(&token).await["active"], false);
    assert_eq!(client.introspect(&later).await["active"], true);
    let gone = async || stage.browser.text("#jwks pre").await.filter(|shown| !shown.contains(&old)).map(drop);
    cardea_e2e::eventually("the set on the page without it", std::time::Duration::from_secs(20), gone).await;
}
