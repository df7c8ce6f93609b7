//! `statistics`: what was counted in each hour, of a workspace and (with no workspace) of the tenant as a whole; and the indexes that an
//! administrator's lists go along: clients by method and by last use, secrets by when they end.

use sea_orm_migration::prelude::*;

use crate::schema::{index, number, table, text};

const TABLE: &str = "statistics";
const CLIENT: [&str; 2] = ["tenant_id", "workspace_id"];

/// Creates the table and the indexes.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0012_statistics"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, where the default is no transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns =
            vec![text("tenant_id"), text("workspace_id"), number("hour"), text("kind"), text("key"), number("count")];
        let key = ["tenant_id", "workspace_id", "hour", "kind", "key"];
        // No reference to the workspace, as audit events have none: what is counted with them must not keep them from being written.
        manager.create_table(table(TABLE, columns, &key)).await?;
        manager.create_index(index("statistics_hour", TABLE, &["hour"])).await?;

        let [tenant, workspace] = CLIENT;
        let by_method = [tenant, workspace, "token_endpoint_auth_method", "status", "last_authenticated_at"];
        manager.create_index(index("clients_method", "clients", &by_method)).await?;
        // It begins with the same columns: nothing needs it any more, and each index costs every use of a client.
        manager.drop_index(Index::drop().name("clients_last_use").table("clients").to_owned()).await?;
        let by_use = [tenant, workspace, "last_authenticated_at", "client_id"];
        manager.create_index(index("clients_used", "clients", &by_use)).await?;
        let by_end = [tenant, workspace, "expires_at", "id"];
        manager.create_index(index("client_secrets_end", "client_secrets", &by_end)).await
    }
}
