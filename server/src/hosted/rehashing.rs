//! A password that was brought here behind a weaker hash is hashed as ours are once its owner has typed it: after the answer, and only
//! if it is still their password then.

use actix_web::web::Data;
use cardea_protocol::Secret;
use cardea_protocol::password::normalised;
use cardea_store::{PasswordHash, UserRecord};

use crate::app::App;
use crate::failure::Failure;
use crate::passwords::imported::is_weaker_than_ours;
use crate::workspace::Workspace;

/// Replaces the hash of somebody who has just signed in with `password`, if that is worth it. Nobody waits; if it does not succeed, the next
/// sign-in tries again.
pub(super) fn begin(app: Data<App>, workspace: &Workspace, user: UserRecord, password: &str) {
    let Some(old) = user.password.filter(|old| is_weaker_than_ours(old.as_str())) else { return };
    let (tenant_id, pool_id) = (workspace.tenant_id.clone(), workspace.pool_id().to_owned());
    let password = Secret::new(normalised(password).to_string());
    actix_web::rt::spawn(async move {
        let replaced = async {
            let new = PasswordHash::new(app.passwords.hash(&password).await?);
            let tx = app.store.begin(app.clock.now()).await?;
            tx.pool(&tenant_id, &pool_id).rehash_password(&user.id, &old, &new).await?;
            app.commit(tx).await?;
            Ok::<_, Failure>(())
        };
        if let Err(error) = replaced.await {
            tracing::info!(%error, "a password could not be hashed anew; the next sign-in tries again");
        }
    });
}
