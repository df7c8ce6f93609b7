//! `authorization_codes`: what a client redeems once.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "authorization_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    pub client_id: String,
    pub family_id: String,
    pub pool_id: String,
    pub user_id: String,
    pub sid: String,
    pub redirect_uri: Option<String>,
    pub scope: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub resource: Json,
    pub nonce: Option<String>,
    pub code_challenge: Option<String>,
    pub auth_time: i64,
    pub acr: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub amr: Json,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub claims: Option<Json>,
    pub expires_at: i64,
    pub redeemed_at: Option<i64>,
    pub kept_until: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
