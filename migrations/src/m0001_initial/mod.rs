//! The first schema: tenants, workspaces and all they own. Times are epoch milliseconds; every table of a tenant has a
//! primary key that begins with `(tenant_id, workspace_id)`.

mod administrators;
mod audit;
mod changes;
mod clients;
mod keys;
mod services;
mod tokens;
mod workspaces;

use sea_orm_migration::prelude::*;

/// Creates the first schema.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0001_initial"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, where the default is no transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        workspaces::up(manager).await?;
        clients::up(manager).await?;
        services::up(manager).await?;
        keys::up(manager).await?;
        tokens::up(manager).await?;
        administrators::up(manager).await?;
        audit::up(manager).await?;
        changes::up(manager).await
    }
}

/// A text column that is never null.
fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// A text column that may be null.
fn text_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}

/// A whole number of 64 bits: a version, or a time in epoch milliseconds.
fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// A time that may be unset.
fn number_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// A time that is 0 until something has happened: it sorts, where null would not do so alike on both databases.
fn number_or_zero(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().default(0).take()
}

fn json(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().not_null().take()
}

fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().take()
}

fn table(name: &'static str, columns: Vec<ColumnDef>, primary_key: &[&'static str]) -> TableCreateStatement {
    let mut table = Table::create().table(name).to_owned();
    for column in columns {
        table.col(column);
    }
    let mut key = Index::create();
    for column in primary_key {
        key.col(*column);
    }
    table.primary_key(&mut key);
    table
}

/// A reference that goes with what it points at.
fn cascade(
    from: &'static str,
    columns: &[&'static str],
    to: &'static str,
    target: &[&'static str],
) -> ForeignKeyCreateStatement {
    let mut key = ForeignKey::create();
    key.name(format!("{from}_{to}_fk"));
    for column in columns {
        key.from(from, *column);
    }
    for column in target {
        key.to(to, *column);
    }
    key.on_delete(ForeignKeyAction::Cascade);
    key
}

/// The reference that every table of a workspace has.
fn of_workspace(from: &'static str) -> ForeignKeyCreateStatement {
    cascade(from, &["tenant_id", "workspace_id"], "workspaces", &["tenant_id", "id"])
}

fn index(name: &'static str, on: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(on).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

fn unique(name: &'static str, on: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(name, on, columns).unique().to_owned()
}
