//! Tokens that are bound to a certificate (RFC 8705 §3): issued so, introspected so, and of no use without it.

use cardea_api::client::ClientWithSecret;
use cardea_e2e::process::BOOTSTRAP;
use cardea_e2e::workspace::AUDIENCE;
use cardea_e2e::{Curl, Identity, certificates, issued, openssl};
use serde_json::{Value, json};

use crate::stage::{Stage, dn, ordinary, stage, workspace};

/// Registers a client of `metadata`, whose tokens are bound.
async fn bound(stage: &Stage, mut metadata: Value) -> ClientWithSecret {
    let members = metadata.as_object_mut().unwrap();
    members.insert("tls_client_certificate_bound_access_tokens".to_owned(), json!(true));
    stage.workspace.register(&stage.admin, metadata).await
}

#[tokio::test]
async fn a_bound_token_names_the_certificate_by_the_fingerprint_that_openssl_computes() {
    let stage = stage().await;
    let identity = ordinary(&stage.authority, "billing");
    let metadata = json!({
        "token_endpoint_auth_method": "tls_client_auth",
        "tls_client_auth_subject_dn": dn("billing"),
        "scope": "orders.read",
    });
    let client_id = bound(&stage, metadata.clone()).await.client.client_id.as_str().to_owned();
    let unbound = stage.workspace.register(&stage.admin, metadata).await;
    let curl = stage.curl().showing(&identity);

    let jwks = issued::jwks(stage.cardea.http(), &stage.workspace, &stage.cardea.url("")).await;
    let claims = |token: &str| issued::verified(token, &jwks, &stage.workspace.issuer, AUDIENCE).unwrap().1;
    let expected = json!({"x5t#S256": openssl::thumbprint(&identity.cert())});
    let token = stage.accepted(&curl, &client_id);
    assert_eq!(claims(&token).get("cnf"), Some(&expected));
    let url = stage.workspace.at(&stage.cardea.mtls_url(""), "/oauth2/introspect");
    let introspected = curl.post(&url, &[("client_id", &client_id), ("token", &token)]).answer.json();
    assert_eq!(introspected.get("active"), Some(&json!(true)));
    assert_eq!(introspected.get("cnf"), Some(&expected));

    let unbound = stage.accepted(&curl, unbound.client.client_id.as_str());
    assert_eq!(claims(&unbound).get("cnf"), None, "who did not ask for it gets none");
}

#[tokio::test]
async fn a_client_with_a_secret_may_have_bound_tokens_and_then_gets_none_without_a_certificate() {
    let stage = stage().await;
    let registered = bound(&stage, json!({"token_endpoint_auth_method": "client_secret_basic"})).await;
    let client_id = registered.client.client_id.as_str();
    let user = format!("{client_id}:{}", registered.client_secret.unwrap());
    let curl = stage.curl().with(&["--user", &user]);
    let form = [("grant_type", "client_credentials")];

    let refused = curl.post(&stage.token_endpoint(), &form).answer;
    assert_eq!((refused.status, refused.error().as_str()), (400, "invalid_request"));
    let event = stage.workspace.failure(&stage.admin, &refused).await;
    assert_eq!((event.kind.as_str(), event.reason.as_deref()), ("token.issued", Some("certificate_missing")));

    // Nobody vouches for it, and nobody has to: it only names who may use the token.
    let identity = Identity::self_signed(&certificates::client("anything"));
    let issued = curl.showing(&identity).post(&stage.token_endpoint(), &form).answer;
    assert_eq!(issued.status, 200, "{}", issued.text());
}

#[tokio::test]
async fn the_management_api_refuses_a_bound_token_without_its_certificate() {
    let stage = stage().await;
    let admin = workspace(&stage.cardea, "system", "admin");
    let bind = json!({"tls_client_certificate_bound_access_tokens": true});
    let _: Value = stage.admin.patch(&admin.client(BOOTSTRAP.0), &bind).await;
    let (own, other) =
        (Identity::self_signed(&certificates::client("own")), Identity::self_signed(&certificates::client("other")));
    let user = format!("{}:{}", BOOTSTRAP.0, BOOTSTRAP.1);
    let url = admin.at(&stage.cardea.mtls_url(""), "/oauth2/token");
    let asking = stage.curl().with(&["--user", &user]).showing(&own);
    let issued = asking.post(&url, &[("grant_type", "client_credentials")]).answer.json();
    let token = issued.get("access_token").and_then(Value::as_str).unwrap();

    let bearer = |curl: &Curl, node: &str| {
        curl.header("Authorization", &format!("Bearer {token}")).run(&format!("{node}/api/v1/me")).answer
    };
    let (main, mtls) = (stage.cardea.url(""), stage.cardea.mtls_url(""));
    for (curl, node) in [(Curl::default(), &main), (stage.curl(), &mtls), (stage.curl().showing(&other), &mtls)] {
        let refused = bearer(&curl, node);
        assert_eq!(refused.status, 401, "{}", refused.text());
        let challenge = refused.header("www-authenticate").unwrap_or_default();
        assert!(challenge.contains("invalid_token"), "{challenge}");
    }
    let answer = bearer(&stage.curl().showing(&own), &mtls);
    assert_eq!(answer.status, 200, "{}", answer.text());
}
