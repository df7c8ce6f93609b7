//! Users: the people of a pool. A username and an e-mail address are one user's alone, and no user's username is another's
//! address, so that what someone types to sign in names one person.

use cardea_protocol::{Status, Timestamp};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter, QuerySelect};
use serde_json::Value;

use crate::{
    ListQuery, Page, PoolScoped, PoolTx, StoreError,
    entity::users::{Column, Entity, Model},
    page::{Keyset, Listed},
    pool_scope::Pool,
    rows,
};

mod passwords;
mod writing;

pub use passwords::PasswordHash;

/// A user.
#[derive(Clone)]
pub struct UserRecord {
    /// Their id, unique in the pool and never given to another.
    pub id: String,
    /// What they sign in with.
    pub username: String,
    /// What usernames are compared by; unique in the pool.
    pub username_key: String,
    /// Their e-mail address.
    pub email: Option<String>,
    /// What addresses are compared by; unique in the pool. There is one if there is an address.
    pub email_key: Option<String>,
    /// Whether they have shown that it is theirs.
    pub email_verified: bool,
    /// Their name as it is shown (OIDC Core §5.1).
    pub name: Option<String>,
    /// Their given names.
    pub given_name: Option<String>,
    /// Their family names.
    pub family_name: Option<String>,
    /// Their language (BCP 47).
    pub locale: Option<String>,
    /// Other claims: an object, into which the store does not look.
    pub claims: Value,
    /// Whether they may sign in.
    pub status: Status,
    /// What their password is checked against; none when they have no password. Only [`PoolTx::set_password`] changes it.
    pub password: Option<PasswordHash>,
    /// Since when they have this password.
    pub password_set_at: Option<Timestamp>,
    /// How often they have been changed; what an update must name.
    pub version: i64,
    /// When they were added.
    pub created_at: Timestamp,
    /// When they were last changed.
    pub updated_at: Timestamp,
    /// When they last signed in. Only [`PoolTx::touch_last_signed_in`] writes it.
    pub last_signed_in_at: Option<Timestamp>,
}

impl std::fmt::Debug for UserRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserRecord").field("id", &self.id).finish_non_exhaustive()
    }
}

/// How writing a user ended. Whatever is not `Written` left the transaction as it was.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserOutcome {
    /// They are written.
    Written,
    /// Another user signs in with one of these; when it is neither, another has the id.
    Taken {
        /// The username.
        username: bool,
        /// The e-mail address.
        email: bool,
    },
    /// They are gone, or have been changed meanwhile.
    Stale,
}

const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::Name,
    id: Column::Id,
    search: Column::Search,
    status: Some(Column::Status),
    last_used: None,
};

async fn find<C: ConnectionTrait>(db: &C, pool: &Pool, id: &str) -> Result<Option<UserRecord>, StoreError> {
    let row = pool.rows::<Entity>().filter(Column::Id.eq(id)).one(db).await?;
    row.map(UserRecord::try_from).transpose()
}

impl PoolScoped {
    /// The user with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_user(&self, id: &str) -> Result<Option<UserRecord>, StoreError> {
        find(self.store.reader(), &self.pool, id).await
    }

    /// The user who signs in with this username or e-mail address, both as they are compared.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_user_by_login(
        &self,
        username_key: &str,
        email_key: &str,
    ) -> Result<Option<UserRecord>, StoreError> {
        if username_key.contains('\0') || email_key.contains('\0') {
            // PostgreSQL refuses the character instead of not finding it.
            return Ok(None);
        }
        let either = Condition::any().add(Column::UsernameKey.eq(username_key)).add(Column::EmailKey.eq(email_key));
        let mut found = self.pool.rows::<Entity>().filter(either).limit(2).all(self.store.reader()).await?;
        found.sort_by_key(|user| user.username_key != username_key);
        found.into_iter().next().map(UserRecord::try_from).transpose()
    }

    /// A page of the users; `q` is looked for in username, e-mail address and name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_users(&self, query: &ListQuery) -> Result<Page<UserRecord>, StoreError> {
        Page::of(KEYSET.select(self.pool.rows::<Entity>(), query).all(self.store.reader()).await?, query)
    }
}

impl PoolTx<'_> {
    /// The user with this id, as this transaction sees them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_user(&self, id: &str) -> Result<Option<UserRecord>, StoreError> {
        find(self.db, &self.pool, id).await
    }
}

impl TryFrom<Model> for UserRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            username: row.username,
            username_key: row.username_key,
            email: row.email,
            email_key: row.email_key,
            email_verified: row.email_verified,
            name: (!row.name.is_empty()).then_some(row.name),
            given_name: row.given_name,
            family_name: row.family_name,
            locale: row.locale,
            claims: row.claims,
            status: rows::known("users.status", Status::parse(&row.status))?,
            password: row.password_hash.map(PasswordHash::new),
            password_set_at: row.password_set_at.map(Timestamp::from_millis),
            version: row.version,
            created_at: Timestamp::from_millis(row.created_at),
            updated_at: Timestamp::from_millis(row.updated_at),
            last_signed_in_at: row.last_signed_in_at.map(Timestamp::from_millis),
        })
    }
}

impl Listed for Model {
    fn created_at(&self) -> i64 {
        self.created_at
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn id(&self) -> &str {
        &self.id
    }
}
