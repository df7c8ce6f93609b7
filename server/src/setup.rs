//! The first administrator: a one-time link, for whoever has the machine, leads to the page where they are made.
//!
//! A link that a start has printed is worth nothing once somebody administers the platform by signing in; one that was asked for at
//! the machine (`cardea setup-url`) lets in another, for whoever has the machine has the platform.

use cardea_api::user::UserSettings;
use cardea_protocol::{Role, Secret, TenantId, UserPoolId, WorkspaceId};
use cardea_store::{AdministratorRecord, NewAuditEvent, Outcome, Principal, SetupLinkRecord, Tx, UserRecord};

use crate::admin::users::{self, Given, Place};
use crate::admin::{administrators, person_administers};
use crate::app::App;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::random;
use crate::workspace::client::hash;

/// Hours for which a link is good.
pub const HOURS: i64 = 24;

/// The link for a start to print; none when somebody administers the platform by signing in. Those of other nodes, which may start
/// at the same time, stay good.
///
/// # Errors
/// When the store is down.
pub async fn link_of_start(app: &App) -> Result<Option<String>, Refusal> {
    let tx = app.store.begin(app.clock.now()).await?;
    if person_administers(&tx).await? { Ok(None) } else { make(app, tx, false).await.map(Some) }
}

/// A new link, whoever administers the platform; all earlier ones end.
///
/// # Errors
/// When the store is down.
pub async fn new_link(app: &App) -> Result<String, Refusal> {
    let tx = app.store.begin(app.clock.now()).await?;
    person_administers(&tx).await?;
    tx.delete_setup_links().await?;
    make(app, tx, true).await
}

async fn make(app: &App, tx: Tx, by_operator: bool) -> Result<String, Refusal> {
    let (token, now) = (random::secret(), app.clock.now());
    let link = SetupLinkRecord { hash: hash(&token), by_operator, expires_at: now.plus_secs(HOURS * 3_600) };
    let _ = tx.insert_setup_link(&link).await?;
    let (tenant_id, workspace_id) = (TenantId::system(), WorkspaceId::admin());
    let event = NewAuditEvent {
        actor: Some(Author::system().actor),
        ..NewAuditEvent::new(&tenant_id, &workspace_id, now, "setup_link.created", Outcome::Success)
    };
    tx.record(event).await?;
    app.commit(tx).await?;
    Ok(format!("{}/{tenant_id}/{workspace_id}/setup/{token}", app.public_url()))
}

/// Whether a link leads to the page. What follows from it is for [`claim`] to allow.
///
/// # Errors
/// When the store is down.
pub async fn is_good(app: &App, token: &str) -> Result<bool, Refusal> {
    match app.store.find_setup_link(&hash(token), app.clock.now()).await? {
        None => Ok(false),
        Some(link) if link.by_operator => Ok(true),
        Some(_) => Ok(!person_administers(&app.store.begin(app.clock.now()).await?).await?),
    }
}

/// Makes an administrator of the platform by a link, which ends, as all others do; none when it is no longer good.
///
/// # Errors
/// When a rule is broken, or the username or the e-mail address is another's; the link stays good then.
pub async fn claim(
    app: &App,
    author: &Author,
    pool_id: &UserPoolId,
    token: &str,
    newcomer: Newcomer<'_>,
) -> Result<Option<UserRecord>, Refusal> {
    let (tenant_id, link) = (TenantId::system(), hash(token));
    let place = Place { tenant_id: &tenant_id, pool_id };
    let Some(found) = app.store.find_setup_link(&link, app.clock.now()).await? else { return Ok(None) };
    let user = newcomer.prepared(app, place).await?;
    let now = app.clock.now();
    let mut tx = app.store.begin(now).await?;
    // Locks the workspace: of two links, too, one makes the first administrator.
    let is_late = person_administers(&tx).await?;
    if (is_late && !found.by_operator) || !tx.claim_setup_link(&link, now).await? {
        return Ok(None);
    }
    tx.delete_setup_links().await?;
    add(app, &mut tx, author, place, &user).await?;
    app.commit(tx).await?;
    Ok(Some(user))
}

/// Somebody who is to administer the platform.
pub struct Newcomer<'a> {
    /// What they sign in with.
    pub username: &'a str,
    /// Their e-mail address.
    pub email: &'a str,
    /// Their password.
    pub password: Secret,
}

impl Newcomer<'_> {
    /// As they are stored: checked, and the password hashed.
    ///
    /// # Errors
    /// When a rule is broken.
    pub async fn prepared(self, app: &App, place: Place<'_>) -> Result<UserRecord, Refusal> {
        let settings = UserSettings {
            username: self.username.to_owned(),
            email: Some(self.email.to_owned()),
            ..UserSettings::default()
        };
        users::prepare(app, place, settings, Given::Password(self.password)).await
    }
}

/// Adds somebody to the pool of `system/admin`, as an administrator of the platform.
///
/// # Errors
/// When the username or the e-mail address is another's.
pub async fn add(app: &App, tx: &mut Tx, author: &Author, place: Place<'_>, user: &UserRecord) -> Result<(), Refusal> {
    users::insert(app, tx, author, place, user).await?;
    let administrator = AdministratorRecord {
        id: random::id(),
        tenant_id: TenantId::system(),
        principal: Principal::User(user.id.clone()),
        role: Role::PlatformAdmin,
        workspace_id: None,
        created_at: app.clock.now(),
    };
    let _ = tx.insert_administrator(&administrator).await?;
    tx.record(administrators::appointed(app, author, &administrator)).await?;
    tx.changed(&TenantId::system(), &WorkspaceId::admin(), None);
    Ok(())
}
