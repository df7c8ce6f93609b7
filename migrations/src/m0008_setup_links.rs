//! `setup_links`: one-time links to the page where the first administrator is made. They are the platform's, and nobody's in
//! particular: there is no user yet.

use sea_orm_migration::prelude::*;

use crate::schema::{bytes, number, table, yes_or_no};

const TABLE: &str = "setup_links";

/// Creates the table.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0008_setup_links"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, where the default is no transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Never more than a few rows: one for each start without an administrator.
        let columns = vec![bytes("hash"), yes_or_no("by_operator"), number("expires_at")];
        manager.create_table(table(TABLE, columns, &["hash"])).await
    }
}
