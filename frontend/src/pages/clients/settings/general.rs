//! Who the client is.

use leptos::prelude::*;

use super::Group;
use crate::form::Form;
use crate::ui::field::{ListField, TextArea, TextField};

/// Its name, and what its administrators note.
#[component]
pub(super) fn General(form: Form) -> impl IntoView {
    view! {
        <Group title="General" about="What people and administrators call it." id="general" open=true>
            <TextField
                label="Name"
                id="client_name"
                name="client_name"
                value=form.text("client_name")
                problem=form.problem("/client_name")
                hint="People see it when they are asked for consent."
            />
            <TextArea
                label="Note"
                id="description"
                name="description"
                value=form.text("description")
                problem=form.problem("/description")
                rows=3
                hint="For administrators: what it is for, who runs it."
            />
        </Group>
    }
}

/// What is shown about it, and whom to write to.
#[component]
pub(super) fn Description(form: Form) -> impl IntoView {
    const MEMBERS: [(&str, &str, &str, &str); 4] = [
        ("Picture", "logo_uri", "/logo_uri", "Shown when people are asked for consent."),
        ("Home page", "client_uri", "/client_uri", ""),
        ("Privacy policy", "policy_uri", "/policy_uri", ""),
        ("Terms of service", "tos_uri", "/tos_uri", ""),
    ];
    let given = form.draft.with_untracked(|draft| {
        MEMBERS.iter().any(|(_, member, ..)| draft.get(*member).is_some()) || draft.get("contacts").is_some()
    });
    let field = move |(label, member, pointer, hint): (&'static str, &'static str, &'static str, &'static str)| {
        view! {
            <TextField label id=member name=member kind="url" value=form.text(member) problem=form.problem(pointer) hint/>
        }
    };
    view! {
        <Group title="Look and contacts" about="What people are shown, and whom to write to." id="look" open=given>
            <ListField
                label="Contacts"
                id="contacts"
                name="contacts"
                values=form.list("contacts")
                problems=form.problems("/contacts")
                placeholder="ops@example.com"
                hint="Who is told before something changes for this client."
            />
            <div class="grid-2">{MEMBERS.into_iter().map(field).collect_view()}</div>
        </Group>
    }
}
