//! `user_pools`: who can sign in together. Tenants that are there already get one, `default`; those to come bring theirs.

use sea_orm_migration::prelude::*;

use crate::schema::{cascade, index, json, number, table, text};

pub(super) async fn up(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = vec![
        text("tenant_id"),
        text("id"),
        text("name"),
        json("settings").default("{}").take(),
        text("search"),
        number("version"),
        number("created_at"),
        number("updated_at"),
    ];
    let mut pools = table("user_pools", columns, &["tenant_id", "id"]);
    pools.foreign_key(&mut cascade("user_pools", &["tenant_id"], "tenants", &["id"]));
    manager.create_table(pools).await?;
    manager.create_index(index("user_pools_created", "user_pools", &["tenant_id", "created_at", "id"])).await?;
    manager.create_index(index("user_pools_name", "user_pools", &["tenant_id", "name", "id"])).await?;

    let tenants = Query::select()
        .column("id")
        .expr(Expr::cust("'default'"))
        .expr(Expr::cust("'Default'"))
        .expr(Expr::cust("'default default'"))
        .expr(Expr::cust("1"))
        .column("created_at")
        .column("created_at")
        .from("tenants")
        .take();
    let mut first = Query::insert();
    first.into_table("user_pools");
    first.columns(["tenant_id", "id", "name", "search", "version", "created_at", "updated_at"]);
    first.select_from(tenants).map_err(|error| DbErr::Custom(error.to_string()))?;
    manager.get_connection().execute(&first).await?;
    Ok(())
}
