//! The rules a workspace keeps as a whole, and what contradicts them.

use leptos::prelude::*;

use cardea_protocol::id::{TenantId, WorkspaceId};

use super::policy::{demanded, member};
use crate::form::Form;
use crate::pages::workspaces::create::profiles;
use crate::paths;
use crate::ui::button::Button;
use crate::ui::field::RadioCards;
use crate::ui::page::{Notice, Section, Tone};

/// The profile, and the way to the methods.
#[component]
pub(super) fn ProfileSection(form: Form, tid: TenantId, aid: WorkspaceId) -> impl IntoView {
    let methods = paths::of_workspace(&tid, &aid, "methods");
    view! {
        <Section title="Profile" about="A profile is a set of rules that other settings must keep.">
            <RadioCards legend="Profile" name="profile" value=form.choice("profile") cards=profiles()/>
            <Contradictions form methods=methods.clone()/>
            <p class="quiet">
                "How clients authenticate, what they sign with and which audience they name is set under "
                <a href=methods>"Client authentication"</a> "."
            </p>
        </Section>
    }
}

/// What is wrong with the draft as a whole: also with members that are set on another page.
#[component]
fn Contradictions(form: Form, methods: String) -> impl IntoView {
    let methods = StoredValue::new(methods);
    let mend = move |()| {
        let changes = form.draft.with_untracked(demanded);
        for (name, value) in changes {
            form.put(&name, value);
        }
    };
    let told = Memo::new(move |_| form.violations());
    move || {
        let told = told.get();
        let elsewhere = told.iter().any(|violation| {
            let name = member(&violation.pointer);
            name.starts_with("token_endpoint_auth") || name == "client_assertion_audience"
        });
        let is_told = !told.is_empty();
        let mut sentences: Vec<_> =
            told.into_iter().map(|violation| (member(&violation.pointer).to_owned(), violation.message)).collect();
        sentences.dedup();
        let items = sentences.into_iter().map(|(name, message)| view! { <li><code>{name}</code> ": " {message}</li> });
        is_told.then(|| view! {
            <Notice tone=Tone::Warn title="These settings do not go together" id="contradictions">
                <ul>{items.collect_view()}</ul>
                {elsewhere.then(|| view! {
                    <p>"Some of them are shown under " <a href=methods.get_value()>"Client authentication"</a> "."</p>
                })}
                <Button action="set-as-demanded" on_click=mend>"Set them as the profile has them"</Button>
            </Notice>
        })
    }
}
