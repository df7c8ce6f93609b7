//! What people call the clients and users of a list, of all of them at once.

use std::collections::BTreeMap;

use cardea_protocol::ClientId;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, sea_query::ExprTrait};

use crate::{
    PoolScoped, Scoped, StoreError,
    entity::{clients, users},
};

impl Scoped {
    /// The names of these clients, as far as they have any.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn client_names(&self, ids: &[&ClientId]) -> Result<BTreeMap<String, String>, StoreError> {
        use clients::{Column, Entity};
        let named = Column::ClientId.is_in(ids.iter().map(|id| id.as_str())).and(Column::ClientName.ne(""));
        let names = self.rows::<Entity>().filter(named).select_only().columns([Column::ClientId, Column::ClientName]);
        let names = names.into_tuple::<(String, String)>().all(self.store.reader()).await?;
        Ok(names.into_iter().collect())
    }
}

impl PoolScoped {
    /// The usernames of these users.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn usernames(&self, ids: &[&str]) -> Result<BTreeMap<String, String>, StoreError> {
        use users::{Column, Entity};
        let these = self.pool.rows::<Entity>().filter(Column::Id.is_in(ids.iter().copied()));
        let names = these.select_only().columns([Column::Id, Column::Username]);
        let names = names.into_tuple::<(String, String)>().all(self.store.reader()).await?;
        Ok(names.into_iter().collect())
    }
}
