//! Adding, changing and deleting users.

use cardea_protocol::{Status, Timestamp};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Set, SqlErr,
    sea_query::{Expr, ExprTrait},
};

use super::{UserOutcome, UserRecord};
use crate::{
    InsertOutcome, PoolTx, StoreError,
    administrators::USER,
    entity::{
        administrators,
        users::{ActiveModel, Column, Entity},
    },
    rows,
};

impl PoolTx<'_> {
    /// Adds a user to the pool.
    ///
    /// # Errors
    /// When the database fails, or the pool is gone.
    pub async fn insert_user(&self, user: &UserRecord) -> Result<UserOutcome, StoreError> {
        if let Some(taken) = self.taken(user).await? {
            return Ok(taken);
        }
        match rows::insert(self.db, self.row(user)).await? {
            InsertOutcome::Inserted => Ok(UserOutcome::Written),
            // Another has come between.
            InsertOutcome::AlreadyExists => {
                Ok(self.taken(user).await?.unwrap_or(UserOutcome::Taken { username: false, email: false }))
            }
        }
    }

    /// Writes a user if they still have the version of this record, and gives them the next one. Password and last sign-in are
    /// left alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_user(&self, user: &UserRecord) -> Result<UserOutcome, StoreError> {
        if let Some(taken) = self.taken(user).await? {
            return Ok(taken);
        }
        let update = self
            .pool
            .update::<Entity>()
            .filter(Column::Id.eq(user.id.as_str()).and(Column::Version.eq(user.version)))
            .col_expr(Column::Username, Expr::value(user.username.as_str()))
            .col_expr(Column::UsernameKey, Expr::value(user.username_key.as_str()))
            .col_expr(Column::Email, Expr::value(user.email.clone()))
            .col_expr(Column::EmailKey, Expr::value(user.email_key.clone()))
            .col_expr(Column::EmailVerified, Expr::value(user.email_verified))
            .col_expr(Column::Name, Expr::value(user.name.as_deref().unwrap_or_default()))
            .col_expr(Column::GivenName, Expr::value(user.given_name.clone()))
            .col_expr(Column::FamilyName, Expr::value(user.family_name.clone()))
            .col_expr(Column::Locale, Expr::value(user.locale.clone()))
            .col_expr(Column::Claims, Expr::value(user.claims.clone()))
            .col_expr(Column::Status, Expr::value(user.status.as_str()))
            .col_expr(Column::Search, Expr::value(search(user)))
            .col_expr(Column::Version, Expr::value(user.version + 1))
            .col_expr(Column::UpdatedAt, Expr::value(user.updated_at.as_millis()));
        let inner = self.db.begin().await?;
        match update.exec(&inner).await {
            Ok(done) => {
                inner.commit().await?;
                Ok(if done.rows_affected == 1 { UserOutcome::Written } else { UserOutcome::Stale })
            }
            // Another has come between.
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                inner.rollback().await?;
                Ok(self.taken(user).await?.unwrap_or(UserOutcome::Stale))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Lets a user in or keeps them out, which is a change of them; answers whether there is such a user.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_user_status(&self, id: &str, status: Status, now: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .pool
            .update::<Entity>()
            .filter(Column::Id.eq(id))
            .col_expr(Column::Status, Expr::value(status.as_str()))
            .col_expr(Column::Version, Column::Version.into_expr().add(1))
            .col_expr(Column::UpdatedAt, Expr::value(now.as_millis()));
        Ok(update.exec(self.db).await?.rows_affected == 1)
    }

    /// Notes that a user has shown that the address `email` is theirs, which is a change of them; answers whether they (still) have it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify_email(&self, id: &str, email: &str, now: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .pool
            .update::<Entity>()
            .filter(Column::Id.eq(id).and(Column::Email.eq(email)))
            .col_expr(Column::EmailVerified, Expr::value(true))
            .col_expr(Column::Version, Column::Version.into_expr().add(1))
            .col_expr(Column::UpdatedAt, Expr::value(now.as_millis()));
        Ok(update.exec(self.db).await?.rows_affected == 1)
    }

    /// Notes that a user has signed in, which is no change of them; answers whether there is such a user.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch_last_signed_in(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let update = self.pool.update::<Entity>().filter(Column::Id.eq(id));
        let update = update.col_expr(Column::LastSignedInAt, Expr::value(now.as_millis()));
        Ok(update.exec(self.db).await?.rows_affected == 1)
    }

    /// Deletes a user, their sessions, what they agreed to and the roles they hold; answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_user(&self, id: &str) -> Result<bool, StoreError> {
        let deleted = self.pool.delete::<Entity>().filter(Column::Id.eq(id)).exec(self.db).await?.rows_affected == 1;
        if deleted {
            administrators::Entity::delete_many()
                .filter(administrators::Column::TenantId.eq(self.pool.tenant_id.as_str()))
                .filter(administrators::Column::PrincipalKind.eq(USER))
                .filter(administrators::Column::PrincipalId.eq(id))
                .exec(self.db)
                .await?;
        }
        Ok(deleted)
    }

    /// What of this user is taken by others, if anything. Looking first is not what keeps two apart (the indexes do); it says
    /// which, and keeps a username apart from another's address.
    async fn taken(&self, user: &UserRecord) -> Result<Option<UserOutcome>, StoreError> {
        let username = self.is_taken(&user.username_key, &user.id).await?;
        let email = match &user.email_key {
            Some(key) if *key != user.username_key => self.is_taken(key, &user.id).await?,
            Some(_) => username,
            None => false,
        };
        Ok((username || email).then_some(UserOutcome::Taken { username, email }))
    }

    /// Whether somebody else signs in with this. One key a question: asked for more at once, SQLite would read the whole pool.
    async fn is_taken(&self, key: &str, by_another_than: &str) -> Result<bool, StoreError> {
        let either = Condition::any().add(Column::UsernameKey.eq(key)).add(Column::EmailKey.eq(key));
        let others = self.pool.rows::<Entity>().filter(either).filter(Column::Id.ne(by_another_than));
        let other = others.select_only().column(Column::Id).into_tuple::<String>().one(self.db).await?;
        Ok(other.is_some())
    }

    fn row(&self, user: &UserRecord) -> ActiveModel {
        ActiveModel {
            tenant_id: Set(self.pool.tenant()),
            pool_id: Set(self.pool.pool_id.clone()),
            id: Set(user.id.clone()),
            username: Set(user.username.clone()),
            username_key: Set(user.username_key.clone()),
            email: Set(user.email.clone()),
            email_key: Set(user.email_key.clone()),
            email_verified: Set(user.email_verified),
            name: Set(user.name.clone().unwrap_or_default()),
            given_name: Set(user.given_name.clone()),
            family_name: Set(user.family_name.clone()),
            locale: Set(user.locale.clone()),
            claims: Set(user.claims.clone()),
            status: Set(user.status.as_str().to_owned()),
            password_hash: Set(user.password.as_ref().map(|hash| hash.as_str().to_owned())),
            password_set_at: Set(user.password_set_at.map(Timestamp::as_millis)),
            search: Set(search(user)),
            version: Set(user.version),
            created_at: Set(user.created_at.as_millis()),
            updated_at: Set(user.updated_at.as_millis()),
            last_signed_in_at: Set(user.last_signed_in_at.map(Timestamp::as_millis)),
        }
    }
}

fn search(user: &UserRecord) -> String {
    let rest = [user.email.as_deref(), user.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    rows::search_text(&user.username, &rest)
}
