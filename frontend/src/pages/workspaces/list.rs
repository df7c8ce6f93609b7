//! The workspaces of a tenant: where its administrators begin.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::id::{TenantId, WorkspaceId};

use super::create::CreateWorkspace;
use super::methods::MethodBadges;
use crate::api::use_api;
use crate::data::{Listing, listing, shown};
use crate::may::use_may;
use crate::pages::tenants::creation::opened;
use crate::pages::tenants::status::{StatusBadge, choices};
use crate::paths;
use crate::shell::here;
use crate::ui::button::{Button, ButtonLink, IconButton, Weight};
use crate::ui::dialog::Confirm;
use crate::ui::icon::Icon;
use crate::ui::page::{Badge, EmptyState, Notice, PageHead, Tone};
use crate::ui::table::{Cell, Column, FilterSelect, Pager, SearchField, Table, Toolbar};
use crate::ui::time::Ago;
use crate::ui::toast::use_toasts;

const FILTERS: &[&str] = &["status"];

/// The list.
#[component]
pub(crate) fn Workspaces() -> impl IntoView {
    let tid = here::tid();
    let key = tid.clone();
    let list = listing::<WorkspaceView>(move || path::workspaces(&key), FILTERS);
    let may_create = use_may().in_tenant(Permission::WorkspacesCreate, &tid);
    let creating = opened(list.query, "workspace");
    let leaving = RwSignal::new(None::<WorkspaceView>);
    let create = move || {
        may_create.then(|| {
            view! {
                <Button action="new-workspace" weight=Weight::Primary on_click=move |()| creating.set(true)>
                    "Create workspace"
                </Button>
            }
        })
    };
    let place = tid.clone();
    view! {
        <PageHead
            title="Workspaces"
            about="Each workspace is an authorization server of its own, with its issuer, keys, clients and rules."
            actions=create
        />
        <Toolbar>
            <SearchField value=list.query.bound("q") label="Search by name or id" id="q"/>
            <FilterSelect label="Status" id="status" value=list.query.bound("status") options=choices()/>
        </Toolbar>
        {shown(list.load, 8, move |page| rows(list, &place, may_create, leaving, page))}
        <Pager
            has_previous=list.has_previous()
            has_next=list.has_next()
            on_first=list.first()
            on_next=list.next()
            shown=list.shown()
        />
        <CreateWorkspace tid=tid open=creating/>
        <Leave list leaving/>
    }
}

fn rows(
    list: Listing<WorkspaceView>,
    tid: &TenantId,
    may_create: bool,
    leaving: RwSignal<Option<WorkspaceView>>,
    page: Page<WorkspaceView>,
) -> AnyView {
    if page.items.is_empty() {
        let (title, text) = if list.is_narrowed(FILTERS) {
            ("No workspace matches", "Search for less of the name, or clear the filter.")
        } else {
            (
                "No workspaces yet",
                "A workspace holds the clients of one application landscape, and decides how they authenticate.",
            )
        };
        return view! { <EmptyState icon=Icon::Workspace title text/> }.into_any();
    }
    let only_admin = page.items.iter().all(|workspace| workspace.id == WorkspaceId::admin());
    let first = only_admin && may_create && !list.is_narrowed(FILTERS);
    let columns = vec![
        Column::sortable("name", "Name"),
        Column::plain("methods", "Methods"),
        Column::plain("status", "Status"),
        Column::sortable("created_at", "Created"),
        Column::plain("actions", ""),
    ];
    let welcome = format!("{}?tenant={tid}", paths::WELCOME);
    view! {
        {first.then(|| view! {
            <Notice tone=Tone::Info title="There is only the workspace that administrators sign in to">
                <p>"Make one for your applications: in three steps you have a client and its first token."</p>
                <ButtonLink href=welcome action="welcome">"Take the first steps"</ButtonLink>
            </Notice>
        })}
        <Table caption="Workspaces" columns sort=list.sort() on_sort=list.on_sort()>
            {page.items.into_iter().map(|workspace| view! { <Row workspace leaving/> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Row(workspace: WorkspaceView, leaving: RwSignal<Option<WorkspaceView>>) -> impl IntoView {
    let may = use_may();
    let (tid, id) = (workspace.tenant_id.clone(), workspace.id.clone());
    let (tid, id) = (&tid, &id);
    let is_admin = *id == WorkspaceId::admin();
    let href = paths::workspace(tid, id);
    let settings = may
        .in_workspace(Permission::WorkspacesWrite, tid, id)
        .then(|| view! { <ButtonLink href=paths::of_workspace(tid, id, "settings") weight=Weight::Plain action="workspace-settings">"Settings"</ButtonLink> });
    let (gone, row, name, word) = (workspace.clone(), id.to_string(), workspace.name.clone(), id.to_string());
    let delete = (!is_admin && may.in_workspace(Permission::WorkspacesDelete, tid, id)).then(|| {
        let label = format!("Delete {}", workspace.name);
        view! { <IconButton icon=Icon::Trash label action="delete-workspace" on_click=move |()| leaving.set(Some(gone.clone()))/> }
    });
    view! {
        <tr data-id=row>
            <Cell label="Name" head=true>
                <a href=href>{name}</a>
                {is_admin.then(|| view! { " " <Badge tone=Tone::Info>"Administrators"</Badge> })}
                <code class="cell-sub">{word}</code>
            </Cell>
            <Cell label="Methods"><MethodBadges methods=workspace.settings.token_endpoint_auth_methods/></Cell>
            <Cell label="Status"><StatusBadge status=workspace.status/></Cell>
            <Cell label="Created"><Ago time=Some(workspace.created_at)/></Cell>
            <Cell label=""><div class="actions end">{settings} {delete}</div></Cell>
        </tr>
    }
}

/// Asks for the id of the workspace that is to go, and deletes it.
#[component]
fn Leave(list: Listing<WorkspaceView>, leaving: RwSignal<Option<WorkspaceView>>) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| open.set(leaving.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            leaving.set(None);
        }
        now
    });
    let delete = move |()| {
        let Some(workspace) = leaving.get_untracked() else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = api.delete(&path::workspace(&workspace.tenant_id, &workspace.id)).await;
            busy.set(false);
            open.set(false);
            match answer {
                Ok(()) => {
                    toasts.good(format!("Workspace {} is deleted.", workspace.name));
                    list.load.again();
                }
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
        });
    };
    let id = Signal::derive(move || {
        leaving.with(|workspace| workspace.as_ref().map(|it| it.id.to_string()).unwrap_or_default())
    });
    view! {
        <Confirm
            open
            title=Signal::derive(move || format!("Delete the workspace {}?", id.get()))
            text="Its clients, services, keys and settings are deleted and its tokens stop working at once. This cannot be undone."
            confirm_label="Delete workspace"
            danger=true
            typed=id
            busy
            on_confirm=delete
        />
    }
}
