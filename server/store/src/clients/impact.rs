//! What a change of a workspace's enabled client authentication methods does to its clients.

use cardea_protocol::{AuthMethod, AuthMethods, ClientId, Status, Timestamp};
use sea_orm::{ColumnTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::{
    Scoped, StoreError,
    entity::clients::{Column, Entity},
    rows,
};

/// A client that would stop working.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImpactedClient {
    /// Its id.
    pub client_id: ClientId,
    /// Its name, if it has one.
    pub client_name: Option<String>,
    /// How it authenticates.
    pub token_endpoint_auth_method: AuthMethod,
    /// When it last did.
    pub last_authenticated_at: Option<Timestamp>,
}

/// More clients than these nobody reads before deciding.
const MOST_IMPACTED: u64 = 200;

#[derive(FromQueryResult)]
struct MethodCount {
    token_endpoint_auth_method: String,
    clients: i64,
}

#[derive(FromQueryResult)]
struct Impacted {
    client_id: String,
    client_name: String,
    last_authenticated_at: i64,
}

impl Scoped {
    /// The active clients that would stop working if, of the `enabled` methods, only those of `keep` stayed: at most 200,
    /// the last used first, and how many there are in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn impacted(
        &self,
        keep: AuthMethods,
        enabled: AuthMethods,
    ) -> Result<(Vec<ImpactedClient>, u64), StoreError> {
        let lost = enabled.without(keep);
        let mut impacted = Vec::new();
        // One question a method: each is answered by the index, in order.
        for method in lost.iter() {
            let rows = self
                .with_method(method)
                .select_only()
                .columns([Column::ClientId, Column::ClientName, Column::LastAuthenticatedAt])
                .order_by_desc(Column::LastAuthenticatedAt)
                .limit(MOST_IMPACTED)
                .into_model::<Impacted>()
                .all(self.store.reader())
                .await?;
            for row in rows {
                impacted.push(ImpactedClient {
                    client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
                    client_name: (!row.client_name.is_empty()).then_some(row.client_name),
                    token_endpoint_auth_method: method,
                    last_authenticated_at: rows::unless_zero(row.last_authenticated_at),
                });
            }
        }
        impacted.sort_by(|a, b| {
            b.last_authenticated_at.cmp(&a.last_authenticated_at).then_with(|| a.client_id.cmp(&b.client_id))
        });
        impacted.truncate(usize::try_from(MOST_IMPACTED).unwrap_or(usize::MAX));
        let counts = self.count_by_method().await?;
        let total = counts.iter().filter(|(method, _)| lost.contains(*method)).map(|(_, clients)| clients).sum();
        Ok((impacted, total))
    }

    /// How many active clients authenticate by each method; methods that none uses are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_by_method(&self) -> Result<Vec<(AuthMethod, u64)>, StoreError> {
        let counts = self
            .rows::<Entity>()
            .filter(Column::Status.eq(Status::Active.as_str()))
            .select_only()
            .column(Column::TokenEndpointAuthMethod)
            .column_as(Column::ClientId.count(), "clients")
            .group_by(Column::TokenEndpointAuthMethod)
            .into_model::<MethodCount>()
            .all(self.store.reader())
            .await?;
        let counts = counts.into_iter().map(|row| {
            let method = AuthMethod::parse(&row.token_endpoint_auth_method);
            let method = rows::known("clients.token_endpoint_auth_method", method)?;
            Ok((method, u64::try_from(row.clients).unwrap_or_default()))
        });
        counts.collect()
    }

    fn with_method(&self, method: AuthMethod) -> Select<Entity> {
        self.rows::<Entity>()
            .filter(Column::TokenEndpointAuthMethod.eq(method.as_str()))
            .filter(Column::Status.eq(Status::Active.as_str()))
    }
}
