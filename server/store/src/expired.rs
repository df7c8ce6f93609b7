//! Clearing away what time has made meaningless, a little at a time so that others can write in between.

use cardea_protocol::Timestamp;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    Store, StoreError, audit,
    entity::{
        audit_events, authorization_codes, device_codes, families, initial_access_tokens, opaque_tokens,
        pushed_requests, replays, revoked_tokens, sessions, setup_links, signing_keys, statistics, user_links,
    },
};

/// Clocks of nodes differ: an assertion that one has forgotten must have expired for all of them.
const CLOCKS: i64 = 300;
/// No access token lives longer, in seconds: until it has ended, its family must say whether it is revoked.
const LONGEST_TOKEN: i64 = 25 * 3600;
/// Initial access tokens that have ended are shown for so long, in seconds, that their administrators see why they are refused.
const ENDED_INITIAL_ACCESS_TOKENS: i64 = 30 * 24 * 3600;
/// Rows deleted by one statement.
const CHUNK: u64 = 1000;

impl Store {
    /// Deletes what ended before `now` (replay records and device codes five minutes before, families 25 hours before, initial access
    /// tokens 30 days before); answers how many rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_expired(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut deleted = 0;
        {
            use replays::{Column, Entity};
            let key = [Column::TenantId, Column::WorkspaceId, Column::Hash];
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, now.plus_secs(-CLOCKS)).await?;
        }
        {
            use revoked_tokens::{Column, Entity};
            let key = [Column::TenantId, Column::WorkspaceId, Column::Jti];
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, now).await?;
        }
        {
            use opaque_tokens::{Column, Entity};
            let key = [Column::TenantId, Column::WorkspaceId, Column::Hash];
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, now).await?;
        }
        {
            use signing_keys::{Column, Entity};
            let key = [Column::TenantId, Column::WorkspaceId, Column::Kid];
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, now).await?;
        }
        {
            use initial_access_tokens::{Column, Entity};
            let (key, before) =
                ([Column::TenantId, Column::WorkspaceId, Column::Id], now.plus_secs(-ENDED_INITIAL_ACCESS_TOKENS));
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, before).await?;
        }
        Ok(deleted + self.delete_expired_of_people(now).await? + self.delete_expired_grants(now).await?)
    }

    async fn delete_expired_of_people(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut deleted = 0;
        {
            use sessions::{Column, Entity};
            let key = [Column::TenantId, Column::PoolId, Column::Hash];
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, now).await?;
        }
        {
            use user_links::{Column, Entity};
            let key = [Column::TenantId, Column::PoolId, Column::Hash];
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, now).await?;
        }
        {
            use setup_links::{Column, Entity};
            deleted += self.delete_before::<Entity, 1>([Column::Hash], Column::ExpiresAt, now).await?;
        }
        Ok(deleted)
    }

    async fn delete_expired_grants(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut deleted = 0;
        {
            use authorization_codes::{Column, Entity};
            let key = [Column::TenantId, Column::WorkspaceId, Column::Hash];
            deleted += self.delete_before::<Entity, 3>(key, Column::KeptUntil, now).await?;
        }
        {
            use families::{Column, Entity};
            let key = [Column::TenantId, Column::WorkspaceId, Column::Id];
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, now.plus_secs(-LONGEST_TOKEN)).await?;
        }
        {
            use pushed_requests::{Column, Entity};
            let key = [Column::TenantId, Column::WorkspaceId, Column::Hash];
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, now).await?;
        }
        {
            // For a while, a device that comes late is told why.
            use device_codes::{Column, Entity};
            let key = [Column::TenantId, Column::WorkspaceId, Column::Hash];
            deleted += self.delete_before::<Entity, 3>(key, Column::ExpiresAt, now.plus_secs(-CLOCKS)).await?;
        }
        Ok(deleted)
    }

    async fn delete_before<E: EntityTrait, const N: usize>(
        &self,
        key: [E::Column; N],
        time: E::Column,
        before: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut deleted = 0;
        loop {
            let chunk =
                E::find().select_only().columns(key).filter(time.lt(before.as_millis())).limit(CHUNK).into_query();
            let rows = Expr::tuple(key.map(|column| column.into_expr()));
            let gone = E::delete_many().filter(rows.in_subquery(chunk)).exec(self.writer()).await?.rows_affected;
            deleted += gone;
            if gone < CHUNK {
                return Ok(deleted);
            }
        }
    }

    /// Deletes what was counted in hours before a time; answers how many rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_statistics(&self, before: Timestamp) -> Result<u64, StoreError> {
        use statistics::{Column, Entity};
        let key = [Column::TenantId, Column::WorkspaceId, Column::Hour, Column::Kind, Column::Key];
        self.delete_before::<Entity, 5>(key, Column::Hour, before).await
    }

    /// Deletes the audit events of before a time, of workspaces that are gone too; answers how many.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_audit_events(&self, before: Timestamp) -> Result<u64, StoreError> {
        use audit_events::{Column, Entity};
        let oldest_kept = audit::first_id(before);
        let workspace = || Expr::tuple([Column::TenantId.into_expr(), Column::WorkspaceId.into_expr()]);
        let mut last = (String::new(), String::new());
        let mut deleted = 0;
        // From workspace to workspace along the primary key: there is no index by time, each would cost every request.
        loop {
            let next = Entity::find()
                .select_only()
                .columns([Column::TenantId, Column::WorkspaceId])
                .filter(workspace().gt(Expr::tuple([Expr::val(last.0), Expr::val(last.1)])))
                .order_by_asc(Column::TenantId)
                .order_by_asc(Column::WorkspaceId)
                .limit(1)
                .into_tuple::<(String, String)>()
                .one(self.reader())
                .await?;
            let Some((tenant_id, workspace_id)) = next else {
                return Ok(deleted);
            };
            loop {
                let here = || Column::TenantId.eq(&tenant_id).and(Column::WorkspaceId.eq(&workspace_id));
                let chunk = Entity::find()
                    .select_only()
                    .column(Column::Id)
                    .filter(here().and(Column::Id.lt(&oldest_kept)))
                    .order_by_asc(Column::Id)
                    .limit(CHUNK)
                    .into_query();
                let delete = Entity::delete_many().filter(here().and(Column::Id.in_subquery(chunk)));
                let gone = delete.exec(self.writer()).await?.rows_affected;
                deleted += gone;
                if gone < CHUNK {
                    break;
                }
            }
            last = (tenant_id, workspace_id);
        }
    }
}
