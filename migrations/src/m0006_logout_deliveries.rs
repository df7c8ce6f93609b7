//! `logout_deliveries`: logout tokens that clients are still to hear (OpenID Connect Back-Channel Logout 1.0 §2.5), until they have.

use sea_orm_migration::prelude::*;

use crate::schema::{cascade, index, number, table, text};

const TABLE: &str = "logout_deliveries";
const CLIENT: [&str; 3] = ["tenant_id", "workspace_id", "client_id"];

/// Creates the table.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0006_logout_deliveries"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, where the default is no transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            text("tenant_id"),
            text("workspace_id"),
            text("id"),
            text("client_id"),
            text("user_id"),
            text("sid"),
            number("attempts"),
            number("due_at"),
            number("created_at"),
        ];
        let mut deliveries = table(TABLE, columns, &["tenant_id", "workspace_id", "id"]);
        deliveries.foreign_key(&mut cascade(TABLE, &CLIENT, "clients", &CLIENT));
        manager.create_table(deliveries).await?;
        manager
            .create_index(index("logout_deliveries_client", TABLE, &["tenant_id", "workspace_id", "client_id"]))
            .await?;
        manager.create_index(index("logout_deliveries_due", TABLE, &["due_at"])).await
    }
}
