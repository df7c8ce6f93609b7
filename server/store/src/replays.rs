//! One-time use of assertions (RFC 7523 §3, `jti`), across nodes and restarts. Claims that come together are written
//! together: one statement and one commit for up to 256, and each caller learns its own outcome after the commit.

use std::collections::HashSet;

use cardea_protocol::{TenantId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{ExprTrait, Value},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    deadline::Bounded,
    entity::replays::{Column, Entity},
    group::{BATCH, Work},
    insertion::Insertion,
};

static INSERTION: Insertion<22> =
    Insertion::new([1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 48, 64, 96, 128, 192, BATCH]);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    tenant_id: TenantId,
    workspace_id: WorkspaceId,
    hash: [u8; 32],
}

/// The use of one assertion.
pub(crate) struct Claim {
    key: Key,
    expires_at: Timestamp,
}

impl Store {
    /// Claims a hash for good; answers whether it was free. When this answers true, the claim survives a crash of the
    /// process. What it stands for may be cleared away after `expires_at`.
    ///
    /// # Errors
    /// When the database fails: then nobody knows, and the caller must refuse.
    pub async fn claim_replay(
        &self,
        tenant_id: &TenantId,
        workspace_id: &WorkspaceId,
        hash: [u8; 32],
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let key = Key { tenant_id: tenant_id.clone(), workspace_id: workspace_id.clone(), hash };
        self.replays().write(Claim { key, expires_at }).await
    }
}

impl Work for Claim {
    type Outcome = bool;
    const NAME: &'static str = "replay records";

    async fn write(writer: &Bounded<DatabaseConnection>, batch: Vec<Self>) -> Result<Vec<bool>, StoreError> {
        let mut outcomes = vec![false; batch.len()];
        let mut sorted: Vec<_> = outcomes.iter_mut().zip(batch).collect();
        // Sorted, so that two nodes lock in the same order; of twins in one batch the first is the one that counts.
        sorted.sort_by(|(_, a), (_, b)| a.key.cmp(&b.key));
        sorted.dedup_by(|(_, twin), (_, first)| twin.key == first.key);
        let (answers, wanted): (Vec<_>, Vec<_>) = sorted.into_iter().unzip();
        let won = insert(writer, &wanted).await?;
        for (answer, claim) in answers.into_iter().zip(&wanted) {
            *answer = won.as_ref().is_none_or(|won| won.contains(&id(&claim.key)));
        }
        Ok(outcomes)
    }
}

type Won = HashSet<(String, String, Vec<u8>)>;

fn id(key: &Key) -> (String, String, Vec<u8>) {
    (key.tenant_id.as_str().to_owned(), key.workspace_id.as_str().to_owned(), key.hash.to_vec())
}

/// One statement, and so all or nothing without a transaction around it. Answers who won; none for all.
async fn insert(writer: &Bounded<DatabaseConnection>, claims: &[Claim]) -> Result<Option<Won>, StoreError> {
    let (high, low) = Uuid::new_v4().as_u64_pair();
    let batch = (high ^ low).cast_signed();
    let length = INSERTION.fitting(claims.len()).unwrap_or(BATCH);
    // The last once more changes nothing.
    let rows = claims.iter().chain(claims.last().into_iter().cycle()).take(length);
    let values = rows.flat_map(|Claim { key, expires_at, .. }| -> [Value; 5] {
        // In the order of `Column`.
        [
            key.tenant_id.as_str().into(),
            key.workspace_id.as_str().into(),
            key.hash.as_slice().into(),
            expires_at.as_millis().into(),
            batch.into(),
        ]
    });
    let statement = INSERTION.statement::<Entity>(writer.get_database_backend(), length, values.collect());
    let inserted = writer.execute_raw(statement).await?.rows_affected();
    if u64::try_from(claims.len()).is_ok_and(|count| count == inserted) {
        return Ok(None);
    }
    if inserted == 0 {
        return Ok(Some(Won::new()));
    }
    // The count decides nearly always and costs nothing, where rows that come back cost each its way between threads.
    let any = claims.iter().fold(Condition::any(), |any, Claim { key, .. }| {
        let workspace =
            Column::TenantId.eq(key.tenant_id.as_str()).and(Column::WorkspaceId.eq(key.workspace_id.as_str()));
        any.add(workspace.and(Column::Hash.eq(key.hash.as_slice())))
    });
    let ours = Entity::find().select_only().columns([Column::TenantId, Column::WorkspaceId, Column::Hash]);
    let ours = ours.filter(any).filter(Column::Batch.eq(batch));
    Ok(Some(ours.into_tuple::<(String, String, Vec<u8>)>().all(writer).await?.into_iter().collect()))
}
