//! What the person may do, as `/me` says it. The server decides anew for every request; this only spares them buttons that
//! would be refused.

use leptos::prelude::*;

use cardea_api::me::HeldRole;
use cardea_api::permission::Permission;
use cardea_protocol::id::{TenantId, WorkspaceId};

use crate::session::Session;

/// The permissions of whoever is signed in.
#[derive(Clone, Copy)]
pub(crate) struct May {
    session: Session,
}

/// The permissions of whoever is signed in.
pub(crate) fn use_may() -> May {
    May { session: use_context().unwrap_or_default() }
}

impl May {
    /// Whether `permission` holds in the whole of `tid`.
    pub(crate) fn in_tenant(self, permission: Permission, tid: &TenantId) -> bool {
        self.any(|role| covers(role, permission, Some(tid), None))
    }

    /// Whether `permission` holds in this workspace.
    pub(crate) fn in_workspace(self, permission: Permission, tid: &TenantId, aid: &WorkspaceId) -> bool {
        self.any(|role| covers(role, permission, Some(tid), Some(aid)))
    }

    /// Whether `permission` holds everywhere.
    pub(crate) fn everywhere(self, permission: Permission) -> bool {
        self.any(|role| covers(role, permission, None, None))
    }

    fn any(self, holds: impl Fn(&HeldRole) -> bool) -> bool {
        self.session.me.with_untracked(|me| me.as_ref().is_some_and(|me| me.roles.iter().any(holds)))
    }
}

fn covers(role: &HeldRole, permission: Permission, tid: Option<&TenantId>, aid: Option<&WorkspaceId>) -> bool {
    let of_tenant = role.tenant_id.as_ref().is_none_or(|held| Some(held) == tid);
    let of_workspace = role.workspace_id.as_ref().is_none_or(|held| Some(held) == aid);
    of_tenant && of_workspace && role.permissions.contains(&permission)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cardea_protocol::role::Role;

    fn held(role: Role, tid: Option<&str>, aid: Option<&str>) -> HeldRole {
        HeldRole {
            role,
            tenant_id: tid.map(|id| TenantId::parse(id).unwrap()),
            workspace_id: aid.map(|id| WorkspaceId::parse(id).unwrap()),
            permissions: Permission::of(role).collect(),
        }
    }

    #[test]
    fn a_role_covers_the_place_where_it_is_held_and_no_other() {
        let (acme, shop) = (TenantId::parse("acme").unwrap(), WorkspaceId::parse("shop").unwrap());
        let (other, admin) = (TenantId::parse("other").unwrap(), WorkspaceId::parse("admin").unwrap());
        let write = Permission::ClientsWrite;
        let manager = held(Role::WorkspaceManager, Some("acme"), Some("shop"));
        assert!(covers(&manager, write, Some(&acme), Some(&shop)));
        assert!(!covers(&manager, write, Some(&acme), Some(&admin)));
        assert!(!covers(&manager, write, Some(&acme), None));
        let tenant = held(Role::TenantAdmin, Some("acme"), None);
        assert!(covers(&tenant, write, Some(&acme), Some(&shop)) && covers(&tenant, write, Some(&acme), None));
        assert!(!covers(&tenant, write, Some(&other), Some(&shop)));
        assert!(covers(&held(Role::PlatformAdmin, None, None), Permission::TenantsCreate, None, None));
        assert!(!covers(&held(Role::TenantAuditor, Some("acme"), None), write, Some(&acme), Some(&shop)));
    }
}
