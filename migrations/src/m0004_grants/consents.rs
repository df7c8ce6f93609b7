//! `consents`: what a person has agreed that a client may have.

use sea_orm_migration::prelude::*;

use super::{PERSON, of_client, of_person};
use crate::schema::{index, number, table, text};

const TABLE: &str = "consents";

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("workspace_id"),
        text("user_id"),
        text("client_id"),
        text("pool_id"),
        text("scope"),
        number("created_at"),
        number("updated_at"),
    ];
    let mut consents = table(TABLE, columns, &["tenant_id", "workspace_id", "user_id", "client_id"]);
    consents.foreign_key(&mut of_client(TABLE)).foreign_key(&mut of_person(TABLE));
    manager.create_table(consents).await?;
    let of_client = ["tenant_id", "workspace_id", "client_id", "created_at", "user_id"];
    manager.create_index(index("consents_client", TABLE, &of_client)).await?;
    manager.create_index(index("consents_person", TABLE, &PERSON)).await
}
