//! OpenID Connect Core: ID tokens, userinfo, prompts, and what goes wrong at the authorization endpoint.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::harness::browser::Browser;
use crate::harness::people::{CALLBACK, PASSWORD};
use crate::harness::{Answer, TestServer};

fn part(jwt: &str, index: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(index).unwrap()).unwrap()).unwrap()
}

#[actix_web::test]
async fn an_id_token_says_who_signed_in_when_and_for_whom() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let code = client.code("ada", &[("nonce", "n-0S6_WzA2Mj"), ("scope", "openid email profile")]).await;
    let tokens = client.redeem(&code, &[]).await.expect(200);
    let id_token = tokens.text("id_token");
    assert_eq!(part(&id_token, 0)["alg"], "RS256");
    let claims = part(&id_token, 1);
    let now = server.clock.now().as_secs();
    assert_eq!(claims["iss"], workspace.issuer());
    assert_eq!(
        (&claims["aud"], &claims["sub"], &claims["nonce"]),
        (&json!(client.id), &json!(ada), &json!("n-0S6_WzA2Mj"))
    );
    assert_eq!((&claims["iat"], &claims["exp"], &claims["auth_time"]), (&json!(now), &json!(now + 3600), &json!(now)));
    assert_eq!((&claims["acr"], &claims["amr"]), (&json!("1"), &json!(["pwd"])));
    assert!(claims["at_hash"].is_string() && claims["sid"].is_string(), "{claims}");
    assert!(claims.get("email").is_none(), "claims of scopes are the userinfo endpoint's");
    let info = client.userinfo(&tokens.text("access_token")).await.expect(200).json;
    assert_eq!(
        (&info["sub"], &info["email"], &info["name"]),
        (&json!(ada), &json!("ada@example.com"), &json!("Some Body"))
    );
    let narrow = client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200);
    assert_eq!(client.userinfo(&narrow.text("access_token")).await.expect(200).json, json!({"sub": ada}));
}

#[actix_web::test]
async fn userinfo_is_for_tokens_of_people() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({"grant_types": ["authorization_code", "client_credentials"]})).await;
    let url = workspace.url("/userinfo");
    let nothing = Answer::to(server.http.get(&url)).await.expect(401);
    assert_eq!(nothing.header("www-authenticate"), "Bearer");
    let wrong = client.userinfo("x.y.z").await.expect(401);
    assert!(wrong.header("www-authenticate").contains("error=\"invalid_token\""));
    let machine = client.userinfo(&client.token().await).await.expect(403);
    assert!(machine.header("www-authenticate").contains("error=\"insufficient_scope\""));
    let tokens = client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200);
    let access = tokens.text("access_token");
    assert_eq!(
        Answer::to(server.http.get(format!("{url}?access_token={access}"))).await.status,
        401,
        "never in the query"
    );
    client.userinfo(&tokens.text("id_token")).await.expect(401);
    Answer::to(server.http.post(&url).form(&[("access_token", &access)])).await.expect(200);
    client.userinfo(&access).await.expect(200);
}

#[actix_web::test]
async fn what_is_wrong_with_the_address_is_a_page_and_what_is_wrong_beside_it_goes_back() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    for (changed, reason) in [
        (("client_id", "nobody"), "unknown_client"),
        (("client_id", ""), "client_id_missing"),
        (("redirect_uri", "https://evil.example/callback"), "redirect_uri_mismatch"),
        (("redirect_uri", "https://client.example.com/callback/"), "redirect_uri_mismatch"),
        (("redirect_uri", ""), "redirect_uri_missing"),
    ] {
        let page = browser.open(&client.authorize(&[changed])).await;
        assert_eq!(page.answer.status, 400, "{changed:?}");
        assert!(page.answer.header("content-type").starts_with("text/html"));
        assert!(!page.says("evil.example"));
        assert_eq!(workspace.last_event("authorization.refused", "failure").await["reason"], reason, "{changed:?}");
    }
    for (changed, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("scope", "openid unknown"), "invalid_scope"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("code_challenge", ""), "invalid_request"),
        (("prompt", "none login"), "invalid_request"),
        (("max_age", "-1"), "invalid_request"),
        (("request", "x.y.z"), "invalid_request_object"),
        (("resource", "https://unknown.example"), "invalid_target"),
        (("prompt", "none"), "login_required"),
    ] {
        let back = browser.open(&client.authorize(&[changed])).await;
        assert_eq!(back.parameter("error").as_deref(), Some(error), "{changed:?}");
        assert_eq!(back.parameter("state").as_deref(), Some("xyz"));
        assert_eq!(back.parameter("iss"), Some(workspace.issuer()));
        assert!(back.location().as_str().starts_with(CALLBACK));
    }
    assert!(client.send(&browser, "ada", &[]).await.parameter("code").is_some());
}

#[actix_web::test]
async fn a_wrong_password_an_unknown_user_and_an_old_form_are_told_apart_by_the_audit_log_alone() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    let form = browser.open(&client.authorize(&[])).await.form();
    let wrong = browser.send(&form, &[("username", "ada"), ("password", "wrong"), ("action", "sign-in")]).await;
    let event = workspace.last_event("user.authenticated", "failure").await;
    assert_eq!(event["reason"], "password_mismatch");
    let unknown = browser.send(&form, &[("username", "eve"), ("password", PASSWORD), ("action", "sign-in")]).await;
    assert_eq!(workspace.last_event("user.authenticated", "failure").await["reason"], "unknown_user");
    let same = |page: &str| page.replace("value=\"ada\"", "").replace("value=\"eve\"", "");
    let strip = |page: &str| same(page).split("name=\"csrf\"").next().unwrap().to_owned();
    assert_eq!(strip(&wrong.answer.body), strip(&unknown.answer.body));
    assert!(wrong.answer.headers.get("location").is_none());

    // Another browser's form, and one that is too old.
    let other = Browser::new(&server);
    let foreign = other.send(&form, &[("username", "ada"), ("password", PASSWORD), ("action", "sign-in")]).await;
    assert_eq!(foreign.answer.status, 422);
    assert!(other.cookie("session").is_none());
    server.clock.advance_secs(3_600);
    let old = browser.send(&form, &[("username", "ada"), ("password", PASSWORD), ("action", "sign-in")]).await;
    assert_eq!(old.answer.status, 422);
    assert!(browser.cookie("session").is_none());
    assert!(client.send(&browser, "ada", &[]).await.parameter("code").is_some());
}

#[actix_web::test]
async fn prompts_show_what_they_ask_for() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    client.send(&browser, "ada", &[]).await;
    assert!(browser.open(&client.authorize(&[("prompt", "none")])).await.parameter("code").is_some());
    for (prompt, action) in [("login", "login"), ("consent", "consent"), ("select_account", "login")] {
        server.clock.advance_secs(1);
        let page = browser.open(&client.authorize(&[("prompt", prompt)])).await;
        assert!(page.form().action.ends_with(action), "{prompt}: {}", page.form().action);
        let end = client.send(&browser, "ada", &[("prompt", prompt)]).await;
        assert!(end.parameter("code").is_some(), "{prompt} ends");
    }
    server.clock.advance_secs(100);
    assert!(
        browser.open(&client.authorize(&[("max_age", "200"), ("prompt", "none")])).await.parameter("code").is_some()
    );
    let old = browser.open(&client.authorize(&[("max_age", "50"), ("prompt", "none")])).await;
    assert_eq!(old.parameter("error").as_deref(), Some("login_required"));
    assert!(client.send(&browser, "ada", &[("max_age", "50")]).await.parameter("code").is_some());
    let more = browser.open(&client.authorize(&[("scope", "openid email"), ("prompt", "none")])).await;
    assert_eq!(more.parameter("error").as_deref(), Some("consent_required"));
}

#[actix_web::test]
async fn who_does_not_agree_or_sign_in_sends_the_client_away() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    let form = browser.open(&client.authorize(&[])).await.form();
    let cancelled = browser.send(&form, &[("action", "cancel")]).await;
    assert_eq!(cancelled.parameter("error").as_deref(), Some("access_denied"));
    let signed_in = browser.send(&form, &[("username", "ada"), ("password", PASSWORD), ("action", "sign-in")]).await;
    let consent = browser.open(signed_in.location().as_str()).await.form();
    let denied = browser.send(&consent, &[("action", "deny")]).await;
    assert_eq!(denied.parameter("error").as_deref(), Some("access_denied"));
    assert_eq!(denied.parameter("state").as_deref(), Some("xyz"));
    let allowed = browser.send(&consent, &[("action", "allow")]).await;
    assert!(browser.open(allowed.location().as_str()).await.parameter("code").is_some());
}

#[actix_web::test]
async fn somebody_signs_in_once_for_all_workspaces_of_the_pool_and_for_no_other_tenant() {
    let server = TestServer::start().await;
    let (one, two) = (server.workspace().await, server.workspace().await);
    server.create("/tenants", &json!({"id": "acme", "name": "Acme"})).await;
    let elsewhere = server.workspace_in("acme", &json!({})).await;
    one.person("ada").await;
    elsewhere.person("eve").await;
    let browser = Browser::new(&server);
    let client = one.relying_party(json!({})).await;
    client.send(&browser, "ada", &[]).await;
    let second = two.relying_party(json!({})).await;
    assert!(browser.open(&second.authorize(&[])).await.form().action.ends_with("/consent"));
    let foreign = elsewhere.relying_party(json!({})).await;
    assert!(browser.open(&foreign.authorize(&[])).await.form().action.ends_with("/login"));
    let end = client.send(&browser, "ada", &[]).await;
    client.redeem(&end.parameter("code").unwrap(), &[]).await.expect(200);
}

#[actix_web::test]
async fn a_client_signs_somebody_out_by_their_own_id_token() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let after = "https://client.example.com/bye";
    let client = workspace.relying_party(json!({"post_logout_redirect_uris": [after]})).await;
    let browser = Browser::new(&server);
    let end = client.send(&browser, "ada", &[]).await;
    let tokens = client.redeem(&end.parameter("code").unwrap(), &[]).await.expect(200);
    let logout = |uri: &str, hint: &str| {
        let params = [("post_logout_redirect_uri", uri), ("state", "s"), ("id_token_hint", hint)];
        let params = params.iter().filter(|(_, value)| !value.is_empty());
        url::Url::parse_with_params(&workspace.url("/oidc/logout"), params).unwrap().to_string()
    };
    let id_token = tokens.text("id_token");
    for (uri, hint) in [("https://evil.example/", &*id_token), (after, "x.y.z"), (after, "")] {
        let page = browser.open(&logout(uri, hint)).await;
        assert_eq!(page.answer.status, 400, "{uri} {hint}");
    }
    let asked = browser.open(&workspace.url("/oidc/logout")).await;
    assert!(asked.form().action.ends_with("/oidc/logout"), "without a hint the person is asked");
    assert!(browser.open(&client.authorize(&[("prompt", "none")])).await.parameter("code").is_some());

    let silent = browser.open(&client.authorize(&[("prompt", "none")])).await;
    let unredeemed = silent.parameter("code").unwrap();
    let gone = browser.open(&logout(after, &id_token)).await;
    assert_eq!(gone.location().as_str(), "https://client.example.com/bye?state=s");
    let silent = browser.open(&client.authorize(&[("prompt", "none")])).await;
    assert_eq!(silent.parameter("error").as_deref(), Some("login_required"));
    client.refresh(&tokens.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    client.redeem(&unredeemed, &[]).await.refused(400, "invalid_grant");
    client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200);
}

#[actix_web::test]
async fn single_claims_are_told_where_they_were_asked_for_once_the_person_agrees() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    client.send(&browser, "ada", &[]).await;
    let claims = json!({"userinfo": {"name": {"essential": true}}, "id_token": {"email": null}}).to_string();
    let asked = browser.open(&client.authorize(&[("claims", &claims)])).await;
    assert!(asked.form().action.ends_with("/consent"), "they are of scopes that nobody has agreed to");
    let end = client.send(&browser, "ada", &[("claims", &claims)]).await;
    let tokens = client.redeem(&end.parameter("code").unwrap(), &[]).await.expect(200);
    assert_eq!(tokens.json["scope"], "openid");
    let id_token = part(&tokens.text("id_token"), 1);
    assert_eq!((&id_token["email"], id_token.get("name")), (&json!("ada@example.com"), None));
    let info = client.userinfo(&tokens.text("access_token")).await.expect(200).json;
    assert_eq!((&info["name"], info.get("email")), (&json!("Some Body"), None));
}

#[actix_web::test]
async fn a_pairwise_subject_is_another_for_each_sector() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let browser = Browser::new(&server);
    let mut subjects = Vec::new();
    for uri in [CALLBACK, CALLBACK, "https://other.example.com/callback"] {
        let client = workspace.relying_party(json!({"redirect_uris": [uri], "subject_type": "pairwise"})).await;
        let end = client.send(&browser, "ada", &[("redirect_uri", uri)]).await;
        let tokens = client.redeem(&end.parameter("code").unwrap(), &[("redirect_uri", uri)]).await.expect(200);
        let subject = part(&tokens.text("id_token"), 1)["sub"].as_str().unwrap().to_owned();
        assert_eq!(client.userinfo(&tokens.text("access_token")).await.expect(200).json["sub"], subject.as_str());
        subjects.push(subject);
    }
    assert_eq!(subjects[0], subjects[1], "one sector");
    assert_ne!(subjects[0], subjects[2]);
    assert!(subjects.iter().all(|subject| *subject != ada));
}

#[actix_web::test]
async fn an_answer_by_form_post_is_a_page_that_posts_itself() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    let client = workspace.relying_party(json!({})).await;
    let browser = Browser::new(&server);
    client.send(&browser, "ada", &[]).await;
    let page = browser.open(&client.authorize(&[("response_mode", "form_post")])).await;
    let form = page.form();
    assert_eq!(form.action, CALLBACK);
    let field = |name: &str| form.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    assert_eq!((field("state").as_deref(), field("iss")), (Some("xyz"), Some(workspace.issuer())));
    let policy = page.answer.header("content-security-policy");
    assert!(policy.contains("script-src 'sha256-") && policy.contains("form-action https:"), "{policy}");
    client.redeem(&field("code").unwrap(), &[]).await.expect(200);
    let refused = browser.open(&client.authorize(&[("response_mode", "form_post"), ("scope", "unknown")])).await;
    assert!(refused.form().fields.contains(&("error".to_owned(), "invalid_scope".to_owned())));
}

#[actix_web::test]
async fn an_id_token_hint_is_about_one_person() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    workspace.person("ada").await;
    workspace.person("bob").await;
    let client = workspace.relying_party(json!({})).await;
    let hint = client.redeem(&client.code("ada", &[]).await, &[]).await.expect(200).text("id_token");
    let bobs = Browser::new(&server);
    client.send(&bobs, "bob", &[]).await;
    let silent = [("prompt", "none"), ("id_token_hint", &*hint)];
    assert_eq!(bobs.open(&client.authorize(&silent)).await.parameter("error").as_deref(), Some("login_required"));
    let forged = [("prompt", "none"), ("id_token_hint", "x.y.z")];
    assert_eq!(bobs.open(&client.authorize(&forged)).await.parameter("error").as_deref(), Some("invalid_request"));
    let adas = Browser::new(&server);
    client.send(&adas, "ada", &[]).await;
    assert!(adas.open(&client.authorize(&silent)).await.parameter("code").is_some());
}
