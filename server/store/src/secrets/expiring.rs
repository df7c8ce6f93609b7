//! Secrets that end before long.

use std::collections::HashSet;

use cardea_protocol::{ClientId, Timestamp};
use sea_orm::{
    ColumnTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{ExprTrait, SimpleExpr},
};

use crate::{
    Scoped, StoreError,
    entity::{
        client_secrets::{Column, Entity},
        clients,
    },
};

/// A secret that ends before long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpiringSecret {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The client it belongs to.
    pub client_id: ClientId,
    /// The name of the client, if it has one.
    pub client_name: Option<String>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Whether the client has another that does not end in that time.
    pub has_successor: bool,
}

#[derive(FromQueryResult)]
struct Expiring {
    id: String,
    name: String,
    client_id: String,
    expires_at: i64,
}

impl Scoped {
    /// The secrets that end after `from` and until `until`: the soonest first, at most `limit`, and how many there are in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn expiring_secrets(
        &self,
        from: Timestamp,
        until: Timestamp,
        limit: u64,
    ) -> Result<(Vec<ExpiringSecret>, u64), StoreError> {
        let ending = || {
            let ends = Column::ExpiresAt.gt(from.as_millis()).and(Column::ExpiresAt.lte(until.as_millis()));
            self.rows::<Entity>().filter(ends)
        };
        let rows = ending()
            .select_only()
            .columns([Column::Id, Column::Name, Column::ClientId, Column::ExpiresAt])
            .order_by_asc(Column::ExpiresAt)
            .order_by_asc(Column::Id)
            .limit(limit)
            .into_model::<Expiring>()
            .all(self.store.reader())
            .await?;
        let total = ending().count(self.store.reader()).await?;
        let names = self.names_of(&rows).await?;
        let living = self.clients_with_secrets(&rows, lives_on(until)).await?;
        let secrets = rows.into_iter().map(|row| {
            let name = names.iter().find(|(id, _)| *id == row.client_id).map(|(_, name)| name.clone());
            Ok(ExpiringSecret {
                client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
                client_name: name.filter(|name| !name.is_empty()),
                has_successor: living.contains(&row.client_id),
                id: row.id,
                name: row.name,
                expires_at: Timestamp::from_millis(row.expires_at),
            })
        });
        Ok((secrets.collect::<Result<_, StoreError>>()?, total))
    }

    async fn names_of(&self, rows: &[Expiring]) -> Result<Vec<(String, String)>, StoreError> {
        use clients::{Column, Entity};
        let of_these = self.rows::<Entity>().filter(Column::ClientId.is_in(ids(rows)));
        let names = of_these.select_only().columns([Column::ClientId, Column::ClientName]).into_tuple();
        Ok(names.all(self.store.reader()).await?)
    }

    async fn clients_with_secrets(&self, rows: &[Expiring], which: SimpleExpr) -> Result<HashSet<String>, StoreError> {
        let of_these = self.rows::<Entity>().filter(Column::ClientId.is_in(ids(rows))).filter(which);
        let found = of_these.select_only().column(Column::ClientId).into_tuple::<String>();
        Ok(found.all(self.store.reader()).await?.into_iter().collect())
    }
}

fn lives_on(until: Timestamp) -> SimpleExpr {
    Column::ExpiresAt.is_null().or(Column::ExpiresAt.gt(until.as_millis()))
}

fn ids(rows: &[Expiring]) -> Vec<&str> {
    rows.iter().map(|row| row.client_id.as_str()).collect()
}
