//! The roles of administrators; what each may do is decided by the management API.

use crate::words::words;

words! {
    /// A role that an administrator holds: over the platform, one tenant or one workspace.
    pub enum Role {
        /// Everything, everywhere.
        PlatformAdmin = "platform_admin",
        /// Everything in one tenant.
        TenantAdmin = "tenant_admin",
        /// Sees everything in one tenant.
        TenantAuditor = "tenant_auditor",
        /// Everything in one workspace.
        WorkspaceAdmin = "workspace_admin",
        /// The clients of one workspace.
        WorkspaceManager = "workspace_manager",
        /// Sees everything in one workspace.
        WorkspaceAuditor = "workspace_auditor",
    }
}

impl Role {
    /// Whether the role is over every tenant.
    #[must_use]
    pub const fn is_platform(self) -> bool {
        matches!(self, Self::PlatformAdmin)
    }

    /// Whether the role is over one workspace, which must then be named.
    #[must_use]
    pub const fn is_workspace(self) -> bool {
        matches!(self, Self::WorkspaceAdmin | Self::WorkspaceManager | Self::WorkspaceAuditor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_known_by_its_exact_name() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(*role));
            assert_eq!(role.is_workspace(), role.as_str().starts_with("workspace_"));
            assert_eq!(role.is_platform(), role.as_str().starts_with("platform_"));
        }
        assert_eq!(Role::parse("root"), None);
    }
}
