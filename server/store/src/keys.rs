//! The signing keys of a workspace. Of each algorithm one key signs (`current`) and one is published ahead (`next`);
//! retired ones stay published until the last token they signed has expired.

use cardea_protocol::{SigningAlg, Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, Set, SqlErr,
    sea_query::{Expr, ExprTrait},
};
use serde_json::Value;

use crate::{
    InsertOutcome, Scoped, ScopedTx, StoreError,
    entity::signing_keys::{ActiveModel, Column, Entity, Model},
    rows,
    scope::Scope,
};

/// So long a revoked key is shown, in seconds: longer than any token it has signed lives.
const REVOKED_SHOWN: i64 = 25 * 3600;

/// A signing key.
#[derive(Clone)]
pub struct KeyRecord {
    /// Its id, unique in the workspace.
    pub kid: String,
    /// What it signs with.
    pub alg: SigningAlg,
    /// Where it is in its life.
    pub state: KeyState,
    /// The public half, as published.
    pub public_jwk: Value,
    /// The private half, sealed under the master key.
    pub sealed_private: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where a key is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Published, does not sign yet.
    Next,
    /// Signs.
    Current,
    /// Signs no more; what it signed is good until `expires_at`.
    Retired {
        /// Since when.
        retired_at: Timestamp,
        /// Until when it is published.
        expires_at: Timestamp,
    },
    /// Whatever it signed is void.
    Revoked {
        /// Since when.
        revoked_at: Timestamp,
    },
}

impl std::fmt::Debug for KeyRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("KeyRecord");
        shown.field("kid", &self.kid).field("alg", &self.alg).field("state", &self.state).finish_non_exhaustive()
    }
}

const NEXT: &str = "next";
const CURRENT: &str = "current";
const RETIRED: &str = "retired";
const REVOKED: &str = "revoked";

/// The one place an algorithm has for a key in this state.
fn slot(alg: SigningAlg, state: &str) -> String {
    format!("{}/{state}", alg.as_str())
}

async fn key_ring<C: ConnectionTrait>(db: &C, scope: &Scope, now: Timestamp) -> Result<Vec<KeyRecord>, StoreError> {
    let alive = Column::ExpiresAt.is_null().or(Column::ExpiresAt.gt(now.as_millis()));
    let rows = scope.rows::<Entity>().filter(alive).order_by_desc(Column::CreatedAt).order_by_asc(Column::Kid);
    rows.all(db).await?.into_iter().map(KeyRecord::try_from).collect()
}

impl Scoped {
    /// All keys but the expired ones, the newest first. Revoked ones are among them for 25 hours, for people to see.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key_ring(&self, now: Timestamp) -> Result<Vec<KeyRecord>, StoreError> {
        key_ring(self.store.reader(), &self.scope, now).await
    }
}

impl ScopedTx<'_> {
    /// All keys but the expired ones as this transaction sees them, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn key_ring(&self, now: Timestamp) -> Result<Vec<KeyRecord>, StoreError> {
        key_ring(self.db, &self.scope, now).await
    }

    /// Adds a key; `AlreadyExists` when its algorithm has another in this state: two nodes may make the first at once.
    ///
    /// # Errors
    /// When the database fails, or the workspace is gone.
    pub async fn insert_key(&self, key: &KeyRecord) -> Result<InsertOutcome, StoreError> {
        insert(self.db, &self.scope, key).await
    }

    /// Retires the current key of an algorithm (which must be `expected_current`, or absent when that is none), makes the
    /// next one current and adds `new_next` (whose state must be [`KeyState::Next`]). Answers false, and changes nothing,
    /// when the ring is not as expected or has no next key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rotate_key(
        &self,
        alg: SigningAlg,
        expected_current: Option<&str>,
        new_next: &KeyRecord,
        now: Timestamp,
        retire_until: Timestamp,
    ) -> Result<bool, StoreError> {
        let inner = self.db.begin().await?;
        let rotated = self.turn(&inner, alg, expected_current, now, retire_until).await?
            && insert(&inner, &self.scope, new_next).await?.is_inserted();
        if rotated {
            inner.commit().await?
        } else {
            inner.rollback().await?
        }
        Ok(rotated)
    }

    async fn turn<C: ConnectionTrait>(
        &self,
        db: &C,
        alg: SigningAlg,
        expected_current: Option<&str>,
        now: Timestamp,
        retire_until: Timestamp,
    ) -> Result<bool, StoreError> {
        if let Some(kid) = expected_current {
            let retire = self
                .scope
                .update::<Entity>()
                .filter(Column::Slot.eq(slot(alg, CURRENT)).and(Column::Kid.eq(kid)))
                .col_expr(Column::Slot, Expr::value(kid))
                .col_expr(Column::State, Expr::value(RETIRED))
                .col_expr(Column::RetiredAt, Expr::value(now.as_millis()))
                .col_expr(Column::ExpiresAt, Expr::value(retire_until.as_millis()));
            if retire.exec(db).await?.rows_affected == 0 {
                return Ok(false);
            }
        } else if self.scope.rows::<Entity>().filter(Column::Slot.eq(slot(alg, CURRENT))).one(db).await?.is_some() {
            return Ok(false);
        }
        let promote = self
            .scope
            .update::<Entity>()
            .filter(Column::Slot.eq(slot(alg, NEXT)))
            .col_expr(Column::Slot, Expr::value(slot(alg, CURRENT)))
            .col_expr(Column::State, Expr::value(CURRENT));
        match promote.exec(db).await {
            Ok(done) => Ok(done.rows_affected == 1),
            // Another made a key current since we looked.
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Revokes a key, which frees its place and ends it 25 hours later; answers whether there was one to revoke. Whoever revokes the current key
    /// then rotates with no expected current, whoever revokes the next inserts another.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_key(&self, kid: &str, now: Timestamp) -> Result<bool, StoreError> {
        let revoke = self
            .scope
            .update::<Entity>()
            .filter(Column::Kid.eq(kid).and(Column::State.ne(REVOKED)))
            .col_expr(Column::Slot, Expr::value(kid))
            .col_expr(Column::State, Expr::value(REVOKED))
            .col_expr(Column::RetiredAt, Expr::value(now.as_millis()))
            .col_expr(Column::ExpiresAt, Expr::value(now.plus_secs(REVOKED_SHOWN).as_millis()));
        Ok(revoke.exec(self.db).await?.rows_affected == 1)
    }
}

async fn insert<C: ConnectionTrait>(db: &C, scope: &Scope, key: &KeyRecord) -> Result<InsertOutcome, StoreError> {
    let (state, slot, retired_at, expires_at) = match key.state {
        KeyState::Next => (NEXT, slot(key.alg, NEXT), None, None),
        KeyState::Current => (CURRENT, slot(key.alg, CURRENT), None, None),
        KeyState::Retired { retired_at, expires_at } => (RETIRED, key.kid.clone(), Some(retired_at), Some(expires_at)),
        KeyState::Revoked { revoked_at } => {
            (REVOKED, key.kid.clone(), Some(revoked_at), Some(revoked_at.plus_secs(REVOKED_SHOWN)))
        }
    };
    let row = ActiveModel {
        tenant_id: Set(scope.tenant()),
        workspace_id: Set(scope.workspace()),
        kid: Set(key.kid.clone()),
        alg: Set(key.alg.as_str().to_owned()),
        slot: Set(slot),
        state: Set(state.to_owned()),
        public_jwk: Set(key.public_jwk.clone()),
        sealed_private: Set(key.sealed_private.clone()),
        created_at: Set(key.created_at.as_millis()),
        retired_at: Set(retired_at.map(Timestamp::as_millis)),
        expires_at: Set(expires_at.map(Timestamp::as_millis)),
    };
    rows::insert(db, row).await
}

impl TryFrom<Model> for KeyRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let (retired_at, expires_at) =
            (row.retired_at.map(Timestamp::from_millis), row.expires_at.map(Timestamp::from_millis));
        let state = match (row.state.as_str(), retired_at, expires_at) {
            (NEXT, ..) => Some(KeyState::Next),
            (CURRENT, ..) => Some(KeyState::Current),
            (RETIRED, Some(retired_at), Some(expires_at)) => Some(KeyState::Retired { retired_at, expires_at }),
            (REVOKED, Some(revoked_at), _) => Some(KeyState::Revoked { revoked_at }),
            _ => None,
        };
        Ok(Self {
            kid: row.kid,
            alg: rows::known("signing_keys.alg", SigningAlg::parse(&row.alg))?,
            state: rows::known("signing_keys.state", state)?,
            public_jwk: row.public_jwk,
            sealed_private: row.sealed_private,
            created_at: Timestamp::from_millis(row.created_at),
        })
    }
}
