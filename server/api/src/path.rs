//! The paths of the management API, built in one place so that a `client_id` with a slash in it is quoted everywhere.

use cardea_protocol::id::{ClientId, TenantId, UserPoolId, WorkspaceId};

/// Where the API is mounted, below the public URL.
pub const BASE: &str = "/api/v1";

/// `/me`
#[must_use]
pub fn me() -> String {
    format!("{BASE}/me")
}

/// `/tenants`
#[must_use]
pub fn tenants() -> String {
    format!("{BASE}/tenants")
}

/// `/tenants/{tid}`
#[must_use]
pub fn tenant(tenant_id: &TenantId) -> String {
    format!("{BASE}/tenants/{tenant_id}")
}

/// `/tenants/{tid}/administrators`
#[must_use]
pub fn administrators(tenant_id: &TenantId) -> String {
    format!("{}/administrators", tenant(tenant_id))
}

/// `/tenants/{tid}/administrators/{id}`
#[must_use]
pub fn administrator(tenant_id: &TenantId, id: &str) -> String {
    format!("{}/{}", administrators(tenant_id), segment(id))
}

/// `/tenants/{tid}/pools`
#[must_use]
pub fn pools(tenant_id: &TenantId) -> String {
    format!("{}/pools", tenant(tenant_id))
}

/// `/tenants/{tid}/pools/{id}`
#[must_use]
pub fn pool(tenant_id: &TenantId, pool_id: &UserPoolId) -> String {
    format!("{}/{pool_id}", pools(tenant_id))
}

/// `…/pools/{id}/users`
#[must_use]
pub fn users(tenant_id: &TenantId, pool_id: &UserPoolId) -> String {
    format!("{}/users", pool(tenant_id, pool_id))
}

/// `…/pools/{id}/users/{user_id}`
#[must_use]
pub fn user(tenant_id: &TenantId, pool_id: &UserPoolId, user_id: &str) -> String {
    format!("{}/{}", users(tenant_id, pool_id), segment(user_id))
}

/// `…/users/{user_id}/sessions`
#[must_use]
pub fn sessions(tenant_id: &TenantId, pool_id: &UserPoolId, user_id: &str) -> String {
    format!("{}/sessions", user(tenant_id, pool_id, user_id))
}

/// `…/users/{user_id}/sessions/{sid}`
#[must_use]
pub fn session(tenant_id: &TenantId, pool_id: &UserPoolId, user_id: &str, sid: &str) -> String {
    format!("{}/{}", sessions(tenant_id, pool_id, user_id), segment(sid))
}

/// `…/users/{user_id}/consents`
#[must_use]
pub fn consents_of_user(tenant_id: &TenantId, pool_id: &UserPoolId, user_id: &str) -> String {
    format!("{}/consents", user(tenant_id, pool_id, user_id))
}

/// `…/users/{user_id}/consents/{aid}/{client_id}`
#[must_use]
pub fn consent_of_user(
    tenant_id: &TenantId,
    pool_id: &UserPoolId,
    user_id: &str,
    workspace_id: &WorkspaceId,
    client_id: &ClientId,
) -> String {
    let consents = consents_of_user(tenant_id, pool_id, user_id);
    format!("{consents}/{workspace_id}/{}", segment(client_id.as_str()))
}

/// `/tenants/{tid}/workspaces`
#[must_use]
pub fn workspaces(tenant_id: &TenantId) -> String {
    format!("{}/workspaces", tenant(tenant_id))
}

/// `/tenants/{tid}/workspaces/{aid}`
#[must_use]
pub fn workspace(tenant_id: &TenantId, workspace_id: &WorkspaceId) -> String {
    format!("{}/{workspace_id}", workspaces(tenant_id))
}

/// A path below a workspace: `…/workspaces/{aid}/{rest}`.
#[must_use]
pub fn in_workspace(tenant_id: &TenantId, workspace_id: &WorkspaceId, rest: &str) -> String {
    format!("{}/{rest}", workspace(tenant_id, workspace_id))
}

/// `…/clients`
#[must_use]
pub fn clients(tenant_id: &TenantId, workspace_id: &WorkspaceId) -> String {
    in_workspace(tenant_id, workspace_id, "clients")
}

/// `…/clients/{client_id}`
#[must_use]
pub fn client(tenant_id: &TenantId, workspace_id: &WorkspaceId, client_id: &ClientId) -> String {
    format!("{}/{}", clients(tenant_id, workspace_id), segment(client_id.as_str()))
}

/// `…/clients/{client_id}/secrets/{id}`
#[must_use]
pub fn secret(tenant_id: &TenantId, workspace_id: &WorkspaceId, client_id: &ClientId, id: &str) -> String {
    format!("{}/secrets/{}", client(tenant_id, workspace_id, client_id), segment(id))
}

/// `…/workspaces/{aid}/consents`
#[must_use]
pub fn consents(tenant_id: &TenantId, workspace_id: &WorkspaceId) -> String {
    in_workspace(tenant_id, workspace_id, "consents")
}

/// `…/workspaces/{aid}/consents/{user_id}/{client_id}`
#[must_use]
pub fn consent(tenant_id: &TenantId, workspace_id: &WorkspaceId, user_id: &str, client_id: &ClientId) -> String {
    format!("{}/{}/{}", consents(tenant_id, workspace_id), segment(user_id), segment(client_id.as_str()))
}

/// `…/services/{id}`
#[must_use]
pub fn service(tenant_id: &TenantId, workspace_id: &WorkspaceId, id: &str) -> String {
    format!("{}/{}", in_workspace(tenant_id, workspace_id, "services"), segment(id))
}

/// `…/scopes/{name}`
#[must_use]
pub fn scope(tenant_id: &TenantId, workspace_id: &WorkspaceId, name: &str) -> String {
    format!("{}/{}", in_workspace(tenant_id, workspace_id, "scopes"), segment(name))
}

/// `…/trusted-cas`
#[must_use]
pub fn trusted_cas(tenant_id: &TenantId, workspace_id: &WorkspaceId) -> String {
    in_workspace(tenant_id, workspace_id, "trusted-cas")
}

/// `…/trusted-cas/{id}`
#[must_use]
pub fn trusted_ca(tenant_id: &TenantId, workspace_id: &WorkspaceId, id: &str) -> String {
    format!("{}/{}", trusted_cas(tenant_id, workspace_id), segment(id))
}

/// `…/initial-access-tokens/{id}`
#[must_use]
pub fn initial_access_token(tenant_id: &TenantId, workspace_id: &WorkspaceId, id: &str) -> String {
    format!("{}/{}", in_workspace(tenant_id, workspace_id, "initial-access-tokens"), segment(id))
}

/// `text` as one path segment: everything but RFC 3986's unreserved characters is percent-encoded.
#[must_use]
pub fn segment(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => quoted.push(char::from(byte)),
            _ => quoted.push_str(&format!("%{byte:02X}")),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_never_ends_the_segment() {
        assert_eq!(segment("a/b?c#d%e f"), "a%2Fb%3Fc%23d%25e%20f");
        assert_eq!(segment("urn:x:Y_1~.-"), "urn%3Ax%3AY_1~.-");
    }
}
