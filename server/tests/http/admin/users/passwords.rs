//! Passwords: by the policy of the pool, brought here as hashes, and never seen again.

use serde_json::{Value, json};

use super::{USERS, path_of};
use crate::admin::operator;
use crate::harness::TestServer;
use crate::harness::people::PASSWORD;

const BCRYPT: &str = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

#[actix_web::test]
async fn a_weak_password_is_refused_with_the_rule_it_breaks() {
    let server = TestServer::start().await;
    let body = |password: &str| json!({"username": "annabel", "email": "ann.lee@c.example", "password": password});
    for (password, code) in [
        ("elevenchars", "password_too_short"),
        ("", "password_too_short"),
        ("xx ANNABEL xx", "password_contains_username"),
        ("xx ann.lee xx", "password_contains_email"),
        ("correct horse\nbattery", "password_control_character"),
        (&"x".repeat(129), "password_too_long"),
    ] {
        operator(&server, "POST", USERS, Some(body(password))).await.complains("/password", code);
    }
    operator(&server, "POST", USERS, Some(json!({"username": "a", "password": 1})))
        .await
        .complains("/password", "invalid_type");
    let path = path_of(&server.create(USERS, &body("twelve chars")).await);
    operator(&server, "PATCH", &path, Some(json!({"password": "short"})))
        .await
        .complains("/password", "password_too_short");
    // By the name that it comes with.
    let patch = Some(json!({"username": "battery", "password": PASSWORD}));
    operator(&server, "PATCH", &path, patch).await.complains("/password", "password_contains_username");
    server.change(&path, &json!({"password": PASSWORD})).await;
}

#[actix_web::test]
async fn a_pool_says_how_long_passwords_are() {
    let server = TestServer::start().await;
    server.create("/tenants/default/pools", &json!({"id": "strict", "password_min_length": 30})).await;
    let users = "/tenants/default/pools/strict/users";
    let refused = operator(&server, "POST", users, Some(json!({"username": "a", "password": PASSWORD}))).await;
    refused.complains("/password", "password_too_short");
    server.change("/tenants/default/pools/strict", &json!({"password_min_length": 28})).await;
    server.create(users, &json!({"username": "a", "password": PASSWORD})).await;
}

#[actix_web::test]
async fn a_password_is_never_seen_again() {
    let server = TestServer::start().await;
    let other = "quite another password";
    let made =
        operator(&server, "POST", USERS, Some(json!({"username": "ann", "password": PASSWORD}))).await.expect(201);
    let path = path_of(&made.json);
    let changed = operator(&server, "PATCH", &path, Some(json!({"password": other}))).await.expect(200);
    let imported = operator(&server, "PATCH", &path, Some(json!({"password_hash": BCRYPT}))).await.expect(200);
    let refused = Some(json!({"password_hash": "$2b$99$nonsense", "name": "x"}));
    let refused = operator(&server, "PATCH", &path, refused).await.complains("/password_hash", "invalid_value");
    let both = Some(json!({"password": other, "password_hash": BCRYPT}));
    let both = operator(&server, "PATCH", &path, both).await.complains("/password_hash", "not_allowed");
    let mut seen = vec![made.body, changed.body, imported.body, refused.body, both.body];
    seen.push(server.read(&path).await.to_string());
    seen.push(server.read(USERS).await.to_string());
    seen.push(server.read("/tenants/default/workspaces/admin/audit-events?limit=200").await.to_string());
    for text in seen {
        for secret in [PASSWORD, other, "$2b$", "$argon2id$", "nonsense"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    for text in [PASSWORD, "$2b$05"] {
        assert_eq!(server.read(&format!("{USERS}?q={}", text.replace(' ', "%20"))).await["items"], json!([]));
    }
}

#[actix_web::test]
async fn a_patch_sends_back_what_was_shown_and_keeps_the_password() {
    let server = TestServer::start().await;
    let made = server.create(USERS, &json!({"username": "ann", "password": PASSWORD})).await;
    let path = path_of(&made);
    assert!(made["password_set_at"].is_string());
    assert_eq!(server.change(&path, &made).await, made);
    let without = server.change(&path, &json!({"password": null})).await;
    assert_eq!(without["password_set_at"], Value::Null);
    // What was shown before is old, and not an attempt to change it.
    let again = server.change(&path, &json!({"password_set_at": made["password_set_at"], "name": "Ann"})).await;
    assert_eq!((&again["password_set_at"], &again["name"]), (&Value::Null, &json!("Ann")));
}

#[actix_web::test]
async fn who_brings_the_hash_of_a_password_signs_in_with_the_password() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.relying_party(json!({})).await;
    for bad in [
        "",
        "md5:5f4dcc3b5aa765d61d8327deb882cf99",
        "$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$argon2id$v=19$m=8192,t=3,p=2$YW5vdGhlciBzeXN0ZW0",
        "$argon2id$v=19$m=4194304,t=3,p=2$YW5vdGhlciBzeXN0ZW0$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    ] {
        let body = json!({"username": "imported", "password_hash": bad});
        operator(&server, "POST", USERS, Some(body)).await.complains("/password_hash", "invalid_value");
    }
    for (number, hash) in hashes().into_iter().enumerate() {
        let username = format!("imported-{number}");
        let made = server.create(USERS, &json!({"username": username, "password_hash": hash})).await;
        assert!(made["password_set_at"].is_string());
        client.redeem(&client.code(&username, &[]).await, &[]).await.expect(200);
    }
}

/// Hashes of [`PASSWORD`] as other systems write them.
fn hashes() -> Vec<String> {
    use argon2::password_hash::CustomizedPasswordHasher as _;
    let params = argon2::Params::new(8_192, 3, 2, None).unwrap();
    let argon2 = argon2::Argon2::default();
    let hashed =
        argon2.hash_password_customized(PASSWORD.as_bytes(), b"another system", Some("argon2id"), Some(19), params);
    let bcrypt = bcrypt::hash_with_result(PASSWORD, 4).unwrap();
    let versions = [bcrypt::Version::TwoA, bcrypt::Version::TwoB, bcrypt::Version::TwoY];
    let bcrypts = versions.into_iter().map(|version| bcrypt.format_for_version(version));
    std::iter::once(hashed.unwrap().to_string()).chain(bcrypts).collect()
}
