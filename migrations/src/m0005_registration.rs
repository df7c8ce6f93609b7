//! Clients that register themselves: `initial_access_tokens`, which let somebody register (RFC 7591 §3), and `registration_tokens`,
//! which let a client manage its own registration (RFC 7592 §2). Both are known by the SHA-256 of what is presented.

use sea_orm_migration::prelude::*;

use crate::schema::{bytes, cascade, index, number, number_null, table, text, unique};

const TOKENS: &str = "initial_access_tokens";
const CLIENT: [&str; 3] = ["tenant_id", "workspace_id", "client_id"];

/// Creates the tables of registration.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0005_registration"
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
            text("name"),
            bytes("hash"),
            number("max_registrations"),
            number("registrations"),
            text("search"),
            number("created_at"),
            number_null("expires_at"),
        ];
        let mut tokens = table(TOKENS, columns, &["tenant_id", "workspace_id", "id"]);
        let workspace = ["tenant_id", "workspace_id"];
        tokens.foreign_key(&mut cascade(TOKENS, &workspace, "workspaces", &["tenant_id", "id"]));
        manager.create_table(tokens).await?;
        let by_hash = ["tenant_id", "workspace_id", "hash"];
        manager.create_index(unique("initial_access_tokens_hash", TOKENS, &by_hash)).await?;
        for (name, sorted_by) in
            [("initial_access_tokens_created", "created_at"), ("initial_access_tokens_name", "name")]
        {
            manager.create_index(index(name, TOKENS, &["tenant_id", "workspace_id", sorted_by, "id"])).await?;
        }

        let columns =
            vec![text("tenant_id"), text("workspace_id"), text("client_id"), bytes("hash"), number("issued_at")];
        let mut own = table("registration_tokens", columns, &CLIENT);
        own.foreign_key(&mut cascade("registration_tokens", &CLIENT, "clients", &CLIENT));
        manager.create_table(own).await
    }
}
