//! `audit_events`: what happened. They stay until they are old, be their workspace gone or not (hence no reference to it).

use super::{index, number, table, text, text_null};
use sea_orm_migration::prelude::*;

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("workspace_id"),
        text("id"),
        number("time"),
        text("type"),
        text("outcome"),
        text_null("actor"),
        text_null("object"),
        text_null("client_id"),
        text_null("user_id"),
        text_null("reason"),
        text_null("detail"),
        text_null("ip"),
        text_null("request_id"),
    ];
    manager.create_table(table("audit_events", columns, &["tenant_id", "workspace_id", "id"])).await?;
    // No other index: each costs every token request.
    let activity = ["tenant_id", "workspace_id", "client_id", "outcome", "id"];
    manager.create_index(index("audit_events_activity", "audit_events", &activity)).await
}
