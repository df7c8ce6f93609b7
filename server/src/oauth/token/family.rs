//! The family of tokens that descend from one authorization: founded when a code is redeemed, and what each of its tokens says.

mod authorized;

use cardea_protocol::claims::request::ClaimsRequest;
use cardea_protocol::scope::OPENID;
use cardea_protocol::{AuthMethod, Confirmation, ErrorCode, GrantType, Scope};
use cardea_store::{FamilyRecord, Tx, UserRecord};

use super::super::client_auth::AuthenticatedClient;
use super::super::request::Request;
use crate::authorization::target;
use crate::authorization::{person, subject};
use crate::failure::Failure;
use crate::http::failure::OAuthFailure;
use crate::tokens::issue::{Granted, IdToken, OfPerson};
use crate::tokens::refresh_token::RefreshToken;

pub(super) use authorized::Authorized;

/// What a token of a family says.
pub(super) struct Share<'a> {
    /// The family.
    pub(super) family: &'a FamilyRecord,
    /// The person.
    pub(super) user: &'a UserRecord,
    /// The part of the family's scope that this token is for.
    pub(super) scope: Scope,
    /// Its services, where the request named some.
    pub(super) resource: Vec<String>,
    /// What the client wants to hear again.
    pub(super) nonce: Option<String>,
    /// The number of the refresh token, where there is one.
    pub(super) generation: Option<i64>,
    /// To which certificate it is bound.
    pub(super) binding: Option<Confirmation>,
}

impl Share<'_> {
    /// The tokens.
    pub(super) fn granted(self, request: &Request<'_>, client: &AuthenticatedClient) -> Granted {
        let (app, workspace, family) = (request.app, &request.workspace, self.family);
        let resource: Vec<&str> = self.resource.iter().map(String::as_str).collect();
        let refresh_token = self.generation.map(|generation| RefreshToken { family_id: family.id.clone(), generation });
        let id_token = self.scope.contains(OPENID).then(|| IdToken {
            auth_time: family.auth_time,
            nonce: self.nonce,
            acr: family.acr.clone(),
            amr: family.amr.clone(),
            sid: family.sid.clone(),
            claims: {
                let asked = claims_request(family);
                let permitted = person::permitted(&family.scope, &asked);
                person::claims(self.user).released_for(&Scope::empty(), &asked.id_token, &permitted)
            },
        });
        Granted {
            client: client.client().clone(),
            subject: subject::of(app, workspace, client.client(), &family.user_id),
            audience: target::audience(workspace, app, &self.scope, &resource),
            scope: self.scope,
            binding: self.binding,
            person: Some(OfPerson { family_id: family.id.clone(), refresh_token, id_token }),
        }
    }
}

/// What the `claims` parameter of the authorization request asked.
pub(super) fn claims_request(family: &FamilyRecord) -> ClaimsRequest {
    let text = family.claims.as_ref().map(ToString::to_string);
    text.and_then(|text| ClaimsRequest::parse(&text).ok()).unwrap_or_default()
}

/// Whether the client gets refresh tokens: it is registered for them, and the workspace has them.
pub(super) fn refreshes(request: &Request<'_>, client: &AuthenticatedClient) -> bool {
    let refresh = GrantType::RefreshToken;
    client.client().metadata.grant_types.contains(&refresh) && request.workspace.settings.grant_types.contains(&refresh)
}

/// A public client proves nothing when it refreshes, so its refresh tokens are bound to its certificate, where it has one
/// (RFC 8705 §7.1). A confidential one is bound by its authentication.
pub(super) fn binding_of_refresh(client: &AuthenticatedClient, binding: Option<&Confirmation>) -> Option<String> {
    (client.method() == AuthMethod::None).then(|| binding.map(|binding| binding.x5t_s256.clone())).flatten()
}

/// Founds the family of what somebody has authorized.
pub(super) async fn found(
    request: &Request<'_>,
    client: &AuthenticatedClient,
    authorized: Authorized,
    resource: &[&str],
    binding: Option<Confirmation>,
    tx: &Tx,
) -> Result<Result<Granted, OAuthFailure>, Failure> {
    let workspace = &request.workspace;
    let resource = match cardea_protocol::refresh::narrowed_resources(&authorized.resource, resource) {
        Ok(resource) => resource,
        Err(error) => return Ok(Err(error.into())),
    };
    let pool = tx.pool(&workspace.tenant_id, workspace.pool_id());
    let user = pool.find_user(&authorized.user_id).await?.filter(|user| user.status.is_active());
    let Some(user) = user.filter(|_| authorized.pool_id == workspace.pool_id()) else {
        return Ok(Err(OAuthFailure::new(ErrorCode::InvalidGrant, "The person may not sign in any more.")));
    };
    let generation = refreshes(request, client).then_some(1);
    let nonce = authorized.nonce.clone();
    let family = FamilyRecord {
        generation: generation.unwrap_or(0),
        binding: binding_of_refresh(client, binding.as_ref()),
        ..authorized.into_family(request.app.clock.now(), lifetime(request))
    };
    if !tx.scoped(&workspace.tenant_id, &workspace.id).insert_family(&family).await?.is_inserted() {
        return Ok(Err(OAuthFailure::new(ErrorCode::InvalidGrant, "The code was used before.")));
    }
    let share =
        Share { family: &family, user: &user, scope: family.scope.clone(), resource, nonce, generation, binding };
    Ok(Ok(share.granted(request, client)))
}

/// Seconds that a family lives: at least as long as its access tokens.
pub(super) fn lifetime(request: &Request<'_>) -> i64 {
    let settings = &request.workspace.settings;
    i64::from(settings.refresh_token_ttl.max(settings.access_token_ttl))
}
