//! The users of a pool.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::user::UserView;
use cardea_protocol::id::{TenantId, UserPoolId};

use super::create::CreateUser;
use crate::data::{Listing, listing, shown};
use crate::may::use_may;
use crate::pages::not_found::NotFound;
use crate::pages::tenants::creation::opened;
use crate::pages::tenants::status::{StatusBadge, choices};
use crate::paths;
use crate::shell::here;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::Icon;
use crate::ui::page::{EmptyState, PageHead};
use crate::ui::table::{Cell, Column, FilterSelect, Pager, SearchField, Table, Toolbar};
use crate::ui::time::Ago;

const FILTERS: &[&str] = &["status"];

/// The list.
#[component]
pub(crate) fn Users() -> impl IntoView {
    let tid = here::tid();
    let Ok(pool) = UserPoolId::parse(&here::parameter("pool")) else { return view! { <NotFound/> }.into_any() };
    let at = path::users(&tid, &pool);
    let list = listing::<UserView>(move || at.clone(), FILTERS);
    let may_write = use_may().in_tenant(Permission::UsersWrite, &tid);
    let creating = opened(list.query, "user");
    let create = move || {
        may_write.then(|| {
            view! {
                <Button action="new-user" weight=Weight::Primary on_click=Callback::new(move |()| creating.set(true))>
                    "Add a user"
                </Button>
            }
        })
    };
    let (of_rows, of_pool) = (tid.clone(), pool.clone());
    view! {
        <PageHead
            title=format!("Users of {pool}")
            about="Who can sign in to the workspaces that use this pool."
            back=(paths::of_tenant(&tid, "pools"), "User pools".to_owned())
            actions=create
        />
        <Toolbar>
            <SearchField value=list.query.bound("q") label="Search by name or e-mail" id="q"/>
            <FilterSelect label="Status" id="status" value=list.query.bound("status") options=choices()/>
        </Toolbar>
        {shown(list.load, 8, move |page| rows(&of_rows, &of_pool, list, page))}
        <Pager
            has_previous=list.has_previous()
            has_next=list.has_next()
            on_first=list.first()
            on_next=list.next()
            shown=list.shown()
        />
        <CreateUser open=creating tid pool/>
    }
    .into_any()
}

fn rows(tid: &TenantId, pool: &UserPoolId, list: Listing<UserView>, page: Page<UserView>) -> AnyView {
    if page.items.is_empty() {
        let (title, text) = if list.is_narrowed(FILTERS) {
            ("Nobody matches", "Search for less of the name, or clear the filter.")
        } else {
            (
                "Nobody is here yet",
                "Add people one by one, or bring them from elsewhere through the management API with their password hashes (argon2id or bcrypt).",
            )
        };
        return view! { <EmptyState icon=Icon::Users title text/> }.into_any();
    }
    let columns = vec![
        Column::sortable("username", "User"),
        Column::plain("email", "E-mail"),
        Column::plain("status", "Status"),
        Column::sortable("last_signed_in_at", "Last signed in"),
    ];
    let row = |user: UserView| {
        let (id, href) = (user.id.clone(), paths::user(tid, pool.as_str(), &user.id));
        let settings = user.settings;
        view! {
            <tr data-id=id>
                <Cell label="User" head=true>
                    <a href=href>{settings.username}</a>
                    <span class="cell-sub">{settings.name}</span>
                </Cell>
                <Cell label="E-mail">{settings.email}</Cell>
                <Cell label="Status"><StatusBadge status=settings.status/></Cell>
                <Cell label="Last signed in"><Ago time=user.last_signed_in_at never="never"/></Cell>
            </tr>
        }
    };
    let items = page.items.into_iter().map(row).collect_view();
    view! { <Table caption="Users" columns sort=list.sort() on_sort=list.on_sort()>{items}</Table> }.into_any()
}
