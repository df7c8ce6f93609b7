//! Two processes on one PostgreSQL: what one decides, the other honours, at once or within a second.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use cardea_api::key::{KeyState, KeyView};
use cardea_e2e::{Admin, Answer, Cardea, Client, Database, Workspace, eventually, issued};
use serde_json::{Value, json};

/// What product.md §4 promises of other nodes.
const A_SECOND: Duration = Duration::from_secs(1);

struct Stage {
    a: Cardea,
    b: Cardea,
    admin: Admin,
    workspace: Workspace,
}

async fn stage() -> Stage {
    let a = Cardea::start(Database::Postgres).await;
    let b = a.another_node().await;
    let admin = a.admin().await;
    let workspace = Workspace::with_service(&admin).await;
    Stage { a, b, admin, workspace }
}

impl Stage {
    /// The client as it asks node B.
    fn at_b(&self, client: &Client) -> Client {
        client.at(&self.b.url(""))
    }
}

/// Waits for a status at the token endpoint, for no longer than a second.
async fn within_a_second(what: &str, client: &Client, status: u16) -> Answer {
    let (answer, took) = eventually(what, A_SECOND, async || {
        let answer = client.ask_token(&[]).await;
        (answer.status == status).then_some(answer)
    })
    .await;
    println!("{what}: {took:?}");
    answer
}

#[tokio::test]
async fn a_disabled_method_is_refused_here_at_once_and_there_within_a_second() {
    let stage = stage().await;
    let client = Client::with_secret(&stage.admin, &stage.workspace, "client_secret_post").await;
    let other = Client::with_secret(&stage.admin, &stage.workspace, "client_secret_basic").await;
    let issued = client.token().await;
    for client in [&client, &other] {
        stage.at_b(client).token().await;
    }

    stage.workspace.enable(&stage.admin, &["client_secret_basic"]).await;
    let refused = client.ask_token(&[]).await;
    assert_eq!((refused.status, refused.error().as_str()), (401, "invalid_client"), "node A, at once");
    let refused = within_a_second("disabled on B", &stage.at_b(&client), 401).await;
    assert_eq!(refused.error(), "invalid_client");
    let discovery = stage.workspace.at(&stage.b.url(""), "/.well-known/openid-configuration");
    let metadata: Value = stage.b.http().get(&discovery).await.expect(200);
    assert_eq!(metadata["token_endpoint_auth_methods_supported"], json!(["client_secret_basic"]));
    for node in [&stage.a, &stage.b] {
        other.at(&node.url("")).token().await;
    }

    stage.workspace.enable(&stage.admin, &["client_secret_basic", "client_secret_post"]).await;
    client.token().await;
    within_a_second("enabled on B", &stage.at_b(&client), 200).await;
    assert_eq!(client.introspect(&issued).await["active"], true, "what was issued before lives on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_assertion_shown_to_both_nodes_at_once_is_accepted_by_exactly_one() {
    let stage = stage().await;
    let client = Client::with_key(&stage.admin, &stage.workspace, "ES256").await;
    let at_b = stage.at_b(&client);
    at_b.token().await;
    let mut by_a = 0;
    const ROUNDS: usize = 25; // within what one client may fail in a minute
    for round in 0..ROUNDS {
        let assertion = client.assertion();
        let (a, b) = tokio::join!(client.present(&assertion), at_b.present(&assertion));
        let (a, b) = (a.unwrap(), b.unwrap());
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401], "round {round}: {} and {}", a.text(), b.text());
        by_a += usize::from(a.status == 200);
    }
    println!("node A was first in {by_a} of {ROUNDS}");
    client.token().await;
    at_b.token().await;
}

#[tokio::test]
async fn a_rotated_key_signs_on_both_nodes_and_a_revoked_one_is_gone_from_both() {
    let stage = stage().await;
    let (http, b) = (stage.b.http(), stage.b.url(""));
    let client = Client::with_secret(&stage.admin, &stage.workspace, "client_secret_post").await;
    let at_b = stage.at_b(&client);
    let before = at_b.token().await;
    let key_of = |token: &str| jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    let old = key_of(&before);
    let next = stage.key(KeyState::Next).await;
    assert!(issued::kids(&issued::jwks(http, &stage.workspace, &b).await).contains(&next), "published before it signs");

    let rotated = stage.admin.post(&stage.workspace.path("keys/rotate"), &json!({})).await;
    assert!(matches!(rotated.status, 200 | 201), "{}", rotated.text());
    assert_eq!(stage.key(KeyState::Current).await, next);
    assert_eq!(key_of(&client.token().await), next, "node A, at once");
    let seen = async || Some(at_b.token().await).filter(|token| key_of(token) == next);
    let (after, _) = eventually("rotation seen by B", A_SECOND, seen).await;
    let keys = issued::jwks(http, &stage.workspace, &b).await;
    let issuer = &stage.workspace.issuer;
    for token in [&before, &after] {
        let audience = at_b.introspect(token).await["aud"].as_str().unwrap().to_owned();
        issued::verified(token, &keys, issuer, &audience).unwrap();
    }

    let revoked = stage.admin.post(&stage.workspace.path(&format!("keys/{old}/revoke")), &json!({})).await;
    assert!(matches!(revoked.status, 200 | 204), "{}", revoked.text());
    let gone = async || {
        let kids = issued::kids(&issued::jwks(http, &stage.workspace, &b).await);
        (!kids.contains(&old) && kids.contains(&next)).then_some(())
    };
    eventually("revocation seen by B", A_SECOND, gone).await;
    for node in [&stage.a, &stage.b] {
        let client = client.at(&node.url(""));
        assert_eq!(client.introspect(&before).await, json!({"active": false}));
        assert_eq!(client.introspect(&after).await["active"], true);
    }
}

impl Stage {
    /// The id of the ES256 key in this state.
    async fn key(&self, state: KeyState) -> String {
        let keys: Vec<KeyView> = self.admin.all(&self.workspace.path("keys"), "").await;
        keys.into_iter().find(|key| key.state == state && key.alg.as_str() == "ES256").unwrap().kid
    }
}

#[tokio::test]
async fn a_deleted_client_is_refused_on_the_other_node_within_a_second() {
    let stage = stage().await;
    let deleted = Client::with_secret(&stage.admin, &stage.workspace, "client_secret_post").await;
    let kept = Client::with_secret(&stage.admin, &stage.workspace, "client_secret_post").await;
    stage.at_b(&deleted).token().await;
    stage.at_b(&kept).token().await;
    stage.admin.delete(&stage.workspace.client(&deleted.client_id)).await;
    assert_eq!(deleted.ask_token(&[]).await.status, 401, "node A, at once");
    let refused = within_a_second("deleted on B", &stage.at_b(&deleted), 401).await;
    assert_eq!(refused.error(), "invalid_client");
    stage.at_b(&kept).token().await;
}

#[tokio::test]
async fn a_token_revoked_at_one_node_is_inactive_at_the_other() {
    let stage = stage().await;
    let client = Client::with_secret(&stage.admin, &stage.workspace, "client_secret_post").await;
    let at_b = stage.at_b(&client);
    let (revoked, kept) = (client.token().await, client.token().await);
    assert_eq!(at_b.introspect(&revoked).await["active"], true);
    client.revoke(&revoked).await;
    assert_eq!(at_b.introspect(&revoked).await, json!({"active": false}));
    assert_eq!(at_b.introspect(&kept).await["active"], true);
}

#[tokio::test]
async fn a_client_registered_at_one_node_is_known_at_the_other_within_a_second() {
    let stage = stage().await;
    let client = Client::with_secret(&stage.admin, &stage.workspace, "client_secret_basic").await;
    within_a_second("registered, seen by B", &stage.at_b(&client), 200).await;
}

#[tokio::test]
async fn one_node_dies_and_the_other_serves_on() {
    let mut stage = stage().await;
    let client = Client::with_key(&stage.admin, &stage.workspace, "ES256").await;
    let shown = client.assertion();
    assert_eq!(client.present(&shown).await.unwrap().status, 200);
    stage.a.kill();
    let at_b = stage.at_b(&client);
    assert_eq!(at_b.present(&shown).await.unwrap().status, 401, "B knows what A accepted");
    at_b.token().await;
    stage.a.restart().await;
    client.token().await;
}

#[tokio::test]
async fn two_nodes_started_at_once_on_an_empty_database_agree_on_everything() {
    let (a, b) = Cardea::start_two().await;
    let admin = a.admin().await;
    let workspace = Workspace::with_service(&admin.at(&b.url(""))).await;
    let client = Client::with_secret(&admin, &workspace, "client_secret_jwt").await;
    let token = within_a_second("a client with a sealed secret, at B", &client.at(&b.url("")), 200).await.json();
    let token = token.get("access_token").and_then(Value::as_str).unwrap();
    let keys = issued::jwks(a.http(), &workspace, &a.url("")).await;
    issued::verified(token, &keys, &workspace.issuer, &workspace.issuer).unwrap();
    client.token().await;
}
