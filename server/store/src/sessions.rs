//! Sessions: browsers in which a user is signed in to a pool, and so to every workspace that uses it. The store knows a session by
//! the SHA-256 of its cookie's value; what it is called in public is its `sid`.

use cardea_protocol::Timestamp;
use sea_orm::{
    ColumnTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    InsertOutcome, ListQuery, Page, PoolScoped, PoolTx, StoreError,
    entity::sessions::{ActiveModel, Column, Entity, Model},
    page::{Keyset, Listed},
    rows,
};

/// A session.
#[derive(Clone)]
pub struct SessionRecord {
    /// SHA-256 of the cookie's value.
    pub hash: [u8; 32],
    /// What it is called in tokens and lists (OIDC Back-Channel Logout §2.1); unique in the pool. Nobody gets in with it.
    pub sid: String,
    /// Who is signed in; it goes when they do.
    pub user_id: String,
    /// When they last proved who they are.
    pub auth_time: Timestamp,
    /// How (RFC 8176).
    pub amr: Vec<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
    /// From when on it no longer counts, however it is used.
    pub expires_at: Timestamp,
    /// Where it began.
    pub ip: Option<String>,
    /// In which browser.
    pub user_agent: Option<String>,
}

impl std::fmt::Debug for SessionRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SessionRecord").field("sid", &self.sid).field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

// There is no name to sort by or to look for but the public id.
const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::Sid,
    id: Column::Sid,
    search: Column::UserAgent,
    status: None,
    last_used: None,
};

impl PoolScoped {
    /// The session with this hash, if it has not expired. Whether its user may still sign in is the caller's question.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_session(&self, hash: &[u8; 32], now: Timestamp) -> Result<Option<SessionRecord>, StoreError> {
        let living = Column::Hash.eq(hash.as_slice()).and(Column::ExpiresAt.gt(now.as_millis()));
        let row = self.pool.rows::<Entity>().filter(living).one(self.store.reader()).await?;
        row.map(SessionRecord::try_from).transpose()
    }

    /// A page of the sessions of a user that have not expired; `q` is looked for in the browser's name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_sessions(
        &self,
        user_id: &str,
        now: Timestamp,
        query: &ListQuery,
    ) -> Result<Page<SessionRecord>, StoreError> {
        let living = Column::UserId.eq(user_id).and(Column::ExpiresAt.gt(now.as_millis()));
        let rows = KEYSET.select(self.pool.rows::<Entity>().filter(living), query);
        Page::of(rows.all(self.store.reader()).await?, query)
    }

    /// Notes that a session has been used; answers whether there is one that has not expired.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch_session(&self, hash: &[u8; 32], now: Timestamp) -> Result<bool, StoreError> {
        let living = Column::Hash.eq(hash.as_slice()).and(Column::ExpiresAt.gt(now.as_millis()));
        let update = self.pool.update::<Entity>().filter(living);
        let update = update.col_expr(Column::LastSeenAt, Expr::value(now.as_millis()));
        self.store.conditionally(update).await
    }
}

impl PoolTx<'_> {
    /// Begins a session.
    ///
    /// # Errors
    /// When the database fails, or the user is gone.
    pub async fn insert_session(&self, session: &SessionRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.pool.tenant()),
            pool_id: Set(self.pool.pool_id.clone()),
            hash: Set(session.hash.to_vec()),
            sid: Set(session.sid.clone()),
            user_id: Set(session.user_id.clone()),
            auth_time: Set(session.auth_time.as_millis()),
            amr: Set(rows::to_json(&session.amr)?),
            created_at: Set(session.created_at.as_millis()),
            last_seen_at: Set(session.last_seen_at.as_millis()),
            expires_at: Set(session.expires_at.as_millis()),
            ip: Set(session.ip.clone()),
            user_agent: Set(session.user_agent.clone()),
        };
        rows::insert(self.db, row).await
    }

    /// Notes that the user of a session has proved again who they are, at `now`; answers whether the session has not expired and is
    /// this user's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reauthenticate_session(
        &self,
        hash: &[u8; 32],
        user_id: &str,
        amr: &[String],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let living = Column::Hash.eq(hash.as_slice()).and(Column::ExpiresAt.gt(now.as_millis()));
        let update = self
            .pool
            .update::<Entity>()
            .filter(living.and(Column::UserId.eq(user_id)))
            .col_expr(Column::AuthTime, Expr::value(now.as_millis()))
            .col_expr(Column::Amr, Expr::value(rows::to_json(&amr)?))
            .col_expr(Column::LastSeenAt, Expr::value(now.as_millis()));
        Ok(update.exec(self.db).await?.rows_affected == 1)
    }

    /// Ends the session with this hash; answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_session(&self, hash: &[u8; 32]) -> Result<bool, StoreError> {
        let delete = self.pool.delete::<Entity>().filter(Column::Hash.eq(hash.as_slice()));
        Ok(delete.exec(self.db).await?.rows_affected == 1)
    }

    /// Ends a session of a user by its public id; answers whether they had it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_session_of(&self, user_id: &str, sid: &str) -> Result<bool, StoreError> {
        let session = Column::UserId.eq(user_id).and(Column::Sid.eq(sid));
        Ok(self.pool.delete::<Entity>().filter(session).exec(self.db).await?.rows_affected == 1)
    }

    /// Ends all sessions of a user but the one with the hash `except`, if any; answers the public ids of those that ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_sessions_of(
        &self,
        user_id: &str,
        except: Option<&[u8; 32]>,
    ) -> Result<Vec<String>, StoreError> {
        let mut ended = Vec::new();
        for row in self.pool.rows::<Entity>().filter(Column::UserId.eq(user_id)).all(self.db).await? {
            let hash: Option<[u8; 32]> = row.hash.as_slice().try_into().ok();
            if (except.is_none() || hash.as_ref() != except) && self.delete_session_of(user_id, &row.sid).await? {
                ended.push(row.sid);
            }
        }
        Ok(ended)
    }
}

impl TryFrom<Model> for SessionRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            hash: rows::known("sessions.hash", row.hash.try_into().ok())?,
            sid: row.sid,
            user_id: row.user_id,
            auth_time: Timestamp::from_millis(row.auth_time),
            amr: rows::from_json("sessions.amr", row.amr)?,
            created_at: Timestamp::from_millis(row.created_at),
            last_seen_at: Timestamp::from_millis(row.last_seen_at),
            expires_at: Timestamp::from_millis(row.expires_at),
            ip: row.ip,
            user_agent: row.user_agent,
        })
    }
}

impl Listed for Model {
    fn created_at(&self) -> i64 {
        self.created_at
    }

    fn name(&self) -> &str {
        &self.sid
    }

    fn id(&self) -> &str {
        &self.sid
    }
}
