//! Who may do nothing is offered nothing.

use cardea_e2e::people::PASSWORD;
use reqwest::Method;
use serde_json::{Value, json};

use crate::stage::stage;

/// What changes nothing: ways, searches, copies and the like.
const HARMLESS: &str = "[data-action=sign-out], [data-action=menu], [data-action=change-theme], [data-action=palette], \
    [data-action=switch], [data-action=copy], [data-action=download], [data-action=tail], [data-action=export]";

#[tokio::test]
async fn an_auditor_sees_everything_and_no_action() {
    let stage = stage().await;
    stage.client(json!({"client_id": "billing", "client_name": "Billing"})).await;
    let tenant = &stage.workspace.tenant;
    let pools: Value = stage.admin.get(&format!("/api/v1/tenants/{tenant}/workspaces/admin")).await;
    let pool = pools["user_pool_id"].as_str().unwrap_or("default");
    let auditor = stage.workspace.person_in(&stage.admin, pool, "auditor").await;
    let role = json!({"user_id": auditor, "role": "tenant_auditor"});
    let _: Value = stage.admin.create(&format!("/api/v1/tenants/{tenant}/administrators"), &role).await;

    stage.go("/tenants").await;
    stage.browser.press("[data-action=sign-out]").await;
    stage.sign_in(tenant.as_str(), "auditor", PASSWORD).await;
    let tenant_page = format!("/t/{tenant}");
    for page in [
        tenant_page.clone(),
        format!("{tenant_page}/administrators"),
        format!("{tenant_page}/pools"),
        stage.page(""),
        stage.page("methods"),
        stage.page("clients"),
        stage.page("clients/billing"),
        stage.page("clients/billing/settings"),
        stage.page("clients/billing/credentials"),
        stage.page("services"),
        stage.page("keys"),
        stage.page("certificates"),
        stage.page("settings"),
        stage.page("audit"),
    ] {
        stage.go(&page).await;
        stage.browser.loses(".skeleton").await;
        let script = format!(
            "return [...document.querySelectorAll('button[data-action], a.button')].filter(e => e.checkVisibility() && !e.matches(`{HARMLESS}`)).map(e => e.outerHTML);"
        );
        let actions = stage.browser.evaluate(&script).await;
        let told: Vec<String> = serde_json::from_value(actions).unwrap();
        let changing: Vec<_> = told
            .iter()
            .filter(|html| {
                [
                    "new-", "create", "delete", "save", "rotate", "revoke", "appoint", "dismiss", "add-", "remove",
                    "disable", "enable", "register",
                ]
                .iter()
                .any(|word| html.contains(&format!("data-action=\"{word}")))
            })
            .collect();
        assert!(changing.is_empty(), "{page}: {changing:#?}");
    }
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
