//! The userinfo endpoint (OpenID Connect Core §5.3): a protected resource of the workspace itself, for access tokens with `openid`.

use std::sync::Arc;

use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::claims::request::ClaimsRequest;
use cardea_protocol::claims::standard::UserinfoClaims;
use cardea_protocol::params::Params;
use cardea_protocol::scope::OPENID;
use cardea_protocol::{Scope, SigningAlg};
use cardea_store::{FamilyRecord, UserRecord};

use crate::app::App;
use crate::authorization::person;
use crate::failure::Failure;
use crate::http::bearer::{BearerFailure, Challenge};
use crate::http::peer::Peer;
use crate::http::{headers, workspace};
use crate::tokens::verify::{self, ActiveToken};
use crate::tokens::{id, issue};
use crate::workspace::Workspace;

/// `GET, POST /{tid}/{aid}/userinfo`. The token comes in the header, or in a form (RFC 6750 §2.2), never in the query.
///
/// # Errors
/// Those of RFC 6750 §3.1, 404 for an unknown workspace, 503 when the store is down.
pub async fn userinfo(app: Data<App>, request: HttpRequest, body: Bytes) -> Result<HttpResponse, BearerFailure> {
    let workspace = workspace::find(&app, &request).await?;
    let form = Params::from_form(&body).ok().filter(|_| is_form(&request));
    let token = token(&request, form.as_ref())?;
    let active =
        verify::active(&app, &workspace, token).await?.ok_or(BearerFailure::Refused(Challenge::InvalidToken))?;
    if !active.is_held_by(&Peer::of(&request, &app.config).presented) {
        return Err(BearerFailure::Refused(Challenge::InvalidToken));
    }
    let scope = active.claims.scope.as_deref().and_then(|scope| Scope::parse(scope).ok()).unwrap_or_default();
    if !scope.contains(OPENID) || !active.claims.aud.contains(workspace.issuer.as_str()) {
        return Err(BearerFailure::Refused(Challenge::InsufficientScope(OPENID)));
    }
    let (family, user) = person_of(&app, &workspace, &active).await?;
    let asked = family.claims.as_ref().and_then(|claims| ClaimsRequest::parse(&claims.to_string()).ok());
    let asked = asked.unwrap_or_default();
    let permitted = person::permitted(&family.scope, &asked);
    let released = person::claims(&user).released_for(&scope, &asked.userinfo, &permitted);
    let claims = UserinfoClaims { sub: &active.claims.sub, iss: None, aud: None, person: released };
    match active.client.metadata.userinfo_signed_response_alg {
        Some(alg) => signed(&app, &workspace, alg, &active, claims).await,
        None => Ok(headers::private_json(&claims)),
    }
}

/// The person whose token it is. Without one, or when they may not sign in any more, the token is good for nothing here.
async fn person_of(
    app: &App,
    workspace: &Workspace,
    active: &ActiveToken,
) -> Result<(FamilyRecord, UserRecord), BearerFailure> {
    let failed = |error| Arc::new(Failure::from(error));
    let unknown = || BearerFailure::Refused(Challenge::InvalidToken);
    let family_id = id::family(&active.claims.jti).ok_or_else(unknown)?;
    let family = workspace.scoped(&app.store).find_family(family_id).await.map_err(failed)?.ok_or_else(unknown)?;
    let pool = app.store.pool(&workspace.tenant_id, workspace.pool_id());
    let user = pool.find_user(&family.user_id).await.map_err(failed)?;
    let user = user.filter(|user| user.status.is_active()).ok_or_else(unknown)?;
    Ok((family, user))
}

/// OpenID Connect Core §5.3.2: as a JWT, with `iss` and `aud`.
async fn signed(
    app: &App,
    workspace: &Workspace,
    alg: SigningAlg,
    active: &ActiveToken,
    claims: UserinfoClaims<'_>,
) -> Result<HttpResponse, BearerFailure> {
    let client_id = active.client.id.as_str();
    let claims = UserinfoClaims { iss: Some(workspace.issuer.as_str()), aud: Some(client_id), ..claims };
    let payload = serde_json::to_vec(&claims).unwrap_or_default();
    let signer = issue::signer(app, workspace, alg).await?;
    let jwt = signer.jwt("JWT", &payload).map_err(|error| Arc::new(Failure::from(error)))?;
    Ok(headers::private(actix_web::http::StatusCode::OK).insert_header((CONTENT_TYPE, "application/jwt")).body(jwt))
}

fn is_form(request: &HttpRequest) -> bool {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// The token, in one place (RFC 6750 §2).
fn token<'a>(request: &'a HttpRequest, form: Option<&'a Params<'a>>) -> Result<&'a str, BearerFailure> {
    let in_form = form.and_then(|form| form.credential("access_token"));
    let mut fields = request.headers().get_all(AUTHORIZATION);
    let field = fields.next();
    if fields.next().is_some() || (field.is_some() && in_form.is_some()) {
        return Err(BearerFailure::Refused(Challenge::InvalidRequest));
    }
    let Some(field) = field else { return in_form.ok_or(BearerFailure::Refused(Challenge::Nothing)) };
    let field = field.to_str().map_err(|_| BearerFailure::Refused(Challenge::InvalidToken))?;
    let (scheme, token) = field.split_once(' ').unwrap_or((field, ""));
    if scheme.eq_ignore_ascii_case("bearer") {
        Ok(token.trim_matches(' '))
    } else {
        Err(BearerFailure::Refused(Challenge::Nothing))
    }
}
