//! The routes, and what each page may count on: inside the gate somebody is signed in, below `t/:tid` there is a tenant,
//! below `w/:aid` a workspace.

use leptos::prelude::*;
use leptos_router::any_nested_route::IntoAnyNestedRoute;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{MatchNestedRoutes, path};

use crate::pages::{
    administrators, audit, callback, certificates, clients, decoder, keys, methods, not_found, overview, scopes,
    services, sign_in, tenants, users, welcome, workspaces,
};
use crate::session::{Place, Session};
use crate::shell::gate::Gate;
use crate::shell::here::{InTenant, InWorkspace};
use crate::ui::toast::{Toaster, Toasts};

/// The console.
#[component]
pub fn App() -> impl IntoView {
    provide_context(Session::default());
    provide_context(Place::of_page());
    provide_context(Toasts::default());
    view! {
        <Router>
            <Routes fallback=not_found::Nowhere>
                <Route path=path!("/console") view=sign_in::SignIn/>
                <Route path=path!("/console/callback") view=callback::Callback/>
                <ParentRoute path=path!("/console") view=Gate>
                    <Route path=path!("tenants") view=tenants::Tenants/>
                    <Route path=path!("welcome") view=welcome::Welcome/>
                    <OfTenant/>
                </ParentRoute>
            </Routes>
            <Toaster/>
        </Router>
    }
}

#[component(transparent)]
fn OfTenant() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("t/:tid") view=InTenant>
            <Route path=path!("") view=workspaces::Workspaces/>
            <Route path=path!("settings") view=tenants::TenantSettings/>
            <Route path=path!("administrators") view=administrators::Administrators/>
            <Route path=path!("pools") view=users::Pools/>
            <Route path=path!("pools/:pool") view=users::Users/>
            <Route path=path!("pools/:pool/users/:user") view=users::User/>
            <OfWorkspace/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn OfWorkspace() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("w/:aid") view=InWorkspace>
            <Route path=path!("") view=overview::Overview/>
            <Route path=path!("methods") view=methods::Methods/>
            <Route path=path!("certificates") view=certificates::Certificates/>
            <Route path=path!("clients") view=clients::Clients/>
            <Route path=path!("new-client") view=clients::NewClient/>
            <OfClient/>
            <Route path=path!("services") view=services::Services/>
            <Route path=path!("services/:service") view=services::Service/>
            <Route path=path!("scopes") view=scopes::Scopes/>
            <Route path=path!("keys") view=keys::Keys/>
            <Route path=path!("audit") view=audit::Audit/>
            <Route path=path!("decoder") view=decoder::Decoder/>
            <Route path=path!("settings") view=workspaces::WorkspaceSettings/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn OfClient() -> impl MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("clients/:client") view=clients::Client>
            <Route path=path!("") view=clients::Overview/>
            <Route path=path!("settings") view=clients::Settings/>
            <Route path=path!("credentials") view=clients::Credentials/>
            <Route path=path!("scopes") view=clients::Scopes/>
            <Route path=path!("tokens") view=clients::Tokens/>
            <Route path=path!("activity") view=clients::Activity/>
            <Route path=path!("consents") view=clients::Consents/>
            <Route path=path!("code") view=clients::Code/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}
