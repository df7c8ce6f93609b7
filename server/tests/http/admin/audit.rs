//! Every change is told: who, what, from where; never a secret.

use serde_json::{Value, json};

use super::{Administrator, operator};
use crate::harness::TestServer;

async fn events(server: &TestServer, workspace: &str, query: &str) -> Vec<Value> {
    server.read(&format!("{workspace}/audit-events?{query}")).await["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn each_change_is_an_event_with_its_author() {
    let server = TestServer::start().await;
    let admin = Administrator::of(&server, "default", Some(("tenant_admin", None))).await;
    let path = "/tenants/default/workspaces/shop";
    let ask = async |method: &str, rest: &str, body: Option<Value>| {
        let answer = admin.ask(method, &format!("{path}{rest}"), body).await;
        assert!((200..300).contains(&answer.status), "{method} {rest}: {}", answer.body);
        answer
    };
    admin.ask("POST", "/tenants/default/workspaces", Some(json!({"id": "shop"}))).await.expect(201);
    ask("PATCH", "", Some(json!({"access_token_ttl": 60}))).await;
    ask("POST", "/clients", Some(json!({"client_id": "c"}))).await;
    ask("PATCH", "/clients/c", Some(json!({"client_name": "C"}))).await;
    let secret = ask("POST", "/clients/c/secrets", Some(json!({"name": "s"}))).await.text("id");
    ask("DELETE", &format!("/clients/c/secrets/{secret}"), None).await;
    ask("DELETE", "/clients/c", None).await;
    let service = ask("POST", "/services", Some(json!({"name": "S", "audience": "urn:x:s"}))).await.text("id");
    ask("PATCH", &format!("/services/{service}"), Some(json!({"name": "T"}))).await;
    ask("DELETE", &format!("/services/{service}"), None).await;
    ask("POST", "/keys/rotate", None).await;
    let told = events(&server, path, "limit=200").await;
    let types: Vec<_> = told.iter().rev().map(|event| event["type"].as_str().unwrap()).collect();
    let expected = [
        "workspace.created",
        "workspace.updated",
        "client.created",
        "client.updated",
        "client.secret_created",
        "client.secret_deleted",
        "client.deleted",
        "service.created",
        "service.updated",
        "service.deleted",
        "key.rotated",
    ];
    assert_eq!(types, expected);
    for event in &told {
        assert_eq!(event["actor"], format!("client:default/admin/{}", admin.client_id));
        assert_eq!(event["outcome"], "success");
        assert!(event["ip"].is_string() && event["request_id"].is_string() && event["object"].is_string(), "{event}");
    }
    let updated = told.iter().find(|event| event["type"] == "workspace.updated").unwrap();
    assert_eq!(updated["detail"], json!({"access_token_ttl": {"from": 3600, "to": 60}}));
}

#[actix_web::test]
async fn what_happens_to_a_whole_is_told_where_it_survives() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    server.create("/tenants/acme/workspaces", &json!({"id": "shop"})).await;
    operator(&server, "DELETE", "/tenants/acme/workspaces/shop", None).await.expect(204);
    let told = events(&server, "/tenants/acme/workspaces/admin", "type=workspace.deleted").await;
    assert_eq!(told[0]["object"], "workspace:acme/shop");
    Administrator::of(&server, "acme", Some(("tenant_auditor", None))).await;
    let told = events(&server, "/tenants/acme/workspaces/admin", "type=administrator.appointed").await;
    assert_eq!(told[0]["detail"]["role"], "tenant_auditor");
    operator(&server, "DELETE", "/tenants/acme", None).await.expect(204);
    let told = events(&server, "/tenants/system/workspaces/admin", "limit=200").await;
    let told: Vec<_> =
        told.iter().filter(|event| event["object"] == "tenant:acme").map(|event| event["type"].clone()).collect();
    assert_eq!(told, [json!("tenant.deleted"), json!("tenant.created")]);
}

#[actix_web::test]
async fn a_refused_change_is_no_event() {
    let server = TestServer::start().await;
    let path = "/tenants/default/workspaces/default";
    let before = events(&server, path, "limit=200").await;
    for (body, status) in [(json!({"access_token_ttl": 0}), 400), (json!({}), 200)] {
        operator(&server, "PATCH", path, Some(body)).await.expect(status);
    }
    let stale = server.api("PATCH", path).header("if-match", "\"99\"").json(&json!({"name": "x"}));
    crate::harness::Answer::to(stale).await.problem(412, "precondition_failed");
    assert_eq!(events(&server, path, "limit=200").await, before);
}

#[actix_web::test]
async fn events_are_filtered() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (one, other) = (workspace.client(json!({})).await, workspace.client(json!({})).await);
    let mut wrong = one.clone();
    wrong.secret = Some("wrong".to_owned());
    wrong.token_by("client_secret_basic", &[]).await.refused(401, "invalid_client");
    server.clock.advance_secs(60);
    let since = server.clock.now();
    other.token().await;
    let path = workspace.path();
    let count = async |query: String| events(&server, &path, &query).await.len();
    assert_eq!(count(format!("client_id={}", one.id)).await, 2);
    assert_eq!(count("outcome=failure".to_owned()).await, 1);
    assert_eq!(count("reason=secret_mismatch".to_owned()).await, 1);
    assert_eq!(count("reason=unknown_client".to_owned()).await, 0);
    assert_eq!(count("type=client.created".to_owned()).await, 2);
    assert_eq!(count(format!("type=client.created&from={since}")).await, 0);
    assert_eq!(count(format!("type=client.created&to={since}")).await, 2);
    for query in ["outcome=maybe", "from=yesterday", "actor=x", "sort=time", "limit=0", "cursor=%00"] {
        operator(&server, "GET", &format!("{path}/audit-events?{query}"), None).await.problem(400, "invalid_request");
    }
}

#[actix_web::test]
async fn the_activity_of_a_client_begins_with_its_failures() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client(json!({"client_id": "robot"})).await;
    let mut wrong = client.clone();
    wrong.secret = Some("wrong".to_owned());
    wrong.token_by("client_secret_basic", &[]).await.refused(401, "invalid_client");
    client.token().await;
    // What is done to a client is no activity of it, however much that is.
    for number in 0..60 {
        server.change(&client.path(), &json!({"client_name": format!("Name {number}")})).await;
    }
    let activity = server.read(&format!("{}/activity", client.path())).await;
    let items = activity["items"].as_array().unwrap();
    assert_eq!((&items[0]["outcome"], &items[0]["reason"]), (&json!("failure"), &json!("secret_mismatch")));
    assert!(items.len() > 1 && items.iter().skip(1).all(|item| item["outcome"] == "success"), "{activity}");
    let kinds = ["client.authenticated", "token.issued"];
    assert!(items.iter().all(|item| kinds.contains(&item["type"].as_str().unwrap())), "{activity}");
    operator(&server, "DELETE", &client.path(), None).await.expect(204);
    server.clock.advance_secs(1);
    let anew = workspace.client(json!({"client_id": "robot"})).await;
    assert_eq!(server.read(&format!("{}/activity", anew.path())).await, json!({"items": []}));
}

#[actix_web::test]
async fn no_event_carries_a_secret() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.client(json!({"client_secret": "brought-along-secret"})).await;
    let path = client.path();
    let made = server.create(&format!("{path}/secrets"), &json!({"name": "second"})).await;
    let switched = server.change(&path, &json!({"token_endpoint_auth_method": "client_secret_jwt"})).await;
    let told = server.read(&format!("{}/audit-events?limit=200", workspace.path())).await.to_string();
    for secret in
        ["brought-along-secret", made["client_secret"].as_str().unwrap(), switched["client_secret"].as_str().unwrap()]
    {
        assert!(!told.contains(secret), "{told}");
    }
}

#[actix_web::test]
async fn who_asks_with_the_last_id_is_told_what_came_since_the_oldest_first() {
    let server = TestServer::start().await;
    let path = "/tenants/default/workspaces/default";
    let make = async |name: &str| {
        server.clock.advance_secs(1);
        server.create(&format!("{path}/clients"), &json!({"client_id": name})).await;
    };
    let ids = |told: &[Value]| -> Vec<String> {
        told.iter().map(|event| event["object"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
    };
    make("a").await;
    let seen = events(&server, path, "limit=1").await[0]["id"].as_str().unwrap().to_owned();
    assert!(events(&server, path, &format!("after={seen}")).await.is_empty());
    for name in ["b", "c", "d"] {
        make(name).await;
    }
    let told = events(&server, path, &format!("after={seen}&type=client.created")).await;
    assert_eq!(ids(&told), ["b", "c", "d"]);
    let first = events(&server, path, &format!("after={seen}&limit=2")).await;
    assert_eq!(ids(&first), ["b", "c"]);
    let rest = events(&server, path, &format!("after={}", first[1]["id"].as_str().unwrap())).await;
    assert_eq!(ids(&rest), ["d"]);
    assert!(
        events(&server, "/tenants/default/workspaces/admin", &format!("after={seen}&type=client.created"))
            .await
            .is_empty()
    );
    let both = format!("{path}/audit-events?after={seen}&cursor={}", "eA");
    operator(&server, "GET", &both, None).await.complains("/after", "not_allowed");
}
