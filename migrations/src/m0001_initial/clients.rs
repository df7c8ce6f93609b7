//! `clients` (RFC 7591) and their `client_secrets`.

use super::{bytes, cascade, index, json, number, number_null, number_or_zero, of_workspace, table, text};
use sea_orm_migration::prelude::*;

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let clients = vec![
        text("tenant_id"),
        text("workspace_id"),
        text("client_id"),
        text("client_name"),
        text("status"),
        text("token_endpoint_auth_method"),
        json("metadata"),
        text("search"),
        number("version"),
        number("created_at"),
        number("updated_at"),
        number_or_zero("last_authenticated_at"),
    ];
    let mut clients = table("clients", clients, &["tenant_id", "workspace_id", "client_id"]);
    clients.foreign_key(&mut of_workspace("clients"));
    manager.create_table(clients).await?;
    for (name, columns) in [
        ("clients_created", ["created_at", "client_id"]),
        ("clients_name", ["client_name", "client_id"]),
        ("clients_last_use", ["token_endpoint_auth_method", "last_authenticated_at"]),
    ] {
        let [first, second] = columns;
        manager.create_index(index(name, "clients", &["tenant_id", "workspace_id", first, second])).await?;
    }

    let secrets = vec![
        text("tenant_id"),
        text("workspace_id"),
        text("client_id"),
        text("id"),
        text("name"),
        text("kind"),
        bytes("value"),
        text("prefix"),
        number("created_at"),
        number_null("expires_at"),
        number_or_zero("last_used_at"),
    ];
    let client = ["tenant_id", "workspace_id", "client_id"];
    let mut secrets = table("client_secrets", secrets, &["tenant_id", "workspace_id", "client_id", "id"]);
    secrets.foreign_key(&mut cascade("client_secrets", &client, "clients", &client));
    manager.create_table(secrets).await
}
