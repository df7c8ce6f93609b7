//! What a change of a workspace's enabled client authentication methods does to its clients.

use cardea_protocol::{AuthMethod, AuthMethods, ClientId, ClientMetadata, Status, Timestamp};
use sea_orm::{ColumnTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::{
    Scoped, StoreError,
    entity::clients::{Column, Entity},
    rows,
};

/// A client that takes part, and when it last did.
#[derive(Clone, Debug, PartialEq)]
pub struct ActiveClient {
    /// Its id.
    pub client_id: ClientId,
    /// What it is registered with.
    pub metadata: ClientMetadata,
    /// When it last did.
    pub last_authenticated_at: Option<Timestamp>,
}

/// More clients than these nobody reads before deciding.
const MOST_IMPACTED: u64 = 200;

/// How much a method is used by active clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MethodInUse {
    /// The method.
    pub method: AuthMethod,
    /// How many are registered for it.
    pub clients: u64,
    /// When one of them last authenticated.
    pub last_authenticated_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct MethodCount {
    token_endpoint_auth_method: String,
    clients: i64,
    last_use: i64,
}

#[derive(FromQueryResult)]
struct Active {
    client_id: String,
    metadata: serde_json::Value,
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
    ) -> Result<(Vec<ActiveClient>, u64), StoreError> {
        let lost = enabled.without(keep);
        let mut impacted = Vec::new();
        // One question a method: each is answered by the index, in order.
        for method in lost.iter() {
            impacted.extend(self.active_clients_of(method, MOST_IMPACTED).await?);
        }
        impacted.sort_by(|a, b| {
            b.last_authenticated_at.cmp(&a.last_authenticated_at).then_with(|| a.client_id.cmp(&b.client_id))
        });
        impacted.truncate(usize::try_from(MOST_IMPACTED).unwrap_or(usize::MAX));
        let in_use = self.methods_in_use().await?;
        let total = in_use.iter().filter(|one| lost.contains(one.method)).map(|one| one.clients).sum();
        Ok((impacted, total))
    }

    /// The active clients that are registered for a method: at most `limit`, the last used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn active_clients_of(&self, method: AuthMethod, limit: u64) -> Result<Vec<ActiveClient>, StoreError> {
        let rows = self
            .with_method(method)
            .select_only()
            .columns([Column::ClientId, Column::Metadata, Column::LastAuthenticatedAt])
            .order_by_desc(Column::LastAuthenticatedAt)
            .limit(limit)
            .into_model::<Active>();
        let rows = rows.all(self.store.reader()).await?.into_iter().map(|row| {
            Ok(ActiveClient {
                client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
                metadata: rows::from_json("clients.metadata", row.metadata)?,
                last_authenticated_at: rows::unless_zero(row.last_authenticated_at),
            })
        });
        rows.collect()
    }

    /// The methods that active clients are registered for: one question, which the index answers.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn methods_in_use(&self) -> Result<Vec<MethodInUse>, StoreError> {
        let counts = self
            .rows::<Entity>()
            .filter(Column::Status.eq(Status::Active.as_str()))
            .select_only()
            .column(Column::TokenEndpointAuthMethod)
            .column_as(Column::TokenEndpointAuthMethod.count(), "clients")
            .column_as(Column::LastAuthenticatedAt.max(), "last_use")
            .group_by(Column::TokenEndpointAuthMethod)
            .into_model::<MethodCount>()
            .all(self.store.reader())
            .await?;
        let counts = counts.into_iter().map(|row| {
            let method = AuthMethod::parse(&row.token_endpoint_auth_method);
            let method = rows::known("clients.token_endpoint_auth_method", method)?;
            Ok(MethodInUse {
                method,
                clients: u64::try_from(row.clients).unwrap_or_default(),
                last_authenticated_at: rows::unless_zero(row.last_use),
            })
        });
        counts.collect()
    }

    fn with_method(&self, method: AuthMethod) -> Select<Entity> {
        self.rows::<Entity>()
            .filter(Column::TokenEndpointAuthMethod.eq(method.as_str()))
            .filter(Column::Status.eq(Status::Active.as_str()))
    }
}
