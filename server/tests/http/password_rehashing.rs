//! A weaker hash that was brought here is replaced by ours when its owner signs in.

use serde_json::json;

use crate::harness::TestServer;
use crate::harness::browser::Browser;
use crate::harness::people::PASSWORD;

const OURS: &str = "$argon2id$v=19$m=19456,t=2,p=1$";
const USERS: &str = "/tenants/default/pools/default/users";

async fn stored(server: &TestServer, user: &str) -> String {
    let tenant_id = cardea_protocol::TenantId::parse("default").unwrap();
    let user = server.app.store.pool(&tenant_id, "default").find_user(user).await.unwrap().unwrap();
    user.password.unwrap().as_str().to_owned()
}

fn argon2id(memory: u32, passes: u32) -> String {
    use argon2::password_hash::CustomizedPasswordHasher as _;
    let params = argon2::Params::new(memory, passes, 1, None).unwrap();
    let argon2 = argon2::Argon2::default();
    let hashed =
        argon2.hash_password_customized(PASSWORD.as_bytes(), b"another system", Some("argon2id"), Some(19), params);
    hashed.unwrap().to_string()
}

#[actix_web::test]
async fn a_weaker_hash_is_replaced_once_the_password_is_known() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.relying_party(json!({})).await;
    let bcrypt = bcrypt::hash_with_result(PASSWORD, 4).unwrap().format_for_version(bcrypt::Version::TwoY);
    for (username, hash) in
        [("bcrypt", bcrypt), ("less-memory", argon2id(8_192, 3)), ("fewer-passes", argon2id(19_456, 1))]
    {
        let made = server.create(USERS, &json!({"username": username, "password_hash": hash})).await;
        let id = made["id"].as_str().unwrap();
        let browser = Browser::new(&server);
        let form = browser.open(&client.authorize(&[])).await.form();
        let wrong = [("username", username), ("password", "not the password"), ("action", "sign-in")];
        assert_eq!(browser.send(&form, &wrong).await.answer.status, 422);
        assert_eq!(stored(&server, id).await, hash, "who does not know it changes nothing");
        client.redeem(&client.code(username, &[]).await, &[]).await.expect(200);
        while !stored(&server, id).await.starts_with(OURS) {
            tokio::task::yield_now().await;
        }
        // It is the same password, and no change of the user.
        client.redeem(&client.code(username, &[]).await, &[]).await.expect(200);
        let shown = server.read(&format!("{USERS}/{id}")).await;
        for member in ["password_set_at", "updated_at"] {
            assert_eq!(shown[member], made[member], "{member}");
        }
    }
}

#[actix_web::test]
async fn a_hash_that_is_as_good_as_ours_stays() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.relying_party(json!({})).await;
    let strong = argon2id(32_768, 2);
    let mut people = vec![(workspace.person("ada").await, None)];
    let made = server.create(USERS, &json!({"username": "strong", "password_hash": strong})).await;
    people.push((made["id"].as_str().unwrap().to_owned(), Some(strong)));
    for ((id, given), username) in people.into_iter().zip(["ada", "strong"]) {
        let before = stored(&server, &id).await;
        assert!(given.is_none_or(|given| given == before));
        client.redeem(&client.code(username, &[]).await, &[]).await.expect(200);
        // Signing in with a weak hash, and waiting until it is replaced, leaves time enough.
        let weak = json!({"username": format!("weak-{username}"), "password_hash": argon2id(8_192, 1)});
        let weak = server.create(USERS, &weak).await["id"].as_str().unwrap().to_owned();
        client.redeem(&client.code(&format!("weak-{username}"), &[]).await, &[]).await.expect(200);
        while !stored(&server, &weak).await.starts_with(OURS) {
            tokio::task::yield_now().await;
        }
        assert_eq!(stored(&server, &id).await, before);
    }
}
