//! The list, and taking a role away.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::administrator::AdministratorView;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::{Permission, may_grant};
use cardea_protocol::id::{TenantId, WorkspaceId};
use cardea_protocol::role::Role;

use super::appoint::Appoint;
use super::people::{People, people};
use super::roles::describe;
use crate::api::use_api;
use crate::data::{Listing, Load, listing, load, shown};
use crate::may::use_may;
use crate::pages::tenants::creation::opened;
use crate::paths;
use crate::session::Session;
use crate::shell::here;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Confirm;
use crate::ui::icon::Icon;
use crate::ui::page::{Badge, EmptyState, Notice, PageHead, Tone};
use crate::ui::table::{Cell, Column, Pager, Table};
use crate::ui::time::Ago;
use crate::ui::toast::use_toasts;

/// Who administers the tenant.
#[component]
pub(crate) fn Administrators() -> impl IntoView {
    let tid = here::tid();
    let key = tid.clone();
    let list = listing::<AdministratorView>(move || path::administrators(&key), &[]);
    let may = use_may();
    let may_write = may.in_tenant(Permission::AdministratorsWrite, &tid);
    let of = tid.clone();
    let known = load(move || of.clone(), people);
    let appointing = opened(list.query, "administrator");
    let leaving = RwSignal::new(None::<AdministratorView>);
    let appoint = move || {
        may_write.then(|| {
            view! {
                <Button action="appoint" weight=Weight::Primary on_click=move |()| appointing.set(true)>
                    "Appoint administrator"
                </Button>
            }
        })
    };
    let place = tid.clone();
    view! {
        <PageHead
            title="Administrators"
            about="Who may do what in this tenant. A role is held by a person, or by a client for automation."
            actions=appoint
        />
        {(tid == TenantId::system()).then(|| view! {
            <Notice tone=Tone::Info>
                "One platform administrator always stays, a person who can sign in or a client with a credential: the last one cannot be dismissed. Appoint another first."
            </Notice>
        })}
        {shown(list.load, 6, move |page| rows(list, &place, may_write, known, leaving, page))}
        <Pager
            has_previous=list.has_previous()
            has_next=list.has_next()
            on_first=list.first()
            on_next=list.next()
            shown=list.shown()
        />
        <Appoint tid=tid.clone() open=appointing known list/>
        <Dismiss tid list leaving/>
    }
}

fn rows(
    list: Listing<AdministratorView>,
    tid: &TenantId,
    may_write: bool,
    known: Load<People>,
    leaving: RwSignal<Option<AdministratorView>>,
    page: Page<AdministratorView>,
) -> AnyView {
    if page.items.is_empty() {
        return view! {
            <EmptyState
                icon=Icon::Users
                title="Nobody administers this tenant yet"
                text="Only the platform's operators do. Add the first person under Users, pool default, and appoint them here."
            />
        }
        .into_any();
    }
    let columns = vec![
        Column::sortable("name", "Who"),
        Column::plain("role", "Role"),
        Column::plain("where", "Where"),
        Column::sortable("created_at", "Since"),
        Column::plain("actions", ""),
    ];
    let tid = tid.clone();
    view! {
        <Table caption="Administrators" columns sort=list.sort() on_sort=list.on_sort()>
            {page.items.into_iter().map(|one| view! { <Row tid=tid.clone() one may_write known leaving/> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Row(
    tid: TenantId,
    one: AdministratorView,
    may_write: bool,
    known: Load<People>,
    leaving: RwSignal<Option<AdministratorView>>,
) -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let mine = session.me.with_untracked(|me| me.as_ref().map(|me| me.subject.clone()));
    let is_me = is_held_by(mine.as_deref(), &one);
    let held: Vec<Role> = session
        .me
        .with_untracked(|me| me.as_ref().map(|me| me.roles.iter().map(|role| role.role).collect()).unwrap_or_default());
    let may_dismiss = may_write && held.iter().any(|mine| may_grant(*mine, one.role));
    let words = describe(one.role);
    let place = match &one.workspace_id {
        Some(aid) => view! { <a href=paths::workspace(&tid, aid)>{aid.to_string()}</a> }.into_any(),
        None if one.role.is_platform() => "Every tenant".into_any(),
        None => "The whole tenant".into_any(),
    };
    let (gone, who, id, since) = (one.clone(), one.clone(), one.id, one.created_at);
    view! {
        <tr data-id=id>
            <Cell label="Who" head=true>
                <Who tid=tid.clone() one=who.clone() known is_me/>
            </Cell>
            <Cell label="Role"><span title=words.permits>{words.title}</span></Cell>
            <Cell label="Where">{place}</Cell>
            <Cell label="Since"><Ago time=Some(since)/></Cell>
            <Cell label="">
                {may_dismiss.then(|| view! {
                    <Button action="dismiss" weight=Weight::Plain on_click=move |()| leaving.set(Some(gone.clone()))>
                        "Dismiss"
                    </Button>
                })}
            </Cell>
        </tr>
    }
}

/// The name of who holds a role, and the way to them.
#[component]
fn Who(tid: TenantId, one: AdministratorView, known: Load<People>, is_me: bool) -> impl IntoView {
    let you = move || is_me.then(|| view! { " " <Badge tone=Tone::Neutral>"You"</Badge> });
    if let Some(client_id) = one.client_id {
        let href = paths::client(&tid, &WorkspaceId::admin(), client_id.as_str());
        return view! { <a href=href>{client_id.to_string()}</a> {you()} <span class="cell-sub">"Client"</span> }
            .into_any();
    }
    let id = one.user_id.unwrap_or_default();
    let who = move || {
        let known = known.value().unwrap_or_default();
        let href = known.pool.as_ref().map(|pool| paths::user(&tid, pool.as_str(), &id));
        let (name, sign_in) = known.named(&id).unwrap_or_else(|| (id.clone(), "Person".to_owned()));
        view! { <a href=href>{name}</a> {you()} <span class="cell-sub">{sign_in}</span> }
    };
    who.into_any()
}

/// Whether `subject` is who holds this role.
fn is_held_by(subject: Option<&str>, one: &AdministratorView) -> bool {
    let holder = one.user_id.as_deref().or_else(|| one.client_id.as_ref().map(AsRef::as_ref));
    subject.is_some() && subject == holder
}

/// Asks, and takes the role away.
#[component]
fn Dismiss(
    tid: TenantId,
    list: Listing<AdministratorView>,
    leaving: RwSignal<Option<AdministratorView>>,
) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let session: Session = use_context().unwrap_or_default();
    let is_mine = move |one: &AdministratorView| {
        session.me.with_untracked(|me| is_held_by(me.as_ref().map(|me| me.subject.as_str()), one))
    };
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| open.set(leaving.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            leaving.set(None);
        }
        now
    });
    let dismiss = move |()| {
        let Some(one) = leaving.get_untracked() else { return };
        let (path, mine) = (path::administrator(&tid, &one.id), is_mine(&one));
        busy.set(true);
        spawn_local(async move {
            let answer = api.delete(&path).await;
            busy.set(false);
            open.set(false);
            match answer {
                // What the person may do has changed: everything is asked anew.
                Ok(()) if mine => drop(window().location().assign(paths::HOME)),
                Ok(()) => {
                    toasts.good("Dismissed. It holds from the next request on.");
                    list.load.again();
                }
                // The server's own words: it knows who the last one is.
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
        });
    };
    let text = Signal::derive(move || {
        let role = leaving.with(|one| one.as_ref().map(|one| one.role));
        let title = role.map_or("This role", |role| describe(role).title);
        let more = if role.is_some_and(Role::is_platform) {
            " The last platform administrator cannot be dismissed: the server refuses."
        } else {
            ""
        };
        let own = if leaving.with(|one| one.as_ref().is_some_and(is_mine)) {
            " It is your own: you lose it at once."
        } else {
            ""
        };
        format!("The role {title} is taken away. The account stays, with any other role it holds.{own}{more}")
    });
    view! {
        <Confirm
            open
            title="Dismiss this administrator?"
            text
            confirm_label="Dismiss"
            danger=true
            busy
            on_confirm=dismiss
        />
    }
}
