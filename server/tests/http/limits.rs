//! Bounded work: failures are slowed without locking the right client out, and nothing that comes in breaks anything.

use serde_json::json;

use crate::harness::{Answer, TestServer};

#[actix_web::test]
async fn failures_are_slowed_and_the_right_client_is_let_in_all_the_same() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "5")]).await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("client_secret_post").await;
    let other = workspace.client_of("client_secret_post").await;
    let guess = async |id: &str| {
        let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", "guess")];
        Answer::to(workspace.token_request().form(&form)).await
    };
    for _ in 0..5 {
        guess(&client.id).await.refused(401, "invalid_client");
    }
    for _ in 0..3 {
        let slowed = guess(&client.id).await.refused(429, "invalid_request");
        assert!((1..=60).contains(&slowed.header("retry-after").parse::<u32>().unwrap()));
    }
    client.token_by("client_secret_post", &[]).await.expect(200);
    guess(&other.id).await.refused(401, "invalid_client");
    // The log has what was within the limit and the first beyond it, not the flood.
    server.app.audit.flush().await;
    let events =
        server.read(&format!("{}/audit-events?client_id={}&outcome=failure", workspace.path(), client.id)).await;
    assert_eq!(events["items"].as_array().unwrap().len(), 6);
}

#[actix_web::test]
async fn who_knows_an_imported_secret_is_let_in_though_others_guess_at_it() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "3")]).await;
    let workspace = server.workspace().await;
    let metadata = json!({"token_endpoint_auth_method": "client_secret_post", "client_secret": "chosen by somebody"});
    let client = workspace.client(metadata).await;
    let guess = async || {
        let form = [("grant_type", "client_credentials"), ("client_id", &*client.id), ("client_secret", "guess")];
        Answer::to(workspace.token_request().form(&form)).await
    };
    for _ in 0..3 {
        guess().await.refused(401, "invalid_client");
    }
    // From here on guesses are checked slowly, and told to wait; they are not worth more than that.
    guess().await.refused(429, "invalid_request");
    client.token_by("client_secret_post", &[]).await.expect(200);
    guess().await.refused(429, "invalid_request");
    client.token_by("client_secret_post", &[]).await.expect(200);
}

#[actix_web::test]
async fn a_name_that_anybody_may_use_fills_no_log() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "5")]).await;
    let workspace = server.workspace().await;
    let public = workspace.client_of("none").await;
    for _ in 0..20 {
        public.token_by("none", &[]).await.refused(400, "unauthorized_client");
        let form = [("token", "x"), ("client_id", &*public.id)];
        Answer::to(server.http.post(workspace.url("/oauth2/revoke")).form(&form)).await.expect(200);
        let answer = Answer::to(server.http.post(workspace.url("/oauth2/introspect")).form(&form)).await;
        assert!(matches!(answer.status, 401 | 429), "{}", answer.body);
    }
    server.app.audit.flush().await;
    let events = server.read(&format!("{}/audit-events?client_id={}", workspace.path(), public.id)).await;
    let of = |kind: &str, outcome: &str| {
        let items = events["items"].as_array().unwrap().iter();
        items.filter(|event| event["type"] == kind && event["outcome"] == outcome).count()
    };
    assert_eq!(of("token.issued", "failure"), 6);
    assert_eq!(of("client.authenticated", "failure"), 6);
    assert_eq!(of("client.authenticated", "success"), 0, "a name proves nothing");
    assert!(server.read(&public.path()).await["last_authenticated_at"].is_null());
    let confidential = workspace.client_of("client_secret_basic").await;
    confidential.introspect(&confidential.token().await).await.expect(200);
    server.app.audit.flush().await;
    assert!(!server.read(&confidential.path()).await["last_authenticated_at"].is_null());
}

#[actix_web::test]
async fn hostile_input_is_refused_without_a_server_error() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "100000")]).await;
    let client = server.workspace().await.client_of("client_secret_basic").await;
    let deep = "[".repeat(60_000);
    let bodies = [
        ("application/json", deep.as_str()),
        ("application/json", "{\"grant_type\":\"\\ud800\"}"),
        ("application/json", "{\"grant_type\":1e999}"),
        ("application/x-www-form-urlencoded", "=&=&=&%"),
        ("application/x-www-form-urlencoded", "grant_type=%00&client_id=%00&client_secret=%00"),
        ("application/x-www-form-urlencoded", "client_id=%F0%9F%92%A9&client_secret=%F0%9F%92%A9&grant_type=x"),
        ("application/x-www-form-urlencoded", "client_assertion=eyJ.eyJ.&client_assertion_type=x&grant_type=y"),
        (
            "application/x-www-form-urlencoded",
            "client_id=a%2F..%2F..%2Fb&client_secret=x&grant_type=client_credentials",
        ),
        ("application/x-www-form-urlencoded", "client_id=';DROP TABLE clients;--&client_secret=x&grant_type=x"),
    ];
    for endpoint in ["/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"] {
        for (content_type, body) in bodies {
            let request = server.http.post(client.workspace.url(endpoint)).header("content-type", content_type);
            let answer = Answer::to(request.body(body.to_owned())).await;
            assert!((400..500).contains(&answer.status), "{endpoint} {body:.40}: {}", answer.status);
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
    client.token_by("client_secret_basic", &[]).await.expect(200);
}

#[actix_web::test]
async fn secrets_never_reach_the_audit_log() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let secret = "a-secret-that-must-not-be-seen";
    let client = workspace.client(json!({"client_secret": secret})).await;
    client.token().await;
    let jwt_client = workspace.client_of("client_secret_jwt").await;
    let assertion = jwt_client.assertion().sign(jwt_client.key.as_ref().unwrap());
    let token = jwt_client.token_with(&assertion).await.expect(200).text("access_token");
    jwt_client.token_with(&assertion).await.refused(401, "invalid_client");
    client.token_by("client_secret_post", &[("x", secret)]).await.refused(401, "invalid_client");
    server.app.audit.flush().await;
    let mut pages = Vec::new();
    for page in ["audit-events?limit=200", "clients", "keys", "services"] {
        pages.push(server.read(&format!("{}/{page}", workspace.path())).await.to_string());
    }
    for page in pages {
        for hidden in [secret, jwt_client.secret.as_deref().unwrap(), &assertion, &token] {
            assert!(!page.contains(hidden));
        }
    }
}
