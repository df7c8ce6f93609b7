//! A network, and a server, that are not always there: nothing that was typed is lost, and it is said what to do.

use serde_json::{Value, json};

use crate::stage::{EMAIL, PASSWORD, Stage, stage};

/// What is typed into a dialog, up to the button that sends it.
struct Typed<'t> {
    page: String,
    opened_by: &'t str,
    fields: &'t [(&'t str, &'t str)],
    sent_by: &'t str,
}

fn dialogs(stage: &Stage) -> Vec<Typed<'static>> {
    let tenant = format!("/t/{}", stage.workspace.tenant);
    let typed = |page, opened_by, fields, sent_by| Typed { page, opened_by, fields, sent_by };
    vec![
        typed("/tenants".to_owned(), "new-tenant", &[("name", "Acme")], "create-tenant"),
        typed(tenant.clone(), "new-workspace", &[("name", "Night shift")], "create-workspace"),
        typed(format!("{tenant}/pools"), "new-pool", &[("name", "Customers")], "create-pool"),
        typed(
            format!("{tenant}/pools/default"),
            "new-user",
            &[("username", "ada"), ("email", "ada@example.com"), ("password", "correct horse battery staple")],
            "create-user",
        ),
        typed(
            stage.page("services"),
            "new-service",
            &[("name", "Orders"), ("audience", "https://orders.example/")],
            "create-service",
        ),
        typed(
            stage.page("clients/billing/credentials"),
            "add-secret",
            &[("secret-name", "spring"), ("expires_at", "30")],
            "create-secret",
        ),
        typed(stage.page("settings"), "new-initial-access-token", &[("token-name", "Mobile team")], "create-token"),
    ]
}

#[tokio::test]
async fn no_dialog_loses_what_was_typed_into_it() {
    let stage = stage().await;
    stage.client(json!({"client_id": "billing"})).await;
    let registration = json!({"registration": "initial_access_token"});
    let _: Value = stage.admin.patch(&stage.workspace.itself(), &registration).await;
    for Typed { page, opened_by, fields, sent_by } in dialogs(&stage) {
        let (field, send) = (|id: &str| format!("dialog[open] #{id}"), format!("dialog[open] [data-action={sent_by}]"));
        stage.go(&page).await;
        stage.browser.press(&format!("[data-action={opened_by}]")).await;
        for (id, text) in fields {
            stage.browser.write(&field(id), text).await;
        }
        stage.browser.network(false).await;
        stage.browser.press(&send).await;
        stage.browser.says("dialog[open]", "what you typed is still here").await;
        for (id, text) in fields {
            assert_eq!(stage.browser.reads(&field(id)).await, *text, "{page}");
        }
        stage.browser.network(true).await;
        stage.browser.press(&send).await;
        stage.browser.loses(&field(fields[0].0)).await;
    }
}

#[tokio::test]
async fn a_dropped_connection_loses_nothing_that_was_typed() {
    let stage = stage().await;
    stage.go(&stage.page("settings")).await;
    stage.browser.write("#name", "Typed before the cable was cut").await;
    stage.browser.network(false).await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.says("main", "The server did not answer").await;
    assert_eq!(stage.browser.reads("#name").await, "Typed before the cable was cut");
    stage.browser.network(true).await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.loses("[data-action=save]").await;
    let saved: Value = stage.admin.get(&stage.workspace.itself()).await;
    assert_eq!(saved["name"], "Typed before the cable was cut");
}

#[tokio::test]
async fn a_sign_in_that_ends_in_the_midst_of_something_loses_nothing_that_was_typed() {
    let stage = stage().await;
    stage.go(&stage.page("settings")).await;
    stage.browser.write("#name", "Typed before the sign-in ended").await;
    stage.end_all_sign_ins().await;
    stage.browser.press("[data-action=save]").await;
    stage.browser.says("dialog[open]", "What you typed is still here").await;
    assert_eq!(stage.browser.barriers().await, [""; 0]);
    stage.browser.press("dialog[open] [data-action=sign-in-beside]").await;
    stage.browser.turn_to_another_tab().await;
    stage.browser.sign_in(EMAIL, PASSWORD).await;
    stage.browser.turn_back().await;
    stage.browser.says(".toast", "You are signed in again").await;
    stage.browser.loses("dialog[open]").await;
    assert_eq!(stage.browser.reads("#name").await, "Typed before the sign-in ended");
    stage.browser.press("[data-action=save]").await;
    stage.browser.loses("[data-action=save]").await;
    let saved: Value = stage.admin.get(&stage.workspace.itself()).await;
    assert_eq!(saved["name"], "Typed before the sign-in ended");
}

#[tokio::test]
async fn a_client_that_was_typed_in_while_the_server_was_down_is_registered_when_it_is_back() {
    let mut stage = stage().await;
    stage.begin_client("server", "Portal", "client_secret_basic").await;
    stage.browser.write("#redirect_uris-0", "https://portal.example/callback").await;
    stage.cardea.terminate().await;
    stage.browser.press("[data-action=create-client]").await;
    stage.browser.says("main", "The server did not answer").await;
    assert_eq!(stage.browser.reads("#client_name").await, "Portal");
    assert_eq!(stage.browser.reads("#redirect_uris-0").await, "https://portal.example/callback");
    stage.cardea.restart().await;
    let id = stage.register_client().await;
    let client: Value = stage.admin.get(&stage.workspace.client(&id)).await;
    assert_eq!(client["redirect_uris"], json!(["https://portal.example/callback"]));
}

#[tokio::test]
async fn a_page_that_could_not_be_had_is_had_by_trying_again() {
    let stage = stage().await;
    stage.client(json!({"client_id": "billing", "client_name": "Billing"})).await;
    stage.go(&stage.page("")).await;
    stage.browser.network(false).await;
    stage.browser.press(&format!("nav a[href$='{}']", stage.page("clients"))).await;
    stage.browser.says("main", "Check the connection and try again").await;
    stage.browser.network(true).await;
    stage.browser.press("main [data-action=try-again]").await;
    stage.browser.says("tr[data-id=billing]", "Billing").await;
}
