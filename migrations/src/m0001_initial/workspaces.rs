//! `tenants`, and the `workspaces` of each.

use super::{cascade, index, json, number, table, text};
use sea_orm_migration::prelude::*;

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let tenants = vec![
        text("id"),
        text("name"),
        text("status"),
        text("search"),
        number("version"),
        number("created_at"),
        number("updated_at"),
    ];
    manager.create_table(table("tenants", tenants, &["id"])).await?;
    manager.create_index(index("tenants_created", "tenants", &["created_at", "id"])).await?;
    manager.create_index(index("tenants_name", "tenants", &["name", "id"])).await?;

    let workspaces = vec![
        text("tenant_id"),
        text("id"),
        text("name"),
        text("description"),
        text("status"),
        json("settings"),
        text("search"),
        number("version"),
        number("created_at"),
        number("updated_at"),
    ];
    let mut workspaces = table("workspaces", workspaces, &["tenant_id", "id"]);
    workspaces.foreign_key(&mut cascade("workspaces", &["tenant_id"], "tenants", &["id"]));
    manager.create_table(workspaces).await?;
    manager.create_index(index("workspaces_created", "workspaces", &["tenant_id", "created_at", "id"])).await?;
    manager.create_index(index("workspaces_name", "workspaces", &["tenant_id", "name", "id"])).await
}
