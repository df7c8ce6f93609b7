//! The use of a refresh token (RFC 9700 §4.14.2): one conditional statement replaces it, whoever else comes with it.

use cardea_protocol::{ClientId, Timestamp};
use sea_orm::{
    ColumnTrait, QueryFilter, UpdateMany,
    sea_query::{Expr, ExprTrait},
};

use super::is_alive;
use crate::{
    Scoped, StoreError,
    entity::families::{Column, Entity},
};

impl Scoped {
    /// Replaces the refresh token with this number by the next: of all who come with it, one does. When this answers false, it is not
    /// the last of its family, or the family is not this client's or not alive; nothing has happened then.
    ///
    /// # Errors
    /// When the database fails: then nobody knows.
    pub async fn rotate_family(
        &self,
        id: &str,
        client_id: &ClientId,
        expected_generation: i64,
        now: Timestamp,
        idle_expires_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let rotate = self
            .used(id, client_id, now, idle_expires_at)
            .filter(Column::Generation.eq(expected_generation))
            .col_expr(Column::Generation, Column::Generation.into_expr().add(1))
            .col_expr(Column::RotatedAt, Expr::value(now.as_millis()));
        self.store.conditionally(rotate).await
    }

    /// Notes that a refresh token has been used that stays as it is; answers whether the family is this client's and alive.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch_family(
        &self,
        id: &str,
        client_id: &ClientId,
        now: Timestamp,
        idle_expires_at: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        self.store.conditionally(self.used(id, client_id, now, idle_expires_at)).await
    }

    fn used(
        &self,
        id: &str,
        client_id: &ClientId,
        now: Timestamp,
        idle_expires_at: Option<Timestamp>,
    ) -> UpdateMany<Entity> {
        self.scope
            .update::<Entity>()
            .filter(Column::Id.eq(id).and(Column::ClientId.eq(client_id.as_str())))
            .filter(is_alive(now))
            .col_expr(Column::LastUsedAt, Expr::value(now.as_millis()))
            .col_expr(Column::IdleExpiresAt, Expr::value(idle_expires_at.map(Timestamp::as_millis)))
    }
}
