//! What a caller of the management API may do, decided from the roles it holds (product.md §5, "Access").

use cardea_api::permission::Permission;
use cardea_protocol::{Role, TenantId, WorkspaceId};

/// What a caller wants to do something to.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// The installation.
    Platform,
    /// A tenant, or what belongs to it as a whole.
    Tenant(&'a TenantId),
    /// A workspace, or what is in it.
    Workspace(&'a TenantId, &'a WorkspaceId),
}

/// Whether a caller may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may.
    Allowed,
    /// It may not, but may see something of the target.
    Forbidden,
    /// It may see nothing there, and so not even know whether the target exists.
    Hidden,
}

/// The roles of one caller. Roles come from the tenant whose `admin` workspace issued its token, and reach no further,
/// save the platform's.
#[derive(Clone, Debug)]
pub struct Standing {
    tenant_id: TenantId,
    roles: Vec<(Role, Option<WorkspaceId>)>,
}

impl Standing {
    /// The standing of who holds `roles` in `tenant_id`. Roles that can do nothing there are dropped, so that no row in
    /// the database lends more than could have been granted: platform roles outside `system`, workspace roles without a
    /// workspace or over an `admin` workspace.
    pub fn new(tenant_id: TenantId, roles: impl IntoIterator<Item = (Role, Option<WorkspaceId>)>) -> Self {
        let roles = roles.into_iter().filter(|(role, workspace_id)| match (role, workspace_id) {
            (Role::PlatformAdmin, None) => tenant_id == TenantId::system(),
            (role, Some(workspace_id)) => role.is_workspace() && *workspace_id != WorkspaceId::admin(),
            (role, None) => !role.is_workspace(),
        });
        let roles = roles.collect();
        Self { tenant_id, roles }
    }

    /// The standing of Cardea itself, acting for its operator.
    pub fn operator() -> Self {
        Self { tenant_id: TenantId::system(), roles: vec![(Role::PlatformAdmin, None)] }
    }

    /// The tenant that the caller belongs to.
    pub fn tenant_id(&self) -> &TenantId {
        &self.tenant_id
    }

    /// The roles, and the workspace where a workspace role holds.
    pub fn roles(&self) -> &[(Role, Option<WorkspaceId>)] {
        &self.roles
    }

    /// Whether the caller may do everything everywhere.
    pub fn is_platform_admin(&self) -> bool {
        self.roles.iter().any(|(role, _)| role.is_platform())
    }

    /// Whether the caller may do `permission` to `target`.
    pub fn judge(&self, permission: Permission, target: Target<'_>) -> Verdict {
        if self.is_platform_admin() {
            return Verdict::Allowed;
        }
        let tenant_id = match target {
            Target::Platform => return Verdict::Forbidden,
            Target::Tenant(tenant_id) | Target::Workspace(tenant_id, _) => tenant_id,
        };
        if *tenant_id != self.tenant_id {
            return Verdict::Hidden;
        }
        let holds = |held: &Option<WorkspaceId>| match (held, target) {
            (None, _) => true,
            (Some(held), Target::Workspace(_, workspace_id)) => held == workspace_id,
            (Some(_), _) => false,
        };
        // The platform's own tenant belongs to platform administrators alone: who changes a client of `system/admin` is one.
        let is_kept = !permission.is_read() && *tenant_id == TenantId::system();
        if !is_kept && self.roles.iter().any(|(role, held)| holds(held) && permission.granted_to(*role)) {
            return Verdict::Allowed;
        }
        let sees = |role: Role| Permission::of(role).any(Permission::is_read);
        if self.roles.iter().any(|(role, held)| holds(held) && sees(*role)) {
            Verdict::Forbidden
        } else {
            Verdict::Hidden
        }
    }

    /// The workspaces where workspace roles permit it.
    pub fn workspaces_with(&self, permission: Permission) -> Vec<&WorkspaceId> {
        let mut found: Vec<_> = self
            .roles
            .iter()
            .filter(|(role, _)| permission.granted_to(*role))
            .filter_map(|(_, workspace_id)| workspace_id.as_ref())
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(id: &str) -> TenantId {
        TenantId::parse(id).unwrap()
    }

    fn workspace(id: &str) -> WorkspaceId {
        WorkspaceId::parse(id).unwrap()
    }

    fn standing(tenant_id: &str, role: Role, workspace_id: Option<&str>) -> Standing {
        Standing::new(tenant(tenant_id), [(role, workspace_id.map(workspace))])
    }

    #[test]
    fn another_tenant_is_hidden_from_all_but_the_platform() {
        for role in Role::ALL.iter().filter(|role| !role.is_platform()) {
            let standing = standing("acme", *role, role.is_workspace().then_some("shop"));
            for permission in Permission::ALL {
                let verdict = standing.judge(*permission, Target::Workspace(&tenant("evil"), &workspace("shop")));
                assert_eq!(verdict, Verdict::Hidden, "{role} {permission}");
                assert_eq!(standing.judge(*permission, Target::Tenant(&tenant("evil"))), Verdict::Hidden);
                assert_eq!(standing.judge(*permission, Target::Platform), Verdict::Forbidden);
            }
        }
        let platform = standing("system", Role::PlatformAdmin, None);
        assert_eq!(platform.judge(Permission::ClientsWrite, Target::Tenant(&tenant("evil"))), Verdict::Allowed);
        assert_eq!(platform.judge(Permission::TenantsCreate, Target::Platform), Verdict::Allowed);
    }

    #[test]
    fn a_platform_role_outside_the_platforms_tenant_is_worth_nothing() {
        let standing = standing("acme", Role::PlatformAdmin, None);
        assert!(!standing.is_platform_admin());
        assert_eq!(standing.judge(Permission::TenantsRead, Target::Tenant(&tenant("acme"))), Verdict::Hidden);
    }

    #[test]
    fn a_workspace_role_holds_in_its_workspace_alone() {
        let acme = tenant("acme");
        let admin = standing("acme", Role::WorkspaceAdmin, Some("shop"));
        let judge = |id: &str| admin.judge(Permission::ClientsWrite, Target::Workspace(&acme, &workspace(id)));
        assert_eq!(judge("other"), Verdict::Hidden);
        assert_eq!(judge("admin"), Verdict::Hidden);
        assert_eq!(admin.judge(Permission::WorkspacesRead, Target::Tenant(&acme)), Verdict::Hidden);
        let deletion = admin.judge(Permission::WorkspacesDelete, Target::Workspace(&acme, &workspace("shop")));
        assert_eq!(deletion, Verdict::Forbidden, "what it can see is no secret");
        assert_eq!(judge("shop"), Verdict::Allowed);
    }

    #[test]
    fn a_workspace_role_over_an_admin_workspace_is_worth_nothing() {
        for role in [Role::WorkspaceAdmin, Role::WorkspaceManager, Role::WorkspaceAuditor] {
            for over in [Some("admin"), None] {
                let verdict = standing("acme", role, over)
                    .judge(Permission::ClientsRead, Target::Workspace(&tenant("acme"), &workspace("admin")));
                assert_eq!(verdict, Verdict::Hidden, "{role}");
            }
        }
    }

    #[test]
    fn a_tenant_role_bound_to_a_workspace_is_worth_nothing() {
        let standing = standing("acme", Role::TenantAdmin, Some("shop"));
        assert!(standing.roles().is_empty());
    }

    #[test]
    fn the_platforms_tenant_is_written_by_platform_administrators_alone() {
        let system = tenant("system");
        let admin = standing("system", Role::TenantAdmin, None);
        for permission in Permission::ALL.iter().filter(|permission| !permission.is_read()) {
            let target = Target::Workspace(&system, &workspace("admin"));
            assert_eq!(admin.judge(*permission, target), Verdict::Forbidden, "{permission}");
        }
        assert_eq!(admin.judge(Permission::ClientsRead, Target::Tenant(&system)), Verdict::Allowed);
    }
}
