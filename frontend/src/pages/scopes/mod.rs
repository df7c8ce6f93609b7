//! Every scope of a workspace, with the service it belongs to.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::service::ScopeView;
use cardea_protocol::id::{TenantId, WorkspaceId};

use crate::data::{Listing, listing, shown};
use crate::paths;
use crate::shell::here;
use crate::ui::button::ButtonLink;
use crate::ui::icon::Icon;
use crate::ui::page::{EmptyState, PageHead};
use crate::ui::table::{Cell, Column, Pager, Table};

/// The list.
#[component]
pub(crate) fn Scopes() -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let at = path::in_workspace(&tid, &aid, "scopes");
    let list = listing::<ScopeView>(move || at.clone(), &[]);
    view! {
        <PageHead
            title="Scopes"
            about="What clients of this workspace can ask for. Scopes belong to services and are changed there; openid, profile, email, address, phone and offline_access are always there."
        />
        {shown(list.load, 6, move |page| rows(&tid, &aid, list, page))}
        <Pager
            has_previous=list.has_previous()
            has_next=list.has_next()
            on_first=list.first()
            on_next=list.next()
            shown=list.shown()
        />
    }
}

fn rows(tid: &TenantId, aid: &WorkspaceId, list: Listing<ScopeView>, page: Page<ScopeView>) -> AnyView {
    if page.items.is_empty() {
        let href = paths::of_workspace(tid, aid, "services");
        let text = "Scopes say what a token is good for. Add a service, which is an API, and give it scopes.";
        return view! {
            <EmptyState icon=Icon::Tag title="No scopes yet" text>
                <ButtonLink href action="to-services">"Go to the services"</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    let columns = vec![
        Column::plain("name", "Scope"),
        Column::plain("display_name", "Shown as"),
        Column::plain("description", "Explained as"),
        Column::plain("service", ""),
    ];
    let row = |scope: ScopeView| {
        let (id, href) = (scope.name.clone(), paths::service(tid, aid, &scope.service_id));
        view! {
            <tr data-id=id>
                <Cell label="Scope" head=true><code>{scope.name}</code></Cell>
                <Cell label="Shown as">{scope.display_name}</Cell>
                <Cell label="Explained as">{scope.description}</Cell>
                <Cell label=""><ButtonLink href action="to-service">"Service"</ButtonLink></Cell>
            </tr>
        }
    };
    let items = page.items.into_iter().map(row).collect_view();
    view! {
        <Table caption="Scopes" columns sort=list.sort() on_sort=list.on_sort()>
            {items}
        </Table>
    }
    .into_any()
}
