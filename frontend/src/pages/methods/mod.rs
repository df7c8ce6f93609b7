//! Client authentication: which of the seven methods a workspace accepts, and what changing that does to its clients, seen
//! before it is saved. Also what assertions may be signed with and whom they must name, and where mutual TLS is.

use leptos::prelude::*;

use cardea_api::impact::{Impact, ImpactedClient};
use cardea_api::method_usage::MethodUsage;
use cardea_api::page::Page;
use cardea_api::path;

use crate::data::{load, shown};
use crate::shell::here::{aid, tid};
use crate::ui::page::PageHead;

mod algorithms;
mod audience;
mod contact;
mod draft;
mod impact;
mod impacted;
mod list;
mod moves;
mod mutual_tls;
mod notify;
mod policy;
mod row;
mod strength;

use policy::Policy;

/// The page.
#[component]
pub(crate) fn Methods() -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let (workspace, used) =
        (path::workspace(&tid, &aid), path::in_workspace(&tid, &aid, "token-endpoint-auth-methods"));
    let workspace = load(move || workspace.clone(), |api, path| async move { api.read(&path).await });
    let usage = load(
        move || used.clone(),
        |api, path| async move { api.get::<Page<MethodUsage>>(&path).await.map(|page| page.items) },
    );
    view! {
        <PageHead
            title="Client authentication"
            about="How applications may prove who they are to this workspace. A method that is off is refused from the next request on; switching it on again restores its clients untouched."
        />
        {shown(workspace, 16, move |object| view! { <Policy object usage/> })}
    }
}
