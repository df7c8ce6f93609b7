//! What an administrator may do, and which role may do it (product.md §5, "Access").
//!
//! The table says what a role permits *where it holds*; where it holds is the binding's own tenant, or one workspace of it.

use std::fmt;

use cardea_protocol::role::Role;
use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// One thing that can be allowed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Permission {
            $($(#[$doc])* #[serde(rename = $name)] $variant),*
        }

        impl Permission {
            /// Every permission.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name used in `/me` and in problems.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

permissions! {
    /// Create tenants.
    TenantsCreate = "tenants:create",
    /// See a tenant.
    TenantsRead = "tenants:read",
    /// Change a tenant.
    TenantsWrite = "tenants:write",
    /// Delete a tenant, or switch it off and on.
    TenantsDelete = "tenants:delete",
    /// Create workspaces.
    WorkspacesCreate = "workspaces:create",
    /// See a workspace and its policy.
    WorkspacesRead = "workspaces:read",
    /// Change a workspace and its policy.
    WorkspacesWrite = "workspaces:write",
    /// Delete workspaces.
    WorkspacesDelete = "workspaces:delete",
    /// See clients, their secrets (never the values) and their activity.
    ClientsRead = "clients:read",
    /// Create, change and delete clients and their secrets.
    ClientsWrite = "clients:write",
    /// See services and scopes.
    ServicesRead = "services:read",
    /// Create, change and delete services and scopes.
    ServicesWrite = "services:write",
    /// See the signing keys (their public half).
    KeysRead = "keys:read",
    /// Rotate and revoke signing keys.
    KeysWrite = "keys:write",
    /// See user pools, their users and their sessions.
    UsersRead = "users:read",
    /// Create, change and delete user pools and users, and end their sessions.
    UsersWrite = "users:write",
    /// Read audit events.
    AuditRead = "audit:read",
    /// See who administers the tenant.
    AdministratorsRead = "administrators:read",
    /// Appoint and dismiss administrators.
    AdministratorsWrite = "administrators:write",
}

impl Permission {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_read(self) -> bool {
        use Permission::{
            AdministratorsRead, AuditRead, ClientsRead, KeysRead, ServicesRead, TenantsRead, UsersRead, WorkspacesRead,
        };
        matches!(
            self,
            TenantsRead
                | WorkspacesRead
                | ClientsRead
                | ServicesRead
                | KeysRead
                | UsersRead
                | AuditRead
                | AdministratorsRead
        )
    }

    /// Whether `role` permits it, where the role holds.
    #[must_use]
    pub fn granted_to(self, role: Role) -> bool {
        use Permission::{ClientsRead, ClientsWrite, KeysRead, KeysWrite, ServicesRead, ServicesWrite};
        use Permission::{TenantsCreate, TenantsDelete, WorkspacesRead, WorkspacesWrite};
        match role {
            Role::PlatformAdmin => true,
            Role::TenantAdmin => !matches!(self, TenantsCreate | TenantsDelete),
            Role::TenantAuditor => self.is_read(),
            Role::WorkspaceAdmin => matches!(
                self,
                WorkspacesRead
                    | WorkspacesWrite
                    | ClientsRead
                    | ClientsWrite
                    | ServicesRead
                    | ServicesWrite
                    | KeysRead
                    | KeysWrite
                    | Self::AuditRead
            ),
            Role::WorkspaceManager => matches!(self, WorkspacesRead | ClientsRead | ClientsWrite | ServicesRead),
            Role::WorkspaceAuditor => {
                matches!(self, WorkspacesRead | ClientsRead | ServicesRead | KeysRead | Self::AuditRead)
            }
        }
    }

    /// Everything `role` permits.
    pub fn of(role: Role) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |permission| permission.granted_to(role))
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a holder of `granter` may appoint, or dismiss, a holder of `granted`: nobody grants more than they hold.
#[must_use]
pub fn may_grant(granter: Role, granted: Role) -> bool {
    match granter {
        Role::PlatformAdmin => true,
        Role::TenantAdmin => granted != Role::PlatformAdmin,
        Role::TenantAuditor | Role::WorkspaceAdmin | Role::WorkspaceManager | Role::WorkspaceAuditor => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 6] = [
        Role::PlatformAdmin,
        Role::TenantAdmin,
        Role::TenantAuditor,
        Role::WorkspaceAdmin,
        Role::WorkspaceManager,
        Role::WorkspaceAuditor,
    ];

    #[test]
    fn auditors_change_nothing() {
        for role in [Role::TenantAuditor, Role::WorkspaceAuditor] {
            assert!(Permission::of(role).all(Permission::is_read), "{role:?}");
            assert!(Permission::of(role).count() > 0, "{role:?}");
        }
    }

    #[test]
    fn only_the_platform_creates_and_deletes_tenants() {
        for permission in [Permission::TenantsCreate, Permission::TenantsDelete] {
            let holders: Vec<_> = ROLES.into_iter().filter(|role| permission.granted_to(*role)).collect();
            assert_eq!(holders, [Role::PlatformAdmin]);
        }
    }

    #[test]
    fn a_manager_writes_clients_and_nothing_else() {
        let written: Vec<_> = Permission::of(Role::WorkspaceManager).filter(|p| !p.is_read()).collect();
        assert_eq!(written, [Permission::ClientsWrite]);
    }

    #[test]
    fn nobody_grants_a_role_that_permits_more_than_their_own() {
        for granter in ROLES {
            for granted in ROLES.into_iter().filter(|granted| may_grant(granter, *granted)) {
                assert!(Permission::of(granted).all(|p| p.granted_to(granter)), "{granter:?} granted {granted:?}");
            }
        }
    }

    #[test]
    fn only_those_who_may_write_administrators_grant_anything() {
        for granter in ROLES {
            let grants = ROLES.into_iter().any(|granted| may_grant(granter, granted));
            assert_eq!(grants, Permission::AdministratorsWrite.granted_to(granter), "{granter:?}");
        }
    }
}
