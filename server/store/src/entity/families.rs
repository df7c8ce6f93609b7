//! `families`: all tokens that descend from one authorization.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "families")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub client_id: String,
    pub pool_id: String,
    pub user_id: String,
    pub sid: Option<String>,
    pub scope: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub resource: Json,
    pub auth_time: i64,
    pub acr: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub amr: Json,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub claims: Option<Json>,
    pub generation: i64,
    pub rotated_at: Option<i64>,
    pub binding: Option<String>,
    pub offline: bool,
    pub created_at: i64,
    pub last_used_at: i64,
    pub idle_expires_at: Option<i64>,
    pub expires_at: i64,
    pub revoked_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
