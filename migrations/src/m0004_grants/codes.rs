//! `authorization_codes` (RFC 6749 §4.1): good once; remembered when they have been used, for as long as what came of them can live.

use sea_orm_migration::prelude::*;

use super::{PERSON, of_client, of_person};
use crate::schema::{bytes, index, json, json_null, number, number_null, table, text, text_null};

const TABLE: &str = "authorization_codes";

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("workspace_id"),
        bytes("hash"),
        text("client_id"),
        text("family_id"),
        text("pool_id"),
        text("user_id"),
        text("sid"),
        text_null("redirect_uri"),
        text("scope"),
        json("resource"),
        text_null("nonce"),
        text_null("code_challenge"),
        number("auth_time"),
        text_null("acr"),
        json("amr"),
        json_null("claims"),
        number("expires_at"),
        number_null("redeemed_at"),
        number("kept_until"),
    ];
    let mut codes = table(TABLE, columns, &["tenant_id", "workspace_id", "hash"]);
    codes.foreign_key(&mut of_client(TABLE)).foreign_key(&mut of_person(TABLE));
    manager.create_table(codes).await?;
    manager
        .create_index(index("authorization_codes_client", TABLE, &["tenant_id", "workspace_id", "client_id", "hash"]))
        .await?;
    manager.create_index(index("authorization_codes_person", TABLE, &PERSON)).await?;
    manager.create_index(index("authorization_codes_expiry", TABLE, &["kept_until"])).await
}
