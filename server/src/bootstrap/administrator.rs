//! The administrator who is configured: made once, and left alone from then on.

use cardea_protocol::{Secret, TenantId, UserPoolId, WorkspaceId};

use super::unless_there;
use crate::admin::users::Place;
use crate::app::App;
use crate::config::BootstrapAdmin;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::setup::{self, Newcomer};

/// Makes the configured administrator of the platform, unless somebody signs in with this address already.
///
/// # Errors
/// When the store is down, or the password breaks the policy of the pool.
pub(super) async fn ensure(app: &App, configured: &BootstrapAdmin) -> Result<(), Refusal> {
    let (tenant_id, admin) = (TenantId::system(), WorkspaceId::admin());
    let workspace = app.workspace(tenant_id.as_str(), admin.as_str()).await?.ok_or(Refusal::NotFound)?;
    let key = configured.email.key().as_str();
    if app.store.pool(&tenant_id, workspace.pool_id()).find_user_by_login(key, key).await?.is_some() {
        return Ok(());
    }
    let pool_id = UserPoolId::parse(workspace.pool_id()).map_err(|_| Refusal::NotFound)?;
    unless_there(make(app, Place { tenant_id: &tenant_id, pool_id: &pool_id }, configured).await.map_err(in_settings))
}

async fn make(app: &App, place: Place<'_>, configured: &BootstrapAdmin) -> Result<(), Refusal> {
    let email = configured.email.as_str();
    let newcomer = Newcomer { username: email, email, password: Secret::new(configured.password.expose().to_owned()) };
    let user = newcomer.prepared(app, place).await?;
    let mut tx = app.store.begin(app.clock.now()).await?;
    setup::add(app, &mut tx, &Author::system(), place, &user).await?;
    Ok(app.commit(tx).await?)
}

/// Whoever reads why the server does not start knows settings, and no members of a body.
fn in_settings(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Invalid { code, mut violations } => {
            for violation in &mut violations {
                let setting = if violation.pointer == "/password" { "admin_password" } else { "admin_email" };
                violation.pointer = format!("bootstrap.{setting}");
            }
            Refusal::Invalid { code, violations }
        }
        other => other,
    }
}
