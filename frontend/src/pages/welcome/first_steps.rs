//! Where an operator lands who has nothing of their own yet: once the way leads to the first steps by itself, later a
//! notice does.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use cardea_api::client::ClientView;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::tenant::TenantView;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::id::{TenantId, WorkspaceId};

use crate::api::{Api, Failure};
use crate::data::{Listing, load};
use crate::may::use_may;
use crate::paths;
use crate::storage;
use crate::ui::button::ButtonLink;
use crate::ui::page::{Notice, Tone};

const SEEN: &str = "cardea.welcomed";

/// Leads to the first steps, while there is nothing but what is made on the first start.
#[component]
pub(crate) fn FirstSteps(tenants: Listing<TenantView>) -> impl IntoView {
    let may_create = use_may().everywhere(Permission::WorkspacesCreate);
    let maybe_fresh = Memo::new(move |_| {
        let page = tenants.load.value()?;
        let whole = page.next_cursor.is_none() && !tenants.is_narrowed(&["status"]);
        Some(may_create && whole && page.items.iter().all(|tenant| is_built_in(&tenant.id)))
    });
    move || maybe_fresh.get().unwrap_or(false).then(|| view! { <Fresh/> })
}

fn is_built_in(tid: &TenantId) -> bool {
    *tid == TenantId::system() || *tid == TenantId::default_tenant()
}

#[component]
fn Fresh() -> impl IntoView {
    let fresh = load(|| (), |api, ()| untouched(api));
    let go = use_navigate();
    Effect::new(move |_| {
        if fresh.value() == Some(true) && storage::read(storage::of_tab(), SEEN).is_none() {
            storage::write(storage::of_tab(), SEEN, Some("yes"));
            go(paths::WELCOME, NavigateOptions { replace: true, ..NavigateOptions::default() });
        }
    });
    move || {
        (fresh.value() == Some(true)).then(|| {
            view! {
                <Notice tone=Tone::Info title="Nothing is registered yet" id="first-steps">
                    <p>"Three steps lead from here to an application's first token."</p>
                    <ButtonLink href=paths::WELCOME action="welcome">"Take the first steps"</ButtonLink>
                </Notice>
            }
        })
    }
}

/// Whether the tenant of the first start is as it was made: no workspace of one's own, and no client.
async fn untouched(api: Api) -> Result<bool, Failure> {
    let (tid, aid) = (TenantId::default_tenant(), WorkspaceId::default_workspace());
    let workspaces: Page<WorkspaceView> = api.get(&format!("{}?limit=3", path::workspaces(&tid))).await?;
    let built_in = |workspace: &WorkspaceView| workspace.id == aid || workspace.id == WorkspaceId::admin();
    if !workspaces.items.iter().all(built_in) {
        return Ok(false);
    }
    let clients: Page<ClientView> = api.get(&format!("{}?limit=1", path::clients(&tid, &aid))).await?;
    Ok(clients.items.is_empty())
}
