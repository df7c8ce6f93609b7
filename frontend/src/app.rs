//! The routes, and what each page may count on: inside the gate somebody is signed in, below `t/:tid` there is a tenant,
//! below `w/:aid` a workspace.

use leptos::prelude::*;
use leptos_router::any_nested_route::IntoAnyNestedRoute;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::pages::{callback, not_found, sign_in, sign_in_again};
use crate::parts;
use crate::session::{Place, Session};
use crate::shell::gate::Gate;
use crate::shell::here::{InTenant, InWorkspace};
use crate::shell::signed_out::SignedOut;
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
                <Route path=path!("/console/sign-in-again") view=sign_in_again::SignInAgain/>
                <ParentRoute path=path!("/console") view=Gate>
                    <Route path=path!("tenants") view=parts::tenants/>
                    <Route path=path!("welcome") view=parts::welcome/>
                    <OfTenant/>
                </ParentRoute>
            </Routes>
            <SignedOut/>
            <Toaster/>
        </Router>
    }
}

#[component(transparent)]
fn OfTenant() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("t/:tid") view=InTenant>
            <Route path=path!("") view=parts::workspaces/>
            <Route path=path!("settings") view=parts::tenant_settings/>
            <Route path=path!("administrators") view=parts::administrators/>
            <Route path=path!("pools") view=parts::pools/>
            <Route path=path!("pools/:pool") view=parts::users/>
            <Route path=path!("pools/:pool/users/:user") view=parts::user/>
            <OfWorkspace/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn OfWorkspace() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("w/:aid") view=InWorkspace>
            <Route path=path!("") view=parts::overview/>
            <Route path=path!("methods") view=parts::methods/>
            <Route path=path!("certificates") view=parts::certificates/>
            <Route path=path!("clients") view=parts::clients/>
            <Route path=path!("new-client") view=parts::new_client/>
            <OfClient/>
            <Route path=path!("services") view=parts::services/>
            <Route path=path!("services/:service") view=parts::service/>
            <Route path=path!("scopes") view=parts::scopes/>
            <Route path=path!("keys") view=parts::keys/>
            <Route path=path!("audit") view=parts::audit/>
            <Route path=path!("decoder") view=parts::decoder/>
            <Route path=path!("settings") view=parts::workspace_settings/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component(transparent)]
fn OfClient() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("clients/:client") view=parts::client>
            <Route path=path!("") view=parts::client_overview/>
            <Route path=path!("settings") view=parts::client_settings/>
            <Route path=path!("credentials") view=parts::client_credentials/>
            <Route path=path!("scopes") view=parts::client_scopes/>
            <Route path=path!("tokens") view=parts::client_tokens/>
            <Route path=path!("activity") view=parts::client_activity/>
            <Route path=path!("consents") view=parts::client_consents/>
            <Route path=path!("code") view=parts::client_code/>
        </ParentRoute>
    }
    .into_inner()
    .into_any_nested_route()
}
