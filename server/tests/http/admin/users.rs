//! Users: added, changed and deleted, told apart by what they sign in with, and hidden from whoever they are none of.

mod passwords;
mod roles;
mod sessions;

use serde_json::{Value, json};

use super::{Administrator, operator};
use crate::harness::TestServer;

const USERS: &str = "/tenants/default/pools/default/users";

fn path_of(user: &Value) -> String {
    format!("{USERS}/{}", user["id"].as_str().unwrap())
}

#[actix_web::test]
async fn a_user_is_added_changed_and_deleted() {
    let server = TestServer::start().await;
    let body = json!({
        "username": "Ada", "email": "Ada@Example.com", "email_verified": true, "name": "Ada Lovelace",
        "given_name": "Ada", "family_name": "Lovelace", "locale": "en-GB",
        "claims": {"birthdate": "1815-12-10", "address": {"country": "GB", "locality": "London"}},
    });
    let made = operator(&server, "POST", USERS, Some(body.clone())).await.expect(201);
    let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    assert!(made.text("id").starts_with("usr_") && path == path_of(&made.json));
    for (name, value) in body.as_object().unwrap() {
        assert_eq!(&made.json[name], value, "{name}");
    }
    assert_eq!((&made.json["status"], &made.json["password_set_at"]), (&json!("active"), &Value::Null));
    assert_eq!(server.read(&path).await, made.json);
    let patch =
        json!({"name": null, "given_name": "Augusta", "claims": {"address": {"locality": null}, "nickname": "A"}});
    let changed = server.change(&path, &patch).await;
    assert_eq!((&changed["name"], &changed["given_name"]), (&Value::Null, &json!("Augusta")));
    let claims = json!({"birthdate": "1815-12-10", "address": {"country": "GB"}, "nickname": "A"});
    assert_eq!((&changed["claims"], &changed["family_name"]), (&claims, &json!("Lovelace")));
    operator(&server, "DELETE", &path, None).await.expect(204);
    operator(&server, "GET", &path, None).await.problem(404, "not_found");
    operator(&server, "DELETE", &path, None).await.problem(404, "not_found");
    let anew = server.create(USERS, &body).await;
    assert_ne!(anew["id"], made.json["id"], "an id is never given to another");
}

#[actix_web::test]
async fn nobody_signs_in_with_what_another_signs_in_with() {
    let server = TestServer::start().await;
    server.create(USERS, &json!({"username": "ann", "email": "ann@bücher.example"})).await;
    let bob = server.create(USERS, &json!({"username": "bob@c.example"})).await;
    for (body, code) in [
        (json!({"username": "ANN"}), "username_taken"),
        (json!({"username": "Ann@xn--bcher-kva.example"}), "username_taken"),
        (json!({"username": "other", "email": "ANN@bücher.example"}), "email_taken"),
        (json!({"username": "other", "email": "Bob@C.example"}), "email_taken"),
        (json!({"username": "bob@c.example", "email": "ann@bücher.example"}), "username_taken"),
    ] {
        let refused = operator(&server, "POST", USERS, Some(body.clone())).await.problem(409, code);
        let names_both = refused.text("detail").contains("username and this e-mail address");
        assert_eq!(names_both, body["username"] == "bob@c.example", "{}", refused.body);
    }
    let path = path_of(&bob);
    operator(&server, "PATCH", &path, Some(json!({"username": "Ann"}))).await.problem(409, "username_taken");
    operator(&server, "PATCH", &path, Some(json!({"email": "ann@bücher.example"}))).await.problem(409, "email_taken");
    assert_eq!(server.read(&path).await, bob, "a refusal changes nothing");
    server.change(&path, &json!({"email": "bob@c.example"})).await;
    server.create("/tenants/default/pools", &json!({"id": "staff"})).await;
    server.create("/tenants/default/pools/staff/users", &json!({"username": "ann"})).await;
}

#[actix_web::test]
async fn of_those_who_want_a_name_at_the_same_time_one_gets_it() {
    let server = TestServer::start().await;
    let wanted = (0..6).map(|_| operator(&server, "POST", USERS, Some(json!({"username": "eve"}))));
    let answers = futures_util::future::join_all(wanted).await;
    let statuses = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((statuses(201), statuses(409)), (1, 5));
    assert_eq!(server.read(&format!("{USERS}?q=eve")).await["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn bad_users_are_refused_by_name() {
    let server = TestServer::start().await;
    let with = |member: &str, value: Value| json!({"username": "ann", member: value});
    for (body, pointer, code) in [
        (json!({}), "/username", "required"),
        (json!({"username": "a b"}), "/username", "invalid_value"),
        (json!({"username": "a\u{200b}b"}), "/username", "invalid_value"),
        (json!({"username": "ann@"}), "/username", "invalid_value"),
        (with("email", json!("ann")), "/email", "invalid_value"),
        (with("email", json!("ann@a.example, bob@b.example")), "/email", "invalid_value"),
        (with("email_verified", json!(true)), "/email_verified", "invalid_value"),
        (with("name", json!("a\nb")), "/name", "invalid_value"),
        (with("locale", json!("de CH")), "/locale", "invalid_value"),
        (with("status", json!("gone")), "/status", "invalid_value"),
        (with("id", json!("usr_mine")), "/id", "unknown_member"),
        (with("claims", json!({"sub": "x"})), "/claims/sub", "unknown_member"),
        (with("claims", json!({"email": "x@y.example"})), "/claims/email", "unknown_member"),
        (with("claims", json!({"picture": "javascript:alert(1)"})), "/claims/picture", "invalid_value"),
        (with("claims", json!({"birthdate": "10.12.1815"})), "/claims/birthdate", "invalid_value"),
        (with("claims", json!({"phone_number_verified": true})), "/claims/phone_number_verified", "invalid_value"),
    ] {
        operator(&server, "POST", USERS, Some(body)).await.complains(pointer, code);
    }
    let path = path_of(&server.create(USERS, &json!({"username": "ann"})).await);
    for member in ["id", "created_at", "last_signed_in_at", "password_set_at"] {
        let patch = Some(json!({member: "other"}));
        operator(&server, "PATCH", &path, patch).await.complains(&format!("/{member}"), "read_only");
    }
    operator(&server, "PATCH", &path, Some(json!({"username": null}))).await.complains("/username", "required");
}

#[actix_web::test]
async fn another_address_is_not_verified_until_that_is_said() {
    let server = TestServer::start().await;
    let body = json!({"username": "ann", "email": "ann@a.example", "email_verified": true});
    let path = path_of(&server.create(USERS, &body).await);
    assert_eq!(server.change(&path, &json!({"name": "Ann"})).await["email_verified"], true);
    assert_eq!(server.change(&path, &json!({"email": "ann@b.example"})).await["email_verified"], false);
    let patch = json!({"email": "ann@c.example", "email_verified": true});
    assert_eq!(server.change(&path, &patch).await["email_verified"], true);
    let without = server.change(&path, &json!({"email": null})).await;
    assert_eq!((&without["email"], &without["email_verified"]), (&Value::Null, &json!(false)));
}

#[actix_web::test]
async fn users_are_found_by_what_they_are_called_and_listed_page_by_page() {
    let server = TestServer::start().await;
    for (username, email, name) in
        [("one", "x1@a.example", "Zoë"), ("two", "x2@b.example", "Ann"), ("three", "x3@c.example", "Max")]
    {
        server.create(USERS, &json!({"username": username, "email": email, "name": name})).await;
    }
    let names = async |query: &str| -> Vec<String> {
        let page = server.read(&format!("{USERS}?{query}")).await;
        page["items"].as_array().unwrap().iter().map(|one| one["username"].as_str().unwrap().to_owned()).collect()
    };
    for (query, found) in [
        ("q=TWO", vec!["two"]),
        ("q=c.example", vec!["three"]),
        ("q=zo%C3%AB", vec!["one"]),
        ("q=nobody", vec![]),
        ("sort=name", vec!["two", "three", "one"]),
        ("sort=-name&limit=1", vec!["one"]),
    ] {
        assert_eq!(names(query).await, found, "{query}");
    }
    let first = server.read(&format!("{USERS}?sort=name&limit=2")).await;
    let next = format!("sort=name&limit=2&cursor={}", first["next_cursor"].as_str().unwrap());
    assert_eq!(names(&next).await, ["one"]);
    operator(&server, "GET", "/tenants/default/pools/absent/users", None).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_user_is_known_in_their_own_pool_alone_and_changed_by_administrators_alone() {
    let server = TestServer::start().await;
    server.create("/tenants", &json!({"id": "acme"})).await;
    server.create("/tenants/default/pools", &json!({"id": "staff"})).await;
    let user = server.create(USERS, &json!({"username": "ann"})).await;
    let (own, id) = (path_of(&user), user["id"].as_str().unwrap());
    let foreign = Administrator::of(&server, "acme", Some(("tenant_admin", None))).await;
    let auditor = Administrator::of(&server, "default", Some(("tenant_auditor", None))).await;
    let workspace = Administrator::of(&server, "default", Some(("workspace_admin", Some("default")))).await;
    for (method, body) in [("GET", None), ("PATCH", Some(json!({"name": "Mallory"}))), ("DELETE", None)] {
        foreign.ask(method, &own, body.clone()).await.problem(404, "not_found");
        workspace.ask(method, &own, body.clone()).await.problem(404, "not_found");
        for elsewhere in ["acme/pools/default", "default/pools/staff", "default/pools/absent"] {
            let path = format!("/tenants/{elsewhere}/users/{id}");
            operator(&server, method, &path, body.clone()).await.problem(404, "not_found");
            operator(&server, "GET", &format!("{path}/sessions"), None).await.problem(404, "not_found");
        }
        match method {
            "GET" => auditor.ask(method, &own, body).await.expect(200),
            _ => auditor.ask(method, &own, body).await.problem(403, "insufficient_permission"),
        };
    }
    auditor.ask("POST", USERS, Some(json!({"username": "eve"}))).await.problem(403, "insufficient_permission");
    assert_eq!(auditor.ask("GET", USERS, None).await.expect(200).json["items"], json!([user]));
    let admin = Administrator::of(&server, "default", Some(("tenant_admin", None))).await;
    admin.ask("PATCH", &own, Some(json!({"name": "Ann"}))).await.expect(200);
    admin.ask("DELETE", &own, None).await.expect(204);
}

#[actix_web::test]
async fn what_is_done_to_a_user_is_told_without_what_is_known_of_them() {
    let server = TestServer::start().await;
    let body = json!({"username": "ann", "email": "ann@private.example", "claims": {"phone_number": "+41441234567"}});
    let user = server.create(USERS, &body).await;
    let (path, id) = (path_of(&user), user["id"].as_str().unwrap());
    server.change(&path, &json!({"email": "ann@secret.example", "family_name": "Hidden"})).await;
    operator(&server, "DELETE", &path, None).await.expect(204);
    let events = server.read(&format!("/tenants/default/workspaces/admin/audit-events?user_id={id}")).await;
    let told: Vec<_> = events["items"].as_array().unwrap().iter().rev().collect();
    let kinds: Vec<_> = told.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["user.created", "user.updated", "user.deleted"]);
    assert_eq!(told[1]["detail"], json!({"username": "ann", "changed": ["email", "family_name"]}));
    for event in told {
        assert_eq!(
            (&event["object"], &event["detail"]["username"]),
            (&json!(format!("user:default/{id}")), &json!("ann"))
        );
        let text = event.to_string();
        assert!(["private", "secret", "Hidden", "41441234567"].iter().all(|word| !text.contains(word)), "{text}");
    }
}
