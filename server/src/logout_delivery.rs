//! Clients hear that a session has ended (OpenID Connect Back-Channel Logout 1.0 §2.5): a logout token is made for each attempt, posted to
//! the address that the client registered, and tried again, ever more seldom, until it is taken.

use std::sync::Arc;
use std::time::Duration;

use cardea_protocol::claims::logout_token::{LOGOUT_TOKEN_TYPE, LogoutTokenClaims};
use cardea_store::{LogoutDelivery, NewAuditEvent, Outcome, StoreError};
use url::{Url, form_urlencoded};

use crate::app::App;
use crate::authorization::subject;
use crate::failure::Failure;
use crate::random;
use crate::tokens::issue;
use crate::workspace::{Client, Workspace};

/// How often somebody looks for what is due, when nobody says that something is.
const INTERVAL: Duration = Duration::from_secs(5);
/// At most so many are under way at once.
const BATCH: u64 = 32;
/// Seconds until the next attempt, after each.
const PATIENCE: [i64; 5] = [10, 60, 600, 3_600, 14_400];

/// Delivers for as long as the process lives. Of several nodes, the first to claim a delivery makes the attempt.
pub async fn deliver(app: Arc<App>) {
    loop {
        let woken = app.logouts.notified();
        if tokio::time::timeout(INTERVAL, woken).await.is_err() {
            tracing::trace!("nobody has signed out");
        }
        if let Err(error) = deliver_due(&app).await {
            tracing::warn!(%error, "logout tokens could not be delivered; trying again");
        }
    }
}

/// One round: everything that is due, a batch at a time.
///
/// # Errors
/// When the store is down.
pub async fn deliver_due(app: &App) -> Result<(), Arc<Failure>> {
    loop {
        let due = app.store.due_logout_deliveries(app.clock.now(), BATCH).await.map_err(failed)?;
        let is_last = (due.len() as u64) < BATCH;
        let attempts = due.iter().map(|delivery| attempt(app, delivery));
        for outcome in futures_util::future::join_all(attempts).await {
            outcome?;
        }
        if is_last {
            return Ok(());
        }
    }
}

async fn attempt(app: &App, delivery: &LogoutDelivery) -> Result<(), Arc<Failure>> {
    let scoped = app.store.scoped(&delivery.tenant_id, &delivery.workspace_id);
    let waiting = usize::try_from(delivery.attempts).ok().and_then(|attempts| PATIENCE.get(attempts));
    let next = app.clock.now().plus_secs(waiting.copied().unwrap_or(i64::from(u32::MAX)));
    if !scoped.claim_logout_delivery(delivery, next).await.map_err(failed)? {
        return Ok(());
    }
    let workspace = app.workspace(delivery.tenant_id.as_str(), delivery.workspace_id.as_str()).await?;
    let Some(workspace) = workspace else { return Ok(()) };
    let client = app.client(&workspace, delivery.client_id.as_str()).await?;
    let is_over = match client.filter(|client| client.is_active()) {
        Some(client) => match client.metadata.backchannel_logout_uri.as_deref().and_then(|uri| Url::parse(uri).ok()) {
            Some(uri) => post(app, &workspace, &client, delivery, &uri).await || waiting.is_none(),
            None => true,
        },
        None => true,
    };
    if is_over {
        scoped.delete_logout_delivery(&delivery.id).await.map_err(failed)?;
    }
    Ok(())
}

/// Whether the client has taken it. Each attempt is in the audit log.
async fn post(app: &App, workspace: &Workspace, client: &Client, delivery: &LogoutDelivery, uri: &Url) -> bool {
    let Ok(token) = logout_token(app, workspace, client, delivery).await else { return false };
    let form = form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", &token).finish();
    let outcome = app.outbound.post(uri, form).await;
    let event = NewAuditEvent {
        object: Some(format!("client:{}/{}", workspace.key, client.id)),
        client_id: Some(client.id.as_str().to_owned()),
        user_id: Some(delivery.user_id.clone()),
        ..NewAuditEvent::new(
            &workspace.tenant_id,
            &workspace.id,
            app.clock.now(),
            "client.logout_notified",
            Outcome::Failure,
        )
    };
    match outcome {
        Ok(()) => {
            app.audit.record_success(event);
            true
        }
        Err(error) => {
            let detail = serde_json::json!({"message": error.to_string(), "attempt": delivery.attempts + 1});
            let reason = Some("logout_not_taken".into());
            app.audit.record_failure(NewAuditEvent { reason, detail: Some(detail.into()), ..event });
            false
        }
    }
}

async fn logout_token(
    app: &App,
    workspace: &Workspace,
    client: &Client,
    delivery: &LogoutDelivery,
) -> Result<String, Arc<Failure>> {
    let subject = subject::of(app, workspace, client, &delivery.user_id);
    let (jti, now) = (random::token_id(), app.clock.now().as_secs());
    let issuer = workspace.issuer.as_str();
    let claims = LogoutTokenClaims::new(issuer, client.id.as_str(), &subject, Some(&delivery.sid), &jti, now);
    let payload = serde_json::to_vec(&claims).unwrap_or_default();
    let signer = issue::signer(app, workspace, client.metadata.id_token_alg(&workspace.settings)).await?;
    signer.jwt(LOGOUT_TOKEN_TYPE, &payload).map_err(|error| Arc::new(error.into()))
}

fn failed(error: StoreError) -> Arc<Failure> {
    Arc::new(error.into())
}
