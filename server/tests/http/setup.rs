//! The first administrator: made by a one-time link, or by the settings; and nobody by either who should not be.

use cardea::app::App;
use cardea::config::Config;
use cardea::{bootstrap, setup};
use cardea_protocol::{Secret, TenantId};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::harness::browser::{Browser, Shown};
use crate::harness::people::PASSWORD;
use crate::harness::{Answer, TestServer, WorkspaceActor};

const FILLED: [(&str, &str); 4] =
    [("username", "root"), ("email", "root@example.com"), ("password", PASSWORD), ("action", "create")];
const DAY: i64 = 24 * 3_600;

/// The link that a start prints.
async fn link_of_start(server: &TestServer) -> Option<String> {
    setup::link_of_start(&server.app).await.unwrap()
}

async fn platform_administrators(server: &TestServer) -> Vec<Value> {
    let listed = server.read("/tenants/system/administrators").await;
    let items = listed["items"].as_array().unwrap().iter();
    items.filter(|one| !one["user_id"].is_null() && one["role"] == "platform_admin").cloned().collect()
}

async fn set_up(browser: &Browser<'_>, link: &str) -> Shown {
    let form = browser.open(link).await.form();
    browser.send(&form, &FILLED).await
}

/// `GET /me` as somebody who signs in to `system/admin`.
async fn me(server: &TestServer, username: &str) -> Answer {
    let client = WorkspaceActor::new(server, "system", "admin").relying_party(json!({})).await;
    let tokens = client.redeem(&client.code(username, &[]).await, &[]).await.expect(200);
    let request = server.http.get(format!("{}/api/v1/me", server.url)).bearer_auth(tokens.text("access_token"));
    Answer::to(request).await
}

#[actix_web::test]
async fn the_first_administrator_is_made_by_the_link_and_signed_in() {
    let server = TestServer::start().await;
    let link = link_of_start(&server).await.unwrap();
    let browser = Browser::new(&server);
    let page = browser.open(&link).await;
    assert_eq!(page.answer.header("referrer-policy"), "no-referrer");
    let done = browser.send(&page.form(), &FILLED).await;
    assert_eq!(done.location().path(), "/system/admin/setup");
    let welcome = browser.open(done.location().as_str()).await;
    assert!(welcome.answer.status == 200 && welcome.says("root") && welcome.says("/console/welcome"));
    let administrators = platform_administrators(&server).await;
    assert_eq!(administrators.len(), 1);
    let me = me(&server, "root").await.expect(200);
    assert_eq!(me.json["subject"], administrators[0]["user_id"]);
    assert!(link_of_start(&server).await.is_none(), "the next start prints nothing");
}

#[actix_web::test]
async fn a_link_is_good_once_and_for_one_of_many_at_the_same_time() {
    let server = TestServer::start().await;
    let links = [link_of_start(&server).await.unwrap(), link_of_start(&server).await.unwrap()];
    let browser = Browser::new(&server);
    let mut forms = Vec::new();
    for link in &links {
        forms.push(browser.open(link).await.form());
    }
    let attempts = (0..32).map(|number| {
        let (form, browser) = (&forms[number % 2], &browser);
        let (username, email) = (format!("root{number}"), format!("root{number}@example.com"));
        async move {
            let fields = [("username", &*username), ("email", &*email), ("password", PASSWORD)];
            browser.send(form, &fields).await.answer.status
        }
    });
    let answers = join_all(attempts).await;
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    // Who had to wait too long for the slow hash is told to come again.
    assert!(answers.iter().all(|status| [303, 404, 503].map(|code| code == *status).contains(&true)), "{answers:?}");
    assert_eq!(platform_administrators(&server).await.len(), 1);
    for link in &links {
        let used = browser.open(link).await;
        assert!(used.answer.status == 404 && used.says("cardea setup-url"), "{}", used.answer.body);
    }
    let another = setup::new_link(&server.app).await.unwrap();
    assert_eq!(set_up(&Browser::new(&server), &another).await.answer.status, 303);
    assert_eq!(platform_administrators(&server).await.len(), 2);
}

#[actix_web::test]
async fn a_link_expires_and_a_new_one_ends_those_before() {
    let server = TestServer::start().await;
    let browser = Browser::new(&server);
    let old = link_of_start(&server).await.unwrap();
    server.clock.advance_secs(DAY);
    assert_eq!(browser.open(&old).await.answer.status, 404);
    let printed = link_of_start(&server).await.unwrap();
    let first = setup::new_link(&server.app).await.unwrap();
    let second = setup::new_link(&server.app).await.unwrap();
    for ended in [&printed, &first, &format!("{second}A"), &format!("{}/system/admin/setup/x", server.url)] {
        assert_eq!(browser.open(ended).await.answer.status, 404, "{ended}");
    }
    for elsewhere in ["/default/admin/", "/default/default/"] {
        assert_eq!(browser.open(&second.replace("/system/admin/", elsewhere)).await.answer.status, 404);
    }
    server.clock.advance_secs(DAY - 1);
    assert_eq!(set_up(&browser, &second).await.answer.status, 303);
}

#[actix_web::test]
async fn a_link_of_a_start_is_worth_nothing_once_somebody_administers() {
    let server = TestServer::start().await;
    let printed = link_of_start(&server).await.unwrap();
    let browser = Browser::new(&server);
    let form = browser.open(&printed).await.form();
    let users = "/tenants/system/pools/default/users";
    let user = server.create(users, &json!({"username": "ann", "password": PASSWORD})).await;
    let role = json!({"user_id": user["id"], "role": "platform_admin"});
    server.create("/tenants/system/administrators", &role).await;
    assert_eq!(browser.open(&printed).await.answer.status, 404);
    assert_eq!(browser.send(&form, &FILLED).await.answer.status, 404);
    assert_eq!(platform_administrators(&server).await.len(), 1);
    // Somebody at the machine may make another, and whoever cannot sign in is no administrator.
    let asked_for = setup::new_link(&server.app).await.unwrap();
    assert_eq!(set_up(&browser, &asked_for).await.answer.status, 303);
}

#[actix_web::test]
async fn what_breaks_a_rule_is_said_beside_the_field_and_the_link_stays_good() {
    let server = TestServer::start().await;
    let link = link_of_start(&server).await.unwrap();
    server.create("/tenants/system/pools/default/users", &json!({"username": "ann", "email": "ann@example.com"})).await;
    let browser = Browser::new(&server);
    let form = browser.open(&link).await.form();
    for (name, value, id) in [
        ("password", "short", "password-error"),
        ("password", "root@example.com-1", "password-error"),
        ("password", "", "password-error"),
        ("username", "", "username-error"),
        ("username", "ann", "username-error"),
        ("email", "nowhere", "email-error"),
        ("email", "", "email-error"),
        ("email", "ANN@example.com", "email-error"),
    ] {
        let mut fields = FILLED;
        fields.iter_mut().filter(|(own, _)| *own == name).for_each(|field| field.1 = value);
        let page = browser.send(&form, &fields).await;
        assert!(
            page.answer.status == 422 && page.says(&format!("id=\"{id}\"")),
            "{name}={value}: {}",
            page.answer.body
        );
        assert!(!page.says(PASSWORD) && browser.cookie("session").is_none());
    }
    // Another browser's form, and one that is too old.
    assert_eq!(Browser::new(&server).send(&form, &FILLED).await.answer.status, 422);
    assert!(platform_administrators(&server).await.is_empty());
    server.clock.advance_secs(3_600);
    assert_eq!(browser.send(&form, &FILLED).await.answer.status, 422);
    assert_eq!(set_up(&browser, &link).await.answer.status, 303);
}

#[actix_web::test]
async fn how_an_administrator_was_made_is_told_without_secrets() {
    let server = TestServer::start().await;
    let link = link_of_start(&server).await.unwrap();
    assert_eq!(set_up(&Browser::new(&server), &link).await.answer.status, 303);
    server.app.audit.flush().await;
    let events = server.read("/tenants/system/workspaces/admin/audit-events?limit=200").await;
    let token = link.rsplit('/').next().unwrap();
    let text = events.to_string();
    assert!(!text.contains(token) && !text.contains(PASSWORD) && !text.contains("argon2"));
    for kind in ["setup_link.created", "user.created", "administrator.appointed", "user.authenticated"] {
        assert!(text.contains(&format!("\"{kind}\"")), "{kind}");
    }
    let anybody = Browser::new(&server).open(&format!("{}/system/admin/setup", server.url)).await;
    assert!(anybody.says("cardea setup-url") && !anybody.says("signed in"));
}

#[actix_web::test]
async fn a_configured_administrator_is_made_once_and_left_alone() {
    let variables =
        [("CARDEA_BOOTSTRAP__ADMIN_EMAIL", "Root@example.com"), ("CARDEA_BOOTSTRAP__ADMIN_PASSWORD", PASSWORD)];
    let server = TestServer::start_with(&variables).await;
    assert!(link_of_start(&server).await.is_none(), "somebody can sign in");
    let administrators = platform_administrators(&server).await;
    assert_eq!(administrators.len(), 1);
    let me = me(&server, "root@example.com").await.expect(200);
    assert_eq!(me.json["subject"], administrators[0]["user_id"]);
    let path = format!("/tenants/system/pools/default/users/{}", me.text("subject"));
    let made = server.read(&path).await;
    assert_eq!((&made["username"], &made["email"]), (&json!("Root@example.com"), &json!("Root@example.com")));
    server.change(&path, &json!({"password": "wholly different passphrase"})).await;
    bootstrap::run(&server.app).await.unwrap();
    let password = stored(&server, made["id"].as_str().unwrap()).await;
    let verify =
        async |text: &str| server.app.passwords.verify(&Secret::new(text.to_owned()), &password).await.unwrap();
    assert!(!verify(PASSWORD).await, "the password is not reset");
    assert!(verify("wholly different passphrase").await);
    assert_eq!(platform_administrators(&server).await.len(), 1);
}

async fn stored(server: &TestServer, id: &str) -> String {
    let user = server.app.store.pool(&TenantId::system(), "default").find_user(id).await.unwrap().unwrap();
    user.password.unwrap().as_str().to_owned()
}

#[actix_web::test]
async fn a_configured_password_is_held_against_the_policy_and_never_told() {
    let server = TestServer::start().await;
    let data_dir = server.app.config.data_dir.display().to_string();
    let start = async |password: &str| {
        let variables = [
            ("CARDEA_DATA_DIR", &*data_dir),
            ("CARDEA_BOOTSTRAP__ADMIN_EMAIL", "root@example.com"),
            ("CARDEA_BOOTSTRAP__ADMIN_PASSWORD", password),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let config = Config::load(None, variables.into_iter()).unwrap();
        let app = App::new(config, server.app.store.clone(), server.clock.clone()).unwrap();
        bootstrap::run(&app).await.map_err(|refusal| refusal.to_string())
    };
    let refused = start("hush-hush").await.unwrap_err();
    assert!(refused.contains("bootstrap.admin_password: ") && !refused.contains("hush"), "{refused}");
    assert!(platform_administrators(&server).await.is_empty());
    start(PASSWORD).await.unwrap();
    assert_eq!(platform_administrators(&server).await.len(), 1);
}
