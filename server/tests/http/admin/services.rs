//! Services and their scopes, seen both ways.

use cardea_protocol::{TenantId, WorkspaceId};
use cardea_store::{ServiceOutcome, ServiceRecord};
use serde_json::{Value, json};

use super::operator;
use crate::harness::TestServer;

fn names(scopes: &Value) -> Vec<&str> {
    scopes.as_array().unwrap().iter().map(|scope| scope["name"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_service_is_made_changed_and_deleted() {
    let server = TestServer::start().await;
    let path = format!("{}/services", server.workspace().await.path());
    let body = json!({"name": "Orders", "audience": "https://orders.example", "scopes": [{"name": "orders:write"}, {"name": "orders:read"}]});
    let made = operator(&server, "POST", &path, Some(body)).await.expect(201);
    let own = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    assert_eq!(names(&made.json["scopes"]), ["orders:read", "orders:write"]);
    assert_eq!(server.read(&own).await, made.json);
    let changed = server
        .change(&own, &json!({"name": "All orders", "scopes": [{"name": "orders:read", "display_name": "Read"}]}))
        .await;
    assert_eq!((changed["name"].as_str().unwrap(), names(&changed["scopes"])), ("All orders", vec!["orders:read"]));
    assert_eq!(changed["audience"], "https://orders.example");
    operator(&server, "DELETE", &own, None).await.expect(204);
    operator(&server, "GET", &own, None).await.problem(404, "not_found");
}

#[actix_web::test]
async fn audiences_and_scopes_belong_to_one_service() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("{}/services", workspace.path());
    workspace.service("https://one.example", &["one"]).await;
    let other = workspace.service("https://two.example", &["two"]).await;
    let own = format!("{path}/{}", other["id"].as_str().unwrap());
    for body in [
        json!({"name": "x", "audience": "https://one.example"}),
        json!({"name": "x", "audience": "https://three.example", "scopes": [{"name": "three"}, {"name": "one"}]}),
    ] {
        operator(&server, "POST", &path, Some(body)).await.problem(409, "already_exists");
    }
    for body in [json!({"audience": "https://one.example"}), json!({"scopes": [{"name": "two"}, {"name": "one"}]})] {
        operator(&server, "PATCH", &own, Some(body)).await.problem(409, "already_exists");
    }
    assert_eq!(server.read(&own).await, other, "a refusal changes nothing");
    server.workspace().await.service("https://one.example", &["one"]).await;
}

#[actix_web::test]
async fn bad_services_are_refused_by_name() {
    let server = TestServer::start().await;
    let path = format!("{}/services", server.workspace().await.path());
    let management = format!("{}/api/v1", server.url);
    for (body, pointer) in [
        (json!({"name": "x"}), "/audience"),
        (json!({"name": "x", "audience": "orders"}), "/audience"),
        (json!({"name": "x", "audience": "https://orders.example/#f"}), "/audience"),
        (json!({"name": "x", "audience": management}), "/audience"),
        (json!({"name": "", "audience": "urn:x:y"}), "/name"),
        (json!({"name": "x", "audience": "urn:x:y", "scopes": [{"name": "a b"}]}), "/scopes/0/name"),
        (json!({"name": "x", "audience": "urn:x:y", "scopes": [{"name": "openid"}]}), "/scopes/0/name"),
        (json!({"name": "x", "audience": "urn:x:y", "scopes": [{"name": "a"}, {"name": "a"}]}), "/scopes/1/name"),
        (json!({"name": "x", "audience": "urn:x:y", "scopes": [{"name": "a", "title": "A"}]}), "/scopes/0/title"),
    ] {
        let refused = operator(&server, "POST", &path, Some(body.clone())).await.problem(400, "invalid_request");
        assert_eq!(refused.json["errors"][0]["pointer"], pointer, "{body}");
    }
    server.create(&path, &json!({"name": "x", "audience": "urn:x:y"})).await;
}

#[actix_web::test]
async fn scopes_are_changed_one_by_one() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let service = workspace.service("https://orders.example", &["orders"]).await;
    workspace.service("https://bills.example", &["bills"]).await;
    let path = format!("{}/scopes", workspace.path());
    let new = json!({"service_id": service["id"], "name": "orders/write:all", "display_name": "Write"});
    let made = operator(&server, "POST", &path, Some(new.clone())).await.expect(201);
    assert!(made.header("location").ends_with("/scopes/orders%2Fwrite%3Aall"));
    operator(&server, "POST", &path, Some(new)).await.problem(409, "already_exists");
    let foreign = json!({"service_id": service["id"], "name": "bills"});
    operator(&server, "POST", &path, Some(foreign)).await.problem(409, "already_exists");
    let own = format!("{path}/orders%2Fwrite%3Aall");
    let changed = server.change(&own, &json!({"description": "May write"})).await;
    assert_eq!((&changed["display_name"], &changed["description"]), (&json!("Write"), &json!("May write")));
    assert_eq!(server.read(&own).await, changed);
    assert_eq!(names(&server.read(&path).await["items"]), ["bills", "orders", "orders/write:all"]);
    operator(&server, "PATCH", &own, Some(json!({"name": "x"}))).await.complains("/name", "read_only");
    operator(&server, "DELETE", &own, None).await.expect(204);
    operator(&server, "DELETE", &own, None).await.problem(404, "not_found");
    for (body, pointer) in [
        (json!({"service_id": "absent", "name": "x"}), "/service_id"),
        (json!({"service_id": service["id"], "name": "a b"}), "/name"),
        (json!({"service_id": service["id"]}), "/name"),
        (json!({"name": "x"}), "/service_id"),
    ] {
        let refused = operator(&server, "POST", &path, Some(body.clone())).await.problem(400, "invalid_request");
        assert_eq!(refused.json["errors"][0]["pointer"], pointer, "{body}");
    }
}

#[actix_web::test]
async fn a_service_is_of_no_use_in_another_workspace() {
    let server = TestServer::start().await;
    let (one, other) = (server.workspace().await, server.workspace().await);
    let service = one.service("https://orders.example", &["orders"]).await;
    let id = service["id"].as_str().unwrap();
    for (method, body) in [("GET", None), ("PATCH", Some(json!({"name": "x"}))), ("DELETE", None)] {
        let path = format!("{}/services/{id}", other.path());
        operator(&server, method, &path, body).await.problem(404, "not_found");
        let path = format!("{}/scopes/orders", other.path());
        operator(&server, method, &path, Some(json!({}))).await.problem(404, "not_found");
    }
    let body = Some(json!({"service_id": id, "name": "mine"}));
    operator(&server, "POST", &format!("{}/scopes", other.path()), body).await.complains("/service_id", "not_found");
    server.read(&format!("{}/services/{id}", one.path())).await;
}

#[actix_web::test]
async fn a_workspace_has_a_thousand_services_and_a_service_a_thousand_scopes() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let path = format!("{}/services", workspace.path());
    let scopes = |count: usize| (0..count).map(|number| json!({"name": format!("s{number}")})).collect::<Vec<_>>();
    let body = |scopes: Vec<Value>| json!({"name": "Many", "audience": "urn:many:scopes", "scopes": scopes});
    operator(&server, "POST", &path, Some(body(scopes(1_001)))).await.complains("/scopes", "too_many");
    server.create(&path, &body(scopes(1_000))).await;
    let (tenant, id) = (TenantId::default_tenant(), WorkspaceId::parse(path.split('/').nth(4).unwrap()).unwrap());
    let tx = server.app.store.begin(server.clock.now()).await.unwrap();
    for number in 0..998 {
        let service = ServiceRecord {
            id: format!("service-{number}"),
            name: "One of many".to_owned(),
            audience: format!("urn:one:{number}"),
            introspection_client_ids: Vec::new(),
            scopes: Vec::new(),
            version: 1,
            created_at: server.clock.now(),
            updated_at: server.clock.now(),
        };
        assert_eq!(tx.scoped(&tenant, &id).insert_service(&service).await.unwrap(), ServiceOutcome::Written);
    }
    tx.commit().await.unwrap();
    server.create(&path, &json!({"name": "Last", "audience": "urn:one:last"})).await;
    let one_more = json!({"name": "One more", "audience": "urn:one:more"});
    operator(&server, "POST", &path, Some(one_more.clone())).await.problem(409, "too_many");
    operator(&server, "DELETE", &format!("{path}/service-0"), None).await.expect(204);
    server.create(&path, &one_more).await;
}
