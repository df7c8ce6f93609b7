//! OpenID Connect Back-Channel Logout 1.0: the clients of a session hear that it has ended, until they have taken it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::harness::browser::Browser;
use crate::harness::key_server::ALLOW_LOOPBACK;
use crate::harness::logout_listener::LogoutListener;
use crate::harness::{ClientActor, TestServer};

/// Header and claims of each logout token that was heard.
fn tokens(listener: &LogoutListener) -> Vec<(Value, Value)> {
    let part = |jwt: &str, index: usize| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(index).unwrap()).unwrap()).unwrap()
    };
    let heard = listener.heard();
    let tokens = heard.iter().map(|heard| heard.body.strip_prefix("logout_token=").unwrap());
    tokens.map(|jwt| (part(jwt, 0), part(jwt, 1))).collect()
}

async fn sign_out(client: &ClientActor<'_>, browser: &Browser<'_>) {
    let asked = browser.open(&client.workspace.url("/oidc/logout")).await.form();
    browser.send(&asked, &[("action", "sign-out")]).await.answer.expect(200);
}

#[actix_web::test]
async fn each_client_of_a_session_hears_that_it_has_ended() {
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let (one, other) = (LogoutListener::start(200), LogoutListener::start(204));
    let first = workspace.relying_party(json!({"backchannel_logout_uri": one.url})).await;
    let second = workspace.relying_party(json!({"backchannel_logout_uri": other.url})).await;
    let third = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    let mut sid = String::new();
    for client in [&first, &second, &third] {
        let code = client.send(&browser, "ada", &[]).await.parameter("code").unwrap();
        let id_token = client.redeem(&code, &[]).await.expect(200).text("id_token");
        let payload = URL_SAFE_NO_PAD.decode(id_token.split('.').nth(1).unwrap()).unwrap();
        sid = serde_json::from_slice::<Value>(&payload).unwrap()["sid"].as_str().unwrap().to_owned();
    }
    sign_out(&third, &browser).await;
    cardea::logout_delivery::deliver_due(&server.app).await.unwrap();
    for (listener, client) in [(&one, &first), (&other, &second)] {
        let tokens = tokens(listener);
        assert_eq!(tokens.len(), 1);
        let (header, claims) = &tokens[0];
        assert_eq!((&header["typ"], &header["alg"]), (&json!("logout+jwt"), &json!("RS256")));
        assert_eq!((&claims["iss"], &claims["aud"]), (&json!(workspace.issuer()), &json!(client.id)));
        assert_eq!((&claims["sub"], &claims["sid"]), (&json!(ada), &json!(sid)));
        assert_eq!(claims["events"], json!({"http://schemas.openid.net/event/backchannel-logout": {}}));
        assert!(claims["jti"].is_string() && claims["exp"].is_i64() && claims.get("nonce").is_none());
    }
    cardea::logout_delivery::deliver_due(&server.app).await.unwrap();
    assert_eq!(tokens(&one).len(), 1, "taken is taken");
}

#[actix_web::test]
async fn a_client_that_does_not_take_it_hears_it_again() {
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let listener = LogoutListener::start(500);
    let client = workspace.relying_party(json!({"backchannel_logout_uri": listener.url})).await;
    let browser = Browser::new(&server);
    let code = client.send(&browser, "ada", &[]).await.parameter("code").unwrap();
    client.redeem(&code, &[]).await.expect(200);
    sign_out(&client, &browser).await;
    let deliver = async || cardea::logout_delivery::deliver_due(&server.app).await.unwrap();
    deliver().await;
    deliver().await;
    assert_eq!(tokens(&listener).len(), 1, "not at once");
    assert_eq!(workspace.last_event("client.logout_notified", "failure").await["client_id"], client.id.as_str());
    server.clock.advance_secs(10);
    deliver().await;
    assert_eq!(tokens(&listener).len(), 2);
    listener.answers(200);
    server.clock.advance_secs(60);
    deliver().await;
    assert_eq!(tokens(&listener).len(), 3);
    server.clock.advance_secs(100_000);
    deliver().await;
    assert_eq!(tokens(&listener).len(), 3);
}
