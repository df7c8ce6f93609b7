//! One client for each method that is served: registered, used, and its token checked by somebody else's code.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use cardea_e2e::workspace::AUDIENCE;
use cardea_e2e::{Admin, AssertionKey, Cardea, Client, Database, Proof, Workspace, issued, now};
use serde_json::{Value, json};

struct Stage {
    cardea: Cardea,
    admin: Admin,
    workspace: Workspace,
}

async fn stage() -> Stage {
    let cardea = Cardea::start(Database::Sqlite).await;
    let admin = cardea.admin().await;
    let workspace = Workspace::with_service(&admin).await;
    Stage { cardea, admin, workspace }
}

impl Stage {
    /// Gets a token for `orders.read`, checks it against the workspace's JWKS and RFC 9068 §2.2, and answers its claims.
    async fn claims_of_a_token(&self, client: &Client) -> Value {
        let before = now();
        let answer = client.ask_token(&[("scope", "orders.read")]).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        for (header, value) in
            [("content-type", "application/json;charset=UTF-8"), ("cache-control", "no-store"), ("pragma", "no-cache")]
        {
            assert_eq!(answer.header(header), Some(value));
        }
        let response = answer.json();
        assert_eq!(response["token_type"], "Bearer");
        assert_eq!(response["expires_in"], 3600);
        assert_eq!(response["scope"], "orders.read");
        let jwks = issued::jwks(self.cardea.http(), &self.workspace, &self.cardea.url("")).await;
        let token = response["access_token"].as_str().unwrap();
        let (_, claims) = issued::verified(token, &jwks, &self.workspace.issuer, AUDIENCE).unwrap();
        assert_eq!(claims["sub"], client.client_id.as_str());
        assert_eq!(claims["client_id"], client.client_id.as_str());
        assert_eq!(claims["scope"], "orders.read");
        assert!(claims["jti"].as_str().is_some_and(|jti| jti.len() >= 16), "{claims}");
        let issued_at = claims["iat"].as_u64().unwrap();
        assert!((before..=now()).contains(&issued_at), "{claims}");
        assert_eq!(claims["exp"].as_u64().unwrap(), issued_at + 3600);
        claims
    }
}

fn orders(method: &str) -> Value {
    json!({"token_endpoint_auth_method": method, "scope": "orders.read orders.write", "client_name": method})
}

#[tokio::test]
async fn each_method_with_a_secret_gets_a_token_that_anybody_can_verify() {
    let stage = stage().await;
    let mut ids = Vec::new();
    for method in ["client_secret_basic", "client_secret_post"] {
        let client = Client::of_secret(&stage.admin, &stage.workspace, orders(method)).await;
        ids.push(stage.claims_of_a_token(&client).await["jti"].clone());
        ids.push(stage.claims_of_a_token(&client).await["jti"].clone());
    }
    for alg in ["HS256", "HS384", "HS512"] {
        let mut metadata = orders("client_secret_jwt");
        metadata["token_endpoint_auth_signing_alg"] = alg.into();
        let client = Client::of_secret(&stage.admin, &stage.workspace, metadata).await;
        ids.push(stage.claims_of_a_token(&client).await["jti"].clone());
    }
    let distinct: std::collections::HashSet<_> = ids.iter().map(Value::to_string).collect();
    assert_eq!(distinct.len(), ids.len(), "no two tokens share a jti");
}

#[tokio::test]
async fn private_key_jwt_works_with_each_kind_of_key() {
    let stage = stage().await;
    for alg in ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"] {
        let key = AssertionKey::generate(alg);
        let mut metadata = orders("private_key_jwt");
        metadata["jwks"] = key.jwks();
        let registered = stage.workspace.register(&stage.admin, metadata).await;
        assert!(registered.client_secret.is_none(), "a client with keys gets no secret");
        let id = registered.client.client_id.as_str();
        let client = Client::new(&stage.admin, &stage.workspace, id, Proof::Assertion(key));
        stage.claims_of_a_token(&client).await;

        let stranger = client.proving(Proof::Assertion(AssertionKey::generate(alg)));
        let refused = stranger.ask_token(&[]).await;
        assert_eq!((refused.status, refused.error().as_str()), (401, "invalid_client"), "{alg}: another key");
        stage.claims_of_a_token(&client).await;
    }
}

#[tokio::test]
async fn a_public_client_cannot_act_for_itself() {
    let stage = stage().await;
    let metadata = json!({"token_endpoint_auth_method": "none", "redirect_uris": ["https://app.example/back"]});
    let registered = stage.workspace.register(&stage.admin, metadata).await;
    assert!(registered.client_secret.is_none());
    let id = registered.client.client_id.as_str();
    let public = Client::new(&stage.admin, &stage.workspace, id, Proof::None);
    let refused = public.ask_token(&[]).await;
    assert_eq!((refused.status, refused.error().as_str()), (400, "unauthorized_client"));

    let confidential = Client::of_secret(&stage.admin, &stage.workspace, orders("client_secret_post")).await;
    stage.claims_of_a_token(&confidential).await;
}

#[tokio::test]
async fn the_tls_methods_are_registered_and_refused_for_want_of_a_certificate() {
    let stage = stage().await;
    let clients = [
        json!({"token_endpoint_auth_method": "tls_client_auth", "tls_client_auth_san_dns": "client.example"}),
        json!({"token_endpoint_auth_method": "self_signed_tls_client_auth", "jwks_uri": "https://client.example/jwks.json"}),
    ];
    for metadata in clients {
        let method = metadata["token_endpoint_auth_method"].as_str().unwrap().to_owned();
        let registered = stage.workspace.register(&stage.admin, metadata).await;
        let id = registered.client.client_id.as_str();
        let refused = Client::new(&stage.admin, &stage.workspace, id, Proof::None).ask_token(&[]).await;
        assert_eq!((refused.status, refused.error().as_str()), (401, "invalid_client"), "{method}");
        assert_eq!(refused.header("www-authenticate"), None, "{method}");
        let reason = failure_of(&stage, id).await;
        assert_eq!(reason, "certificate_missing", "{method}");
    }
    let confidential = Client::of_secret(&stage.admin, &stage.workspace, orders("client_secret_basic")).await;
    stage.claims_of_a_token(&confidential).await;
}

/// The reason of a client's last failure, once the audit log has it.
async fn failure_of(stage: &Stage, client_id: &str) -> String {
    let path = format!("{}/activity", stage.workspace.client(client_id));
    let wait = std::time::Duration::from_secs(10);
    let (reason, _) = cardea_e2e::eventually("an audit event", wait, async || {
        let activity: cardea_api::audit_event::Activity = stage.admin.get(&path).await;
        activity.items.into_iter().find(|event| event.outcome == "failure").and_then(|event| event.reason)
    })
    .await;
    reason
}

#[tokio::test]
async fn a_wrong_secret_is_challenged_and_told_apart_in_the_audit_log_alone() {
    let stage = stage().await;
    let client = Client::of_secret(&stage.admin, &stage.workspace, orders("client_secret_basic")).await;
    let wrong = client.proving(Proof::Basic("wrong".to_owned())).ask_token(&[]).await;
    let unknown = Client::new(&stage.admin, &stage.workspace, "nobody", Proof::Basic("wrong".to_owned()));
    let unknown = unknown.ask_token(&[]).await;
    for refused in [&wrong, &unknown] {
        assert_eq!((refused.status, refused.error().as_str()), (401, "invalid_client"));
        let challenge = format!("Basic realm=\"{}\"", stage.workspace.issuer);
        assert_eq!(refused.header("www-authenticate"), Some(challenge.as_str()));
    }
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(failure_of(&stage, &client.client_id).await, "secret_mismatch");
    stage.claims_of_a_token(&client).await;
}
