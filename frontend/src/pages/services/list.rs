//! The services of a workspace.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::service::ServiceView;
use cardea_protocol::id::{TenantId, WorkspaceId};

use super::create::CreateService;
use crate::data::{Listing, listing, shown};
use crate::may::use_may;
use crate::pages::tenants::creation::opened;
use crate::paths;
use crate::shell::here;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::Icon;
use crate::ui::page::{EmptyState, PageHead};
use crate::ui::table::{Cell, Column, Pager, SearchField, Table, Toolbar};
use crate::ui::time::Ago;

/// The list.
#[component]
pub(crate) fn Services() -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let at = path::in_workspace(&tid, &aid, "services");
    let list = listing::<ServiceView>(move || at.clone(), &[]);
    let may_write = use_may().in_workspace(Permission::ServicesWrite, &tid, &aid);
    let creating = opened(list.query, "service");
    let create = move || {
        may_write.then(|| {
            view! {
                <Button action="new-service" weight=Weight::Primary on_click=Callback::new(move |()| creating.set(true))>
                    "Add a service"
                </Button>
            }
        })
    };
    view! {
        <PageHead
            title="Services"
            about="The APIs that tokens of this workspace are for. Each has an audience, which its tokens name, and scopes, which clients ask for."
            actions=create
        />
        <Toolbar>
            <SearchField value=list.query.bound("q") label="Search by name or audience" id="q"/>
        </Toolbar>
        {
            let (tid, aid) = (tid.clone(), aid.clone());
            shown(list.load, 6, move |page| rows(&tid, &aid, list, page))
        }
        <Pager
            has_previous=list.has_previous()
            has_next=list.has_next()
            on_first=list.first()
            on_next=list.next()
            shown=list.shown()
        />
        <CreateService open=creating tid aid/>
    }
}

fn rows(tid: &TenantId, aid: &WorkspaceId, list: Listing<ServiceView>, page: Page<ServiceView>) -> AnyView {
    if page.items.is_empty() {
        let (title, text) = if list.is_narrowed(&[]) {
            ("No service matches", "Search for less of the name or the audience.")
        } else {
            (
                "No services yet",
                "Without one, tokens name the issuer as their audience. Add each API that should accept tokens for itself alone, with the scopes that clients may ask for.",
            )
        };
        return view! { <EmptyState icon=Icon::Server title text/> }.into_any();
    }
    let columns = vec![
        Column::sortable("name", "Name"),
        Column::plain("audience", "Audience"),
        Column { numeric: true, ..Column::plain("scopes", "Scopes") },
        Column::sortable("created_at", "Created"),
    ];
    let row = |service: ServiceView| {
        let (id, href, scopes) =
            (service.id.clone(), paths::service(tid, aid, &service.id), service.settings.scopes.len());
        view! {
            <tr data-id=id>
                <Cell label="Name" head=true><a href=href>{service.settings.name}</a></Cell>
                <Cell label="Audience"><code>{service.settings.audience}</code></Cell>
                <Cell label="Scopes" numeric=true>{scopes}</Cell>
                <Cell label="Created"><Ago time=Some(service.created_at)/></Cell>
            </tr>
        }
    };
    let items = page.items.into_iter().map(row).collect_view();
    view! {
        <Table caption="Services" columns sort=list.sort() on_sort=list.on_sort()>
            {items}
        </Table>
    }
    .into_any()
}
