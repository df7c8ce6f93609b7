//! Changing users; also for the command line.

use cardea_api::user::{UserSettings, UserView};
use cardea_protocol::{TenantId, UserPoolId, WorkspaceId};
use cardea_store::{NewAuditEvent, Tx, UserOutcome, UserRecord};
use serde_json::{Map, Value, json};

use super::super::event::{difference, event};
use super::super::platform::Watch;
use super::super::{ATTEMPTS, members};
use super::password::{Change, Given};
use super::rules::{self, Person};
use super::{ending, view};
use crate::app::App;
use crate::http::author::Author;
use crate::http::etag::IfMatch;
use crate::http::problem::Refusal;
use crate::http::strict;
use crate::passwords::policy;

/// A user pool.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// Its tenant.
    pub tenant_id: &'a TenantId,
    /// The pool.
    pub pool_id: &'a UserPoolId,
}

/// An event of a user; of what is known of them, it may tell the username.
pub(crate) fn user_event(app: &App, author: &Author, place: Place<'_>, kind: &'static str, id: &str) -> NewAuditEvent {
    let object = format!("user:{}/{id}", place.tenant_id);
    let event = event(app, author, (place.tenant_id, &WorkspaceId::admin()), kind, object);
    NewAuditEvent { user_id: Some(id.to_owned()), ..event }
}

pub(super) fn taken(outcome: UserOutcome) -> Refusal {
    let (code, what) = match outcome {
        UserOutcome::Taken { username: true, email: true } => ("username_taken", "username and this e-mail address"),
        UserOutcome::Taken { username: true, .. } => ("username_taken", "username"),
        UserOutcome::Taken { email: true, .. } => ("email_taken", "e-mail address"),
        UserOutcome::Taken { .. } | UserOutcome::Written | UserOutcome::Stale => return Refusal::contended(),
    };
    Refusal::Conflict { code, detail: format!("another user of this pool signs in with this {what}") }
}

pub(super) fn with_settings(record: UserRecord, settings: UserSettings, person: Person) -> UserRecord {
    UserRecord {
        username: person.username.as_str().to_owned(),
        username_key: person.username.key().as_str().to_owned(),
        email_key: person.email.as_ref().map(|email| email.key().as_str().to_owned()),
        email: person.email.map(|email| email.as_str().to_owned()),
        email_verified: settings.email_verified,
        name: settings.name,
        given_name: settings.given_name,
        family_name: settings.family_name,
        locale: settings.locale,
        claims: Value::Object(members::of(&settings.claims)),
        status: settings.status,
        ..record
    }
}

/// The settings as `patch` would have them. Another e-mail address is not verified, unless the patch says that it is.
fn patched(before: &UserView, patch: &Map<String, Value>) -> Result<UserSettings, Refusal> {
    let settable = members::patched(before, patch.clone(), UserView::READ_ONLY)?;
    let mut settings: UserSettings = strict::read(settable)?;
    if settings.email != before.settings.email && !patch.contains_key("email_verified") {
        settings.email_verified = false;
    }
    Ok(settings)
}

/// Changes a user by a merge patch.
///
/// # Errors
/// When a rule is broken, a name is another's, it is at another version, or nobody would be left to administer the platform.
pub async fn update(
    app: &App,
    author: &Author,
    place: Place<'_>,
    id: &str,
    patch: Map<String, Value>,
    given: Given,
    if_match: &IfMatch,
) -> Result<UserRecord, Refusal> {
    let (tenant_id, pool_id) = (place.tenant_id, place.pool_id.as_str());
    let pool = app.store.find_pool(tenant_id, pool_id).await?.ok_or(Refusal::NotFound)?;
    let (mut given, mut password) = (Some(given), Change::None);
    for _ in 0..ATTEMPTS {
        let before = app.store.pool(tenant_id, pool_id).find_user(id).await?.ok_or(Refusal::NotFound)?;
        if_match.check(before.version)?;
        let shown = view(before.clone());
        let settings = patched(&shown, &patch)?;
        let person = rules::person(&settings)?;
        if let Some(given) = given.take() {
            given.check(policy::of(&pool), &person)?;
            password = given.hashed(app).await?;
        }
        let after = with_settings(before.clone(), settings, person);
        let changed = difference(&shown, &view(after.clone()));
        if changed.is_empty() && matches!(password, Change::None) {
            return Ok(before);
        }
        let step = Step { place, before: &before, changed: changed.keys().collect(), password: &password };
        if let Some(user) = step.take(app, author, UserRecord { updated_at: app.clock.now(), ..after }).await? {
            return Ok(user);
        }
    }
    Err(Refusal::contended())
}

/// One attempt to change a user.
struct Step<'s> {
    place: Place<'s>,
    before: &'s UserRecord,
    /// The members that change.
    changed: Vec<&'s String>,
    password: &'s Change,
}

impl Step<'_> {
    /// Writes the user and what follows from the change; none when others were faster.
    async fn take(&self, app: &App, author: &Author, after: UserRecord) -> Result<Option<UserRecord>, Refusal> {
        let (tenant_id, now) = (self.place.tenant_id, app.clock.now());
        let is_shut_out = self.before.status.is_active() && !after.status.is_active();
        let loses_password = matches!(self.password, Change::To(None));
        let mut watch = Watch::over(app, tenant_id, &WorkspaceId::admin()).await?;
        let tx = app.store.begin(now).await?;
        if is_shut_out || loses_password {
            watch.lock(&tx).await?;
        }
        let pool = tx.pool(tenant_id, self.place.pool_id.as_str());
        match pool.update_user(&after).await? {
            UserOutcome::Written => {}
            UserOutcome::Stale => return Ok(None),
            outcome => return Err(taken(outcome)),
        }
        if self.before.email != after.email {
            pool.delete_mailed_links_of(&after.id).await?;
        }
        if let Change::To(password) = self.password {
            pool.set_password(&after.id, password.as_ref(), now).await?;
        }
        let ended = if is_shut_out || matches!(self.password, Change::To(_)) {
            Some(ending::end_all(app, &tx, self.place, &after.id).await?)
        } else {
            None
        };
        let written = pool.find_user(&after.id).await?.ok_or(Refusal::NotFound)?;
        watch.stays(&tx, None).await?;
        self.record(app, author, &tx, &written, ended).await?;
        app.commit(tx).await?;
        app.logouts.notify_one();
        Ok(Some(written))
    }

    async fn record(
        &self,
        app: &App,
        author: &Author,
        tx: &Tx,
        written: &UserRecord,
        ended: Option<usize>,
    ) -> Result<(), Refusal> {
        let event = |kind| user_event(app, author, self.place, kind, &written.id);
        if !self.changed.is_empty() {
            // The names of what changed, and not what it was: events outlive the people they are about.
            let mut detail = json!({"username": written.username, "changed": self.changed});
            if let (Value::Object(detail), Some(ended)) = (&mut detail, ended) {
                detail.insert("sessions_ended".to_owned(), json!(ended));
            }
            tx.record(NewAuditEvent { detail: Some(detail.into()), ..event("user.updated") }).await?;
        }
        if let Change::To(password) = self.password {
            let detail = json!({
                "username": written.username, "has_password": password.is_some(), "sessions_ended": ended,
            });
            tx.record(NewAuditEvent { detail: Some(detail.into()), ..event("user.password_changed") }).await?;
        }
        Ok(())
    }
}
