//! What concerns the people who sign in with the client: logout, and what it sees of them.

use leptos::prelude::*;

use super::Group;
use crate::form::Form;
use crate::pages::clients::tokens::Wrong;
use crate::ui::field::{Choice, ListField, SelectField, Switch, TextField};

/// Where people go after logout, and how the client hears of it.
#[component]
pub(super) fn Logout(form: Form, signs_in: Memo<bool>) -> impl IntoView {
    view! {
        <Group title="Logout" about="Where people go afterwards, and how the client hears of it." id="logout" open=signs_in.get_untracked()>
            <ListField
                label="Pages to return to"
                id="post_logout_redirect_uris"
                name="post_logout_redirect_uris"
                values=form.list("post_logout_redirect_uris")
                problems=form.problems("/post_logout_redirect_uris")
                placeholder="https://app.example.com/"
            />
            <TextField
                label="Told by the server at"
                id="backchannel_logout_uri"
                name="backchannel_logout_uri"
                kind="url"
                value=form.text("backchannel_logout_uri")
                problem=form.problem("/backchannel_logout_uri")
                hint="Gets a logout token when a session ends (OpenID Connect Back-Channel Logout)."
            />
            <Switch
                label="It must hear which session ended"
                id="backchannel_logout_session_required"
                checked=form.flag("backchannel_logout_session_required")
            />
            <Wrong form pointer="/backchannel_logout_session_required"/>
        </Group>
    }
}

/// What it sees as the subject.
#[component]
pub(super) fn Subjects(form: Form) -> impl IntoView {
    let given = form
        .draft
        .with_untracked(|draft| draft.get("subject_type").is_some() || draft.get("sector_identifier_uri").is_some());
    let kinds = vec![
        Choice::new("", "The same id as every client (default)"),
        Choice::new("public", "The same id as every client"),
        Choice::new("pairwise", "An id of its own, so that clients cannot compare"),
    ];
    view! {
        <Group title="Subjects" about="By which id it knows people." id="subjects" open=given>
            <SelectField
                label="People are known to it by"
                id="subject_type"
                name="subject_type"
                value=form.choice("subject_type")
                options=kinds
                problem=form.problem("/subject_type")
            />
            <TextField
                label="Sector"
                id="sector_identifier_uri"
                name="sector_identifier_uri"
                kind="url"
                value=form.text("sector_identifier_uri")
                problem=form.problem("/sector_identifier_uri")
                hint="Names the redirect URIs of all clients that share ids; needed when yours are on several hosts."
            />
        </Group>
    }
}
