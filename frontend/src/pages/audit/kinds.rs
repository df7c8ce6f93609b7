//! The types of audit events in plain words.

/// What is selected together, and the types within.
pub(super) const GROUPS: &[(&str, &[&str])] = &[
    ("Clients at work", &["client.authenticated", "token.issued", "token.revoked", "client.logout_notified"]),
    (
        "People at work",
        &[
            "user.authenticated",
            "user.signed_out",
            "authorization.granted",
            "authorization.refused",
            "authorization.pushed",
            "consent.granted",
            "device.authorized",
            "device.approved",
            "device.denied",
        ],
    ),
    (
        "Changes of clients",
        &[
            "client.created",
            "client.updated",
            "client.deleted",
            "client.registered",
            "client.read",
            "client.secret_created",
            "client.secret_deleted",
            "initial_access_token.created",
            "initial_access_token.deleted",
        ],
    ),
    (
        "Changes of the workspace",
        &[
            "workspace.created",
            "workspace.updated",
            "key.rotated",
            "key.revoked",
            "trusted_ca.created",
            "trusted_ca.updated",
            "trusted_ca.deleted",
            "service.created",
            "service.updated",
            "service.deleted",
            "scope.created",
            "scope.updated",
            "scope.deleted",
        ],
    ),
];

/// What happened, in a few words; the type itself where a newer server has one that is not known here.
pub(crate) fn words(kind: &str) -> String {
    known(kind).map_or_else(|| kind.to_owned(), str::to_owned)
}

fn known(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "client.authenticated" => "Client authenticated",
        "token.issued" => "Tokens issued",
        "token.revoked" => "Token revoked",
        "client.logout_notified" => "Client told of a sign-out",
        "user.authenticated" => "Person signed in",
        "user.signed_out" => "Person signed out",
        "authorization.granted" => "Authorization granted",
        "authorization.refused" => "Authorization refused",
        "authorization.pushed" => "Authorization request pushed",
        "consent.granted" => "Consent given",
        "consent.withdrawn" => "Consent withdrawn",
        "device.authorized" => "Device asked to be let in",
        "device.approved" => "Device approved",
        "device.denied" => "Device denied",
        "client.created" => "Client created",
        "client.updated" => "Client changed",
        "client.deleted" => "Client deleted",
        "client.registered" => "Client registered itself",
        "client.read" => "Client read its registration",
        "client.secret_created" => "Secret added",
        "client.secret_deleted" => "Secret revoked",
        "initial_access_token.created" => "Initial access token made",
        "initial_access_token.deleted" => "Initial access token deleted",
        "workspace.created" => "Workspace created",
        "workspace.updated" => "Workspace changed",
        "workspace.deleted" => "Workspace deleted",
        "key.rotated" => "Signing key rotated",
        "key.revoked" => "Signing key revoked",
        "trusted_ca.created" => "Authority trusted",
        "trusted_ca.updated" => "Trusted authority changed",
        "trusted_ca.deleted" => "Authority no longer trusted",
        "service.created" => "Service created",
        "service.updated" => "Service changed",
        "service.deleted" => "Service deleted",
        "scope.created" => "Scope created",
        "scope.updated" => "Scope changed",
        "scope.deleted" => "Scope deleted",
        "user.created" => "User created",
        "user.updated" => "User changed",
        "user.deleted" => "User deleted",
        "user.password_changed" => "Password changed",
        "user.password_reset_requested" => "Link for a new password made",
        "user.email_verification_requested" => "Link to confirm an e-mail address made",
        "user.email_verified" => "E-mail address confirmed",
        "user.mail_sent" => "Letter sent",
        "user.session_revoked" => "Session ended by an administrator",
        "pool.created" => "User pool created",
        "pool.updated" => "User pool changed",
        "pool.deleted" => "User pool deleted",
        "administrator.appointed" => "Administrator appointed",
        "administrator.dismissed" => "Administrator dismissed",
        "setup_link.created" => "Setup link made",
        "tenant.created" => "Tenant created",
        "tenant.updated" => "Tenant changed",
        "tenant.deleted" => "Tenant deleted",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_that_can_be_selected_has_words() {
        for kind in GROUPS.iter().flat_map(|(_, kinds)| *kinds) {
            assert!(known(kind).is_some(), "{kind}");
        }
        assert_eq!(words("moon.risen"), "moon.risen");
    }
}
