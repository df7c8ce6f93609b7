//! `families`: all tokens that descend from one authorization. Nothing that a refresh changes is in an index.

use sea_orm_migration::prelude::*;

use super::{PERSON, of_client, of_person};
use crate::schema::{index, json, json_null, number, number_null, table, text, text_null, yes_or_no};

const TABLE: &str = "families";

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("workspace_id"),
        text("id"),
        text("client_id"),
        text("pool_id"),
        text("user_id"),
        text_null("sid"),
        text("scope"),
        json("resource"),
        number("auth_time"),
        text_null("acr"),
        json("amr"),
        json_null("claims"),
        number("generation"),
        number_null("rotated_at"),
        text_null("binding"),
        yes_or_no("offline"),
        number("created_at"),
        number("last_used_at"),
        number_null("idle_expires_at"),
        number("expires_at"),
        number_null("revoked_at"),
    ];
    let mut families = table(TABLE, columns, &["tenant_id", "workspace_id", "id"]);
    families.foreign_key(&mut of_client(TABLE)).foreign_key(&mut of_person(TABLE));
    manager.create_table(families).await?;
    let of_user = ["tenant_id", "workspace_id", "user_id", "created_at", "id"];
    manager.create_index(index("families_user", TABLE, &of_user)).await?;
    manager.create_index(index("families_client", TABLE, &["tenant_id", "workspace_id", "client_id", "id"])).await?;
    manager.create_index(index("families_person", TABLE, &PERSON)).await?;
    manager.create_index(index("families_session", TABLE, &["tenant_id", "pool_id", "sid"])).await?;
    manager.create_index(index("families_expiry", TABLE, &["expires_at"])).await
}
