//! The secrets of clients: not the secrets themselves but what they are checked against. A client may hold several.

use cardea_protocol::{ClientId, Timestamp};
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    InsertOutcome, Scoped, ScopedTx, StoreError,
    entity::client_secrets::{ActiveModel, Column, Entity, Model},
    rows,
    scope::Scope,
};

mod expiring;

pub use expiring::ExpiringSecret;

/// A secret of a client.
#[derive(Clone)]
pub struct SecretRecord {
    /// Its id, unique in the client.
    pub id: String,
    /// The client it belongs to.
    pub client_id: ClientId,
    /// Its name, for people.
    pub name: String,
    /// What it is checked against.
    pub verifier: SecretVerifier,
    /// Its first characters, to know it by.
    pub prefix: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// From when on it no longer works; none for never.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, a few seconds late. Only [`crate::AuditLog`] writes it.
    pub last_used_at: Option<Timestamp>,
}

/// What a secret is checked against. Without `Debug`: a hash of a weak secret is nearly the secret.
#[derive(Clone)]
pub enum SecretVerifier {
    /// SHA-256 of a secret that we generated.
    Sha256([u8; 32]),
    /// A PHC string of a secret that was brought here.
    Argon2id(String),
    /// The secret itself, sealed under the master key: `client_secret_jwt` needs it.
    Sealed(Vec<u8>),
}

impl std::fmt::Debug for SecretRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecretRecord").field("id", &self.id).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

async fn secrets_of<C: ConnectionTrait>(
    db: &C,
    scope: &Scope,
    client_id: &ClientId,
) -> Result<Vec<SecretRecord>, StoreError> {
    let rows = scope
        .rows::<Entity>()
        .filter(Column::ClientId.eq(client_id.as_str()))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id);
    rows.all(db).await?.into_iter().map(SecretRecord::try_from).collect()
}

impl Scoped {
    /// All secrets of a client, the newest first; expired ones too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn secrets_of(&self, client_id: &ClientId) -> Result<Vec<SecretRecord>, StoreError> {
        secrets_of(self.store.reader(), &self.scope, client_id).await
    }
}

impl ScopedTx<'_> {
    /// All secrets of a client as this transaction sees them, the newest first; expired ones too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn secrets_of(&self, client_id: &ClientId) -> Result<Vec<SecretRecord>, StoreError> {
        secrets_of(self.db, &self.scope, client_id).await
    }

    /// Adds a secret to a client.
    ///
    /// # Errors
    /// When the database fails, or the client is gone.
    pub async fn insert_secret(&self, secret: &SecretRecord) -> Result<InsertOutcome, StoreError> {
        let (kind, value) = match &secret.verifier {
            SecretVerifier::Sha256(hash) => ("sha256", hash.to_vec()),
            SecretVerifier::Argon2id(phc) => ("argon2id", phc.clone().into_bytes()),
            SecretVerifier::Sealed(sealed) => ("sealed", sealed.clone()),
        };
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            client_id: Set(secret.client_id.as_str().to_owned()),
            id: Set(secret.id.clone()),
            name: Set(secret.name.clone()),
            kind: Set(kind.to_owned()),
            value: Set(value),
            prefix: Set(secret.prefix.clone()),
            created_at: Set(secret.created_at.as_millis()),
            expires_at: Set(secret.expires_at.map(Timestamp::as_millis)),
            last_used_at: Set(secret.last_used_at.map_or(0, Timestamp::as_millis)),
        };
        rows::insert(self.db, row).await
    }

    /// Lets the other secrets of a client end at a moment at the latest; answers how many that concerned.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn expire_other_secrets(
        &self,
        client_id: &ClientId,
        keep: &str,
        at: Timestamp,
    ) -> Result<u64, StoreError> {
        let later = Column::ExpiresAt.is_null().or(Column::ExpiresAt.gt(at.as_millis()));
        let update = self
            .scope
            .update::<Entity>()
            .filter(Column::ClientId.eq(client_id.as_str()).and(Column::Id.ne(keep)).and(later))
            .col_expr(Column::ExpiresAt, Expr::value(at.as_millis()));
        Ok(update.exec(self.db).await?.rows_affected)
    }

    /// Deletes a secret; answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_secret(&self, client_id: &ClientId, id: &str) -> Result<bool, StoreError> {
        let secret = Column::ClientId.eq(client_id.as_str()).and(Column::Id.eq(id));
        Ok(self.scope.delete::<Entity>().filter(secret).exec(self.db).await?.rows_affected == 1)
    }

    /// Deletes every secret of a client; answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_secrets(&self, client_id: &ClientId) -> Result<u64, StoreError> {
        let delete = self.scope.delete::<Entity>().filter(Column::ClientId.eq(client_id.as_str()));
        Ok(delete.exec(self.db).await?.rows_affected)
    }
}

impl TryFrom<Model> for SecretRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let verifier = match row.kind.as_str() {
            "sha256" => row.value.try_into().ok().map(SecretVerifier::Sha256),
            "argon2id" => String::from_utf8(row.value).ok().map(SecretVerifier::Argon2id),
            "sealed" => Some(SecretVerifier::Sealed(row.value)),
            _ => None,
        };
        Ok(Self {
            id: row.id,
            client_id: ClientId::parse(&row.client_id).map_err(StoreError::corrupt)?,
            name: row.name,
            verifier: rows::known("client_secrets.value", verifier)?,
            prefix: row.prefix,
            created_at: Timestamp::from_millis(row.created_at),
            expires_at: row.expires_at.map(Timestamp::from_millis),
            last_used_at: rows::unless_zero(row.last_used_at),
        })
    }
}
