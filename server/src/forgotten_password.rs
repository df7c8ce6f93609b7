//! Somebody says that they have forgotten their password. The answer is the same whoever they say they are, and takes the same time:
//! the request only leaves a note, and the task that sends mail looks who it is and whether there is anybody to write to.

use std::sync::Arc;
use std::time::Duration;

use cardea_protocol::UserPoolId;
use cardea_protocol::user::LoginKey;
use cardea_store::{NewAuditEvent, UserRecord};

use crate::admin::users::{Place, user_event};
use crate::app::App;
use crate::http::author::Author;
use crate::http::problem::Refusal;
use crate::http::standing::Standing;
use crate::mail::{Letter, Recipient};
use crate::password_reset::{self, Way};
use crate::workspace::Workspace;

/// So many links a person may be sent in [`PERIOD`], and so often may be asked for one name from one source.
pub const LINKS: u32 = 5;
/// For how long that counts.
pub const PERIOD: Duration = Duration::from_secs(3_600);

/// Who asks, as the audit log names them: it could be anybody.
const ACTOR: &str = "forgotten_password";

/// The note.
pub struct Forgotten {
    /// Where they ask.
    pub workspace: Arc<Workspace>,
    /// Who they say they are, if that can be anybody.
    pub login: Option<LoginKey>,
    /// Whether it is worth an audit event if there is nobody to write to.
    pub record: bool,
    /// From where.
    pub ip: Option<String>,
    /// In which request.
    pub request_id: String,
}

/// The letter that follows from a note, if one does.
pub async fn answer(app: &App, asked: Forgotten) -> Option<Letter> {
    let author = Author {
        actor: ACTOR.to_owned(),
        standing: Standing::new(asked.workspace.tenant_id.clone(), []),
        ip: asked.ip.clone(),
        request_id: Some(asked.request_id.clone()),
    };
    match letter(app, &author, &asked).await {
        Ok(letter) => letter,
        Err(refusal) => {
            tracing::warn!(?refusal, request_id = %asked.request_id, "a link for a new password could not be made");
            None
        }
    }
}

async fn letter(app: &App, author: &Author, asked: &Forgotten) -> Result<Option<Letter>, Refusal> {
    let workspace = &asked.workspace;
    let pool_id = UserPoolId::parse(workspace.pool_id()).map_err(|_| Refusal::NotFound)?;
    let place = Place { tenant_id: &workspace.tenant_id, pool_id: &pool_id };
    let key = asked.login.as_ref().map_or("", LoginKey::as_str);
    let found = app.store.pool(place.tenant_id, place.pool_id.as_str()).find_user_by_login(key, key).await?;
    let (user, recipient) = match to_write_to(app, place, found.as_ref()) {
        Ok(found) => found,
        Err(reason) => {
            if asked.record {
                let id = found.map(|user| user.id);
                let event =
                    user_event(app, author, place, "user.password_reset_requested", id.as_deref().unwrap_or_default());
                // Of nobody there is no object.
                let object = id.as_ref().and(event.object);
                app.audit.record_failure(NewAuditEvent { object, user_id: id, reason: Some(reason.into()), ..event });
            }
            return Ok(None);
        }
    };
    let (url, _) = password_reset::make(app, author, place, workspace, user, Way::Asked).await?;
    let about = user_event(app, author, place, "user.mail_sent", &user.id);
    Ok(Some(Letter::password_reset(recipient, &workspace.name, &user.username, &url, about)))
}

/// Whom to write to, and where; or why nobody is written to.
fn to_write_to<'u>(
    app: &App,
    place: Place<'_>,
    found: Option<&'u UserRecord>,
) -> Result<(&'u UserRecord, Recipient), &'static str> {
    let user = found.ok_or("unknown_user")?;
    if !user.status.is_active() {
        return Err("user_inactive");
    }
    let recipient = password_reset::recipient(user).ok_or("email_not_verified")?;
    // Whoever asks, and from wherever: nobody's mailbox is filled.
    let person = format!("{}/{} user {}", place.tenant_id, place.pool_id, user.id);
    if app.forgotten.failed(app.forgotten.attempt(&person, "", None)).retry_after.is_some() {
        return Err("too_many_mails");
    }
    Ok((user, recipient))
}
