//! `services`, the protected APIs of a workspace, and the `scopes` each of them defines.

use super::{cascade, index, json, number, of_workspace, table, text, unique};
use sea_orm_migration::prelude::*;

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let services = vec![
        text("tenant_id"),
        text("workspace_id"),
        text("id"),
        text("name"),
        text("audience"),
        json("introspection_client_ids"),
        text("search"),
        number("version"),
        number("created_at"),
        number("updated_at"),
    ];
    let mut services = table("services", services, &["tenant_id", "workspace_id", "id"]);
    services.foreign_key(&mut of_workspace("services"));
    manager.create_table(services).await?;
    manager.create_index(unique("services_audience", "services", &["tenant_id", "workspace_id", "audience"])).await?;

    let scopes = vec![
        text("tenant_id"),
        text("workspace_id"),
        text("name"),
        text("service_id"),
        text("display_name"),
        text("description"),
    ];
    let service = ["tenant_id", "workspace_id", "service_id"];
    let mut scopes = table("scopes", scopes, &["tenant_id", "workspace_id", "name"]);
    scopes.foreign_key(&mut cascade("scopes", &service, "services", &["tenant_id", "workspace_id", "id"]));
    manager.create_table(scopes).await?;
    manager.create_index(index("scopes_service", "scopes", &service)).await
}
