//! People: the user pools of a tenant, and the users, sessions and one-time links of each pool. Every table of a pool has a
//! primary key that begins with `(tenant_id, pool_id)`.

mod pools;
mod sessions;
mod users;

use sea_orm_migration::prelude::*;

use crate::schema::cascade;

/// Creates the tables of people, and a pool for every tenant there is.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0003_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, where the default is no transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        pools::up(manager).await?;
        users::up(manager).await?;
        sessions::up(manager).await
    }
}

/// The reference to a user that what belongs to one has.
fn of_user(from: &'static str) -> ForeignKeyCreateStatement {
    cascade(from, &["tenant_id", "pool_id", "user_id"], "users", &["tenant_id", "pool_id", "id"])
}
