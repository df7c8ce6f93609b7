//! The clients of a workspace: searched, sorted, filtered and paged by the server.

use leptos::prelude::*;

use cardea_api::client::ClientView;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::id::{TenantId, WorkspaceId};

use super::words::grant_name;
use crate::data::{Listing, listing, shown};
use crate::may::use_may;
use crate::pages::tenants::status::{StatusBadge, choices};
use crate::paths;
use crate::shell::here;
use crate::ui::button::{ButtonLink, Weight};
use crate::ui::icon::{Icon, IconView};
use crate::ui::page::{Badge, EmptyState, PageHead, Tone};
use crate::ui::table::{Cell, Column, FilterSelect, Pager, SearchField, Table, Toolbar};
use crate::ui::time::Ago;

mod filters;

const FILTERS: &[&str] = &["status", "token_endpoint_auth_method", "grant_type", "unused_since"];

/// The clients.
#[component]
pub(crate) fn Clients() -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let of = path::clients(&tid, &aid);
    let list = listing::<ClientView>(move || of.clone(), FILTERS);
    let may_create = use_may().in_workspace(Permission::ClientsWrite, &tid, &aid);
    let new = paths::of_workspace(&tid, &aid, "new-client");
    let register = move || {
        may_create.then(|| {
            view! {
                <ButtonLink href=new.clone() weight=Weight::Primary action="new-client">
                    <IconView icon=Icon::Plus/> "Register a client"
                </ButtonLink>
            }
        })
    };
    let bound = move |name| list.query.bound(name);
    view! {
        <PageHead title="Clients" about="The applications that get tokens from this workspace." actions=register/>
        <Toolbar>
            <SearchField value=bound("q") label="Search by name or id" id="q"/>
            <FilterSelect label="Status" id="status" value=bound("status") options=choices()/>
            <FilterSelect
                label="Method"
                id="token_endpoint_auth_method"
                value=bound("token_endpoint_auth_method")
                options=filters::methods()
            />
            <FilterSelect label="Grant" id="grant_type" value=bound("grant_type") options=filters::grants()/>
            <FilterSelect
                label="Used"
                id="unused_since"
                value=bound("unused_since")
                options=filters::unused(&list.query.now("unused_since"), crate::ui::time::now())
            />
        </Toolbar>
        {shown(list.load, 8, move |page| rows(list, page, (tid.clone(), aid.clone()), may_create))}
        <Pager
            has_previous=list.has_previous()
            has_next=list.has_next()
            on_first=list.first()
            on_next=list.next()
            shown=list.shown()
        />
    }
}

type Place = (TenantId, WorkspaceId);

fn rows(list: Listing<ClientView>, page: Page<ClientView>, place: Place, may_create: bool) -> AnyView {
    if page.items.is_empty() {
        return if list.is_narrowed(FILTERS) {
            view! { <EmptyState icon=Icon::Client title="No client matches" text="Search for less of the name, or clear a filter."/> }
                .into_any()
        } else {
            let new = paths::of_workspace(&place.0, &place.1, "new-client");
            view! {
                <EmptyState
                    icon=Icon::Client
                    title="No clients yet"
                    text="A client is an application that asks this workspace for tokens: a web site that signs people in, an app, a service that calls another. Register the first one in under a minute."
                >
                    {may_create.then(|| view! {
                        <ButtonLink href=new weight=Weight::Primary action="new-client">"Register a client"</ButtonLink>
                    })}
                </EmptyState>
            }
            .into_any()
        };
    }
    let columns = vec![
        Column::sortable("client_name", "Client"),
        Column::plain("token_endpoint_auth_method", "Method"),
        Column::plain("grant_types", "Grants"),
        Column::sortable("last_authenticated_at", "Last authenticated"),
        Column::sortable("created_at", "Created"),
        Column::plain("status", "Status"),
    ];
    view! {
        <Table caption="Clients" columns sort=list.sort() on_sort=list.on_sort()>
            {page.items.into_iter().map(|client| row(client, &place)).collect_view()}
        </Table>
    }
    .into_any()
}

fn row(client: ClientView, (tid, aid): &Place) -> impl IntoView + use<> {
    let id = client.client_id.to_string();
    let word = id.clone();
    let href = paths::client(tid, aid, &id);
    let metadata = client.metadata;
    let name = metadata.client_name.clone().unwrap_or_else(|| id.clone());
    let grants = metadata.grant_types.iter().map(|grant| grant_name(*grant)).collect::<Vec<_>>().join(", ");
    let never = if metadata.token_endpoint_auth_method == cardea_protocol::AuthMethod::None {
        "Does not authenticate"
    } else {
        "Never"
    };
    view! {
        <tr data-id=id>
            <Cell label="Client" head=true>
                <a href=href>{name}</a>
                {client.built_in.then(|| view! { " " <Badge tone=Tone::Info>"Built in"</Badge> })}
                <code class="cell-sub">{word}</code>
            </Cell>
            <Cell label="Method"><code class="small">{metadata.token_endpoint_auth_method.as_str()}</code></Cell>
            <Cell label="Grants">{grants}</Cell>
            <Cell label="Last used"><Ago time=client.last_authenticated_at never=never/></Cell>
            <Cell label="Created"><Ago time=Some(client.created_at)/></Cell>
            <Cell label="Status"><StatusBadge status=metadata.status/></Cell>
        </tr>
    }
}
