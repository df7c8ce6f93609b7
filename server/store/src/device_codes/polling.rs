//! A device asks whether somebody has agreed (RFC 8628 §3.4, §3.5).

use cardea_protocol::{ClientId, Timestamp, device::SLOW_DOWN_SECS};
use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

use super::{APPROVED, DENIED, DeviceApproval, DeviceCodeRecord, PENDING, REDEEMED};
use crate::{
    ScopedTx, StoreError,
    entity::device_codes::{Column, Entity},
    rows,
};

/// What a device is answered.
#[derive(Clone, Debug)]
pub enum DevicePoll {
    /// Nobody has decided yet.
    Pending,
    /// Nobody has decided yet, and it asks too often.
    SlowDown {
        /// So many seconds it has to wait from now on.
        interval_secs: i64,
    },
    /// Somebody has agreed. Of all that ask, one gets this.
    Approved(Box<DeviceCodeRecord>, DeviceApproval),
    /// Somebody has refused.
    Denied,
    /// Nobody decided in time, or the device did not ask in time.
    Expired,
    /// There is no such code, it is another client's, or it has been redeemed. Nothing has happened to it.
    Unknown,
}

impl ScopedTx<'_> {
    /// Answers a device. What was agreed to is claimed by the same statement that finds it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn poll_device_code(
        &self,
        hash: &[u8; 32],
        client_id: &ClientId,
        now: Timestamp,
    ) -> Result<DevicePoll, StoreError> {
        let issued = || Column::Hash.eq(hash.as_slice()).and(Column::ClientId.eq(client_id.as_str()));
        let living = |status: &str| {
            let living = issued().and(Column::Status.eq(status)).and(Column::ExpiresAt.gt(now.as_millis()));
            self.scope.update::<Entity>().filter(living)
        };
        let rows = || self.scope.rows::<Entity>().filter(issued()).one(self.db);

        let redeem = living(APPROVED).col_expr(Column::Status, Expr::value(REDEEMED));
        if redeem.exec(self.db).await?.rows_affected == 1 {
            let row = rows::known("device_codes.hash", rows().await?)?;
            let record = DeviceCodeRecord::try_from(row)?;
            let approval = rows::known("device_codes.user_id", record.approval.clone())?;
            return Ok(DevicePoll::Approved(Box::new(record), approval));
        }
        let due = Column::LastPolledAt.into_expr().add(Column::IntervalSecs.into_expr().mul(1000));
        let in_time = Column::LastPolledAt.is_null().or(due.lte(now.as_millis()));
        let ask = |status| living(status).col_expr(Column::LastPolledAt, Expr::value(now.as_millis()));
        if ask(PENDING).filter(in_time).exec(self.db).await?.rows_affected == 1 {
            return Ok(DevicePoll::Pending);
        }
        let slower = Column::IntervalSecs.into_expr().add(i64::from(SLOW_DOWN_SECS));
        let slow_down = ask(PENDING).col_expr(Column::IntervalSecs, slower);
        let is_slowed = slow_down.exec(self.db).await?.rows_affected == 1;
        Ok(match rows().await? {
            None => DevicePoll::Unknown,
            Some(row) if is_slowed => DevicePoll::SlowDown { interval_secs: row.interval_secs },
            Some(row) if row.status == REDEEMED => DevicePoll::Unknown,
            Some(row) if row.status == DENIED => DevicePoll::Denied,
            Some(row) if row.expires_at <= now.as_millis() => DevicePoll::Expired,
            // Somebody decided between two of the statements: next time.
            Some(_) => DevicePoll::Pending,
        })
    }
}
