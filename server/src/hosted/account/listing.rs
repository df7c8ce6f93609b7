//! The page of an account, filled in: the sessions of the pool, the consents of this workspace.

use std::sync::Arc;

use actix_web::HttpResponse;
use cardea_protocol::Timestamp;
use cardea_store::{ConsentFilter, ConsentRecord, ListQuery, SessionRecord, Sort};

use super::failed;
use super::user_agent::recognisable;
use crate::authorization::account;
use crate::authorization::asked::Refused;
use crate::authorization::session::SignedIn;
use crate::authorization::show::requested;
use crate::authorization::visit::Visit;
use crate::hosted::pages::{Account, AccountConsent, AccountError, AccountNews, AccountSession, Form, RequestedScope};
use crate::passwords::policy;
use crate::workspace::Client;

/// Sessions and consents that are shown, at most, of each the newest.
const MOST: u64 = 100;

fn newest() -> ListQuery {
    ListQuery { limit: MOST, sort: Sort::CreatedAt, descending: true, ..ListQuery::default() }
}

/// Shows the page: what was done, or why something was not.
pub(super) async fn page(
    visit: &Visit<'_>,
    person: &SignedIn,
    news: Option<AccountNews>,
    error: Option<AccountError<'_>>,
) -> Result<HttpResponse, Refused> {
    let (app, workspace, user) = (visit.app, &visit.workspace, &person.user);
    let (action, csrf) = (workspace.issuer.url(account::PATH), account::csrf(visit, person));
    let pool = app.store.pool(&workspace.tenant_id, workspace.pool_id());
    let found = pool.list_sessions(&user.id, app.clock.now(), &newest()).await.map_err(failed)?;
    let sessions: Vec<_> = found.items.iter().map(|session| Shown::of(session, person)).collect();
    let sessions: Vec<_> = sessions.iter().map(Shown::view).collect();
    let consents = consents(visit, person).await?;
    let agreed: Vec<_> = consents.iter().map(|consent| Agreed::of(visit, consent)).collect();
    let consents: Vec<_> = agreed.iter().map(Agreed::view).collect();
    let found = app.store.find_pool(&workspace.tenant_id, workspace.pool_id()).await.map_err(failed)?;
    let policy = found.map(|pool| policy::in_words(policy::of(&pool))).unwrap_or_default();
    let page = Account {
        form: Form { action: &action, csrf: &csrf, hidden: &[] },
        username: &user.username,
        name: user.name.as_deref(),
        news,
        error,
        sessions: &sessions,
        consents: &consents,
        policy: &policy,
    };
    Ok(page.respond(&visit.frame(&[])))
}

struct Shown<'a> {
    sid: &'a str,
    browser: Option<String>,
    started: String,
    last_used: String,
    is_this: bool,
}

impl<'a> Shown<'a> {
    fn of(session: &'a SessionRecord, person: &SignedIn) -> Self {
        Self {
            sid: &session.sid,
            browser: session.user_agent.as_deref().and_then(recognisable),
            started: minute(session.created_at),
            last_used: minute(session.last_seen_at),
            is_this: session.sid == person.session.sid,
        }
    }

    fn view(&self) -> AccountSession<'_> {
        AccountSession {
            sid: self.sid,
            browser: self.browser.as_deref(),
            started: &self.started,
            last_used: &self.last_used,
            is_this: self.is_this,
        }
    }
}

/// A consent, as it is shown.
struct Agreed<'a> {
    consent: &'a ConsentRecord,
    client: &'a Client,
    scopes: Vec<RequestedScope<'a>>,
    since: String,
}

impl<'a> Agreed<'a> {
    fn of(visit: &'a Visit<'_>, (consent, client): &'a (ConsentRecord, Arc<Client>)) -> Self {
        let scopes = consent.scope.iter().map(|name| requested(visit, name, false)).collect();
        Self { consent, client, scopes, since: minute(consent.created_at) }
    }

    fn view(&self) -> AccountConsent<'_> {
        let client_id = self.consent.client_id.as_str();
        AccountConsent { client_id, client: self.client.name(), scopes: &self.scopes, since: &self.since }
    }
}

/// What the person has agreed to here, in the pool that the workspace uses now.
async fn consents(visit: &Visit<'_>, person: &SignedIn) -> Result<Vec<(ConsentRecord, Arc<Client>)>, Refused> {
    let workspace = &visit.workspace;
    let filter = ConsentFilter { user_id: Some(person.user.id.clone()), client_id: None };
    let found = workspace.scoped(&visit.app.store).list_consents(&filter, &newest()).await.map_err(failed)?;
    let mut consents = Vec::new();
    for consent in found.items.into_iter().filter(|consent| consent.pool_id == workspace.pool_id()) {
        if let Some(client) = visit.app.client(workspace, consent.client_id.as_str()).await? {
            consents.push((consent, client));
        }
    }
    Ok(consents)
}

/// A time to the minute, as RFC 3339 writes it, for people.
fn minute(time: Timestamp) -> String {
    let text = time.to_string();
    let minute = text.get(..16).unwrap_or(&text);
    format!("{} UTC", minute.replace('T', " "))
}
