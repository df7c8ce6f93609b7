//! Reading back the access tokens that we issued (RFC 9068 §4, RFC 7662): by signature or by look-up, then by everything
//! that may have happened since.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_protocol::claims::AccessTokenClaims;
use serde::Deserialize;

use crate::app::App;
use crate::failure::Failure;
use crate::http::client_certificate::Presented;
use crate::tokens::id;
use crate::workspace::client::hash;
use crate::workspace::{Client, Workspace};

/// Nothing that we issue is longer.
const MAX_LENGTH: usize = 16 * 1024;

/// An access token of a workspace that is good at this moment.
pub struct ActiveToken {
    /// What it says.
    pub claims: AccessTokenClaims,
    /// The client that it was issued to.
    pub client: Arc<Client>,
    /// Whether it is a JWT (else opaque).
    pub is_jwt: bool,
}

impl ActiveToken {
    /// Whether whoever presents this may use it: a bound token is good for the holder of its certificate alone (RFC 8705 §3).
    pub fn is_held_by(&self, presented: &Presented) -> bool {
        let Some(bound_to) = &self.claims.cnf else { return true };
        presented.certificate().is_some_and(|certificate| certificate.thumbprint == bound_to.x5t_s256)
    }
}

#[derive(Deserialize)]
struct Header {
    typ: String,
    kid: String,
}

/// Reads `token` as one of `workspace`; `None` for whatever is not an active access token of it.
///
/// # Errors
/// When the store is down: nothing can be said then.
pub async fn active(app: &App, workspace: &Workspace, token: &str) -> Result<Option<ActiveToken>, Arc<Failure>> {
    let is_jwt = token.contains('.');
    let claims = if is_jwt { signed(app, workspace, token).await? } else { stored(app, workspace, token).await? };
    let Some(claims) = claims else { return Ok(None) };
    let now = app.clock.now().as_secs();
    if claims.iss != workspace.issuer.as_str() || claims.exp <= now {
        return Ok(None);
    }
    let Some(client) = app.client(workspace, &claims.client_id).await? else { return Ok(None) };
    let is_its_own = id::belongs_to(&claims.jti, client.created_at);
    if let Some(family_id) = id::family(&claims.jti) {
        let revoked = workspace.scoped(&app.store).is_family_revoked(family_id).await;
        if revoked.map_err(|error| Arc::new(Failure::from(error)))? {
            return Ok(None);
        }
    }
    Ok((client.is_active() && is_its_own).then_some(ActiveToken { claims, client, is_jwt }))
}

async fn signed(app: &App, workspace: &Workspace, token: &str) -> Result<Option<AccessTokenClaims>, Arc<Failure>> {
    let Some(claims) = verified_claims(workspace, token) else { return Ok(None) };
    let revoked = workspace.scoped(&app.store).is_revoked(&claims.jti).await;
    Ok((!revoked.map_err(|error| Arc::new(error.into()))?).then_some(claims))
}

fn verified_claims(workspace: &Workspace, token: &str) -> Option<AccessTokenClaims> {
    if token.len() > MAX_LENGTH {
        return None;
    }
    let (message, signature) = token.rsplit_once('.')?;
    let (header, payload) = message.split_once('.')?;
    let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    // RFC 9068 §4: an ID token or anything else that we sign is not an access token.
    if header.typ != "at+jwt" || !workspace.keys.verifier(&header.kid)?.verifies(message, signature) {
        return None;
    }
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

async fn stored(app: &App, workspace: &Workspace, token: &str) -> Result<Option<AccessTokenClaims>, Arc<Failure>> {
    if token.len() > MAX_LENGTH {
        return Ok(None);
    }
    let found = workspace.scoped(&app.store).find_opaque_token(&hash(token)).await;
    let found = found.map_err(|error| Arc::new(Failure::from(error)))?;
    Ok(found.and_then(|record| serde_json::from_value(record.claims).ok()))
}

/// A token for the management API that is good at this moment, and where it comes from.
pub struct ManagementToken {
    /// The `admin` workspace that issued it.
    pub workspace: Arc<Workspace>,
    /// The token.
    pub token: ActiveToken,
}

/// Reads `token` as one for the management API (product words: of an `admin` workspace, with its audience).
///
/// # Errors
/// When the store is down.
pub async fn management(app: &App, token: &str) -> Result<Option<ManagementToken>, Arc<Failure>> {
    let Some((tenant, id)) = claimed_issuer(app, token) else { return Ok(None) };
    let Some(workspace) = app.workspace(tenant.as_str(), id.as_str()).await? else { return Ok(None) };
    if !workspace.is_admin() {
        return Ok(None);
    }
    let Some(token) = active(app, &workspace, token).await? else { return Ok(None) };
    let audience = app.public_url().management_audience();
    Ok(token.claims.aud.contains(&audience).then_some(ManagementToken { workspace, token }))
}

/// The workspace that a JWT says to come from: where to look for its key, nothing more.
fn claimed_issuer(app: &App, token: &str) -> Option<(cardea_protocol::TenantId, cardea_protocol::WorkspaceId)> {
    #[derive(Deserialize)]
    struct Unverified {
        iss: String,
    }
    if token.len() > MAX_LENGTH {
        return None;
    }
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let unverified: Unverified = serde_json::from_slice(&payload).ok()?;
    app.public_url().split_issuer(&unverified.iss)
}
