//! Every tenant, for the platform's operators.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::tenant::TenantView;

use super::create::CreateTenant;
use super::creation::opened;
use super::status::{StatusBadge, choices};
use crate::data::{Listing, listing, shown};
use crate::may::use_may;
use crate::pages::welcome::FirstSteps;
use crate::paths;
use crate::ui::button::{Button, ButtonLink, Weight};
use crate::ui::icon::Icon;
use crate::ui::page::{EmptyState, PageHead};
use crate::ui::table::{Cell, Column, FilterSelect, Pager, SearchField, Table, Toolbar};
use crate::ui::time::Ago;

const FILTERS: &[&str] = &["status"];

/// The tenants.
#[component]
pub(crate) fn Tenants() -> impl IntoView {
    let list = listing::<TenantView>(path::tenants, FILTERS);
    let may_create = use_may().everywhere(Permission::TenantsCreate);
    let creating = opened(list.query, "tenant");
    let create = move || {
        may_create.then(|| {
            view! {
                <Button
                    action="new-tenant"
                    weight=Weight::Primary
                    on_click=Callback::new(move |()| creating.set(true))
                >
                    "Create tenant"
                </Button>
            }
        })
    };
    view! {
        <PageHead
            title="Tenants"
            about="Each tenant is a customer with administrators, users and workspaces of its own."
            actions=create
        />
        <FirstSteps tenants=list/>
        <Toolbar>
            <SearchField value=list.query.bound("q") label="Search by name or id" id="q"/>
            <FilterSelect label="Status" id="status" value=list.query.bound("status") options=choices()/>
        </Toolbar>
        {shown(list.load, 8, move |page| rows(list, page))}
        <Pager
            has_previous=list.has_previous()
            has_next=list.has_next()
            on_first=list.first()
            on_next=list.next()
            shown=list.shown()
        />
        <CreateTenant open=creating/>
    }
}

fn rows(list: Listing<TenantView>, page: Page<TenantView>) -> AnyView {
    if page.items.is_empty() {
        let (title, text) = if list.is_narrowed(FILTERS) {
            ("No tenant matches", "Search for less of the name, or clear the filter.")
        } else {
            ("No tenants yet", "A tenant keeps one customer's workspaces and users apart from everybody else's.")
        };
        return view! { <EmptyState icon=Icon::Tenant title text/> }.into_any();
    }
    let columns = vec![
        Column::sortable("name", "Name"),
        Column::plain("status", "Status"),
        Column::sortable("created_at", "Created"),
        Column::plain("actions", ""),
    ];
    view! {
        <Table caption="Tenants" columns sort=list.sort() on_sort=list.on_sort()>
            {page.items.into_iter().map(row).collect_view()}
        </Table>
    }
    .into_any()
}

fn row(tenant: TenantView) -> impl IntoView {
    let (id, word) = (tenant.id.to_string(), tenant.id.to_string());
    let (href, settings) = (paths::tenant(&tenant.id), paths::of_tenant(&tenant.id, "settings"));
    view! {
        <tr data-id=id>
            <Cell label="Name" head=true>
                <a href=href>{tenant.name}</a>
                <code class="cell-sub">{word}</code>
            </Cell>
            <Cell label="Status"><StatusBadge status=tenant.status/></Cell>
            <Cell label="Created"><Ago time=Some(tenant.created_at)/></Cell>
            <Cell label="">
                <ButtonLink href=settings weight=Weight::Plain action="tenant-settings">
                    "Settings"
                </ButtonLink>
            </Cell>
        </tr>
    }
}
