//! `device_codes` (RFC 8628): what a device waits for. A user code is one device's alone in its workspace, as long as it lives.

use sea_orm_migration::prelude::*;

use super::{PERSON, of_client, of_person};
use crate::schema::{bytes, index, json, number, number_null, table, text, text_null, unique};

const TABLE: &str = "device_codes";

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("workspace_id"),
        bytes("hash"),
        text("user_code"),
        text("client_id"),
        text("scope"),
        json("resource"),
        text("status"),
        // From here to the family: null until somebody has agreed.
        text_null("pool_id"),
        text_null("user_id"),
        text_null("sid"),
        number_null("auth_time"),
        text_null("acr"),
        json("amr"),
        text_null("family_id"),
        number("interval_secs"),
        number_null("last_polled_at"),
        number("created_at"),
        number("expires_at"),
    ];
    let mut codes = table(TABLE, columns, &["tenant_id", "workspace_id", "hash"]);
    codes.foreign_key(&mut of_client(TABLE)).foreign_key(&mut of_person(TABLE));
    manager.create_table(codes).await?;
    let user_code = ["tenant_id", "workspace_id", "user_code"];
    manager.create_index(unique("device_codes_user_code", TABLE, &user_code)).await?;
    manager
        .create_index(index("device_codes_client", TABLE, &["tenant_id", "workspace_id", "client_id", "hash"]))
        .await?;
    manager.create_index(index("device_codes_person", TABLE, &PERSON)).await?;
    manager.create_index(index("device_codes_expiry", TABLE, &["expires_at"])).await
}
