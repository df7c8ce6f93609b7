//! `pushed_requests`: authorization requests that clients have handed in beforehand (RFC 9126).

use sea_orm_migration::prelude::*;

use super::of_client;
use crate::schema::{bytes, index, json, number, number_null, table, text};

const TABLE: &str = "pushed_requests";

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("workspace_id"),
        bytes("hash"),
        text("client_id"),
        json("parameters"),
        number("expires_at"),
        number_null("used_at"),
    ];
    let mut requests = table(TABLE, columns, &["tenant_id", "workspace_id", "hash"]);
    requests.foreign_key(&mut of_client(TABLE));
    manager.create_table(requests).await?;
    manager
        .create_index(index("pushed_requests_client", TABLE, &["tenant_id", "workspace_id", "client_id", "hash"]))
        .await?;
    manager.create_index(index("pushed_requests_expiry", TABLE, &["expires_at"])).await
}
