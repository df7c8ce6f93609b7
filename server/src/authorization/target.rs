//! What a token is good for: scopes (RFC 6749 §3.3) and the audiences that they belong to (RFC 8707, RFC 9068 §3).

use cardea_protocol::claims::Audience;
use cardea_protocol::scope::{OFFLINE_ACCESS, OPENID};
use cardea_protocol::{ClientMetadata, Error, ErrorCode, Scope};

use crate::app::App;
use crate::workspace::Workspace;

/// The scopes of OpenID Connect Core §5.4 and §11: of people, not of services. Whether a client gets them is for them to say.
pub const OF_PEOPLE: [&str; 6] = [OPENID, OFFLINE_ACCESS, "profile", "email", "address", "phone"];

/// For whom a client asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum OnBehalf {
    /// Itself.
    OfItself,
    /// Somebody who signs in.
    OfAPerson,
}

/// The scope that a client may have of what it asks: without `scope` all that it registered, within the resources that it names.
///
/// # Errors
/// `invalid_target` for a resource that is none of its business, `invalid_scope` for such a scope.
pub fn scope(
    workspace: &Workspace,
    app: &App,
    client: &ClientMetadata,
    asked: Option<&str>,
    resource: &[&str],
    on_behalf: OnBehalf,
) -> Result<Scope, Error> {
    for resource in resource {
        check_resource(workspace, app, client, resource)?;
    }
    match asked {
        Some(asked) => asked_scope(workspace, client, asked, resource, on_behalf),
        None => Ok(default_scope(workspace, client, resource)),
    }
}

/// RFC 8707 §2: a resource that is unknown, or none of the client's business, is an `invalid_target`.
fn check_resource(workspace: &Workspace, app: &App, client: &ClientMetadata, resource: &str) -> Result<(), Error> {
    let management = workspace.is_admin() && resource == app.public_url().management_audience();
    let service = workspace.services.by_audience(resource);
    // A service with scopes is for clients that have one of them.
    let allowed = service.is_some_and(|service| {
        !service.has_scopes || client.scope.iter().any(|scope| belongs(workspace, scope, &[resource]))
    });
    if management || allowed {
        return Ok(());
    }
    Err(Error::new(ErrorCode::InvalidTarget, "The resource is not one that this client can get a token for."))
}

fn asked_scope(
    workspace: &Workspace,
    client: &ClientMetadata,
    asked: &str,
    resource: &[&str],
    on_behalf: OnBehalf,
) -> Result<Scope, Error> {
    let refused = |description| Error::new(ErrorCode::InvalidScope, description);
    let asked = Scope::parse(asked).map_err(|_| refused("The scope is malformed."))?;
    let of_people = |scope: &str| on_behalf == OnBehalf::OfAPerson && OF_PEOPLE.contains(&scope);
    let allowed = |scope: &str| {
        of_people(scope) || (client.scope.contains(scope) && workspace.services.by_scope(scope).is_some())
    };
    if !asked.iter().all(allowed) {
        return Err(refused("The scope contains a value that is unknown or not allowed for this client."));
    }
    if !asked.iter().all(|scope| of_people(scope) || belongs(workspace, scope, resource)) {
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

/// For whom a token is: the resources that were named, else the services of its scopes; with neither the workspace itself (or, in
/// an `admin` workspace, the management API). With `openid` also for the workspace, whose userinfo endpoint takes it.
pub fn audience(workspace: &Workspace, app: &App, scope: &Scope, resource: &[&str]) -> Audience {
    let mut audiences: Vec<String> = resource.iter().map(|resource| (*resource).to_owned()).collect();
    if audiences.is_empty() && workspace.is_admin() {
        audiences.push(app.public_url().management_audience());
    }
    if audiences.is_empty() {
        audiences = of_scopes(workspace, scope);
    }
    let own = workspace.issuer.as_str();
    if audiences.is_empty() || (scope.contains(OPENID) && !audiences.iter().any(|audience| audience == own)) {
        audiences.push(own.to_owned());
    }
    audiences.into()
}

/// The services that the scopes belong to, each once.
fn of_scopes(workspace: &Workspace, scope: &Scope) -> Vec<String> {
    let mut audiences: Vec<String> = Vec::new();
    for service in scope.iter().filter_map(|scope| workspace.services.by_scope(scope)) {
        if !audiences.contains(&service.audience) {
            audiences.push(service.audience.clone());
        }
    }
    audiences
}
