//! The console, a client of every workspace `admin`: those that are there already get it; those to come bring it. Its addresses are not
//! here, for they follow the settings.

use sea_orm_migration::prelude::*;

const METADATA: &str = r#"'{"client_name":"Console","token_endpoint_auth_method":"none","grant_types":["authorization_code","refresh_token"],"response_types":["code"]}'"#;

/// Creates the clients.
#[derive(Debug)]
pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0011_console"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// All or nothing on SQLite too, where the default is no transaction.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Who has taken the name stays in the list as what it is from now on: another's secrets open nothing.
        let taken = Query::update()
            .table("clients")
            .value("client_name", "Console")
            .value("status", "active")
            .value("token_endpoint_auth_method", "none")
            .value("metadata", Expr::cust(METADATA))
            .value("search", "console console")
            .and_where(Expr::col("workspace_id").eq("admin"))
            .and_where(Expr::col("client_id").eq("console"))
            .take();
        manager.get_connection().execute(&taken).await?;
        let admin = Query::select()
            .column("tenant_id")
            .column("id")
            .expr(Expr::cust("'console'"))
            .expr(Expr::cust("'Console'"))
            .expr(Expr::cust("'active'"))
            .expr(Expr::cust("'none'"))
            .expr(Expr::cust(METADATA))
            .expr(Expr::cust("'console console'"))
            .expr(Expr::cust("1"))
            .column("created_at")
            .column("created_at")
            .from("workspaces")
            .and_where(Expr::col("id").eq("admin"))
            .take();
        let mut console = Query::insert();
        console.into_table("clients");
        console.columns([
            "tenant_id",
            "workspace_id",
            "client_id",
            "client_name",
            "status",
            "token_endpoint_auth_method",
            "metadata",
            "search",
            "version",
            "created_at",
            "updated_at",
        ]);
        console.select_from(admin).map_err(|error| DbErr::Custom(error.to_string()))?;
        console.on_conflict(OnConflict::new().do_nothing().to_owned());
        manager.get_connection().execute(&console).await?;
        Ok(())
    }
}
