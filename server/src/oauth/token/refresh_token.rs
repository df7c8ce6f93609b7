//! The refresh token grant (RFC 6749 §6, RFC 9700 §4.14): the token names its family and its number in it. Whoever comes with an old
//! number, and not within the grace, has a token that somebody else has used: the family ends.

use cardea_protocol::params::Params;
use cardea_protocol::refresh::{Redemption, narrowed_resources, narrowed_scope};
use cardea_protocol::{Confirmation, ErrorCode, Timestamp};
use cardea_store::{FamilyRecord, Scoped, UserRecord};

use super::super::client_auth::AuthenticatedClient;
use super::super::request::Request;
use super::family::{Share, binding_of_refresh};
use crate::http::failure::OAuthFailure;
use crate::tokens::issue::Granted;
use crate::tokens::refresh_token::RefreshToken;

/// What the grant reads.
pub(super) struct RefreshTokenGrant<'a> {
    refresh_token: &'a str,
    scope: Option<&'a str>,
    resource: Vec<&'a str>,
}

impl<'a> RefreshTokenGrant<'a> {
    /// Reads the parameters.
    pub(super) fn read(params: &'a Params<'a>) -> Result<Self, OAuthFailure> {
        let missing = || OAuthFailure::new(ErrorCode::InvalidRequest, "The refresh_token parameter is missing.");
        Ok(Self {
            refresh_token: params.get("refresh_token").ok_or_else(missing)?,
            scope: params.get("scope"),
            resource: params.all("resource").collect(),
        })
    }
}

/// Decides. Everything that can be wrong is looked at before the token is replaced.
pub(super) async fn exchange(
    request: &Request<'_>,
    client: &AuthenticatedClient,
    grant: &RefreshTokenGrant<'_>,
    binding: Option<Confirmation>,
) -> Result<Granted, OAuthFailure> {
    let (app, workspace) = (request.app, &request.workspace);
    let token = RefreshToken::read(grant.refresh_token, &app.vault, workspace).ok_or_else(invalid)?;
    let scoped = workspace.scoped(&app.store);
    let family = family(request, client, &scoped, &token, binding.as_ref()).await?;
    let scope = narrowed_scope(&family.scope, grant.scope)?;
    let resource = narrowed_resources(&family.resource, &grant.resource)?;
    let user = user(request, &family).await?;
    let generation = redeem(request, client, &scoped, &token, &family).await?;
    let share = Share {
        family: &family,
        user: &user,
        scope,
        resource,
        // OpenID Connect Core §12.2: a nonce is of the authorization request alone.
        nonce: None,
        generation: Some(generation),
        binding,
    };
    Ok(share.granted(request, client))
}

/// The family of a token, if it is this client's and alive.
async fn family(
    request: &Request<'_>,
    client: &AuthenticatedClient,
    scoped: &Scoped,
    token: &RefreshToken,
    binding: Option<&Confirmation>,
) -> Result<FamilyRecord, OAuthFailure> {
    let family = scoped.find_family(&token.family_id).await?.ok_or_else(invalid)?;
    let now = request.app.clock.now();
    let is_alive = family.revoked_at.is_none()
        && family.expires_at > now
        && family.idle_expires_at.is_none_or(|at| at > now)
        && family.pool_id == request.workspace.pool_id();
    let is_held = family.binding.is_none() || family.binding == binding_of_refresh(client, binding);
    if family.client_id == client.client().id && is_alive && is_held { Ok(family) } else { Err(invalid()) }
}

async fn user(request: &Request<'_>, family: &FamilyRecord) -> Result<UserRecord, OAuthFailure> {
    let workspace = &request.workspace;
    let pool = request.app.store.pool(&workspace.tenant_id, workspace.pool_id());
    pool.find_user(&family.user_id).await?.filter(|user| user.status.is_active()).ok_or_else(invalid)
}

/// The number of the refresh token that goes with the answer.
async fn redeem(
    request: &Request<'_>,
    client: &AuthenticatedClient,
    scoped: &Scoped,
    token: &RefreshToken,
    family: &FamilyRecord,
) -> Result<i64, OAuthFailure> {
    let now = request.app.clock.now();
    let policy = client.client().metadata.refresh_token_rotation(&request.workspace.settings);
    match policy.redeem(replaced_at(token, family), now) {
        Redemption::Keep => Ok(token.generation),
        Redemption::Replace => {
            let client_id = &client.client().id;
            let rotated = scoped.rotate_family(&family.id, client_id, token.generation, now, None).await?;
            if rotated {
                return Ok(token.generation + 1);
            }
            // Another request was faster: now the token is a replaced one.
            let again = scoped.find_family(&family.id).await?.ok_or_else(invalid)?;
            match policy.redeem(replaced_at(token, &again), now) {
                Redemption::RepeatSuccessor if again.revoked_at.is_none() => Ok(token.generation + 1),
                _ => revoke(request, &family.id).await,
            }
        }
        Redemption::RepeatSuccessor => Ok(token.generation + 1),
        Redemption::RevokeFamily => revoke(request, &family.id).await,
    }
}

/// When a token was replaced; long ago, where it was replaced more than once.
fn replaced_at(token: &RefreshToken, family: &FamilyRecord) -> Option<Timestamp> {
    match family.generation - token.generation {
        0 => None,
        1 => family.rotated_at.or(Some(family.created_at)),
        _ => Some(Timestamp::from_millis(0)),
    }
}

async fn revoke(request: &Request<'_>, family_id: &str) -> Result<i64, OAuthFailure> {
    let (workspace, now) = (&request.workspace, request.app.clock.now());
    let tx = request.app.store.begin(now).await?;
    tx.scoped(&workspace.tenant_id, &workspace.id).revoke_family(family_id, now).await?;
    request.app.commit(tx).await?;
    Err(invalid())
}

fn invalid() -> OAuthFailure {
    OAuthFailure::new(
        ErrorCode::InvalidGrant,
        "The refresh token is unknown, expired, revoked, used, or of another client.",
    )
}
