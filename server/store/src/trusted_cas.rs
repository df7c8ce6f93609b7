//! Trusted authorities: who may vouch for certificates of a workspace's clients (RFC 8705 §2.1), each pinned by the SHA-256
//! of its certificate.

use cardea_protocol::Timestamp;
use sea_orm::{
    ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, Set,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    InsertOutcome, ListQuery, Page, Scoped, ScopedTx, StoreError,
    entity::trusted_cas::{ActiveModel, Column, Entity, Model},
    page::{Keyset, Listed},
    rows,
};

/// A trusted authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedCaRecord {
    /// SHA-256 of its certificate, in lower-case hexadecimal; unique in the workspace.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// Its certificate (RFC 5280 §4.1), as DER.
    pub certificate: Vec<u8>,
    /// What it has revoked (RFC 5280 §5.1), as DER, if the workspace holds its list.
    pub revocation_list: Option<Vec<u8>>,
    /// How often it has been changed; what an update must name.
    pub version: i64,
    /// When it was trusted.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

const KEYSET: Keyset<Column> = Keyset {
    created_at: Column::CreatedAt,
    name: Column::Name,
    id: Column::Id,
    search: Column::Search,
    status: None,
    last_used: None,
};

impl Scoped {
    /// The trusted authority with this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_trusted_ca(&self, id: &str) -> Result<Option<TrustedCaRecord>, StoreError> {
        let found = self.rows::<Entity>().filter(Column::Id.eq(id)).one(self.store.reader()).await?;
        Ok(found.map(TrustedCaRecord::from))
    }

    /// A page of the trusted authorities.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_trusted_cas(&self, query: &ListQuery) -> Result<Page<TrustedCaRecord>, StoreError> {
        let found = KEYSET.select(self.rows::<Entity>(), query).all(self.store.reader()).await?;
        let Ok(page) = Page::of(found, query);
        Ok(page)
    }

    /// Every trusted authority of the workspace: what certificates of clients are judged by.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_trusted_cas(&self) -> Result<Vec<TrustedCaRecord>, StoreError> {
        let found = self.rows::<Entity>().order_by_asc(Column::Id).all(self.store.reader()).await?;
        Ok(found.into_iter().map(TrustedCaRecord::from).collect())
    }
}

impl ScopedTx<'_> {
    /// Adds a trusted authority.
    ///
    /// # Errors
    /// When the database fails, or the workspace is gone.
    pub async fn insert_trusted_ca(&self, ca: &TrustedCaRecord) -> Result<InsertOutcome, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.scope.tenant()),
            workspace_id: Set(self.scope.workspace()),
            id: Set(ca.id.clone()),
            name: Set(ca.name.clone()),
            certificate: Set(ca.certificate.clone()),
            revocation_list: Set(ca.revocation_list.clone()),
            search: Set(rows::search_text(&ca.id, &ca.name)),
            version: Set(ca.version),
            created_at: Set(ca.created_at.as_millis()),
            updated_at: Set(ca.updated_at.as_millis()),
        };
        rows::insert(self.db, row).await
    }

    /// Writes name and revocation list of a trusted authority if it still has the version of this record, and gives it the
    /// next one; answers whether it did. Its certificate is what it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_trusted_ca(&self, ca: &TrustedCaRecord) -> Result<bool, StoreError> {
        let update = self
            .scope
            .update::<Entity>()
            .filter(Column::Id.eq(ca.id.as_str()).and(Column::Version.eq(ca.version)))
            .col_expr(Column::Name, Expr::value(ca.name.as_str()))
            .col_expr(Column::RevocationList, Expr::value(ca.revocation_list.clone()))
            .col_expr(Column::Search, Expr::value(rows::search_text(&ca.id, &ca.name)))
            .col_expr(Column::Version, Expr::value(ca.version + 1))
            .col_expr(Column::UpdatedAt, Expr::value(ca.updated_at.as_millis()));
        Ok(update.exec(self.db).await?.rows_affected == 1)
    }

    /// Deletes a trusted authority; answers whether there was one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_trusted_ca(&self, id: &str) -> Result<bool, StoreError> {
        let delete = self.scope.delete::<Entity>().filter(Column::Id.eq(id));
        Ok(delete.exec(self.db).await?.rows_affected == 1)
    }

    /// How many trusted authorities the workspace has, as this transaction sees it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_trusted_cas(&self) -> Result<u64, StoreError> {
        Ok(self.scope.rows::<Entity>().count(self.db).await?)
    }
}

impl From<Model> for TrustedCaRecord {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            certificate: row.certificate,
            revocation_list: row.revocation_list,
            version: row.version,
            created_at: Timestamp::from_millis(row.created_at),
            updated_at: Timestamp::from_millis(row.updated_at),
        }
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
