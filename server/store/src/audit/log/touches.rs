//! When clients and secrets were last used: of many uses only the last is written.

use std::{collections::BTreeMap, sync::Arc};

use cardea_protocol::{ClientId, TenantId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    Store, StoreError,
    connect::begin_writing,
    deadline::Bounded,
    entity::{client_secrets, clients},
    scope::Scope,
};

/// One use.
#[derive(Debug)]
pub(super) struct Touch {
    pub(super) tenant_id: TenantId,
    pub(super) workspace_id: WorkspaceId,
    pub(super) client_id: ClientId,
    pub(super) secret_id: Option<Arc<str>>,
    pub(super) time: Timestamp,
}

/// A client, or one of its secrets. In order: a client before its secrets, alike on every node, so that none waits for
/// another that waits for it.
type Key = (TenantId, WorkspaceId, ClientId, Option<Arc<str>>);

/// The last use of each.
#[derive(Debug, Default)]
pub(super) struct Touches(BTreeMap<Key, Timestamp>);

/// One transaction holds no more, so that other writers get their turn.
const BATCH: usize = 200;

impl Touches {
    pub(super) fn add(&mut self, touch: Touch) {
        let Touch { tenant_id, workspace_id, client_id, secret_id, time } = touch;
        if secret_id.is_some() {
            self.note((tenant_id.clone(), workspace_id.clone(), client_id.clone(), secret_id), time);
        }
        self.note((tenant_id, workspace_id, client_id, None), time);
    }

    fn note(&mut self, key: Key, time: Timestamp) {
        let last = self.0.entry(key).or_insert(time);
        *last = time.max(*last);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Writes them all; what is written is forgotten, what is not stays.
    pub(super) async fn write(&mut self, store: &Store) -> Result<(), StoreError> {
        while !self.0.is_empty() {
            let batch: Vec<_> = self.0.iter().take(BATCH).map(|(key, time)| (key.clone(), *time)).collect();
            let db = begin_writing(store.writer()).await?;
            for (key, time) in &batch {
                write_one(&db, key, time.as_millis()).await?;
            }
            db.commit().await?;
            for (key, _) in &batch {
                self.0.remove(key);
            }
        }
        Ok(())
    }
}

async fn write_one(db: &Bounded<DatabaseTransaction>, key: &Key, time: i64) -> Result<(), StoreError> {
    let (tenant_id, workspace_id, client_id, secret_id) = key;
    let scope = Scope { tenant_id: tenant_id.clone(), workspace_id: workspace_id.clone() };
    if let Some(secret_id) = secret_id {
        use client_secrets::{Column, Entity};
        let secret = Column::ClientId.eq(client_id.as_str()).and(Column::Id.eq(secret_id.as_ref()));
        let earlier = secret.and(Column::LastUsedAt.lt(time));
        scope.update::<Entity>().filter(earlier).col_expr(Column::LastUsedAt, Expr::value(time)).exec(db).await?;
    } else {
        use clients::{Column, Entity};
        let earlier = Column::ClientId.eq(client_id.as_str()).and(Column::LastAuthenticatedAt.lt(time));
        let update = scope.update::<Entity>().filter(earlier);
        update.col_expr(Column::LastAuthenticatedAt, Expr::value(time)).exec(db).await?;
    }
    Ok(())
}
