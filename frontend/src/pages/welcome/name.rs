//! Step 1: what the workspace is called, and in which tenant it is.

use leptos::prelude::*;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::tenant::TenantView;
use cardea_protocol::id::{TenantId, WorkspaceId};

use super::Steps;
use crate::data::load;
use crate::pages::tenants::creation::{NameAndId, problem};
use crate::session::Place;
use crate::ui::button::{Button, Weight};
use crate::ui::field::{Choice, SelectField};
use crate::ui::page::{Fact, Facts, Section};

#[component]
pub(super) fn Name(steps: Steps, sees_tenants: bool) -> impl IntoView {
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    let wrong = problem(steps.id, WorkspaceId::parse);
    let is_ready =
        move || steps.name.with(|name| !name.trim().is_empty()) && steps.id.with(|id| WorkspaceId::parse(id).is_ok());
    let not_ready = Signal::derive(move || !is_ready());
    let issuer = Signal::derive(move || {
        let id = steps.id.get();
        let id = if id.is_empty() { "…".to_owned() } else { id };
        format!("{}/{}/{id}", place.public_url, steps.tid.get())
    });
    let on = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_ready() {
            steps.current.set(1);
        }
    };
    view! {
        <Section
            title="Name a workspace"
            about="A workspace is an authorization server with its own issuer, keys and clients. Name it after what it protects."
        >
            <form class="stack" on:submit=on novalidate>
                {sees_tenants.then(|| view! { <Tenant steps/> })}
                <NameAndId
                    name=steps.name
                    id=steps.id
                    problem=wrong
                    name_placeholder="Web shop"
                    id_hint="The last part of the issuer, in every token. It can never be changed."
                />
                <Facts><Fact label="Issuer"><code>{issuer}</code></Fact></Facts>
                <div class="actions end">
                    <Button action="next" weight=Weight::Primary submit=true disabled=not_ready>"Choose its methods"</Button>
                </div>
            </form>
        </Section>
    }
}

/// The tenant, where there is a choice. The platform's own is not offered: nothing but its operators belongs there.
#[component]
fn Tenant(steps: Steps) -> impl IntoView {
    let at = format!("{}?limit=200&sort=name", path::tenants());
    let tenants = load(move || at.clone(), |api, path| async move { api.get::<Page<TenantView>>(&path).await });
    let options = Signal::derive(move || {
        let found = tenants.value().map(|page| page.items).unwrap_or_default();
        let others = found.into_iter().filter(|tenant| tenant.id != TenantId::system());
        let mut choices: Vec<_> = others.map(|tenant| Choice::new(tenant.id.to_string(), tenant.name)).collect();
        let chosen = steps.tid.get_untracked();
        if choices.iter().all(|choice| choice.value != chosen) {
            choices.insert(0, Choice::new(chosen.clone(), chosen));
        }
        choices
    });
    view! {
        <SelectField
            label="Tenant"
            id="tenant"
            value=steps.tid
            options
            hint="Whose workspace it is. default is there for whoever has only one customer: themselves."
        />
    }
}
