//! What ends when: sessions that are revoked, and people who are shut out.

use serde_json::{Value, json};

use super::{USERS, path_of};
use crate::admin::operator;
use crate::harness::browser::Browser;
use crate::harness::people::PASSWORD;
use crate::harness::{Answer, ClientActor, TestServer};

async fn ann(server: &TestServer) -> String {
    path_of(&server.create(USERS, &json!({"username": "ann", "password": PASSWORD})).await)
}

async fn sessions(server: &TestServer, user: &str) -> Vec<Value> {
    server.read(&format!("{user}/sessions")).await["items"].as_array().unwrap().clone()
}

/// Signs `ann` in, and gets her tokens, one of which can be refreshed.
async fn tokens(client: &ClientActor<'_>, browser: &Browser<'_>) -> Answer {
    let code = client.send(browser, "ann", &[]).await.parameter("code").unwrap();
    client.redeem(&code, &[]).await.expect(200)
}

/// Whether this browser gets a code without anybody's signing in.
async fn is_signed_in(client: &ClientActor<'_>, browser: &Browser<'_>) -> bool {
    browser.open(&client.authorize(&[])).await.answer.status == 303
}

#[actix_web::test]
async fn a_session_is_listed_and_revoked_with_its_tokens() {
    let server = TestServer::start().await;
    let client = server.workspace().await.relying_party(json!({})).await;
    let user = ann(&server).await;
    assert_eq!(sessions(&server, &user).await, Vec::<Value>::new());
    let (first, second) = (Browser::new(&server), Browser::new(&server));
    let of_first = tokens(&client, &first).await;
    let sid = sessions(&server, &user).await[0]["sid"].as_str().unwrap().to_owned();
    let of_second = tokens(&client, &second).await;
    let listed = sessions(&server, &user).await;
    assert_eq!(listed.len(), 2);
    assert_eq!((&listed[0]["amr"], &listed[0]["ip"]), (&json!(["pwd"]), &json!("127.0.0.1")));
    assert!(listed.iter().all(|session| session.as_object().unwrap().keys().all(|name| name != "hash")));
    assert!(server.read(&user).await["last_signed_in_at"].is_string());
    let path = format!("{user}/sessions/{sid}");
    let other = server.create(USERS, &json!({"username": "eve"})).await;
    let foreign = format!("{}/sessions/{sid}", path_of(&other));
    operator(&server, "DELETE", &foreign, None).await.problem(404, "not_found");
    operator(&server, "DELETE", &path, None).await.expect(204);
    operator(&server, "DELETE", &path, None).await.problem(404, "not_found");
    assert!(!is_signed_in(&client, &first).await && is_signed_in(&client, &second).await);
    client.refresh(&of_first.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    client.refresh(&of_second.text("refresh_token"), &[]).await.expect(200);
    let events = server.read("/tenants/default/workspaces/admin/audit-events?type=user.session_revoked").await;
    assert_eq!(events["items"].as_array().unwrap().len(), 1);
    assert_eq!(events["items"][0]["detail"], json!({"username": "ann", "sid": sid}));
}

#[actix_web::test]
async fn who_is_shut_out_or_gets_another_password_is_signed_out_everywhere() {
    let server = TestServer::start().await;
    let client = server.workspace().await.relying_party(json!({})).await;
    let user = ann(&server).await;
    for (patch, back) in [
        (json!({"status": "inactive"}), json!({"status": "active"})),
        (json!({"password": "quite another password"}), json!({"password": PASSWORD})),
        (json!({"password": null}), json!({"password": PASSWORD})),
    ] {
        let browser = Browser::new(&server);
        let before = tokens(&client, &browser).await;
        // What is no reason to sign somebody out does not.
        server.change(&user, &json!({"name": format!("Ann {patch}"), "status": "active"})).await;
        assert!(is_signed_in(&client, &browser).await);
        server.change(&user, &patch).await;
        assert_eq!(sessions(&server, &user).await, Vec::<Value>::new(), "{patch}");
        assert!(!is_signed_in(&client, &browser).await, "{patch}");
        client.refresh(&before.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
        client.userinfo(&before.text("access_token")).await.expect(401);
        let elsewhere = Browser::new(&server);
        let form = elsewhere.open(&client.authorize(&[])).await.form();
        let fields = [("username", "ann"), ("password", PASSWORD), ("action", "sign-in")];
        let page = elsewhere.send(&form, &fields).await;
        assert!(page.says("That username and password do not match"), "{patch}: {}", page.answer.body);
        server.change(&user, &back).await;
        tokens(&client, &Browser::new(&server)).await;
    }
}

#[actix_web::test]
async fn who_is_deleted_is_gone_with_all_they_had() {
    let server = TestServer::start().await;
    let client = server.workspace().await.relying_party(json!({})).await;
    let user = ann(&server).await;
    let browser = Browser::new(&server);
    let before = tokens(&client, &browser).await;
    operator(&server, "DELETE", &user, None).await.expect(204);
    assert!(!is_signed_in(&client, &browser).await);
    client.refresh(&before.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    client.userinfo(&before.text("access_token")).await.expect(401);
    operator(&server, "GET", &format!("{user}/sessions"), None).await.problem(404, "not_found");
    ann(&server).await;
    assert!(!is_signed_in(&client, &browser).await, "another of the name is another");
    tokens(&client, &browser).await;
}
