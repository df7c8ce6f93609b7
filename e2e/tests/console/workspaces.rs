//! Making workspaces and taking them away.

use crate::stage::stage;

#[tokio::test]
async fn a_workspace_is_made_and_deleted_with_its_name_typed() {
    let stage = stage().await;
    let list = format!("/t/{}", stage.workspace.tenant);
    stage.go(&list).await;
    stage.browser.press("[data-action=new-workspace]").await;
    stage.browser.write("#create-workspace-dialog #name", "Night shift").await;
    stage.browser.press("[data-action=create-workspace]").await;
    stage.browser.loses("#create-workspace-dialog #name").await;
    stage.go(&list).await;
    stage.browser.says("tr[data-id=night-shift]", "Night shift").await;

    stage.browser.press("tr[data-id=night-shift] [data-action=delete-workspace]").await;
    stage.browser.write("#confirm-typed", "night-shif").await;
    assert_eq!(stage.browser.count("tr[data-id=night-shift]").await, 1);
    stage.browser.write("#confirm-typed", "night-shift").await;
    stage.browser.press("[data-action=confirm]").await;
    stage.browser.loses("tr[data-id=night-shift]").await;
    stage.browser.says(&format!("tr[data-id={}]", stage.workspace.id), "Shop").await;
}
