//! `users`: the people of a pool. A username and an e-mail address are one user's alone, by the keys that they are compared by.

use sea_orm_migration::prelude::*;

use crate::schema::{cascade, index, json, number, number_null, table, text, text_null, unique, yes_or_no};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("pool_id"),
        text("id"),
        text("username"),
        text("username_key"),
        text_null("email"),
        // Null and not empty: nulls never collide in a unique index.
        text_null("email_key"),
        yes_or_no("email_verified"),
        // Empty and not null: lists are sorted by it.
        text("name"),
        text_null("given_name"),
        text_null("family_name"),
        text_null("locale"),
        json("claims"),
        text("status"),
        text_null("password_hash"),
        number_null("password_set_at"),
        text("search"),
        number("version"),
        number("created_at"),
        number("updated_at"),
        number_null("last_signed_in_at"),
    ];
    let mut users = table("users", columns, &["tenant_id", "pool_id", "id"]);
    users.foreign_key(&mut cascade("users", &["tenant_id", "pool_id"], "user_pools", &["tenant_id", "id"]));
    manager.create_table(users).await?;
    for (name, key) in [("users_username", "username_key"), ("users_email", "email_key")] {
        manager.create_index(unique(name, "users", &["tenant_id", "pool_id", key])).await?;
    }
    for (name, sorted_by) in [("users_created", "created_at"), ("users_name", "name")] {
        manager.create_index(index(name, "users", &["tenant_id", "pool_id", sorted_by, "id"])).await?;
    }
    Ok(())
}
