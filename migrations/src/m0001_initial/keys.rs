//! `signing_keys`: the key ring of a workspace. The unique `slot` lets one key of an algorithm be current and one next.

use super::{bytes, index, json, number, number_null, of_workspace, table, text, unique};
use sea_orm_migration::prelude::*;

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let keys = vec![
        text("tenant_id"),
        text("workspace_id"),
        text("kid"),
        text("alg"),
        text("slot"),
        text("state"),
        json("public_jwk"),
        bytes("sealed_private"),
        number("created_at"),
        number_null("retired_at"),
        number_null("expires_at"),
    ];
    let mut keys = table("signing_keys", keys, &["tenant_id", "workspace_id", "kid"]);
    keys.foreign_key(&mut of_workspace("signing_keys"));
    manager.create_table(keys).await?;
    manager.create_index(unique("signing_keys_slot", "signing_keys", &["tenant_id", "workspace_id", "slot"])).await?;
    manager.create_index(index("signing_keys_expiry", "signing_keys", &["expires_at"])).await
}
