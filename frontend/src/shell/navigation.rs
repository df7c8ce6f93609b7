//! Where one is, and the way from page to page: first those of the workspace one is in, then those of its tenant.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use cardea_api::permission::Permission;
use cardea_protocol::id::{TenantId, WorkspaceId};

use super::here::whereabouts;
use super::palette::PaletteButton;
use super::switcher::SwitcherButton;
use crate::may::{May, use_may};
use crate::paths;
use crate::ui::icon::{Icon, IconView};

/// One way.
pub(super) struct Way {
    pub(super) label: &'static str,
    pub(super) icon: Icon,
    pub(super) href: String,
    /// Whether pages below it belong to it.
    deep: bool,
}

/// The navigation.
#[component]
pub(crate) fn Navigation() -> impl IntoView {
    let here = whereabouts();
    let may = use_may();
    view! {
        <div class="side-tools"><SwitcherButton/> <PaletteButton/></div>
        <nav aria-label="Console">
            {move || {
                let (tid, aid) = here.get();
                let workspace = tid.as_ref().zip(aid).map(|(tid, aid)| {
                    view! { <Group title=format!("Workspace {aid}") ways=of_workspace(may, tid, &aid)/> }
                });
                let tenant = tid.as_ref().map(|tid| view! { <Group title=format!("Tenant {tid}") ways=of_tenant(may, tid)/> });
                let platform = may.everywhere(Permission::TenantsRead).then(|| {
                    let ways = vec![way("Tenants", Icon::Tenant, paths::TENANTS.to_owned(), false)];
                    view! { <Group title="Platform" ways/> }
                });
                view! { {workspace} {tenant} {platform} }
            }}
        </nav>
    }
}

#[component]
fn Group(#[prop(into)] title: String, ways: Vec<Way>) -> impl IntoView {
    let path = use_location().pathname;
    let items = ways.into_iter().map(|way| {
        let (href, deep) = (way.href.clone(), way.deep);
        let current = move || path.with(|path| is_at(path, &href, deep)).then_some("page");
        view! { <li><a href=way.href aria-current=current><IconView icon=way.icon/>{way.label}</a></li> }
    });
    view! {
        <p class="nav-title"><bdi>{title}</bdi></p>
        <ul>{items.collect_view()}</ul>
    }
}

fn is_at(path: &str, href: &str, deep: bool) -> bool {
    let path = path.trim_end_matches('/');
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || (deep && rest.starts_with('/')))
}

pub(super) fn of_workspace(may: May, tid: &TenantId, aid: &WorkspaceId) -> Vec<Way> {
    let at = |page| paths::of_workspace(tid, aid, page);
    let ways = [
        (Permission::WorkspacesRead, way("Overview", Icon::Home, paths::workspace(tid, aid), false)),
        (Permission::WorkspacesRead, way("Client authentication", Icon::Shield, at("methods"), true)),
        (Permission::ClientsRead, way("Clients", Icon::Client, at("clients"), true)),
        (Permission::ServicesRead, way("Services", Icon::Server, at("services"), true)),
        (Permission::ServicesRead, way("Scopes", Icon::Check, at("scopes"), true)),
        (Permission::KeysRead, way("Signing keys", Icon::Key, at("keys"), true)),
        (Permission::WorkspacesRead, way("Trusted CAs", Icon::Certificate, at("certificates"), true)),
        (Permission::AuditRead, way("Audit log", Icon::Audit, at("audit"), true)),
        (Permission::KeysRead, way("Token decoder", Icon::Code, at("decoder"), true)),
        (Permission::WorkspacesRead, way("Settings", Icon::Settings, at("settings"), true)),
    ];
    ways.into_iter().filter(|(needed, _)| may.in_workspace(*needed, tid, aid)).map(|(_, way)| way).collect()
}

pub(super) fn of_tenant(may: May, tid: &TenantId) -> Vec<Way> {
    let mut ways = vec![way("Workspaces", Icon::Workspace, paths::tenant(tid), false)];
    let more = [
        (Permission::UsersRead, way("Users", Icon::Users, paths::of_tenant(tid, "pools"), true)),
        (
            Permission::AdministratorsRead,
            way("Administrators", Icon::Lock, paths::of_tenant(tid, "administrators"), true),
        ),
        (Permission::TenantsRead, way("Tenant settings", Icon::Settings, paths::of_tenant(tid, "settings"), true)),
    ];
    ways.extend(more.into_iter().filter(|(needed, _)| may.in_tenant(*needed, tid)).map(|(_, way)| way));
    ways
}

fn way(label: &'static str, icon: Icon, href: String, deep: bool) -> Way {
    Way { label, icon, href, deep }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_current_on_its_pages_and_on_no_others() {
        assert!(is_at("/console/t/a/w/b/clients/x/code", "/console/t/a/w/b/clients", true));
        assert!(!is_at("/console/t/a/w/b/clients2", "/console/t/a/w/b/clients", true));
        assert!(!is_at("/console/t/a/w/b", "/console/t/a", false));
        assert!(is_at("/console/t/a/", "/console/t/a", false));
    }
}
