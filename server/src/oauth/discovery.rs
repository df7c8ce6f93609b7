//! Metadata (RFC 8414, OpenID Connect Discovery): what this workspace enables and this version serves, and nothing else.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::claims::standard::StandardClaim;
use cardea_protocol::subject::SubjectType;
use cardea_protocol::{GrantType, Issuer, MtlsEndpointAliases, ServerMetadata, SigningAlg};

use crate::app::App;
use crate::authorization::session::ACR_PASSWORD;
use crate::authorization::{device, target};
use crate::http::failure::OAuthFailure;
use crate::http::{headers, workspace};
use crate::workspace::Workspace;

/// A change of the enabled methods shows at once to whoever asks again.
const MAX_AGE: u32 = 0;
const DEVICE_AUTHORIZATION: &str = "/oauth2/device/authorize";

/// `GET /{tid}/{aid}/.well-known/openid-configuration`, and `/.well-known/oauth-authorization-server/{tid}/{aid}`.
///
/// # Errors
/// 404 for an unknown workspace, 503 when the store is down.
pub async fn metadata(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, OAuthFailure> {
    let workspace = workspace::find(&app, &request).await?;
    Ok(headers::public(MAX_AGE).json(of(&app, &workspace)))
}

fn of(app: &App, workspace: &Workspace) -> ServerMetadata {
    let issuer = &workspace.issuer;
    let of_people: &[&str] = if has_people(workspace) { &target::OF_PEOPLE } else { &[] };
    let scopes = of_people.iter().copied().chain(workspace.services.scopes()).map(str::to_owned).collect();
    let metadata = ServerMetadata::of(issuer.clone(), &workspace.settings)
        .with_introspection(issuer.url("/oauth2/introspect"))
        .with_revocation(issuer.url("/oauth2/revoke"));
    let metadata = if has_people(workspace) { with_people(metadata, issuer) } else { metadata };
    let metadata = if has_sign_in(workspace) { with_sign_in(metadata, workspace) } else { metadata };
    let metadata = if device::is_enabled(workspace) { with_devices(metadata, issuer) } else { metadata };
    ServerMetadata {
        token_endpoint: Some(workspace.token_endpoint.clone()),
        jwks_uri: Some(issuer.url("/.well-known/jwks.json")),
        scopes_supported: Some(scopes),
        tls_client_certificate_bound_access_tokens: app.config.mtls.published_url().map(|_| true),
        registration_endpoint: has_registration(workspace).then(|| issuer.url("/oauth2/register")),
        mtls_endpoint_aliases: mtls_endpoint_aliases(app, workspace),
        ..metadata
    }
}

/// Whether clients act for people here.
fn has_people(workspace: &Workspace) -> bool {
    has_sign_in(workspace) || device::is_enabled(workspace)
}

/// Whether clients send people here to sign in.
fn has_sign_in(workspace: &Workspace) -> bool {
    workspace.settings.grant_types.contains(&GrantType::AuthorizationCode)
}

/// Whether clients register themselves here.
fn has_registration(workspace: &Workspace) -> bool {
    workspace.settings.registration.is_on()
}

/// What clients that act for people need.
fn with_people(metadata: ServerMetadata, issuer: &Issuer) -> ServerMetadata {
    metadata
        .with_id_tokens(&SigningAlg::ACCESS_TOKEN, SubjectType::ALL)
        .with_userinfo(issuer.url("/userinfo"), &SigningAlg::ACCESS_TOKEN)
        .with_claims(StandardClaim::ALL)
        .with_acr_values(&[ACR_PASSWORD])
        .with_ui_locales(&["en"])
        .with_end_session(issuer.url("/oidc/logout"))
        .with_backchannel_logout()
}

fn with_devices(metadata: ServerMetadata, issuer: &Issuer) -> ServerMetadata {
    metadata.with_device_authorization(issuer.url(DEVICE_AUTHORIZATION))
}

/// What clients that send people here need beside.
fn with_sign_in(metadata: ServerMetadata, workspace: &Workspace) -> ServerMetadata {
    let (issuer, settings) = (&workspace.issuer, &workspace.settings);
    metadata
        .with_pushed_authorization_requests(issuer.url("/oauth2/par"), settings.require_pushed_authorization_requests)
        .with_request_objects(&SigningAlg::CLIENT_ASSERTION_ASYMMETRIC)
        .with_authorization(issuer.url("/oauth2/authorize"))
}

/// RFC 8705 §5: the endpoints at which a client may present a certificate.
fn mtls_endpoint_aliases(app: &App, workspace: &Workspace) -> Option<MtlsEndpointAliases> {
    let base = Issuer::new(app.config.mtls.published_url()?, &workspace.tenant_id, &workspace.id);
    Some(MtlsEndpointAliases {
        token_endpoint: workspace.mtls_token_endpoint.clone(),
        introspection_endpoint: Some(base.url("/oauth2/introspect")),
        revocation_endpoint: Some(base.url("/oauth2/revoke")),
        pushed_authorization_request_endpoint: has_sign_in(workspace).then(|| base.url("/oauth2/par")),
        device_authorization_endpoint: device::is_enabled(workspace).then(|| base.url(DEVICE_AUTHORIZATION)),
        userinfo_endpoint: has_people(workspace).then(|| base.url("/userinfo")),
        registration_endpoint: has_registration(workspace).then(|| base.url("/oauth2/register")),
    })
}
