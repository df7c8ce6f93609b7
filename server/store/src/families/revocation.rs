//! The end of families before their time: of one, of all of a client or a person, of those that a session had.

use cardea_protocol::{ClientId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, UpdateMany,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    PoolTx, ScopedTx, StoreError,
    entity::{
        authorization_codes, device_codes,
        families::{Column, Entity},
    },
};

/// A client that something was granted to in a session, and so may have one of its own with the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernedClient {
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// The client.
    pub client_id: ClientId,
    /// The user.
    pub user_id: String,
}

async fn revoke<C: ConnectionTrait>(db: &C, which: UpdateMany<Entity>, now: Timestamp) -> Result<u64, StoreError> {
    let revoke = which.filter(Column::RevokedAt.is_null());
    let revoke = revoke.col_expr(Column::RevokedAt, Expr::value(now.as_millis()));
    Ok(revoke.exec(db).await?.rows_affected)
}

impl ScopedTx<'_> {
    /// Revokes a family; answers whether there was one to revoke.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_family(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        Ok(revoke(self.db, self.scope.update().filter(Column::Id.eq(id)), now).await? == 1)
    }

    /// Revokes all that was granted to a client; answers how many families that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_families_of_client(&self, client_id: &ClientId, now: Timestamp) -> Result<u64, StoreError> {
        revoke(self.db, self.scope.update().filter(Column::ClientId.eq(client_id.as_str())), now).await
    }

    /// Revokes all that a user has granted to a client; answers how many families that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_families_of_consent(
        &self,
        user_id: &str,
        client_id: &ClientId,
        now: Timestamp,
    ) -> Result<u64, StoreError> {
        // A user has few families, where a client may have a million: it is the user's that are looked through.
        let of_user = self.scope.rows::<Entity>().filter(Column::UserId.eq(user_id).and(Column::RevokedAt.is_null()));
        let of_user = of_user.select_only().columns([Column::Id, Column::ClientId]);
        let mut revoked = 0;
        for (id, client) in of_user.into_tuple::<(String, String)>().all(self.db).await? {
            if client == client_id.as_str() && self.revoke_family(&id, now).await? {
                revoked += 1;
            }
        }
        Ok(revoked)
    }

    /// Revokes all that a user has granted in this workspace; answers how many families that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_families_of_user(&self, user_id: &str, now: Timestamp) -> Result<u64, StoreError> {
        revoke(self.db, self.scope.update().filter(Column::UserId.eq(user_id)), now).await
    }
}

impl PoolTx<'_> {
    /// Revokes all that a user has granted, in whatever workspace; answers how many families that were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_families_of_user(&self, user_id: &str, now: Timestamp) -> Result<u64, StoreError> {
        revoke(self.db, self.pool.update().filter(Column::UserId.eq(user_id)), now).await
    }

    /// Revokes what was granted in a session, in whatever workspace, save what outlives sessions (OIDC Back-Channel Logout §2.7), and
    /// forgets the codes of it, and of devices, that were not redeemed.
    /// Answers the clients to be told, each once: all that something was granted to, be it revoked before or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_families_of_session(
        &self,
        sid: &str,
        now: Timestamp,
    ) -> Result<Vec<ConcernedClient>, StoreError> {
        let of_session = Column::Sid.eq(sid);
        // A code that nobody has redeemed yet will found no family.
        let unredeemed =
            authorization_codes::Column::Sid.eq(sid).and(authorization_codes::Column::RedeemedAt.is_null());
        self.pool.delete::<authorization_codes::Entity>().filter(unredeemed).exec(self.db).await?;
        let agreed = device_codes::Column::Sid.eq(sid);
        self.pool.delete::<device_codes::Entity>().filter(agreed).exec(self.db).await?;
        revoke(self.db, self.pool.update().filter(of_session.clone().and(Column::Offline.eq(false))), now).await?;
        let concerned = self.pool.rows::<Entity>().filter(of_session).select_only().distinct();
        let concerned = concerned.columns([Column::WorkspaceId, Column::ClientId, Column::UserId]);
        let concerned = concerned.into_tuple::<(String, String, String)>().all(self.db).await?;
        let concerned = concerned.into_iter().map(|(workspace_id, client_id, user_id)| {
            Ok(ConcernedClient {
                workspace_id: WorkspaceId::parse(&workspace_id).map_err(StoreError::corrupt)?,
                client_id: ClientId::parse(&client_id).map_err(StoreError::corrupt)?,
                user_id,
            })
        });
        concerned.collect()
    }
}
