//! Consents of a workspace in the order of time, whosever they are: what an administrator looks through. And initial access tokens by
//! when they end: what is cleared away.

use sea_orm_migration::prelude::*;

use crate::schema::index;

/// Creates the indexes.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0010_consents_in_time"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, where the default is no transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["tenant_id", "workspace_id", "created_at", "user_id", "client_id"];
        manager.create_index(index("consents_time", "consents", &columns)).await?;
        manager.create_index(index("initial_access_tokens_expiry", "initial_access_tokens", &["expires_at"])).await
    }
}
