//! Consents: listed from both sides, withdrawn with all that came of them, and hidden from whoever they are none of.

use serde_json::{Value, json};

use super::{Administrator, operator};
use crate::harness::browser::Browser;
use crate::harness::{Answer, ClientActor, TestServer, WorkspaceActor};

const OF_USER: &str = "/tenants/default/pools/default/users";

async fn tokens(client: &ClientActor<'_>, username: &str) -> Answer {
    client.redeem(&client.code(username, &[]).await, &[]).await.expect(200)
}

fn path_of(workspace: &WorkspaceActor<'_>, rest: &str) -> String {
    format!("{}/consents{rest}", workspace.path())
}

async fn listed(server: &TestServer, path: &str) -> Vec<Value> {
    server.read(path).await["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn consents_are_listed_from_both_sides_page_by_page() {
    let server = TestServer::start().await;
    let (workspace, elsewhere) = (server.workspace().await, server.workspace().await);
    let (ada, bob) = (workspace.person("ada").await, workspace.person("bob").await);
    let shop = workspace.relying_party(json!({"client_id": "shop/x"})).await;
    let other = elsewhere.relying_party(json!({"client_name": "Other"})).await;
    for (client, username) in [(&shop, "ada"), (&shop, "bob"), (&other, "ada")] {
        server.clock.advance_secs(1);
        client.code(username, &[("scope", "openid email")]).await;
    }
    let of_client = listed(&server, &path_of(&workspace, "?client_id=shop/x")).await;
    let users: Vec<_> = of_client.iter().map(|it| (&it["user_id"], &it["username"])).collect();
    assert_eq!(users, [(&json!(bob), &json!("bob")), (&json!(ada), &json!("ada"))], "the newest first");
    let first = &of_client[1];
    assert_eq!((&first["client_id"], &first["client_name"]), (&json!(shop.id), &json!("Shop")));
    assert_eq!((&first["scopes"], &first["user_pool_id"]), (&json!(["openid", "email"]), &json!("default")));
    assert_eq!(
        (&first["granted_at"], &first["updated_at"]),
        (&json!("2026-01-01T00:00:01.000Z"), &first["granted_at"])
    );
    assert_eq!(listed(&server, &path_of(&workspace, &format!("?user_id={ada}"))).await, std::slice::from_ref(first));
    assert!(listed(&server, &path_of(&workspace, "?client_id=nobody")).await.is_empty());
    let page = server.read(&path_of(&workspace, "?limit=1")).await;
    let next = format!("?limit=1&cursor={}", page["next_cursor"].as_str().unwrap());
    let last = server.read(&path_of(&workspace, &next)).await;
    assert_eq!((&page["items"][0], &last["items"][0]), (&of_client[0], first));
    assert_eq!(last["next_cursor"], Value::Null);
    for (query, pointer) in [("?user=a", "/user"), ("?client_id=%00", "/client_id"), ("?user_id=a%20b", "/user_id")] {
        let refused = operator(&server, "GET", &path_of(&workspace, query), None).await.expect(400);
        assert_eq!(refused.json["errors"][0]["pointer"], pointer, "{}", refused.body);
    }
    // In all workspaces of the pool.
    let of_ada = listed(&server, &format!("{OF_USER}/{ada}/consents")).await;
    let clients: Vec<_> = of_ada.iter().map(|it| it["client_name"].as_str().unwrap()).collect();
    assert_eq!(clients, ["Other", "Shop"]);
    operator(&server, "GET", &format!("{OF_USER}/usr_nobody/consents"), None).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_withdrawn_consent_takes_its_tokens_along_and_is_asked_for_anew() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (ada, _) = (workspace.person("ada").await, workspace.person("bob").await);
    let (shop, other) = (workspace.relying_party(json!({})).await, workspace.relying_party(json!({})).await);
    let (of_ada, of_bob, of_other) =
        (tokens(&shop, "ada").await, tokens(&shop, "bob").await, tokens(&other, "ada").await);
    let unredeemed = shop.code("ada", &[]).await;
    let path = path_of(&workspace, &format!("/{ada}/{}", shop.id));
    operator(&server, "DELETE", &path, None).await.expect(204);
    operator(&server, "DELETE", &path, None).await.problem(404, "not_found");
    shop.refresh(&of_ada.text("refresh_token"), &[]).await.refused(400, "invalid_grant");
    shop.userinfo(&of_ada.text("access_token")).await.expect(401);
    assert_eq!(shop.introspect(&of_ada.text("access_token")).await.json, json!({"active": false}));
    shop.redeem(&unredeemed, &[]).await.refused(400, "invalid_grant");
    let event = workspace.last_event("consent.withdrawn", "success").await;
    assert_eq!((&event["client_id"], &event["user_id"]), (&json!(shop.id), &json!(ada)));
    assert_eq!(event["detail"], json!({"families_revoked": 1}));
    assert!(event["actor"].as_str().unwrap().starts_with("client:system/admin/"));
    // Nobody else's, and nothing else of theirs.
    shop.refresh(&of_bob.text("refresh_token"), &[]).await.expect(200);
    other.refresh(&of_other.text("refresh_token"), &[]).await.expect(200);
    // They are asked again, and agree.
    let browser = Browser::new(&server);
    other.send(&browser, "ada", &[]).await.location();
    let asked = browser.open(&shop.authorize(&[])).await;
    assert!(asked.form().action.ends_with("/consent"), "{}", asked.answer.body);
    let again = shop.send(&browser, "ada", &[]).await.parameter("code").unwrap();
    shop.redeem(&again, &[]).await.expect(200);
}

#[actix_web::test]
async fn a_users_consent_is_withdrawn_by_who_administers_users() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ada = workspace.person("ada").await;
    let bob = workspace.person("bob").await;
    let shop = workspace.relying_party(json!({"client_id": "shop/x"})).await;
    let of_ada = tokens(&shop, "ada").await;
    let aid = workspace.path().rsplit('/').next().unwrap().to_owned();
    let quoted = "shop%2Fx";
    for wrong in [
        format!("{OF_USER}/{bob}/consents/{aid}/{quoted}"),
        format!("{OF_USER}/{ada}/consents/default/{quoted}"),
        format!("{OF_USER}/{ada}/consents/{aid}/shop"),
        format!("/tenants/default/pools/guests/users/{ada}/consents/{aid}/{quoted}"),
        format!("/tenants/system/pools/default/users/{ada}/consents/{aid}/{quoted}"),
    ] {
        operator(&server, "DELETE", &wrong, None).await.problem(404, "not_found");
    }
    shop.userinfo(&of_ada.text("access_token")).await.expect(200);
    let path = format!("{OF_USER}/{ada}/consents/{aid}/{quoted}");
    operator(&server, "DELETE", &path, None).await.expect(204);
    shop.userinfo(&of_ada.text("access_token")).await.expect(401);
    assert!(listed(&server, &format!("{OF_USER}/{ada}/consents")).await.is_empty());
}

#[actix_web::test]
async fn consents_are_for_who_administers_the_workspace_or_its_people() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme", "name": "Acme"})).await;
    let (workspace, elsewhere) = (server.workspace().await, server.workspace().await);
    let ada = workspace.person("ada").await;
    let shop = workspace.relying_party(json!({})).await;
    let of_ada = tokens(&shop, "ada").await;
    let aid = workspace.path().rsplit('/').next().unwrap().to_owned();
    let there = elsewhere.path().rsplit('/').next().unwrap().to_owned();
    let (list, one) = (path_of(&workspace, ""), path_of(&workspace, &format!("/{ada}/{}", shop.id)));
    let (of_user, one_of_user) =
        (format!("{OF_USER}/{ada}/consents"), format!("{OF_USER}/{ada}/consents/{aid}/{}", shop.id));
    let manager = Administrator::of(&server, "default", Some(("workspace_manager", Some(&aid)))).await;
    let auditor = Administrator::of(&server, "default", Some(("tenant_auditor", None))).await;
    let stranger = Administrator::of(&server, "acme", Some(("tenant_admin", None))).await;
    let neighbour = Administrator::of(&server, "default", Some(("workspace_admin", Some(&there)))).await;
    for who in [&stranger, &neighbour] {
        who.ask("GET", &list, None).await.problem(404, "not_found");
        who.ask("DELETE", &one, None).await.problem(404, "not_found");
    }
    stranger.ask("GET", &of_user, None).await.problem(404, "not_found");
    stranger.ask("DELETE", &one_of_user, None).await.problem(404, "not_found");
    assert_eq!(auditor.ask("GET", &list, None).await.expect(200).json["items"][0]["username"], "ada");
    auditor.ask("GET", &of_user, None).await.expect(200);
    auditor.ask("DELETE", &one, None).await.problem(403, "insufficient_permission");
    auditor.ask("DELETE", &one_of_user, None).await.problem(403, "insufficient_permission");
    for (method, path) in [("GET", &of_user), ("DELETE", &one_of_user)] {
        manager.ask(method, path, None).await.problem(404, "not_found");
    }
    // Asked of the neighbour's workspace, it is unknown there.
    let abroad = path_of(&elsewhere, &format!("/{ada}/{}", shop.id));
    neighbour.ask("DELETE", &abroad, None).await.problem(404, "not_found");
    shop.userinfo(&of_ada.text("access_token")).await.expect(200);
    // Who administers clients sees whose consent it is, but not what users are called.
    let seen = manager.ask("GET", &list, None).await.expect(200);
    assert_eq!((&seen.json["items"][0]["user_id"], &seen.json["items"][0]["username"]), (&json!(ada), &Value::Null));
    manager.ask("DELETE", &one, None).await.expect(204);
    shop.userinfo(&of_ada.text("access_token")).await.expect(401);
}
