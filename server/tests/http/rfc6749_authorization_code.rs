//! The authorization code grant (RFC 6749 §4.1, RFC 7636, RFC 9207) and the refresh token grant (§6, RFC 9700 §4.14).

use serde_json::json;

use crate::harness::browser::Browser;
use crate::harness::people::CALLBACK;
use crate::harness::{ClientActor, TestServer};

#[actix_web::test]
async fn somebody_signs_in_agrees_and_the_client_gets_tokens() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    let first = browser.open(&client.authorize(&[])).await;
    assert!(first.says("Shop"), "{}", first.answer.body);
    let end = client.send(&browser, "ada", &[]).await;
    assert!(end.location().as_str().starts_with(CALLBACK));
    assert_eq!(end.parameter("state").as_deref(), Some("xyz"));
    assert_eq!(end.parameter("iss"), Some(workspace.issuer()));
    let tokens = client.redeem(&end.parameter("code").unwrap(), &[]).await.expect(200);
    assert_eq!(tokens.json["token_type"], "Bearer");
    for member in ["access_token", "refresh_token", "id_token"] {
        assert!(tokens.json[member].is_string(), "{}", tokens.body);
    }
    // Signed in and agreed: the second time nothing is shown.
    let again = browser.open(&client.authorize(&[("state", "again")])).await;
    assert_eq!(again.parameter("state").as_deref(), Some("again"));
    client.redeem(&again.parameter("code").unwrap(), &[]).await.expect(200);
}

#[actix_web::test]
async fn a_code_used_twice_revokes_what_it_was_exchanged_for() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let code = client.code("ada", &[]).await;
    let tokens = client.redeem(&code, &[]).await.expect(200);
    let access = tokens.text("access_token");
    client.userinfo(&access).await.expect(200);
    client.redeem(&code, &[]).await.refused(400, "invalid_grant");
    assert_eq!(client.introspect(&access).await.json, json!({"active": false}));
    client.userinfo(&access).await.expect(401);
    client.refresh(&tokens.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200);
}

#[actix_web::test]
async fn a_code_is_good_with_its_verifier_its_redirect_uri_and_for_a_minute() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client =
        workspace.relying_party(json!({"redirect_uris": [CALLBACK, "https://client.example.com/other"]})).await;
    for changed in [
        ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX"),
        ("code_verifier", ""),
        ("code_verifier", "-"),
        ("redirect_uri", "https://client.example.com/other"),
        ("redirect_uri", "-"),
    ] {
        let code = client.code("ada", &[]).await;
        client.redeem(&code, &[changed]).await.refused(400, "invalid_grant");
        // Burnt: a thief does not get to guess.
        client.redeem(&code, &[]).await.refused(400, "invalid_grant");
    }
    let late = client.code("ada", &[]).await;
    server.clock.advance_secs(60);
    client.redeem(&late, &[]).await.refused(400, "invalid_grant");
    let code = client.code("ada", &[]).await;
    server.clock.advance_secs(59);
    client.redeem(&code, &[]).await.expect(200);
}

#[actix_web::test]
async fn another_clients_code_is_unknown_and_stays_good() {
    let server = TestServer::start().await;
    let (workspace, elsewhere) = (server.workspace().await, server.workspace().await);
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let thief = workspace.relying_party(json!({})).await;
    let abroad = elsewhere.relying_party(json!({"client_id": client.id})).await;
    let code = client.code("ada", &[]).await;
    thief.redeem(&code, &[]).await.refused(400, "invalid_grant");
    abroad.redeem(&code, &[]).await.refused(400, "invalid_grant");
    let refresh = client.redeem(&code, &[]).await.expect(200).text("refresh_token");
    thief.refresh(&refresh, &[]).await.refused(400, "invalid_grant");
    abroad.refresh(&refresh, &[]).await.refused(400, "invalid_grant");
    client.refresh(&refresh, &[]).await.expect(200);
}

#[actix_web::test]
async fn a_refresh_token_is_replaced_and_an_old_one_ends_the_family() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let tokens = client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200);
    let first = tokens.text("refresh_token");
    let second = client.refresh(&first, &[]).await.expect(200).text("refresh_token");
    assert_ne!(first, second);
    // An answer that got lost: within the grace the same successor comes again.
    assert_eq!(client.refresh(&first, &[]).await.expect(200).text("refresh_token"), second);
    let third = client.refresh(&second, &[]).await.expect(200);
    client.refresh(&first, &[]).await.refused(400, "invalid_grant");
    client.refresh(&third.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    assert_eq!(client.introspect(&third.text("access_token")).await.json, json!({"active": false}));
    let other = client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200).text("refresh_token");
    client.refresh(&other, &[]).await.expect(200);
}

#[actix_web::test]
async fn after_the_grace_a_replaced_token_is_a_stolen_one() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let first = client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200).text("refresh_token");
    let second = client.refresh(&first, &[]).await.expect(200).text("refresh_token");
    server.clock.advance_secs(31);
    client.refresh(&first, &[]).await.refused(400, "invalid_grant");
    client.refresh(&second, &[]).await.refused(400, "invalid_grant");
}

#[actix_web::test]
async fn a_refreshed_token_may_ask_for_less_and_never_for_more() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    workspace.service("https://api.example.com", &["read", "write"]).await;
    let client = workspace.relying_party(json!({"scope": "read write"})).await;
    let code = client.code("ada", &[("scope", "openid read")]).await;
    let refresh = client.redeem(&code, &[]).await.expect(200).text("refresh_token");
    client.refresh(&refresh, &[("scope", "openid read write")]).await.refused(400, "invalid_scope");
    let less = client.refresh(&refresh, &[("scope", "read")]).await.expect(200);
    assert_eq!(less.json["scope"], "read");
    assert!(less.json.get("id_token").is_none());
    let all = client.refresh(&less.text("refresh_token"), &[]).await.expect(200);
    assert_eq!(all.json["scope"], "openid read");
}

#[actix_web::test]
async fn a_refresh_token_lives_as_long_as_the_workspace_says() {
    let server = TestServer::start().await;
    let workspace = server.workspace_in("default", &json!({"refresh_token_ttl": 7200})).await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let refresh = client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200).text("refresh_token");
    server.clock.advance_secs(7_199);
    let refresh = client.refresh(&refresh, &[]).await.expect(200).text("refresh_token");
    server.clock.advance_secs(1);
    client.refresh(&refresh, &[]).await.refused(400, "invalid_grant");
}

#[actix_web::test]
async fn of_many_who_redeem_one_code_at_once_one_succeeds() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    for _ in 0..5 {
        let code = client.code("ada", &[]).await;
        let answers = futures_util::future::join_all((0..32).map(|_| client.redeem(&code, &[]))).await;
        let count = |status| answers.iter().filter(|answer| answer.status == status).count();
        assert_eq!((count(200), count(400)), (1, 31));
    }
}

#[actix_web::test]
async fn of_many_who_use_one_refresh_token_at_once_all_get_the_same_successor() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let mut refresh = client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200).text("refresh_token");
    for _ in 0..5 {
        let answers = futures_util::future::join_all((0..32).map(|_| client.refresh(&refresh, &[]))).await;
        let mut successors: Vec<_> =
            answers.into_iter().map(|answer| answer.expect(200).text("refresh_token")).collect();
        successors.sort_unstable();
        successors.dedup();
        assert_eq!(successors.len(), 1);
        refresh = successors.remove(0);
    }
}

#[actix_web::test]
async fn a_public_client_shows_its_verifier_and_nothing_else() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({"token_endpoint_auth_method": "none"})).await;
    let redeem = async |client: &ClientActor<'_>, verifier: &str, code: &str| {
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", &client.id),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", verifier),
        ];
        crate::harness::Answer::to(workspace.token_request().form(&form)).await
    };
    let code = client.code("ada", &[]).await;
    redeem(&client, &"x".repeat(43), &code).await.refused(400, "invalid_grant");
    let code = client.code("ada", &[]).await;
    redeem(&client, crate::harness::people::VERIFIER, &code).await.expect(200);
}
