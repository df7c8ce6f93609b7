//! `administrators`: who holds which role, in one workspace or (empty `workspace_id`) the whole tenant.

use super::{cascade, index, number, table, text, unique};
use sea_orm_migration::prelude::*;

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("id"),
        text("principal_kind"),
        text("principal_id"),
        text("role"),
        // Empty and not null: nulls never collide in a unique index.
        text("workspace_id"),
        number("created_at"),
    ];
    let mut administrators = table("administrators", columns, &["tenant_id", "id"]);
    administrators.foreign_key(&mut cascade("administrators", &["tenant_id"], "tenants", &["id"]));
    manager.create_table(administrators).await?;
    let held = ["tenant_id", "principal_kind", "principal_id", "role", "workspace_id"];
    manager.create_index(unique("administrators_held", "administrators", &held)).await?;
    manager.create_index(index("administrators_created", "administrators", &["tenant_id", "created_at", "id"])).await
}
