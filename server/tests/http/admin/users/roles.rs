//! Users who administer: those of the pool of the tenant's `admin` workspace.

use serde_json::{Value, json};

use super::{USERS, path_of};
use crate::admin::{Administrator, operator};
use crate::harness::people::PASSWORD;
use crate::harness::{TestServer, WorkspaceActor};

const ADMINISTRATORS: &str = "/tenants/default/administrators";

/// A token for the management API of a user who signs in to an `admin` workspace.
async fn signed_in<'s>(server: &'s TestServer, tenant: &str, username: &str) -> Administrator<'s> {
    let client = WorkspaceActor::new(server, tenant, "admin").relying_party(json!({})).await;
    let tokens = client.redeem(&client.code(username, &[]).await, &[]).await.expect(200);
    Administrator { server, client_id: client.id.clone(), token: tokens.text("access_token") }
}

#[actix_web::test]
async fn a_user_of_the_admin_workspaces_pool_holds_a_role() {
    let server = TestServer::start().await;
    let user = server.create(USERS, &json!({"username": "ann", "password": PASSWORD})).await;
    server.create("/tenants/default/pools", &json!({"id": "staff"})).await;
    let elsewhere = server.create("/tenants/default/pools/staff/users", &json!({"username": "eve"})).await;
    let foreign = server.create("/tenants/system/pools/default/users", &json!({"username": "max"})).await;
    let grant = |id: &Value| json!({"user_id": id, "role": "tenant_admin"});
    for absent in [&elsewhere["id"], &foreign["id"], &json!("usr_nobody")] {
        operator(&server, "POST", ADMINISTRATORS, Some(grant(absent))).await.complains("/user_id", "not_found");
    }
    let both = json!({"user_id": user["id"], "client_id": "x", "role": "tenant_admin"});
    operator(&server, "POST", ADMINISTRATORS, Some(both)).await.complains("/user_id", "not_allowed");
    let nobody = json!({"role": "tenant_admin"});
    operator(&server, "POST", ADMINISTRATORS, Some(nobody)).await.complains("/client_id", "required");
    let made = server.create(ADMINISTRATORS, &grant(&user["id"])).await;
    assert_eq!((&made["user_id"], &made["client_id"]), (&user["id"], &Value::Null));
    operator(&server, "POST", ADMINISTRATORS, Some(grant(&user["id"]))).await.problem(409, "already_exists");
    let ann = signed_in(&server, "default", "ann").await;
    assert_eq!(ann.ask("GET", "/me", None).await.expect(200).json["subject"], user["id"]);
    ann.ask("POST", USERS, Some(json!({"username": "bob"}))).await.expect(201);
    operator(&server, "DELETE", &path_of(&user), None).await.expect(204);
    ann.ask("GET", USERS, None).await.problem(401, "invalid_token");
    let listed = server.read(ADMINISTRATORS).await;
    assert!(!listed["items"].as_array().unwrap().contains(&made), "a role goes with who holds it");
}

#[actix_web::test]
async fn the_last_platform_administrator_stays_also_when_it_is_a_user() {
    let server = TestServer::start().await;
    let users = "/tenants/system/pools/default/users";
    let user = server.create(users, &json!({"username": "root", "password": PASSWORD})).await;
    let path = format!("{users}/{}", user["id"].as_str().unwrap());
    let administrators = "/tenants/system/administrators";
    let operators = server.read(administrators).await["items"][0]["id"].as_str().unwrap().to_owned();
    let operators = format!("{administrators}/{operators}");
    operator(&server, "DELETE", &operators, None).await.problem(409, "protected");
    server.create(administrators, &json!({"user_id": user["id"], "role": "platform_admin"})).await;
    let root = signed_in(&server, "system", "root").await;
    // As long as there are two, either may go.
    server.change(&path, &json!({"status": "inactive"})).await;
    operator(&server, "DELETE", &operators, None).await.problem(409, "protected");
    server.change(&path, &json!({"status": "active"})).await;
    root.ask("GET", "/tenants", None).await.problem(401, "invalid_token");
    let root = signed_in(&server, "system", "root").await;
    root.ask("DELETE", &operators, None).await.expect(204);
    for (method, body) in
        [("DELETE", None), ("PATCH", Some(json!({"status": "inactive"}))), ("PATCH", Some(json!({"password": null})))]
    {
        root.ask(method, &path, body).await.problem(409, "protected");
    }
    root.ask("POST", "/tenants/system/pools", Some(json!({"id": "other"}))).await.expect(201);
    let workspace = "/tenants/system/workspaces/admin";
    root.ask("PATCH", workspace, Some(json!({"user_pool_id": "other"}))).await.problem(409, "protected");
    let without_codes = json!({"grant_types": ["client_credentials"]});
    root.ask("PATCH", workspace, Some(without_codes)).await.complains("/grant_types", "protected");
    root.ask("PATCH", &path, Some(json!({"name": "Root"}))).await.expect(200);
}
