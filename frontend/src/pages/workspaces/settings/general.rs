//! What people call the workspace, and where it is.

use leptos::prelude::*;
use serde_json::Value;

use cardea_protocol::status::Status;

use crate::form::Form;
use crate::pages::tenants::status::StatusBadge;
use crate::ui::field::{TextArea, TextField};
use crate::ui::page::{Fact, Facts, Section};

/// Name, description, status, issuer.
#[component]
pub(super) fn General(form: Form) -> impl IntoView {
    let read = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let description = form.bound("description", read, Value::String);
    let member = move |name: &'static str| form.draft.with(|draft| read(draft.get(name)));
    let issuer = Signal::derive(move || member("issuer"));
    let status = move || Status::parse(&member("status")).unwrap_or_default();
    view! {
        <Section title="General">
            <TextField
                label="Name"
                id="name"
                name="name"
                value=form.text("name")
                problem=form.problem("/name")
                hint="What people read where they sign in, and what administrators look for. Without one it goes by its id."
            />
            <TextArea
                label="Description"
                id="description"
                name="description"
                value=description
                problem=form.problem("/description")
                rows=3
                hint="For administrators: what this workspace is for, whom to ask."
            />
            <Facts>
                <Fact label="Status">{move || view! { <StatusBadge status=status()/> }}</Fact>
                <Fact label="Issuer" copy=issuer><code>{issuer}</code></Fact>
            </Facts>
        </Section>
    }
}
