//! Lists: pages without gaps, orders, searches, and parameters that are refused by name.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Administrator, operator};
use crate::harness::TestServer;

const CLIENTS: &str = "/tenants/default/workspaces/default/clients";

async fn clients(server: &TestServer, names: &[&str]) {
    for name in names {
        server.create(CLIENTS, &json!({"client_id": format!("id-{name}"), "client_name": name})).await;
        server.clock.advance_secs(1);
    }
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["client_name"].as_str().unwrap()).collect()
}

async fn all_pages(server: &TestServer, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = server.read(&format!("{path}{cursor}")).await;
        found.extend(names(&page).into_iter().map(str::to_owned));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[actix_web::test]
async fn pages_follow_each_other_in_every_order() {
    let server = TestServer::start().await;
    clients(&server, &["delta", "alpha", "charlie", "bravo", "echo"]).await;
    for (sort, expected) in [
        ("created_at", ["delta", "alpha", "charlie", "bravo", "echo"]),
        ("-created_at", ["echo", "bravo", "charlie", "alpha", "delta"]),
        ("client_name", ["alpha", "bravo", "charlie", "delta", "echo"]),
        ("-client_name", ["echo", "delta", "charlie", "bravo", "alpha"]),
    ] {
        for limit in [1, 2, 5, 200] {
            let path = format!("{CLIENTS}?sort={sort}&limit={limit}");
            assert_eq!(all_pages(&server, &path).await, expected, "{path}");
        }
    }
}

#[actix_web::test]
async fn what_is_added_meanwhile_neither_repeats_nor_hides_anything() {
    let server = TestServer::start().await;
    clients(&server, &["a", "c", "e"]).await;
    let first = server.read(&format!("{CLIENTS}?sort=client_name&limit=2")).await;
    clients(&server, &["b", "d"]).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = server.read(&format!("{CLIENTS}?sort=client_name&limit=2&cursor={cursor}")).await;
    assert_eq!((names(&first), names(&second)), (vec!["a", "c"], vec!["d", "e"]));
}

#[actix_web::test]
async fn a_list_is_searched_and_filtered() {
    let server = TestServer::start().await;
    clients(&server, &["Orders 100%", "orders_app", "Billing"]).await;
    let metadata = json!({"client_name": "Public", "token_endpoint_auth_method": "none", "status": "inactive",
        "redirect_uris": ["https://a.example/cb"]});
    server.create(CLIENTS, &metadata).await;
    for (query, expected) in [
        ("q=ORDERS", &["Orders 100%", "orders_app"][..]),
        ("q=100%25", &["Orders 100%"]),
        ("q=s_a", &["orders_app"]),
        ("q=id-bill", &["Billing"]),
        ("q=nothing", &[]),
        ("q=%00", &[]),
        ("status=inactive", &["Public"]),
        ("token_endpoint_auth_method=none", &["Public"]),
        ("token_endpoint_auth_method=none&status=active", &[]),
    ] {
        let page = server.read(&format!("{CLIENTS}?{query}")).await;
        let found: BTreeSet<_> = names(&page).into_iter().collect();
        assert_eq!(found, expected.iter().copied().collect(), "{query}");
    }
}

#[actix_web::test]
async fn a_bad_parameter_is_named() {
    let server = TestServer::start().await;
    clients(&server, &["a", "b"]).await;
    let cursor =
        server.read(&format!("{CLIENTS}?limit=1&sort=client_name")).await["next_cursor"].as_str().unwrap().to_owned();
    for (query, pointer) in [
        ("limit=0".to_owned(), "/limit"),
        ("limit=201".to_owned(), "/limit"),
        ("limit=x".to_owned(), "/limit"),
        ("limit=1&limit=2".to_owned(), "/limit"),
        ("sort=name".to_owned(), "/sort"),
        ("sort=--client_name".to_owned(), "/sort"),
        (format!("q={}", "x".repeat(201)), "/q"),
        (format!("q={}", "%25".repeat(15_000)), "/q"),
        ("status=on".to_owned(), "/status"),
        ("token_endpoint_auth_method=basic".to_owned(), "/token_endpoint_auth_method"),
        ("cursor=x".to_owned(), "/cursor"),
        (format!("cursor={cursor}"), "/cursor"),
        (format!("cursor={cursor}&sort=-client_name"), "/cursor"),
        ("offset=1".to_owned(), "/offset"),
        ("access_token=x".to_owned(), "/access_token"),
    ] {
        let refused =
            operator(&server, "GET", &format!("{CLIENTS}?{query}"), None).await.problem(400, "invalid_request");
        assert_eq!(refused.json["errors"][0]["pointer"], pointer, "{query}");
    }
    server.read(&format!("{CLIENTS}?cursor={cursor}&sort=client_name")).await;
    server.read(&format!("{CLIENTS}?q={}", "%25".repeat(200))).await;
    for path in ["keys", "scopes", "clients/id-a/secrets", "clients/id-a/activity"] {
        let path = format!("/tenants/default/workspaces/default/{path}");
        let refused = operator(&server, "GET", &format!("{path}?offset=1"), None).await;
        refused.complains("/offset", "unknown_parameter");
        server.read(&path).await;
    }
}

#[actix_web::test]
async fn every_list_pages() {
    let server = TestServer::start().await;
    for id in ["a", "b", "c"] {
        server.create("/tenants", &json!({"id": id})).await;
        server.create("/tenants/default/workspaces", &json!({"id": id})).await;
        server.create("/tenants/default/pools", &json!({"id": id})).await;
        server.create("/tenants/default/pools/default/users", &json!({"username": id})).await;
        let body = json!({"name": id, "audience": format!("https://{id}.example")});
        server.create("/tenants/default/workspaces/default/services", &body).await;
    }
    let workspace = "/tenants/default/workspaces/default";
    for alg in ["ES256", "EdDSA"] {
        server.api("POST", &format!("{workspace}/keys/rotate")).json(&json!({"alg": alg})).send().await.unwrap();
    }
    for name in ["x", "y", "z"] {
        let service = server.read(&format!("{workspace}/services?limit=1")).await["items"][0]["id"].clone();
        server.create(&format!("{workspace}/scopes"), &json!({"service_id": service, "name": name})).await;
    }
    clients(&server, &["robot"]).await;
    for name in ["two", "three"] {
        server.create(&format!("{CLIENTS}/id-robot/secrets"), &json!({"name": name})).await;
    }
    let below = ["services", "audit-events", "keys", "scopes", "clients/id-robot/secrets"];
    let below = below.map(|rest| format!("{workspace}/{rest}"));
    let above =
        ["/tenants", "/tenants/default/workspaces", "/tenants/default/pools", "/tenants/default/pools/default/users"];
    for path in above.map(str::to_owned).into_iter().chain(below) {
        let whole = server.read(&format!("{path}?limit=200")).await["items"].as_array().unwrap().clone();
        let (mut paged, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = server.read(&format!("{path}?limit=2{cursor}")).await;
            paged.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(paged, whole, "{path}");
        assert!(whole.len() >= 3, "{path}");
    }
}

#[actix_web::test]
async fn who_has_roles_in_some_workspaces_pages_and_sorts_them_too() {
    let server = TestServer::start().await;
    for (id, name) in [("a", "Zoo"), ("b", "Yard"), ("c", "Shop")] {
        server.create("/tenants/default/workspaces", &json!({"id": id, "name": name})).await;
        server.clock.advance_secs(1);
    }
    let admin = Administrator::of(&server, "default", Some(("workspace_auditor", Some("a")))).await;
    for id in ["b", "c"] {
        let body = json!({"client_id": admin.client_id, "role": "workspace_auditor", "workspace_id": id});
        server.create("/tenants/default/administrators", &body).await;
    }
    for (sort, expected) in
        [("name", ["c", "b", "a"]), ("-created_at", ["c", "b", "a"]), ("created_at", ["a", "b", "c"])]
    {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/tenants/default/workspaces?sort={sort}&limit=2{cursor}");
            let page = admin.ask("GET", &path, None).await.expect(200).json;
            found.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, expected, "{sort}");
    }
}

#[actix_web::test]
async fn clients_are_filtered_by_grant_by_use_and_sorted_by_when_they_were_used() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("{}/clients", workspace.path());
    let mut used = Vec::new();
    for name in ["first", "second"] {
        used.push(workspace.client(json!({"client_id": name, "client_name": name})).await);
    }
    let person = json!({
        "client_name": "refresh_token", "redirect_uris": ["https://a.example/cb"],
        "grant_types": ["authorization_code"], "token_ttls": {"refresh_token": 60},
    });
    workspace.client(person).await;
    server.clock.advance_secs(10);
    used[1].token().await;
    server.clock.advance_secs(10);
    used[0].token().await;
    server.app.audit.flush().await;
    server.clock.advance_secs(10);
    workspace.client(json!({"client_name": "new"})).await;
    for (query, expected) in [
        ("grant_type=authorization_code", vec!["refresh_token"]),
        ("grant_type=refresh_token", vec![]),
        ("grant_type=client_credentials&sort=client_name", vec!["first", "new", "second"]),
        ("sort=-last_authenticated_at&grant_type=client_credentials", vec!["first", "second", "new"]),
        ("sort=last_authenticated_at&grant_type=client_credentials&limit=3", vec!["new", "second", "first"]),
        ("unused_since=2026-01-01T00:00:15Z&sort=client_name", vec!["refresh_token", "second"]),
        ("unused_since=2026-01-01T00:00:25Z&sort=client_name", vec!["first", "refresh_token", "second"]),
    ] {
        assert_eq!(names(&server.read(&format!("{path}?{query}")).await), expected, "{query}");
    }
    for limit in [1, 2] {
        let sorted = format!("{path}?sort=-last_authenticated_at&grant_type=client_credentials&limit={limit}");
        assert_eq!(all_pages(&server, &sorted).await, ["first", "second", "new"]);
    }
    for bad in ["grant_type=password", "unused_since=yesterday"] {
        let name = bad.split('=').next().unwrap();
        let refused = operator(&server, "GET", &format!("{path}?{bad}"), None).await;
        refused.complains(&format!("/{name}"), "invalid_value");
    }
}

#[actix_web::test]
async fn tenants_workspaces_and_users_are_filtered_by_status() {
    let server = TestServer::start().await;
    let lists = [
        ("/tenants", json!({"id": "off", "name": "Off", "status": "inactive"})),
        ("/tenants/default/workspaces", json!({"id": "off", "name": "Off", "status": "inactive"})),
        ("/tenants/default/pools/default/users", json!({"username": "off", "name": "Off", "status": "inactive"})),
    ];
    let status = |page: &Value| -> BTreeSet<String> {
        page["items"].as_array().unwrap().iter().map(|item| item["status"].as_str().unwrap().to_owned()).collect()
    };
    for (path, body) in lists {
        server.create(path, &body).await;
        let off = server.read(&format!("{path}?status=inactive&sort=name")).await;
        assert_eq!((off["items"].as_array().unwrap().len(), &off["items"][0]["name"]), (1, &json!("Off")), "{path}");
        assert!(!status(&server.read(&format!("{path}?status=active")).await).contains("inactive"), "{path}");
        operator(&server, "GET", &format!("{path}?status=on"), None).await.complains("/status", "invalid_value");
    }
    let admin = Administrator::of(&server, "default", Some(("tenant_admin", None))).await;
    let own = admin.ask("GET", "/tenants?status=inactive", None).await.expect(200);
    assert_eq!(own.json["items"], json!([]));
    let own = admin.ask("GET", "/tenants?status=active", None).await.expect(200);
    assert_eq!(own.json["items"][0]["id"], "default");
}
