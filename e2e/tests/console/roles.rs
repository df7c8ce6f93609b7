//! Who may do nothing is offered nothing.

use cardea_e2e::people::PASSWORD;
use reqwest::Method;
use serde_json::{Value, json};

use crate::looks::{furnish, pages};
use crate::stage::stage;

/// What changes nothing: ways, searches, copies and the like.
const HARMLESS: &[&str] =
    &["sign-out", "menu", "change-theme", "palette", "switch", "copy", "download", "tail", "export"];
/// All that can be pressed on the page that is shown.
const ACTIONS: &str = "return [...document.querySelectorAll('[data-action]')].filter(e => e.checkVisibility()).map(e => e.dataset.action);";
/// All that can be filled in, but for what looks for something.
const FIELDS: &str = "return [...document.querySelectorAll('main :is(input, select, textarea):not(:disabled, [readonly])')]\
    .filter(e => e.checkVisibility() && !e.closest('[role=search], .filters, .tester')).map(e => e.id);";

#[tokio::test]
async fn an_auditor_sees_everything_and_no_action() {
    let stage = stage().await;
    furnish(&stage).await;
    let tenant = &stage.workspace.tenant;
    let pools: Value = stage.admin.get(&format!("/api/v1/tenants/{tenant}/workspaces/admin")).await;
    let pool = pools["user_pool_id"].as_str().unwrap_or("default");
    let auditor = stage.workspace.person_in(&stage.admin, pool, "auditor").await;
    let role = json!({"user_id": auditor, "role": "tenant_auditor"});
    let _: Value = stage.admin.create(&format!("/api/v1/tenants/{tenant}/administrators"), &role).await;

    stage.go("/tenants").await;
    stage.browser.press("[data-action=sign-out]").await;
    stage.sign_in(tenant.as_str(), "auditor", PASSWORD).await;
    let platform = ["tenants", "welcome", "nowhere"];
    let mut offered = Vec::new();
    for (page, name) in pages(&stage).into_iter().filter(|(_, name)| !platform.contains(name)) {
        stage.go(&page).await;
        stage.browser.loses(".skeleton").await;
        let actions: Vec<String> = serde_json::from_value(stage.browser.evaluate(ACTIONS).await).unwrap();
        let fields: Vec<String> = serde_json::from_value(stage.browser.evaluate(FIELDS).await).unwrap();
        let actions = actions.into_iter().filter(|action| !HARMLESS.contains(&action.as_str()));
        offered.extend(actions.chain(fields).map(|what| format!("{name}: {what}")));
    }
    assert!(offered.is_empty(), "{offered:#?}");
    let refused =
        stage.browser.evaluate("return JSON.parse(sessionStorage.getItem('cardea.tokens')).access_token;").await;
    let request = stage
        .admin
        .http()
        .client()
        .request(Method::PATCH, format!("{}{}", stage.admin.node(), stage.workspace.itself()))
        .bearer_auth(refused.as_str().unwrap())
        .header("content-type", "application/json")
        .body(r#"{"name": "Mine"}"#);
    let status = cardea_e2e::http::Answer::to(request).await.unwrap().status;
    assert!([403, 404].contains(&status), "{status}");
}
