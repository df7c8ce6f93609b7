//! Where one is, and the way to another workspace or tenant.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::tenant::TenantView;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::id::TenantId;

use super::finder::{Finder, Found};
use super::here::whereabouts;
use super::keys::use_keys;
use crate::api::{Api, Failure};
use crate::data::{load, rested};
use crate::may::use_may;
use crate::paths;
use crate::ui::dialog::Dialog;
use crate::ui::icon::{Icon, IconView};
use crate::url;

/// How many of each kind are shown.
const SHOWN: &str = "8";

/// The button that says where one is.
#[component]
pub(super) fn SwitcherButton() -> impl IntoView {
    let keys = use_keys();
    let here = whereabouts();
    let name = move || match here.get() {
        (_, Some(aid)) => aid.to_string(),
        (Some(tid), None) => tid.to_string(),
        (None, None) => "Choose a tenant".to_owned(),
    };
    let of = move || match here.get() {
        (Some(tid), Some(_)) => format!("Tenant {tid}"),
        (Some(_), None) => "Tenant".to_owned(),
        _ => "Platform".to_owned(),
    };
    view! {
        <button
            type="button"
            class="switcher"
            id="switcher"
            data-action="switch"
            aria-haspopup="dialog"
            on:click=move |_| keys.switcher.set(true)
        >
            <IconView icon=Icon::Workspace size=18/>
            <span class="switcher-names">
                <span class="visually-hidden">"Switch workspace or tenant. Now: "</span>
                <bdi class="switcher-of">{of}</bdi>
                <bdi class="switcher-name">{name}</bdi>
            </span>
            <IconView icon=Icon::ChevronsUpDown size=14/>
        </button>
    }
}

/// The dialog.
#[component]
pub(super) fn Switcher() -> impl IntoView {
    let keys = use_keys();
    view! {
        <Dialog open=keys.switcher title="Go to a workspace" id="switcher-dialog">
            <Places open=keys.switcher/>
        </Dialog>
    }
}

#[component]
fn Places(open: RwSignal<bool>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let asked = rested(text);
    let tid = whereabouts().get_untracked().0;
    let sees_tenants = use_may().everywhere(Permission::TenantsRead);
    let of = tid.clone();
    let workspaces = load(move || asked.get(), move |api, q| workspaces(api, of.clone(), q));
    let tenants = load(move || asked.get(), move |api, q| tenants(api, sees_tenants, q));
    let found = Signal::derive(move || {
        let mut found = workspaces.value().unwrap_or_default();
        if let Some(tid) = tid.as_ref().filter(|_| text.with(String::is_empty)) {
            found.push(Found {
                group: format!("Workspaces of {tid}"),
                label: "All workspaces".to_owned(),
                detail: tid.to_string(),
                icon: Icon::Tenant,
                href: paths::tenant(tid),
            });
        }
        found.extend(tenants.value().unwrap_or_default());
        found
    });
    let busy = Signal::derive(move || workspaces.busy.get() || tenants.busy.get());
    let label = if sees_tenants { "Search workspaces of this tenant, and tenants" } else { "Search workspaces" };
    view! { <Finder label text found busy on_choose=move |()| open.set(false)/> }
}

async fn workspaces(api: Api, tid: Option<TenantId>, q: String) -> Result<Vec<Found>, Failure> {
    let Some(tid) = tid else { return Ok(Vec::new()) };
    let at = format!("{}?{}", path::workspaces(&tid), searched(&q));
    let page: Page<WorkspaceView> = api.get(&at).await?;
    let found = |workspace: WorkspaceView| Found {
        group: format!("Workspaces of {tid}"),
        label: workspace.name,
        detail: workspace.id.to_string(),
        icon: Icon::Workspace,
        href: paths::workspace(&tid, &workspace.id),
    };
    Ok(page.items.into_iter().map(found).collect())
}

async fn tenants(api: Api, sees_tenants: bool, q: String) -> Result<Vec<Found>, Failure> {
    if !sees_tenants {
        return Ok(Vec::new());
    }
    let page: Page<TenantView> = api.get(&format!("{}?{}", path::tenants(), searched(&q))).await?;
    let found = |tenant: TenantView| Found {
        group: "Tenants".to_owned(),
        label: tenant.name,
        detail: tenant.id.to_string(),
        icon: Icon::Tenant,
        href: paths::tenant(&tenant.id),
    };
    Ok(page.items.into_iter().map(found).collect())
}

fn searched(q: &str) -> String {
    let mut pairs = vec![("limit", SHOWN), ("sort", "name")];
    if !q.trim().is_empty() {
        pairs.push(("q", q.trim()));
    }
    url::encode(pairs)
}
