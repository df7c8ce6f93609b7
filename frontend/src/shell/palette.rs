//! Everything by typing: pages of where one is, what can be begun, and clients by name.

use leptos::prelude::*;

use cardea_api::client::ClientView;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::id::{TenantId, WorkspaceId};

use super::finder::{Finder, Found};
use super::here::whereabouts;
use super::keys::use_keys;
use super::navigation::{Way, of_tenant, of_workspace};
use crate::api::{Api, Failure};
use crate::data::{load, rested};
use crate::may::{May, use_may};
use crate::paths;
use crate::ui::dialog::Dialog;
use crate::ui::icon::{Icon, IconView};
use crate::ui::kbd::Kbd;
use crate::url;

/// How many clients are shown.
const SHOWN: &str = "6";

type Here = (Option<TenantId>, Option<WorkspaceId>);

/// The button that opens it.
#[component]
pub(super) fn PaletteButton() -> impl IntoView {
    let keys = use_keys();
    view! {
        <button
            type="button"
            class="palette-button"
            id="palette"
            data-action="palette"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K"
            on:click=move |_| keys.palette.set(true)
        >
            <IconView icon=Icon::Search/>
            <span>"Find anything"</span>
            <Kbd>"Ctrl K"</Kbd>
        </button>
    }
}

/// The dialog.
#[component]
pub(super) fn Palette() -> impl IntoView {
    let keys = use_keys();
    view! {
        <Dialog open=keys.palette title="Find anything" id="palette-dialog">
            <Things open=keys.palette/>
        </Dialog>
    }
}

#[component]
fn Things(open: RwSignal<bool>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let asked = rested(text);
    let here = whereabouts().get_untracked();
    let may = use_may();
    let things = StoredValue::new(things(may, &here));
    let place = here.0.zip(here.1).filter(|(tid, aid)| may.in_workspace(Permission::ClientsRead, tid, aid));
    let clients = load(move || asked.get(), move |api, q| clients(api, place.clone(), q));
    let found = Signal::derive(move || {
        let mut found: Vec<Found> = things.with_value(|things| {
            text.with(|text| things.iter().filter(|thing| fits(text, &thing.label)).cloned().collect())
        });
        if text.with(|text| !text.trim().is_empty()) {
            found.extend(clients.value().unwrap_or_default());
        }
        found
    });
    view! {
        <Finder
            label="A page, an action, a client"
            text
            found
            busy=clients.busy
            on_choose=move |()| open.set(false)
        />
    }
}

/// The pages there are from here, and what can be begun.
fn things(may: May, here: &Here) -> Vec<Found> {
    let mut found = Vec::new();
    if let (Some(tid), Some(aid)) = here {
        found.extend(of_workspace(may, tid, aid).into_iter().map(|way| page(format!("Workspace {aid}"), way)));
    }
    if let Some(tid) = &here.0 {
        found.extend(of_tenant(may, tid).into_iter().map(|way| page(format!("Tenant {tid}"), way)));
    }
    if may.everywhere(Permission::TenantsRead) {
        found.push(thing("Platform", "Tenants", Icon::Tenant, paths::TENANTS.to_owned()));
    }
    found.extend(actions(may, here));
    found
}

fn actions(may: May, here: &Here) -> Vec<Found> {
    let action = |label, href| thing("Actions", label, Icon::Plus, href);
    let mut found = Vec::new();
    if let (Some(tid), Some(aid)) = here
        && may.in_workspace(Permission::ClientsWrite, tid, aid)
    {
        found.push(action("Register a client", paths::of_workspace(tid, aid, "new-client")));
    }
    if let Some(tid) = &here.0 {
        if may.in_tenant(Permission::WorkspacesCreate, tid) {
            found.push(action("Create a workspace", format!("{}?new=workspace", paths::tenant(tid))));
        }
        if may.in_tenant(Permission::AdministratorsWrite, tid) {
            let page = paths::of_tenant(tid, "administrators");
            found.push(action("Appoint an administrator", format!("{page}?new=administrator")));
        }
    }
    if may.everywhere(Permission::TenantsCreate) {
        found.push(action("Create a tenant", format!("{}?new=tenant", paths::TENANTS)));
        found.push(action("Take the first steps", paths::WELCOME.to_owned()));
    }
    found
}

fn page(group: String, way: Way) -> Found {
    Found { group, label: way.label.to_owned(), detail: String::new(), icon: way.icon, href: way.href }
}

fn thing(group: &str, label: &str, icon: Icon, href: String) -> Found {
    Found { group: group.to_owned(), label: label.to_owned(), detail: String::new(), icon, href }
}

async fn clients(api: Api, place: Option<(TenantId, WorkspaceId)>, q: String) -> Result<Vec<Found>, Failure> {
    let Some((tid, aid)) = place.filter(|_| !q.trim().is_empty()) else { return Ok(Vec::new()) };
    let at = format!("{}?{}", path::clients(&tid, &aid), url::encode([("limit", SHOWN), ("q", q.trim())]));
    let page: Page<ClientView> = api.get(&at).await?;
    let found = |client: ClientView| {
        let id = client.client_id.to_string();
        Found {
            group: format!("Clients of {aid}"),
            label: client.metadata.client_name.unwrap_or_else(|| id.clone()),
            href: paths::client(&tid, &aid, &id),
            detail: id,
            icon: Icon::Client,
        }
    };
    Ok(page.items.into_iter().map(found).collect())
}

/// Whether each word that was typed begins a word of `label`, or is in it.
fn fits(typed: &str, label: &str) -> bool {
    let label = label.to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| label.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_typed_word_has_to_fit() {
        assert!(fits("", "Clients"));
        assert!(fits("cli reg", "Register a client"));
        assert!(fits("  SIGN ", "Signing keys"));
        assert!(!fits("sign x", "Signing keys"));
    }
}
