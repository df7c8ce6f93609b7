//! What people grant to clients: codes, the families of tokens that descend from them, consents, and the requests that are under
//! way. Every row goes with its client, and with its person; each table's primary key begins with `(tenant_id, workspace_id)`.
//!
//! Whatever is claimed is asked for by its key and its client at once. So the index by client ends with the key: whichever of the two
//! a planner that knows little of a young table takes, it finds one row.

mod codes;
mod consents;
mod device_codes;
mod families;
mod pushed_requests;

use sea_orm_migration::prelude::*;

use crate::schema::cascade;

/// Creates the tables of grants.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0004_grants"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, where the default is no transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        codes::up(manager).await?;
        families::up(manager).await?;
        consents::up(manager).await?;
        pushed_requests::up(manager).await?;
        device_codes::up(manager).await
    }
}

const CLIENT: [&str; 3] = ["tenant_id", "workspace_id", "client_id"];
const PERSON: [&str; 3] = ["tenant_id", "pool_id", "user_id"];

fn of_client(from: &'static str) -> ForeignKeyCreateStatement {
    cascade(from, &CLIENT, "clients", &CLIENT)
}

/// The person, in the pool that the workspace used then.
fn of_person(from: &'static str) -> ForeignKeyCreateStatement {
    cascade(from, &PERSON, "users", &["tenant_id", "pool_id", "id"])
}
