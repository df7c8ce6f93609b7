//! Giving somebody a role: who, what, and where.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::administrator::{AdministratorView, NewAdministrator};
use cardea_api::client::ClientView;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::may_grant;
use cardea_api::user::UserView;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::id::{ClientId, TenantId, WorkspaceId};
use cardea_protocol::role::Role;

use super::people::{People, names};
use super::picker::Picker;
use super::roles::describe;
use crate::api::{Api, Failure, use_api};
use crate::data::{Failed, Listing, Load, load, shown};
use crate::session::Session;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Card, Choice, RadioCards, SelectField};
use crate::ui::icon::Icon;
use crate::ui::toast::use_toasts;
use crate::url;

/// How many are shown of what was found.
const FOUND: &str = "6";

/// The dialog.
#[component]
pub(super) fn Appoint(
    tid: TenantId,
    open: RwSignal<bool>,
    known: Load<People>,
    list: Listing<AdministratorView>,
) -> impl IntoView {
    view! {
        <Dialog open title="Appoint an administrator" id="appoint-dialog">
            <Fields tid=tid.clone() open known list/>
        </Dialog>
    }
}

#[component]
fn Fields(tid: TenantId, open: RwSignal<bool>, known: Load<People>, list: Listing<AdministratorView>) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let kind = RwSignal::new("user".to_owned());
    let (user, client) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (role, workspace) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let is_person = Memo::new(move |_| kind.with(|kind| kind == "user"));
    let chosen = Memo::new(move |_| role.with(|word| Role::parse(word)));
    let new = Memo::new(move |_| {
        let principal = if is_person.get() { user.get() } else { client.get() };
        appointment(is_person.get(), &principal, chosen.get()?, &workspace.get())
    });
    let not_ready = Signal::derive(move || new.with(Option::is_none));
    let at = path::administrators(&tid);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(new) = new.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        let at = at.clone();
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<AdministratorView>(&at, &new).await;
            busy.set(false);
            match answer {
                Ok(one) => {
                    open.set(false);
                    toasts.good(format!("{} appointed. It holds from the next request on.", describe(one.role).title));
                    list.load.again();
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    let (of, place) = (tid.clone(), tid.clone());
    view! {
        <form class="stack" on:submit=send novalidate>
            <RadioCards legend="Who is it" name="principal" value=kind cards=kinds()/>
            {move || if is_person.get() {
                view! { <PickUser tid=of.clone() known chosen=user/> }.into_any()
            } else {
                view! { <PickClient tid=of.clone() chosen=client/> }.into_any()
            }}
            <RadioCards legend="What may they do" name="role" value=role cards=roles(&tid)/>
            {move || chosen.get().is_some_and(Role::is_workspace).then(|| view! {
                <PickWorkspace tid=place.clone() value=workspace/>
            })}
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <div class="actions end">
                <Button action="cancel" on_click=move |()| open.set(false)>"Cancel"</Button>
                <Button action="appoint-now" weight=Weight::Primary submit=true busy disabled=not_ready>"Appoint"</Button>
            </div>
        </form>
    }
}

#[component]
fn PickUser(tid: TenantId, known: Load<People>, chosen: RwSignal<String>) -> impl IntoView {
    move || {
        let pool = known.value()?.pool?;
        let tid = tid.clone();
        let ask = move |api: Api, q: String| {
            let at = format!("{}?{}", path::users(&tid, &pool), url::encode([("limit", FOUND), ("q", &q)]));
            async move {
                let page: Page<UserView> = api.get(&at).await?;
                let card = |user: UserView| {
                    let (title, text) = names(&user);
                    Card { value: user.id, title, text, icon: Some(Icon::User), ..Card::default() }
                };
                Ok(page.items.into_iter().map(card).collect::<Vec<_>>())
            }
        };
        let empty = "Nobody fits. People are added under Users, in the pool that administrators sign in from.";
        Some(view! { <Picker label="Search people by name or e-mail" id="user_id" ask chosen empty/> })
    }
}

#[component]
fn PickClient(tid: TenantId, chosen: RwSignal<String>) -> impl IntoView {
    let ask = move |api: Api, q: String| {
        let clients = path::clients(&tid, &WorkspaceId::admin());
        let at = format!("{clients}?{}", url::encode([("limit", FOUND), ("q", &q)]));
        async move {
            let page: Page<ClientView> = api.get(&at).await?;
            let card = |client: ClientView| Card {
                value: client.client_id.to_string(),
                title: client.metadata.client_name.unwrap_or_else(|| client.client_id.to_string()),
                text: format!("{}, {}", client.client_id, client.metadata.token_endpoint_auth_method),
                icon: Some(Icon::Robot),
                ..Card::default()
            };
            Ok(page.items.into_iter().filter(|client| !client.built_in).map(card).collect::<Vec<_>>())
        }
    };
    let empty = "No client fits. Automation needs a client of the admin workspace with the grant client_credentials.";
    view! { <Picker label="Search clients of the admin workspace" id="client_id" ask chosen empty/> }
}

#[component]
fn PickWorkspace(tid: TenantId, value: RwSignal<String>) -> impl IntoView {
    let at = format!("{}?limit=200&sort=name", path::workspaces(&tid));
    let workspaces = load(move || at.clone(), |api, path| async move { api.get::<Page<WorkspaceView>>(&path).await });
    shown(workspaces, 2, move |page| {
        let mut options = vec![Choice { disabled: true, ..Choice::new("", "Choose a workspace") }];
        let others = page.items.into_iter().filter(|workspace| workspace.id != WorkspaceId::admin());
        options.extend(others.map(|workspace| Choice::new(workspace.id.to_string(), workspace.name)));
        view! { <SelectField label="In which workspace" id="workspace_id" value options/> }
    })
}

fn kinds() -> Vec<Card> {
    let card = |value: &str, icon, title: &str, text: &str| Card {
        value: value.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        icon: Some(icon),
        ..Card::default()
    };
    vec![
        card("user", Icon::User, "A person", "Signs in to this console."),
        card("client", Icon::Robot, "A client", "A script or pipeline that calls the management API."),
    ]
}

/// The roles that the person may give in this tenant.
fn roles(tid: &TenantId) -> Vec<Card> {
    let session: Session = use_context().unwrap_or_default();
    let held: Vec<Role> =
        session.me.with_untracked(|me| me.iter().flat_map(|me| &me.roles).map(|role| role.role).collect());
    let may = |role: &&Role| {
        held.iter().any(|mine| may_grant(*mine, **role)) && (!role.is_platform() || *tid == TenantId::system())
    };
    let card = |role: &Role| {
        let words = describe(*role);
        let (title, text) = (words.title.to_owned(), words.permits.to_owned());
        Card { value: role.as_str().to_owned(), title, text, ..Card::default() }
    };
    Role::ALL.iter().filter(may).map(card).collect()
}

/// What is sent; nothing while something is missing.
fn appointment(is_person: bool, principal: &str, role: Role, workspace: &str) -> Option<NewAdministrator> {
    let workspace_id = if role.is_workspace() { Some(WorkspaceId::parse(workspace).ok()?) } else { None };
    let (client_id, user_id) = match (is_person, principal) {
        (_, "") => return None,
        (true, id) => (None, Some(id.to_owned())),
        (false, id) => (Some(ClientId::parse(id).ok()?), None),
    };
    Some(NewAdministrator { client_id, user_id, role, workspace_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appointment_has_one_principal_and_a_workspace_where_the_role_is_over_one() {
        assert!(appointment(true, "", Role::TenantAdmin, "").is_none());
        assert!(appointment(true, "usr_1", Role::WorkspaceAdmin, "").is_none());
        let person = appointment(true, "usr_1", Role::WorkspaceAdmin, "shop").unwrap();
        assert_eq!(person.user_id.as_deref(), Some("usr_1"));
        assert!(person.client_id.is_none() && person.workspace_id.is_some());
        let client = appointment(false, "ci", Role::TenantAdmin, "shop").unwrap();
        assert!(client.user_id.is_none() && client.client_id.is_some() && client.workspace_id.is_none());
    }
}
