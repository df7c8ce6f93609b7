//! The metadata of a client, grouped; only the groups that matter for this client are open.

use leptos::prelude::*;
use serde_json::json;

use cardea_protocol::grant_type::GrantType;

use super::one::use_one;
use super::saving::Saving;
use crate::form::Form;
use crate::ui::page::{Notice, Tone};

mod authentication;
mod credential;
mod general;
mod people;
mod requests;

use authentication::Authentication;
use general::{Description, General};
use people::{Logout, Subjects};
use requests::{Grants, Requests};

/// The settings of the client.
#[component]
pub(crate) fn Settings() -> impl IntoView {
    let Some(one) = use_one() else { return ().into_any() };
    let Some(form) = one.form() else { return ().into_any() };
    let workspace = untrack(|| one.settings());
    let signs_in = Memo::new(move |_| has_grant(form, GrantType::AuthorizationCode));
    view! {
        <Saving one form>
            <General form/>
            <Grants form workspace=workspace.clone() signs_in/>
            <Authentication form workspace/>
            <Requests form signs_in/>
            <Logout form signs_in/>
            <Subjects form/>
            <Description form/>
            <Elsewhere form/>
        </Saving>
    }
    .into_any()
}

/// Whether the draft has a grant, followed.
fn has_grant(form: Form, grant: GrantType) -> bool {
    form.draft.with(|draft| {
        draft
            .get("grant_types")
            .and_then(|grants| grants.as_array())
            .is_some_and(|grants| grants.contains(&json!(grant)))
    })
}

/// Problems that belong to members which have no field on this tab.
#[component]
fn Elsewhere(form: Form) -> impl IntoView {
    const ON_OTHER_TABS: [&str; 5] = [
        "/scope",
        "/token_ttls",
        "/id_token_signed_response_alg",
        "/refresh_token_rotation",
        "/tls_client_certificate_bound_access_tokens",
    ];
    move || {
        let changed = form.changed().get();
        let all = form.violations();
        let rest: Vec<_> = all
            .iter()
            .filter(|problem| {
                problem.pointer.is_empty() || ON_OTHER_TABS.iter().any(|tab| problem.pointer.starts_with(tab))
            })
            .map(|problem| view! { <li><code>{problem.pointer.clone()}</code> " " {problem.message.clone()}</li> })
            .collect();
        (changed && !rest.is_empty()).then(|| {
            view! { <Notice tone=Tone::Warn title="This contradicts what is set on another tab"><ul>{rest}</ul></Notice> }
        })
    }
}

/// Some of the settings, open where they matter.
#[component]
fn Group(
    title: &'static str,
    about: &'static str,
    id: &'static str,
    /// Whether it is open to begin with.
    open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="group" id=id prop:open=open>
            <summary><h2>{title}</h2> <span class="quiet">{about}</span></summary>
            <div class="group-body stack">{children()}</div>
        </details>
    }
}
