//! `changes`: the one sequence that every node follows to refresh its caches, numbered by `change_counter`.

use super::{number, table, text, text_null};
use sea_orm_migration::prelude::*;

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager.create_table(table("change_counter", vec![number("id"), number("seq")], &["id"])).await?;
    let first =
        Query::insert().into_table("change_counter").columns(["id", "seq"]).values_panic([1.into(), 0.into()]).take();
    manager.get_connection().execute(&first).await?;

    // An empty workspace: everything of the tenant. An absent client: everything of the workspace.
    let changes = vec![number("seq"), text("tenant_id"), text("workspace_id"), text_null("client_id"), number("time")];
    manager.create_table(table("changes", changes, &["seq"])).await
}
