//! The roles in words.

use cardea_protocol::role::Role;

/// A role in words.
pub(crate) struct Words {
    /// What it is called.
    pub(crate) title: &'static str,
    /// What it permits.
    pub(crate) permits: &'static str,
}

/// The words for `role`.
pub(crate) const fn describe(role: Role) -> Words {
    let (title, permits) = match role {
        Role::PlatformAdmin => (
            "Platform administrator",
            "Everything, in every tenant: creates, disables and deletes tenants, and appoints anybody.",
        ),
        Role::TenantAdmin => (
            "Tenant administrator",
            "Everything in this tenant: workspaces, clients, users, keys, and who else administers it.",
        ),
        Role::TenantAuditor => (
            "Tenant auditor",
            "Sees everything in this tenant, also the audit log, and changes nothing. Secrets are never shown.",
        ),
        Role::WorkspaceAdmin => (
            "Workspace administrator",
            "Everything in one workspace: its settings, clients, services and keys. Neither its users nor its deletion.",
        ),
        Role::WorkspaceManager => (
            "Client manager",
            "Registers, changes and deletes the clients of one workspace, and sees its settings and services.",
        ),
        Role::WorkspaceAuditor => {
            ("Workspace auditor", "Sees one workspace with its clients, keys and audit log, and changes nothing.")
        }
    };
    Words { title, permits }
}

#[cfg(test)]
mod tests {
    use cardea_api::permission::Permission;

    use super::*;

    #[test]
    fn the_words_say_who_changes_nothing() {
        for role in Role::ALL {
            let reads_only = Permission::of(*role).all(Permission::is_read);
            assert_eq!(describe(*role).permits.contains("changes nothing"), reads_only, "{role}");
        }
    }
}
