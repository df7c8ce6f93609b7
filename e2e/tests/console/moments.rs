//! What is on a page only for a while: dialogs, steps, answers. Neither does it keep anybody out.

use cardea_e2e::certificates;
use cardea_e2e::{Authority, eventually};
use serde_json::json;

use crate::looks::furnish;
use crate::shell::Shell;
use crate::stage::{Stage, stage};

const STILL: std::time::Duration = std::time::Duration::from_secs(10);

/// What was found so far, and under which light.
struct Looked<'s> {
    stage: &'s Stage,
    light: String,
    wrong: Vec<String>,
}

impl Looked<'_> {
    /// Looks once nothing moves any more.
    async fn at(&mut self, moment: &str) {
        let still = "return document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity);";
        let browser = &self.stage.browser;
        let quiet = async || browser.evaluate(still).await.as_bool().filter(|still| *still);
        eventually("rest", STILL, quiet).await;
        browser.loses(".skeleton").await;
        browser.keep_picture(&format!("moment-{moment}-{}", self.light)).await;
        let told = browser.barriers().await;
        self.wrong.extend(told.into_iter().map(|told| format!("{moment} {}: {told}", self.light)));
        if browser.scrolls_sideways().await {
            self.wrong.push(format!("{moment} {}: wider than the window", self.light));
        }
    }

    /// Goes to a page, presses one thing after the other, and looks.
    async fn after(&mut self, moment: &str, page: &str, pressed: &[&str]) {
        self.stage.go(page).await;
        for selector in pressed {
            self.stage.browser.press(selector).await;
        }
        self.at(moment).await;
    }
}

/// What opens with one click.
fn dialogs(stage: &Stage) -> Vec<(&'static str, String, Vec<&'static str>)> {
    let tenant = format!("/t/{}", stage.workspace.tenant);
    let credentials = stage.page("clients/client_secret_post/credentials");
    vec![
        ("palette", "/tenants".to_owned(), vec!["[data-action=palette]"]),
        ("new-tenant", "/tenants".to_owned(), vec!["[data-action=new-tenant]"]),
        ("new-workspace", tenant.clone(), vec!["[data-action=new-workspace]"]),
        ("delete-workspace", tenant.clone(), vec!["[data-action=delete-workspace]"]),
        ("new-pool", format!("{tenant}/pools"), vec!["[data-action=new-pool]"]),
        ("new-user", format!("{tenant}/pools/default"), vec!["[data-action=new-user]"]),
        ("appoint", format!("{tenant}/administrators"), vec!["[data-action=appoint]"]),
        ("new-service", stage.page("services"), vec!["[data-action=new-service]"]),
        ("service", stage.page("services"), vec!["tbody a", "[data-action=add-scope]"]),
        ("add-secret", credentials.clone(), vec!["[data-action=add-secret]"]),
        (
            "new-secret",
            credentials.clone(),
            vec!["[data-action=add-secret]", "[data-action=create-secret]", "[data-action=reveal]"],
        ),
        ("revoke-secret", credentials, vec!["[data-action=revoke-secret]"]),
        ("rotate-key", stage.page("keys"), vec!["[data-action=rotate-key]"]),
        ("revoke-key", stage.page("keys"), vec!["[data-action=revoke-key]"]),
        ("impact", stage.page("methods"), vec!["#client_secret_post", "[data-action=save]"]),
        ("disable-client", stage.page("clients/client_secret_post"), vec!["[data-action=disable]"]),
        ("kinds", stage.page("new-client"), vec!["#kind-server", "[data-action=next]", "[data-action=create-client]"]),
        ("pasted-key", stage.page("new-client"), vec!["#kind-service", "[data-action=next]", "#key-source-paste"]),
        ("published-key", stage.page("new-client"), vec!["#kind-service", "[data-action=next]", "#key-source-url"]),
    ]
}

/// What comes of registering by a certificate and by a key.
async fn registering(looked: &mut Looked<'_>, authority: &Authority, shell: &Shell) {
    let stage = looked.stage;
    let file = shell.folder().join("client.pem");
    std::fs::write(&file, authority.issue(&certificates::client("orders")).pem()).unwrap();
    stage.begin_client("service", "Orders", "tls_client_auth").await;
    stage.browser.give_file("certificate", &file).await;
    stage.browser.says("main", "CN=orders,O=Example").await;
    looked.at("certificate").await;
    stage.register_client().await;
    looked.at("registered-certificate").await;
    stage.begin_client("service", "Ledger", "private_key_jwt").await;
    stage.register_client().await;
    stage.browser.press("[data-action=try-it]").await;
    stage.browser.says("#token-in-hand", "issued just now").await;
    looked.at("registered-key").await;
}

#[tokio::test]
async fn dialogs_and_steps_are_open_to_everybody() {
    let stage = stage().await;
    furnish(&stage).await;
    stage.client(json!({"client_id": "portal", "redirect_uris": ["https://portal.example/callback"]})).await;
    let (authority, shell) = (Authority::root("Example CA"), Shell::beside(&stage));
    let user = stage.workspace.person(&stage.admin, "ada").await;
    let user = format!("/t/{}/pools/default/users/{user}", stage.workspace.tenant);
    let mut wrong = Vec::new();
    for (width, theme) in [(1280, "light"), (375, "dark")] {
        stage.browser.look(width, theme).await;
        let mut looked = Looked { stage: &stage, light: format!("{theme} {width}"), wrong };
        for (moment, page, pressed) in dialogs(&stage) {
            looked.after(moment, &page, &pressed).await;
        }
        looked.after("user", &user, &["[data-action=reset-password]", "[data-action=create-link]"]).await;
        registering(&mut looked, &authority, &shell).await;
        wrong = looked.wrong;
    }
    stage.go("/tenants").await;
    stage.browser.press("[data-action=sign-out]").await;
    stage.browser.shows("#tenant, #signed-out, main h1").await;
    stage.browser.open(format!("{}/console/", stage.cardea.public_url())).await;
    let mut looked = Looked { stage: &stage, light: "dark 375".to_owned(), wrong };
    stage.browser.shows("#tenant").await;
    looked.at("door").await;
    assert!(looked.wrong.is_empty(), "{:#?}", looked.wrong);
}
