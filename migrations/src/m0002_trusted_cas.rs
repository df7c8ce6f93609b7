//! `trusted_cas`: who may vouch for certificates of a workspace's clients (RFC 8705 §2.1). The id is the SHA-256 of the
//! certificate, so that two of one name, or with one key, are two.

use sea_orm_migration::prelude::*;

const TABLE: &str = "trusted_cas";

/// Creates the table.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0002_trusted_cas"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, where the default is no transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(table()).await?;
        for (name, sorted_by) in [("trusted_cas_created", "created_at"), ("trusted_cas_name", "name")] {
            let mut index = Index::create().name(name).table(TABLE).to_owned();
            for column in ["tenant_id", "workspace_id", sorted_by, "id"] {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn table() -> TableCreateStatement {
    let mut table = Table::create().table(TABLE).to_owned();
    for name in ["tenant_id", "workspace_id", "id", "name", "search"] {
        table.col(ColumnDef::new(name).text().not_null());
    }
    // DER: a certificate (RFC 5280 §4.1), and the list of what it has revoked (§5.1), if it is held.
    table.col(ColumnDef::new("certificate").blob().not_null());
    table.col(ColumnDef::new("revocation_list").blob().null());
    for name in ["version", "created_at", "updated_at"] {
        table.col(ColumnDef::new(name).big_integer().not_null());
    }
    table.primary_key(Index::create().col("tenant_id").col("workspace_id").col("id"));
    let mut workspace = ForeignKey::create();
    workspace.name("trusted_cas_workspaces_fk");
    workspace.from(TABLE, "tenant_id").from(TABLE, "workspace_id");
    workspace.to("workspaces", "tenant_id").to("workspaces", "id");
    table.foreign_key(workspace.on_delete(ForeignKeyAction::Cascade));
    table
}
