//! One-time use of assertions (RFC 7523 §3, `jti`), across nodes and restarts. Claims that come together are written
//! together: one statement and one commit for up to 256, and each caller learns its own outcome after the commit.

use std::collections::{BTreeMap, HashSet};

use cardea_protocol::{TenantId, Timestamp, WorkspaceId};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait, QueryTrait, Set, sea_query::OnConflict};
use tokio::sync::{mpsc, oneshot};

use crate::{
    Store, StoreError,
    entity::replays::{ActiveModel, Column, Entity},
};

/// More in one statement gains nothing and lets the first wait for the last.
const BATCH: usize = 256;
/// The lengths that statements have.
const LENGTHS: [usize; 16] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, BATCH];
/// So many may wait; more callers wait for a place to wait in.
const QUEUE: usize = 4096;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    tenant_id: TenantId,
    workspace_id: WorkspaceId,
    hash: [u8; 32],
}

struct Claim {
    key: Key,
    expires_at: Timestamp,
    answer: oneshot::Sender<Result<bool, StoreError>>,
}

/// Where claims queue. Its task ends with the last store.
pub(crate) struct Replays {
    queue: mpsc::Sender<Claim>,
}

impl Replays {
    pub(crate) fn start(writer: DatabaseConnection) -> Self {
        let (queue, mut claims) = mpsc::channel(QUEUE);
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            while claims.recv_many(&mut batch, BATCH).await > 0 {
                settle(&writer, &mut batch).await;
            }
        });
        Self { queue }
    }
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
        let (answer, outcome) = oneshot::channel();
        let key = Key { tenant_id: tenant_id.clone(), workspace_id: workspace_id.clone(), hash };
        let stopped = |_| StoreError::Unavailable("the writer of replay records has stopped".to_owned());
        self.replays().queue.send(Claim { key, expires_at, answer }).await.map_err(|_| stopped(()))?;
        outcome.await.map_err(|_| stopped(()))?
    }
}

/// Writes the batch and answers everyone in it.
async fn settle(writer: &DatabaseConnection, batch: &mut Vec<Claim>) {
    // Sorted, so that two nodes lock in the same order; of twins in one batch the first is the one that counts.
    let mut wanted = BTreeMap::new();
    let mut twins = Vec::new();
    for claim in batch.drain(..) {
        match wanted.entry(claim.key) {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert((claim.expires_at, claim.answer));
            }
            std::collections::btree_map::Entry::Occupied(_) => twins.push(claim.answer),
        }
    }
    // An answer that nobody waits for any more is no failure.
    match insert(writer, wanted.iter().map(|(key, (expires_at, _))| (key, *expires_at))).await {
        Ok(won) => {
            for (key, (_, answer)) in wanted {
                let _ = answer.send(Ok(won.as_ref().is_none_or(|won| won.contains(&id(&key)))));
            }
            for twin in twins {
                let _ = twin.send(Ok(false));
            }
        }
        Err(error) => {
            for answer in wanted.into_values().map(|(_, answer)| answer).chain(twins) {
                let _ = answer.send(Err(StoreError::Unavailable(error.to_string())));
            }
        }
    }
}

type Won = HashSet<(String, String, Vec<u8>)>;

fn id(key: &Key) -> (String, String, Vec<u8>) {
    (key.tenant_id.as_str().to_owned(), key.workspace_id.as_str().to_owned(), key.hash.to_vec())
}

/// One statement, and so all or nothing without a transaction around it. Answers who won; none for all.
async fn insert(
    writer: &DatabaseConnection,
    claims: impl ExactSizeIterator<Item = (&Key, Timestamp)>,
) -> Result<Option<Won>, StoreError> {
    let count = claims.len();
    let rows = claims.map(|(key, expires_at)| ActiveModel {
        tenant_id: Set(key.tenant_id.as_str().to_owned()),
        workspace_id: Set(key.workspace_id.as_str().to_owned()),
        hash: Set(key.hash.to_vec()),
        expires_at: Set(expires_at.as_millis()),
    });
    let mut rows: Vec<_> = rows.collect();
    // The last once more changes nothing, and a few lengths of statement can stay prepared where 256 could not.
    if let (Some(length), Some(last)) = (LENGTHS.iter().find(|length| **length >= count), rows.last().cloned()) {
        rows.resize(*length, last);
    }
    let mut statement = Entity::insert_many(rows).into_query();
    statement.on_conflict(OnConflict::new().do_nothing().to_owned()).returning(
        sea_orm::sea_query::Query::returning().columns([Column::TenantId, Column::WorkspaceId, Column::Hash]),
    );
    let returned = writer.query_all(&statement).await?;
    if returned.len() == count {
        return Ok(None);
    }
    let mut won = Won::with_capacity(returned.len());
    for row in returned {
        won.insert((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?));
    }
    Ok(Some(won))
}
