//! Every page, in both themes, wide and narrow: nothing keeps anybody out, nothing is wider than the window, no policy is broken.

use serde_json::json;

use crate::stage::{Stage, stage};

/// A service, and clients that have been used and refused.
pub(crate) async fn furnish(stage: &Stage) {
    let service = json!({
        "name": "Orders", "audience": "https://orders.example/", "scopes": [{"name": "orders:read", "display_name": "See orders", "description": "All of them"}]
    });
    let _: serde_json::Value = stage.admin.create(&stage.workspace.path("services"), &service).await;
    for method in ["client_secret_basic", "client_secret_post", "client_secret_jwt"] {
        let name = method.replace('_', " ");
        let made = stage
            .client(json!({"client_id": method, "client_name": name, "token_endpoint_auth_method": method, "contacts": ["ops@example.org"]}))
            .await;
        let secret = made.client_secret.unwrap();
        stage.token_status(method, &secret).await;
        stage.token_status(method, "wrong").await;
    }
}

/// Every page, and what its picture is called.
pub(crate) fn pages(stage: &Stage) -> Vec<(String, &'static str)> {
    let tenant = format!("/t/{}", stage.workspace.tenant);
    let client = |tab: &str| stage.page(&format!("clients/client_secret_post/{tab}"));
    vec![
        ("/tenants".to_owned(), "tenants"),
        ("/welcome".to_owned(), "welcome"),
        (tenant.clone(), "workspaces"),
        (format!("{tenant}/settings"), "tenant-settings"),
        (format!("{tenant}/administrators"), "administrators"),
        (format!("{tenant}/pools"), "pools"),
        (format!("{tenant}/pools/default"), "users"),
        (stage.page(""), "overview"),
        (stage.page("methods"), "methods"),
        (stage.page("certificates"), "certificates"),
        (stage.page("clients"), "clients"),
        (stage.page("new-client"), "new-client"),
        (client(""), "client"),
        (client("settings"), "client-settings"),
        (client("credentials"), "client-credentials"),
        (client("scopes"), "client-scopes"),
        (client("tokens"), "client-tokens"),
        (client("activity"), "client-activity"),
        (client("consents"), "client-consents"),
        (client("code"), "client-code"),
        (stage.page("services"), "services"),
        (stage.page("scopes"), "scopes"),
        (stage.page("keys"), "keys"),
        (stage.page("audit"), "audit"),
        (stage.page("decoder"), "decoder"),
        (stage.page("settings"), "settings"),
        ("/nowhere".to_owned(), "nowhere"),
    ]
}

/// What the page that is shown has asked the management API.
pub(crate) async fn questions(stage: &Stage) -> Vec<String> {
    // Who is signed in, is asked once for the whole visit; here each page begins one.
    let asked = stage.browser.evaluate(
        "return performance.getEntriesByType('resource').map(e => new URL(e.name).pathname + new URL(e.name).search)\
         .filter(path => path.startsWith('/api/v1') && path !== '/api/v1/me');",
    );
    serde_json::from_value(asked.await).unwrap()
}

#[tokio::test]
async fn every_page_is_open_to_everybody() {
    let stage = stage().await;
    furnish(&stage).await;
    let mut wrong = Vec::new();
    for (width, theme) in [(1280, "light"), (1280, "dark"), (375, "light"), (375, "dark")] {
        stage.browser.look(width, theme).await;
        for (page, name) in pages(&stage) {
            stage.go(&page).await;
            stage.browser.loses(".skeleton").await;
            stage.browser.keep_picture(&format!("{name}-{theme}-{width}")).await;
            wrong.extend(
                stage.browser.barriers().await.into_iter().map(|told| format!("{name} {theme} {width}: {told}")),
            );
            if stage.browser.scrolls_sideways().await {
                wrong.push(format!("{name} {theme} {width}: wider than the window"));
            }
            wrong.extend(
                stage.browser.complaints().await.into_iter().map(|told| format!("{name} {theme} {width}: {told}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn each_page_asks_the_server_three_times_at_most() {
    let stage = stage().await;
    furnish(&stage).await;
    for (page, name) in pages(&stage) {
        stage.go(&page).await;
        stage.browser.loses(".skeleton").await;
        let asked = questions(&stage).await;
        assert!(asked.len() <= 3, "{name}: {asked:#?}");
    }
}
