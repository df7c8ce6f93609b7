//! User pools: made with every tenant, named by workspaces, and kept while they are.

use serde_json::{Value, json};

use super::{Administrator, operator};
use crate::harness::TestServer;

const POOLS: &str = "/tenants/default/pools";
const WORKSPACE: &str = "/tenants/default/workspaces/default";

#[actix_web::test]
async fn a_pool_is_made_changed_and_deleted() {
    let server = TestServer::start().await;
    let made = operator(&server, "POST", POOLS, Some(json!({"id": "staff"}))).await.expect(201);
    assert_eq!(made.header("location"), "/api/v1/tenants/default/pools/staff");
    assert_eq!((made.text("name"), &made.json["password_min_length"]), ("staff".to_owned(), &json!(12)));
    operator(&server, "POST", POOLS, Some(json!({"id": "staff"}))).await.problem(409, "already_exists");
    let path = format!("{POOLS}/staff");
    assert_eq!(server.read(&path).await, made.json);
    let changed = server.change(&path, &json!({"name": "Our people", "password_min_length": 20})).await;
    assert_eq!((&changed["name"], &changed["password_min_length"]), (&json!("Our people"), &json!(20)));
    let nameless = server.change(&path, &json!({"name": null, "password_min_length": null})).await;
    assert_eq!((&nameless["name"], &nameless["password_min_length"]), (&json!("staff"), &json!(12)));
    operator(&server, "DELETE", &path, None).await.expect(204);
    operator(&server, "GET", &path, None).await.problem(404, "not_found");
    let generated = server.create(POOLS, &json!({})).await;
    assert!(generated["id"].as_str().unwrap().starts_with("p-"));
}

#[actix_web::test]
async fn bad_pools_are_refused_by_name() {
    let server = TestServer::start().await;
    for (body, pointer, code) in [
        (json!({"id": "Staff"}), "/id", "invalid_value"),
        (json!({"id": "a/b"}), "/id", "invalid_value"),
        (json!({"name": ""}), "/name", "invalid_value"),
        (json!({"password_min_length": 7}), "/password_min_length", "out_of_range"),
        (json!({"password_min_length": 65}), "/password_min_length", "out_of_range"),
        (json!({"password_min_length": "12"}), "/password_min_length", "invalid_type"),
        (json!({"settings": {}}), "/settings", "unknown_member"),
    ] {
        operator(&server, "POST", POOLS, Some(body)).await.complains(pointer, code);
    }
    operator(&server, "PATCH", &format!("{POOLS}/default"), Some(json!({"id": "x"})))
        .await
        .complains("/id", "read_only");
    server.create(POOLS, &json!({"password_min_length": 8})).await;
    server.create(POOLS, &json!({"password_min_length": 64})).await;
}

#[actix_web::test]
async fn every_tenant_begins_with_a_pool_that_stays() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    for tenant in ["system", "default", "acme"] {
        let path = format!("/tenants/{tenant}/pools");
        let pools = server.read(&path).await;
        assert_eq!(pools["items"].as_array().unwrap().len(), 1, "{tenant}");
        assert_eq!((&pools["items"][0]["id"], &pools["items"][0]["name"]), (&json!("default"), &json!("Default")));
        operator(&server, "DELETE", &format!("{path}/default"), None).await.problem(409, "protected");
        server.change(&format!("{path}/default"), &json!({"name": "Everybody"})).await;
    }
}

#[actix_web::test]
async fn a_start_makes_the_pool_that_is_missing() {
    let server = TestServer::start().await;
    let tenant = cardea_protocol::TenantId::system();
    let tx = server.app.store.begin(server.clock.now()).await.unwrap();
    assert!(tx.delete_pool(&tenant, "default").await.unwrap());
    tx.commit().await.unwrap();
    operator(&server, "GET", "/tenants/system/pools/default", None).await.problem(404, "not_found");
    cardea::bootstrap::run(&server.app).await.unwrap();
    server.read("/tenants/system/pools/default").await;
}

#[actix_web::test]
async fn a_workspace_names_a_pool_that_is_there_and_keeps_it_there() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    server.create("/tenants/acme/pools", &json!({"id": "foreign"})).await;
    for absent in ["staff", "foreign", "A/B", ""] {
        let patch = json!({"user_pool_id": absent});
        operator(&server, "PATCH", WORKSPACE, Some(patch.clone())).await.complains("/user_pool_id", "not_found");
        operator(&server, "POST", "/tenants/default/workspaces", Some(patch))
            .await
            .complains("/user_pool_id", "not_found");
    }
    server.create(POOLS, &json!({"id": "staff"})).await;
    assert_eq!(server.change(WORKSPACE, &json!({"user_pool_id": "staff"})).await["user_pool_id"], "staff");
    let path = format!("{POOLS}/staff");
    let refused = operator(&server, "DELETE", &path, None).await.problem(409, "in_use");
    assert!(refused.text("detail").contains("workspace default"), "{}", refused.body);
    assert_eq!(server.change(WORKSPACE, &json!({"user_pool_id": null})).await["user_pool_id"], Value::Null);
    server.create("/tenants/default/workspaces", &json!({"id": "shop", "user_pool_id": "staff"})).await;
    operator(&server, "DELETE", &path, None).await.problem(409, "in_use");
    operator(&server, "DELETE", "/tenants/default/workspaces/shop", None).await.expect(204);
    operator(&server, "DELETE", &path, None).await.expect(204);
}

#[actix_web::test]
async fn whose_people_a_workspace_serves_is_the_tenants_to_say() {
    let server = TestServer::start().await;
    server.create(POOLS, &json!({"id": "staff"})).await;
    let admin = Administrator::of(&server, "default", Some(("workspace_admin", Some("default")))).await;
    for pool in ["staff", "absent"] {
        let patch = Some(json!({"user_pool_id": pool}));
        admin.ask("PATCH", WORKSPACE, patch).await.problem(403, "insufficient_permission");
    }
    server.change(WORKSPACE, &json!({"user_pool_id": "staff"})).await;
    let unset = Some(json!({"user_pool_id": null}));
    admin.ask("PATCH", WORKSPACE, unset.clone()).await.problem(403, "insufficient_permission");
    admin.ask("PATCH", WORKSPACE, Some(json!({"name": "Shop", "user_pool_id": "staff"}))).await.expect(200);
    let tenant = Administrator::of(&server, "default", Some(("tenant_admin", None))).await;
    tenant.ask("PATCH", WORKSPACE, unset).await.expect(200);
}

#[actix_web::test]
async fn of_a_pool_that_is_named_and_deleted_at_the_same_time_one_thing_happens() {
    let server = TestServer::start().await;
    for round in 0..8 {
        let id = format!("round-{round}");
        server.create(POOLS, &json!({"id": id})).await;
        let path = format!("{POOLS}/{id}");
        let (named, deleted) = futures_util::join!(
            operator(&server, "PATCH", WORKSPACE, Some(json!({"user_pool_id": id}))),
            operator(&server, "DELETE", &path, None)
        );
        let is_there = operator(&server, "GET", &path, None).await.status == 200;
        assert_eq!(
            (named.status == 200, deleted.status == 204),
            (is_there, !is_there),
            "{} {}",
            named.body,
            deleted.body
        );
        server.change(WORKSPACE, &json!({"user_pool_id": null})).await;
    }
}

#[actix_web::test]
async fn a_pool_is_found_by_its_name_and_listed_page_by_page() {
    let server = TestServer::start().await;
    for name in ["Blue", "Amber", "Cyan"] {
        server.create(POOLS, &json!({"name": name})).await;
    }
    let first = server.read(&format!("{POOLS}?sort=name&limit=2")).await;
    let names = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&first), ["Amber", "Blue"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    assert_eq!(names(&server.read(&format!("{POOLS}?sort=name&limit=2&cursor={cursor}")).await), ["Cyan", "Default"]);
    assert_eq!(names(&server.read(&format!("{POOLS}?q=yaN")).await), ["Cyan"]);
}

#[actix_web::test]
async fn what_is_done_to_a_pool_is_told() {
    let server = TestServer::start().await;
    server.create(POOLS, &json!({"id": "staff"})).await;
    server.change(&format!("{POOLS}/staff"), &json!({"password_min_length": 16})).await;
    operator(&server, "DELETE", &format!("{POOLS}/staff"), None).await.expect(204);
    let events = server.read("/tenants/default/workspaces/admin/audit-events?limit=200").await;
    let told: Vec<_> =
        events["items"].as_array().unwrap().iter().filter(|event| event["object"] == "pool:default/staff").collect();
    let kinds: Vec<_> = told.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["pool.deleted", "pool.updated", "pool.created"]);
    assert_eq!(told[1]["detail"], json!({"password_min_length": {"from": 12, "to": 16}}));
}
