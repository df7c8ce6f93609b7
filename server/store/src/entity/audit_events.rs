//! `audit_events`: what happened.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub time: i64,
    #[sea_orm(column_name = "type")]
    pub kind: String,
    pub outcome: String,
    pub actor: Option<String>,
    pub object: Option<String>,
    pub client_id: Option<String>,
    pub user_id: Option<String>,
    pub reason: Option<String>,
    pub detail: Option<String>,
    pub ip: Option<String>,
    pub request_id: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
