//! Devices without a browser (RFC 8628) at two processes on one PostgreSQL: the device asks one, the person is at the other.
#![expect(clippy::unwrap_used, reason = "tests")]

use cardea_e2e::client::Tokens;
use cardea_e2e::{Answer, Cardea, Client, Database, TextBrowser, Workspace};
use serde_json::{Value, json};

const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

struct Stage {
    workspace: Workspace,
    /// The application, as it asks the node at which people sign in.
    at_a: Client,
    /// The same, as it asks the other.
    at_b: Client,
    _nodes: (Cardea, Cardea),
}

/// What a device is given.
struct Codes {
    device_code: String,
    user_code: String,
}

async fn stage() -> Stage {
    let a = Cardea::start(Database::Postgres).await;
    let b = a.another_node().await;
    let admin = a.admin().await;
    let workspace = Workspace::create(&admin, json!({"name": "Television"})).await;
    workspace.person(&admin, "ada").await;
    let metadata = json!({"client_name": "Television", "grant_types": [DEVICE_GRANT, "refresh_token"]});
    let at_a = Client::of_secret(&admin, &workspace, metadata).await;
    let at_b = at_a.at(&b.url(""));
    Stage { workspace, at_a, at_b, _nodes: (a, b) }
}

impl Stage {
    async fn codes(&self) -> Codes {
        let answer: Value = self.at_b.post("/oauth2/device/authorize", &[("scope", "openid email")]).await.expect(200);
        let text = |member: &str| answer.get(member).and_then(Value::as_str).unwrap().to_owned();
        Codes { device_code: text("device_code"), user_code: text("user_code") }
    }

    /// ada lets the device in at node A.
    async fn lets_in(&self, codes: &Codes) {
        let page = format!("{}/device", self.workspace.issuer);
        let done = TextBrowser::default().lets_in(&page, &codes.user_code, "ada").await;
        assert!(done.status == 200 && done.text().contains("Device connected"), "{} {}", done.status, done.text());
    }
}

async fn poll(client: &Client, codes: &Codes) -> Answer {
    client.post("/oauth2/token", &[("grant_type", DEVICE_GRANT), ("device_code", &codes.device_code)]).await
}

#[tokio::test]
async fn a_device_that_asks_at_one_node_is_let_in_at_the_other() {
    let stage = stage().await;
    let codes = stage.codes().await;
    assert_eq!(poll(&stage.at_b, &codes).await.error(), "authorization_pending");
    stage.lets_in(&codes).await;
    let tokens = Tokens::of(&poll(&stage.at_b, &codes).await);
    for client in [&stage.at_a, &stage.at_b] {
        let info: Value = client.userinfo(&tokens.access_token).await.expect(200);
        assert_eq!(info.get("email").and_then(Value::as_str), Some("ada@example.com"));
        assert_eq!(poll(client, &codes).await.error(), "invalid_grant", "the code is used up at either");
    }
}

#[tokio::test]
async fn who_asks_too_often_is_slowed_down_whichever_node_is_asked() {
    let stage = stage().await;
    let codes = stage.codes().await;
    assert_eq!(poll(&stage.at_b, &codes).await.error(), "authorization_pending");
    assert_eq!(poll(&stage.at_a, &codes).await.error(), "slow_down");
    // It was too soon for an answer; what the person says is heard all the same.
    stage.lets_in(&codes).await;
    assert_eq!(poll(&stage.at_a, &codes).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_device_that_asks_both_nodes_at_once_gets_tokens_from_exactly_one() {
    let stage = stage().await;
    for round in 0..10 {
        let codes = stage.codes().await;
        stage.lets_in(&codes).await;
        let (a, b) = tokio::join!(poll(&stage.at_a, &codes), poll(&stage.at_b, &codes));
        let (won, lost) = if a.status == 200 { (a, b) } else { (b, a) };
        assert_eq!((won.status, lost.status), (200, 400), "round {round}: {} and {}", won.text(), lost.text());
    }
}
