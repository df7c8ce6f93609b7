//! What a token is good for: scopes (RFC 6749 §3.3) and the audiences that they belong to (RFC 8707, RFC 9068 §3).

use cardea_protocol::claims::Audience;
use cardea_protocol::{ClientMetadata, ErrorCode, Scope};

use crate::app::App;
use crate::http::failure::OAuthFailure;
use crate::workspace::Workspace;

/// Scopes and audiences that fit each other.
pub(super) struct Target {
    pub(super) scope: Scope,
    pub(super) audience: Audience,
}

/// Finds what the client may have of what it asks.
///
/// Without `scope` it gets all that it registered, within the resources that it names. Without `resource` the token is for
/// the services of its scopes; with neither, for the workspace itself (or, in an `admin` workspace, the management API).
pub(super) fn resolve(
    workspace: &Workspace,
    app: &App,
    client: &ClientMetadata,
    scope: Option<&str>,
    resource: &[&str],
) -> Result<Target, OAuthFailure> {
    for resource in resource {
        check_resource(workspace, app, client, resource)?;
    }
    let scope = match scope {
        Some(asked) => asked_scope(workspace, client, asked, resource)?,
        None => default_scope(workspace, client, resource),
    };
    let audience = audience(workspace, app, &scope, resource);
    Ok(Target { scope, audience })
}

/// RFC 8707 §2: a resource that is unknown, or none of the client's business, is an `invalid_target`.
fn check_resource(
    workspace: &Workspace,
    app: &App,
    client: &ClientMetadata,
    resource: &str,
) -> Result<(), OAuthFailure> {
    let management = workspace.is_admin() && resource == app.public_url().management_audience();
    let service = workspace.services.by_audience(resource);
    // A service with scopes is for clients that have one of them.
    let allowed = service.is_some_and(|service| {
        !service.has_scopes || client.scope.iter().any(|scope| belongs(workspace, scope, &[resource]))
    });
    if management || allowed {
        return Ok(());
    }
    Err(OAuthFailure::new(ErrorCode::InvalidTarget, "The resource is not one that this client can get a token for."))
}

fn asked_scope(
    workspace: &Workspace,
    client: &ClientMetadata,
    asked: &str,
    resource: &[&str],
) -> Result<Scope, OAuthFailure> {
    let refused = |description| OAuthFailure::new(ErrorCode::InvalidScope, description);
    let asked = Scope::parse(asked).map_err(|_| refused("The scope is malformed."))?;
    let allowed = |scope: &str| client.scope.contains(scope) && workspace.services.by_scope(scope).is_some();
    if !asked.iter().all(allowed) {
        return Err(refused("The scope contains a value that is unknown or not allowed for this client."));
    }
    if !asked.iter().all(|scope| belongs(workspace, scope, resource)) {
        return Err(refused("The scope contains a value that does not belong to the requested resource."));
    }
    Ok(asked)
}

fn default_scope(workspace: &Workspace, client: &ClientMetadata, resource: &[&str]) -> Scope {
    let known = |scope: &&str| workspace.services.by_scope(scope).is_some() && belongs(workspace, scope, resource);
    Scope::from_tokens(client.scope.iter().filter(known)).unwrap_or_default()
}

/// Whether `scope` is of one of the resources, or no resource was named.
fn belongs(workspace: &Workspace, scope: &str, resource: &[&str]) -> bool {
    let service = workspace.services.by_scope(scope);
    resource.is_empty() || service.is_some_and(|service| resource.contains(&service.audience.as_str()))
}

fn audience(workspace: &Workspace, app: &App, scope: &Scope, resource: &[&str]) -> Audience {
    if !resource.is_empty() {
        return resource.iter().map(|resource| (*resource).to_owned()).collect();
    }
    if workspace.is_admin() {
        return Audience::One(app.public_url().management_audience());
    }
    let mut audiences: Vec<String> = Vec::new();
    for service in scope.iter().filter_map(|scope| workspace.services.by_scope(scope)) {
        if !audiences.contains(&service.audience) {
            audiences.push(service.audience.clone());
        }
    }
    if audiences.is_empty() {
        audiences.push(workspace.issuer.as_str().to_owned());
    }
    audiences.into()
}
