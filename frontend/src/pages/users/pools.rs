//! The user pools of a tenant: whoever is in one signs in once for all workspaces that use it.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::user_pool::UserPoolView;
use cardea_protocol::id::TenantId;

use super::create::CreatePool;
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
pub(crate) fn Pools() -> impl IntoView {
    let tid = here::tid();
    let at = path::pools(&tid);
    let list = listing::<UserPoolView>(move || at.clone(), &[]);
    let may_write = use_may().in_tenant(Permission::UsersWrite, &tid);
    let creating = opened(list.query, "pool");
    let create = move || {
        may_write.then(|| {
            view! {
                <Button action="new-pool" weight=Weight::Primary on_click=Callback::new(move |()| creating.set(true))>
                    "Create a pool"
                </Button>
            }
        })
    };
    let of_rows = tid.clone();
    view! {
        <PageHead
            title="Users"
            about="People are kept in pools. Whoever signs in to one workspace of a pool is signed in to all of them; each workspace names the pool it uses."
            actions=create
        />
        <Toolbar><SearchField value=list.query.bound("q") label="Search by name or id" id="q"/></Toolbar>
        {shown(list.load, 4, move |page| rows(&of_rows, list, page))}
        <Pager
            has_previous=list.has_previous()
            has_next=list.has_next()
            on_first=list.first()
            on_next=list.next()
            shown=list.shown()
        />
        <CreatePool open=creating tid/>
    }
}

fn rows(tid: &TenantId, list: Listing<UserPoolView>, page: Page<UserPoolView>) -> AnyView {
    if page.items.is_empty() {
        return view! { <EmptyState icon=Icon::Users title="No pool matches" text="Search for less of the name."/> }
            .into_any();
    }
    let columns = vec![
        Column::sortable("name", "Pool"),
        Column::plain("password_min_length", "Shortest password"),
        Column::sortable("created_at", "Created"),
    ];
    let row = |pool: UserPoolView| {
        let (id, word, href) = (pool.id.clone(), pool.id.clone(), paths::pool(tid, &pool.id));
        view! {
            <tr data-id=id>
                <Cell label="Pool" head=true><a href=href>{pool.name}</a><code class="cell-sub">{word}</code></Cell>
                <Cell label="Shortest password">{pool.password_min_length} " characters"</Cell>
                <Cell label="Created"><Ago time=Some(pool.created_at)/></Cell>
            </tr>
        }
    };
    let items = page.items.into_iter().map(row).collect_view();
    view! { <Table caption="User pools" columns sort=list.sort() on_sort=list.on_sort()>{items}</Table> }.into_any()
}
