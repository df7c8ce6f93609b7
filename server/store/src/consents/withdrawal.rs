//! A consent is taken back, and with it all that came of it.

use cardea_protocol::{ClientId, Timestamp};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::ExprTrait};

use super::between;
use crate::{
    ScopedTx, StoreError,
    entity::{authorization_codes, consents, device_codes},
};

impl ScopedTx<'_> {
    /// Takes back all that a user has agreed that a client may have: what was granted by it is revoked, and codes that would found
    /// more are forgotten. Answers how many families that were, if there was a consent; without one nothing happens.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw_consent(
        &self,
        user_id: &str,
        client_id: &ClientId,
        now: Timestamp,
    ) -> Result<Option<u64>, StoreError> {
        let consent = self.scope.delete::<consents::Entity>().filter(between(user_id, client_id));
        if consent.exec(self.db).await?.rows_affected == 0 {
            return Ok(None);
        }
        {
            use authorization_codes::{Column, Entity};
            let theirs = Column::UserId.eq(user_id).and(Column::ClientId.eq(client_id.as_str()));
            let unredeemed = theirs.and(Column::RedeemedAt.is_null());
            self.scope.delete::<Entity>().filter(unredeemed).exec(self.db).await?;
        }
        {
            use device_codes::{Column, Entity};
            let theirs = Column::UserId.eq(user_id).and(Column::ClientId.eq(client_id.as_str()));
            self.scope.delete::<Entity>().filter(theirs).exec(self.db).await?;
        }
        // Last: whoever has redeemed a code meanwhile has founded the family by now.
        self.revoke_families_of_consent(user_id, client_id, now).await.map(Some)
    }
}
