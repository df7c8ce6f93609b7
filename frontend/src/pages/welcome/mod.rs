//! The first steps: a workspace, its methods, a client, and then a token in hand. All on one page; what was made stays made.

mod client;
mod command;
mod done;
mod first_steps;
mod methods;
mod name;
mod token;

use leptos::prelude::*;

use cardea_api::client::ClientWithSecret;
use cardea_api::permission::Permission;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::id::TenantId;
use cardea_protocol::workspace_settings::{Profile, WorkspaceSettings};

use crate::may::use_may;
use crate::session::Session;
use crate::ui::page::{Notice, PageHead, Stepper, Tone};

use super::workspaces::methods::names;
pub(crate) use first_steps::FirstSteps;

/// What has been said and made so far.
#[derive(Clone, Copy)]
struct Steps {
    /// The step that is done now, from 0.
    current: RwSignal<usize>,
    tid: RwSignal<String>,
    name: RwSignal<String>,
    id: RwSignal<String>,
    methods: RwSignal<Vec<String>>,
    workspace: RwSignal<Option<WorkspaceView>>,
    client: RwSignal<Option<ClientWithSecret>>,
}

impl Steps {
    fn begin(tid: String) -> Self {
        let methods = WorkspaceSettings::for_profile(Profile::Default).token_endpoint_auth_methods;
        Self {
            current: RwSignal::new(0),
            tid: RwSignal::new(tid),
            name: RwSignal::new(String::new()),
            id: RwSignal::new(String::new()),
            methods: RwSignal::new(names(methods)),
            workspace: RwSignal::new(None),
            client: RwSignal::new(None),
        }
    }

    /// The tenant that was chosen.
    fn tenant(self) -> Option<TenantId> {
        TenantId::parse(&self.tid.get_untracked()).ok()
    }
}

/// The page.
#[component]
pub(crate) fn Welcome() -> impl IntoView {
    let session: Session = use_context().unwrap_or_default();
    let home =
        session.me.with_untracked(|me| me.as_ref().map(|me| me.tenant_id.clone())).unwrap_or_else(TenantId::system);
    let may = use_may();
    let sees_tenants = may.everywhere(Permission::TenantsRead);
    let named = crate::data::use_query().now("tenant");
    let tid = match TenantId::parse(&named) {
        Ok(tid) => tid,
        Err(_) if sees_tenants => TenantId::default_tenant(),
        Err(_) => home,
    };
    if !may.in_tenant(Permission::WorkspacesCreate, &tid) {
        return view! {
            <PageHead title="First steps"/>
            <Notice tone=Tone::Info title="Your role does not create workspaces">
                <p>"Ask an administrator of the tenant to create one, or to appoint you as tenant administrator."</p>
            </Notice>
        }
        .into_any();
    }
    let steps = Steps::begin(tid.to_string());
    let labels = ["Name a workspace", "Choose its methods", "Register a client"].map(str::to_owned).to_vec();
    view! {
        <PageHead
            title="From nothing to a token"
            about="Three steps: an authorization server of your own, how its clients prove themselves, and the first of them."
        />
        <Stepper steps=labels current=steps.current/>
        <div class="form stack">
            {move || match steps.current.get() {
                0 => view! { <name::Name steps sees_tenants/> }.into_any(),
                1 => view! { <methods::Methods steps/> }.into_any(),
                2 => view! { <client::Client steps/> }.into_any(),
                _ => view! { <done::Done steps/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}
