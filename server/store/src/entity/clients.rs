//! `clients`: the applications registered in a workspace.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "clients")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_id: String,
    pub client_name: String,
    pub status: String,
    pub token_endpoint_auth_method: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub metadata: Json,
    pub search: String,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub last_authenticated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
