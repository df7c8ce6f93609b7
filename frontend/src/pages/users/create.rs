//! A new pool, a new user.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde_json::{Map, Value, json};

use cardea_api::path;
use cardea_api::user::UserView;
use cardea_api::user_pool::UserPoolView;
use cardea_protocol::id::{TenantId, UserPoolId};

use crate::api::{Failure, use_api};
use crate::data::Failed;
use crate::pages::tenants::creation::{NameAndId, problem};
use crate::paths;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::field::TextField;

/// The dialog that makes a pool, and then leads to it.
#[component]
pub(super) fn CreatePool(open: RwSignal<bool>, tid: TenantId) -> impl IntoView {
    let (name, id) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    view! {
        <Dialog open title="Create a user pool" id="create-pool-dialog">
            <PoolFields open tid=tid.clone() name id/>
        </Dialog>
    }
}

#[component]
fn PoolFields(open: RwSignal<bool>, tid: TenantId, name: RwSignal<String>, id: RwSignal<String>) -> impl IntoView {
    let (api, go) = (use_api(), use_navigate());
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let new = json!({"id": id.get_untracked(), "name": name.get_untracked().trim()});
        let (go, tid) = (go.clone(), tid.clone());
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<UserPoolView>(&path::pools(&tid), &new).await;
            busy.set(false);
            match answer {
                Ok(pool) => {
                    open.set(false);
                    go(&paths::pool(&tid, &pool.id), NavigateOptions::default());
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    view! {
        <form class="stack" on:submit=send novalidate>
            <NameAndId
                name
                id
                problem=problem(id, UserPoolId::parse)
                name_placeholder="Customers"
                id_hint="Workspaces name the pool by it. It can never be changed."
            />
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <div class="actions end">
                <Button action="cancel" on_click=Callback::new(move |()| open.set(false))>"Cancel"</Button>
                <Button action="create-pool" weight=Weight::Primary submit=true busy>"Create pool"</Button>
            </div>
        </form>
    }
}

/// The dialog that adds a user, and then leads to them.
#[component]
pub(super) fn CreateUser(open: RwSignal<bool>, tid: TenantId, pool: UserPoolId) -> impl IntoView {
    view! {
        <Dialog open title="Add a user" id="create-user-dialog">
            <UserFields open tid=tid.clone() pool=pool.clone()/>
        </Dialog>
    }
}

#[component]
fn UserFields(open: RwSignal<bool>, tid: TenantId, pool: UserPoolId) -> impl IntoView {
    let (api, go) = (use_api(), use_navigate());
    let text = || RwSignal::new(String::new());
    let (username, email, name, password) = (text(), text(), text(), text());
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let of_server = move |pointer: &'static str| {
        Signal::derive(move || failure.with(|failure| failure.as_ref().and_then(|failure| failure.at(pointer))))
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let given = [("username", username), ("email", email), ("name", name), ("password", password)];
        let given = given.map(|(member, text)| (member, text.get_untracked()));
        let body: Map<String, Value> = given
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(member, text)| (member.to_owned(), Value::from(text)))
            .collect();
        let (go, tid, pool) = (go.clone(), tid.clone(), pool.clone());
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<UserView>(&path::users(&tid, &pool), &body).await;
            busy.set(false);
            match answer {
                Ok(user) => {
                    open.set(false);
                    go(&paths::user(&tid, pool.as_str(), &user.id), NavigateOptions::default());
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    view! {
        <form class="stack" on:submit=send novalidate>
            <TextField label="Username" id="username" value=username problem=of_server("/username") required=true autofocus=true/>
            <TextField label="E-mail" id="email" kind="email" value=email problem=of_server("/email") hint="They can sign in with it as well."/>
            <TextField label="Name" id="name" value=name problem=of_server("/name") hint="As applications show it."/>
            <TextField
                label="Password"
                id="password"
                kind="password"
                value=password
                problem=of_server("/password")
                hint="Leave it empty, and give them a link instead by which they choose one."
            />
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
            <div class="actions end">
                <Button action="cancel" on_click=Callback::new(move |()| open.set(false))>"Cancel"</Button>
                <Button action="create-user" weight=Weight::Primary submit=true busy>"Add user"</Button>
            </div>
        </form>
    }
}
