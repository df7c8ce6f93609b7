//! `sessions`: browsers in which a user is signed in; and `user_links`, which are good for one thing, once. Both are known by the
//! SHA-256 of what the browser shows.

use sea_orm_migration::prelude::*;

use super::of_user;
use crate::schema::{bytes, index, json, number, number_null, table, text, text_null, unique};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("pool_id"),
        bytes("hash"),
        text("sid"),
        text("user_id"),
        number("auth_time"),
        json("amr"),
        number("created_at"),
        number("last_seen_at"),
        number("expires_at"),
        text_null("ip"),
        text_null("user_agent"),
    ];
    let mut sessions = table("sessions", columns, &["tenant_id", "pool_id", "hash"]);
    sessions.foreign_key(&mut of_user("sessions"));
    manager.create_table(sessions).await?;
    manager.create_index(unique("sessions_sid", "sessions", &["tenant_id", "pool_id", "sid"])).await?;
    let of_one = ["tenant_id", "pool_id", "user_id", "created_at", "sid"];
    manager.create_index(index("sessions_user", "sessions", &of_one)).await?;
    manager.create_index(index("sessions_expiry", "sessions", &["expires_at"])).await?;

    let columns = vec![
        text("tenant_id"),
        text("pool_id"),
        bytes("hash"),
        text("purpose"),
        text("user_id"),
        text_null("email"),
        number("expires_at"),
        number_null("used_at"),
    ];
    let mut links = table("user_links", columns, &["tenant_id", "pool_id", "hash"]);
    links.foreign_key(&mut of_user("user_links"));
    manager.create_table(links).await?;
    manager.create_index(index("user_links_user", "user_links", &["tenant_id", "pool_id", "user_id"])).await?;
    manager.create_index(index("user_links_expiry", "user_links", &["expires_at"])).await
}
