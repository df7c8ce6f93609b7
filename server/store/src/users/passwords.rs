//! The passwords of users: not the passwords themselves but what they are checked against.

use cardea_protocol::Timestamp;
use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    PoolTx, StoreError,
    entity::users::{Column, Entity},
};

/// What a password is checked against: a PHC string (argon2id), or what was brought here in its place (bcrypt). Without `Debug`: a
/// hash of a weak password is nearly the password.
#[derive(Clone)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes a hash as it is.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The hash, for checking a password against it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PoolTx<'_> {
    /// Gives a user a password, or (none) takes it away, which is a change of them; answers whether there is such a user. Their
    /// sessions and links are the caller's to end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_password(
        &self,
        id: &str,
        password: Option<&PasswordHash>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let update = self
            .pool
            .update::<Entity>()
            .filter(Column::Id.eq(id))
            .col_expr(Column::PasswordHash, Expr::value(password.map(PasswordHash::as_str)))
            .col_expr(Column::PasswordSetAt, Expr::value(password.map(|_| now.as_millis())))
            .col_expr(Column::Version, Column::Version.into_expr().add(1))
            .col_expr(Column::UpdatedAt, Expr::value(now.as_millis()));
        Ok(update.exec(self.db).await?.rows_affected == 1)
    }

    /// Writes a better hash of the same password, which is no change of the user; answers whether they still had the old one. They
    /// may have chosen another password meanwhile, and that must not be undone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rehash_password(&self, id: &str, old: &PasswordHash, new: &PasswordHash) -> Result<bool, StoreError> {
        let update = self
            .pool
            .update::<Entity>()
            .filter(Column::Id.eq(id).and(Column::PasswordHash.eq(old.as_str())))
            .col_expr(Column::PasswordHash, Expr::value(new.as_str()));
        Ok(update.exec(self.db).await?.rows_affected == 1)
    }
}
