//! One client: read once with its workspace, and shared by its tabs.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_params_map;
use serde_json::Value;

use cardea_api::client::ClientView;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::id::{ClientId, TenantId, WorkspaceId};
use cardea_protocol::{ClientMetadata, WorkspaceSettings};

use crate::api::Tagged;
use crate::client_form::problems;
use crate::data::{Load, load, shown};
use crate::form::Form;
use crate::may::use_may;
use crate::pages::not_found::NotFound;
use crate::pages::tenants::status::StatusBadge;
use crate::paths;
use crate::shell::here;
use crate::ui::page::{Badge, Notice, PageHead, Skeleton, Tab, Tabs, Tone};

/// The client of this page.
#[derive(Clone)]
pub(super) struct One {
    pub(super) tid: TenantId,
    pub(super) aid: WorkspaceId,
    pub(super) client_id: ClientId,
    object: Load<Tagged<Value>>,
    workspace: Load<WorkspaceView>,
    /// Whether the person may change it.
    may_write: bool,
}

impl One {
    /// Where it is in the API.
    pub(super) fn path(&self) -> String {
        path::client(&self.tid, &self.aid, &self.client_id)
    }

    /// A tab of it.
    pub(super) fn tab(&self, tab: &str) -> String {
        paths::client_tab(&self.tid, &self.aid, self.client_id.as_str(), tab)
    }

    /// The client, followed.
    pub(super) fn view(&self) -> Option<ClientView> {
        serde_json::from_value(self.object.value()?.value).ok()
    }

    /// What is registered, followed.
    pub(super) fn metadata(&self) -> ClientMetadata {
        self.view().map(|client| client.metadata).unwrap_or_default()
    }

    /// The workspace, followed.
    pub(super) fn workspace(&self) -> Option<WorkspaceView> {
        self.workspace.value()
    }

    /// The policy of the workspace, followed.
    pub(super) fn settings(&self) -> WorkspaceSettings {
        self.workspace().map(|workspace| workspace.settings).unwrap_or_default()
    }

    /// Whether it can be changed by this person; Cardea's own clients by nobody.
    pub(super) fn may_write(&self) -> bool {
        let built_in = untrack(|| self.view().is_some_and(|client| client.built_in));
        self.may_write && !built_in
    }

    /// Whether its keys may be looked at, which asks their server: that is for those who may change clients.
    pub(super) const fn may_inspect(&self) -> bool {
        self.may_write
    }

    /// The object as it is, with its version.
    pub(super) fn object(&self) -> Option<Tagged<Value>> {
        self.object.value()
    }

    /// Takes the answer to a change; answers the secret, if there is a new one.
    pub(super) fn put(&self, mut object: Tagged<Value>) -> Option<String> {
        let secret = object.value.as_object_mut().and_then(|members| {
            members.remove("client_secret_expires_at");
            members.remove("client_secret")
        });
        self.object.put(object);
        secret.and_then(|secret| secret.as_str().map(str::to_owned))
    }

    /// A form over the client, judged by the validator of the server.
    pub(super) fn form(&self) -> Option<Form> {
        let settings = untrack(|| self.settings());
        let object = untrack(|| self.object())?;
        Some(Form::of(object).judged(move |draft| problems(draft, &settings)))
    }
}

/// The client of this page.
pub(super) fn use_one() -> Option<One> {
    use_context()
}

/// The pages of one client.
#[component]
pub(crate) fn Client() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|map| ClientId::parse(map.get_str("client")?).ok()));
    move || match id.get() {
        Some(client_id) => view! { <Of client_id/> }.into_any(),
        None => view! { <NotFound/> }.into_any(),
    }
}

#[component]
fn Of(client_id: ClientId) -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let may_write = use_may().in_workspace(Permission::ClientsWrite, &tid, &aid);
    let at = path::client(&tid, &aid, &client_id);
    let object = load(move || at.clone(), |api, path| async move { api.read::<Value>(&path).await });
    let at = path::workspace(&tid, &aid);
    let workspace = load(move || at.clone(), |api, path| async move { api.get::<WorkspaceView>(&path).await });
    let one = One { tid, aid, client_id, object, workspace, may_write };
    provide_context(one.clone());
    // The tab is made once, and stays when the client changes under it.
    let ready = Memo::new(move |_| object.value().is_some() && workspace.value().is_some());
    let waiting = move || {
        (!ready.get()).then(|| {
            view! {
                {shown(object, 8, move |_| shown(workspace, 8, |_| view! { <Skeleton lines=8/> }))}
            }
        })
    };
    view! {
        <Head one=one.clone()/>
        {waiting}
        <Show when=move || ready.get()><Outlet/></Show>
    }
}

#[component]
fn Head(one: One) -> impl IntoView {
    let id = one.client_id.to_string();
    let named = one.clone();
    let title = Signal::derive(move || named.metadata().client_name.unwrap_or_else(|| named.client_id.to_string()));
    let (state, word) = (one.clone(), id.clone());
    let badges = move || {
        let client = state.view()?;
        let built_in = client.built_in.then(|| view! { <Badge tone=Tone::Info>"Built in"</Badge> });
        Some(view! { {built_in} <StatusBadge status=client.metadata.status/> })
    };
    let back = paths::of_workspace(&one.tid, &one.aid, "clients");
    let tabs = [
        ("Overview", ""),
        ("Settings", "settings"),
        ("Credentials", "credentials"),
        ("Scopes", "scopes"),
        ("Tokens", "tokens"),
        ("Activity", "activity"),
        ("Consents", "consents"),
        ("Code", "code"),
    ];
    let tabs = tabs.map(|(label, tab)| {
        let href = if tab.is_empty() { paths::client(&one.tid, &one.aid, &id) } else { one.tab(tab) };
        Tab { label: label.to_owned(), href, count: None }
    });
    let built_in = one.clone();
    view! {
        <PageHead
            title
            back=(back, "Clients".to_owned())
            about=Signal::stored(word)
            actions=move || view! { {badges.clone()} }
        />
        <Tabs tabs=tabs.to_vec()/>
        {move || built_in.view().is_some_and(|client| client.built_in).then(|| view! {
            <Notice tone=Tone::Info title="This client is Cardea's own">
                "It is the console. It follows the server's settings and can be neither changed nor deleted."
            </Notice>
        })}
    }
}
