//! Pushed authorization requests (RFC 9126) and request objects (RFC 9101).

use cardea_protocol::SigningAlg;
use serde_json::{Value, json};

use crate::harness::browser::Browser;
use crate::harness::people::{CALLBACK, challenge};
use crate::harness::{Answer, ClientActor, KeyPair, TestServer};

async fn push(client: &ClientActor<'_>, changed: &[(&str, &str)]) -> Answer {
    let challenge = challenge();
    let mut form = vec![
        ("response_type", "code"),
        ("redirect_uri", CALLBACK),
        ("scope", "openid"),
        ("state", "xyz"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changed {
        form.retain(|(own, _)| own != name);
        form.push((name, value));
    }
    let request = client.workspace.server.http.post(client.workspace.url("/oauth2/par"));
    Answer::to(request.basic_auth(&client.id, client.secret.as_deref()).form(&form)).await
}

fn address(client: &ClientActor<'_>, more: &[(&str, &str)]) -> String {
    let params = [("client_id", &*client.id)].into_iter().chain(more.iter().copied());
    url::Url::parse_with_params(&client.workspace.url("/oauth2/authorize"), params).unwrap().to_string()
}

#[actix_web::test]
async fn a_pushed_request_is_good_for_one_authorization_by_its_client() {
    let server = TestServer::start().await;
    let workspace = server.workspace_in("default", &json!({"require_pushed_authorization_requests": true})).await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let other = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    let plain = browser.open(&client.authorize(&[])).await;
    assert_eq!(plain.parameter("error").as_deref(), Some("invalid_request"));

    let pushed = push(&client, &[]).await.expect(201);
    assert_eq!(pushed.json["expires_in"], 60);
    let uri = pushed.text("request_uri");
    let unknown = async |url: &str| {
        let shown = browser.open(url).await;
        shown.answer.status == 400 || shown.parameter("error").as_deref() == Some("invalid_request_uri")
    };
    assert!(unknown(&address(&other, &[("request_uri", &uri)])).await, "another client's");
    // What stands beside it does not count; a reload does no harm.
    let beside = address(&client, &[("request_uri", &uri), ("scope", "openid email"), ("state", "evil")]);
    browser.open(&beside).await.form();
    server.clock.advance_secs(50);
    let end = client.through(&browser, "ada", &beside).await;
    assert_eq!(end.parameter("state").as_deref(), Some("xyz"));
    let tokens = client.redeem(&end.parameter("code").unwrap(), &[]).await.expect(200);
    assert_eq!(tokens.json["scope"], "openid");
    assert!(unknown(&beside).await, "used");

    let late = push(&client, &[]).await.expect(201).text("request_uri");
    server.clock.advance_secs(60);
    assert!(unknown(&address(&client, &[("request_uri", &late)])).await, "late");
    let again = push(&client, &[]).await.expect(201).text("request_uri");
    assert!(
        client
            .through(&browser, "ada", &address(&client, &[("request_uri", &again)]))
            .await
            .parameter("code")
            .is_some()
    );
}

#[actix_web::test]
async fn what_could_not_be_granted_cannot_be_pushed() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.relying_party(json!({})).await;
    for (changed, error) in [
        (("redirect_uri", "https://evil.example"), "invalid_request"),
        (("request_uri", "urn:ietf:params:oauth:request_uri:x"), "invalid_request"),
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "openid unknown"), "invalid_scope"),
        (("code_challenge", "short"), "invalid_request"),
        (("client_id", "another"), "invalid_request"),
        (("request", "x.y.z"), "invalid_request_object"),
    ] {
        push(&client, &[changed]).await.refused(400, error);
    }
    let mut stranger = client.clone();
    stranger.secret = Some("wrong".to_owned());
    push(&stranger, &[]).await.refused(401, "invalid_client");
    push(&client, &[]).await.expect(201);
}

fn object(client: &ClientActor<'_>, key: &KeyPair, changed: &[(&str, Value)]) -> String {
    let now = client.workspace.server.clock.now().as_secs();
    let mut claims = json!({
        "iss": client.id, "aud": client.workspace.issuer(), "client_id": client.id, "exp": now + 60, "iat": now,
        "response_type": "code", "redirect_uri": CALLBACK, "scope": "openid", "state": "inside",
        "code_challenge": challenge(), "code_challenge_method": "S256",
    });
    for (name, value) in changed {
        claims[*name] = value.clone();
    }
    let header = json!({"alg": "ES256", "typ": "oauth-authz-req+jwt"});
    key.sign_raw(&header.to_string(), &claims.to_string())
}

#[actix_web::test]
async fn a_request_object_is_good_with_the_clients_signature_and_stays_signed() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let (key, other) = (KeyPair::generate(SigningAlg::ES256), KeyPair::generate(SigningAlg::ES256));
    let metadata = json!({"jwks": key.jwks(), "require_signed_request_object": true});
    let client = workspace.relying_party(metadata).await;
    let browser = Browser::new(&server);
    let plain = browser.open(&client.authorize(&[])).await;
    assert_eq!(plain.parameter("error").as_deref(), Some("invalid_request"));
    for (object, case) in [
        (object(&client, &other, &[]), "another's key"),
        (object(&client, &key, &[("client_id", json!("another"))]), "another client"),
        (object(&client, &key, &[("aud", json!("https://elsewhere.example"))]), "another issuer"),
        (object(&client, &key, &[("exp", json!(1))]), "expired"),
        (object(&client, &key, &[("sub", json!(client.id))]), "a client assertion"),
        (object(&client, &key, &[("request", json!("x"))]), "nested"),
    ] {
        let url = address(&client, &[("request", &object), ("redirect_uri", CALLBACK), ("state", "outside")]);
        let back = browser.open(&url).await;
        assert_eq!(back.parameter("error").as_deref(), Some("invalid_request_object"), "{case}");
    }
    let good =
        address(&client, &[("request", &object(&client, &key, &[])), ("scope", "openid email"), ("state", "outside")]);
    let end = client.through(&browser, "ada", &good).await;
    assert_eq!(end.parameter("state").as_deref(), Some("inside"));
    assert_eq!(client.redeem(&end.parameter("code").unwrap(), &[]).await.expect(200).json["scope"], "openid");
    // The parameters that pages carry along are worth nothing without their token.
    let carried = client.authorize(&[("state", "inside")]);
    assert_eq!(browser.open(&carried).await.parameter("error").as_deref(), Some("invalid_request"));
    push(&client, &[("request", &object(&client, &key, &[]))]).await.expect(201);
}
