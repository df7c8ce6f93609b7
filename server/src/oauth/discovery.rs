//! Metadata (RFC 8414, OpenID Connect Discovery): what this workspace enables and this version serves, and nothing else.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use cardea_protocol::{Issuer, MtlsEndpointAliases, ServerMetadata};

use crate::app::App;
use crate::http::failure::OAuthFailure;
use crate::http::{headers, workspace};
use crate::workspace::Workspace;

/// A change of the enabled methods shows at once to whoever asks again.
const MAX_AGE: u32 = 0;

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
    let scopes = workspace.services.scopes().into_iter().map(str::to_owned).collect();
    let metadata = ServerMetadata::of(issuer.clone(), &workspace.settings)
        .with_introspection(issuer.url("/oauth2/introspect"))
        .with_revocation(issuer.url("/oauth2/revoke"));
    ServerMetadata {
        token_endpoint: Some(workspace.token_endpoint.clone()),
        jwks_uri: Some(issuer.url("/.well-known/jwks.json")),
        scopes_supported: Some(scopes),
        tls_client_certificate_bound_access_tokens: app.config.mtls.published_url().map(|_| true),
        mtls_endpoint_aliases: mtls_endpoint_aliases(app, workspace),
        ..metadata
    }
}

/// RFC 8705 §5: the endpoints at which a client may present a certificate.
fn mtls_endpoint_aliases(app: &App, workspace: &Workspace) -> Option<MtlsEndpointAliases> {
    let base = Issuer::new(app.config.mtls.published_url()?, &workspace.tenant_id, &workspace.id);
    Some(MtlsEndpointAliases {
        token_endpoint: workspace.mtls_token_endpoint.clone(),
        introspection_endpoint: Some(base.url("/oauth2/introspect")),
        revocation_endpoint: Some(base.url("/oauth2/revoke")),
        ..MtlsEndpointAliases::default()
    })
}
