//! What is remembered of tokens: `replays` (assertions already used), `revoked_tokens` and `opaque_tokens`.

use super::{bytes, cascade, index, json, number, of_workspace, table, text};
use sea_orm_migration::prelude::*;

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // No reference to the workspace: many claims share one statement, and one deleted workspace must not fail them all.
    // `batch` says which statement wrote a row, for the one that did to find out what it won.
    let replays = vec![text("tenant_id"), text("workspace_id"), bytes("hash"), number("expires_at"), number("batch")];
    manager.create_table(table("replays", replays, &["tenant_id", "workspace_id", "hash"])).await?;
    manager.create_index(index("replays_expiry", "replays", &["expires_at"])).await?;

    let revoked = vec![text("tenant_id"), text("workspace_id"), text("jti"), number("expires_at")];
    let mut revoked = table("revoked_tokens", revoked, &["tenant_id", "workspace_id", "jti"]);
    revoked.foreign_key(&mut of_workspace("revoked_tokens"));
    manager.create_table(revoked).await?;
    manager.create_index(index("revoked_tokens_expiry", "revoked_tokens", &["expires_at"])).await?;

    let opaque = vec![
        text("tenant_id"),
        text("workspace_id"),
        bytes("hash"),
        text("client_id"),
        json("claims"),
        number("expires_at"),
    ];
    let client = ["tenant_id", "workspace_id", "client_id"];
    let mut opaque = table("opaque_tokens", opaque, &["tenant_id", "workspace_id", "hash"]);
    opaque.foreign_key(&mut cascade("opaque_tokens", &client, "clients", &client));
    manager.create_table(opaque).await?;
    manager.create_index(index("opaque_tokens_client", "opaque_tokens", &client)).await?;
    manager.create_index(index("opaque_tokens_expiry", "opaque_tokens", &["expires_at"])).await
}
