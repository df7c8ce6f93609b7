//! How the client gets tokens: grants, redirect URIs, and what its authorization requests must be like.

use leptos::prelude::*;
use serde_json::{Value, json};

use cardea_protocol::client_metadata::ApplicationType;
use cardea_protocol::grant_type::GrantType;
use cardea_protocol::{SigningAlg, WorkspaceSettings};

use super::Group;
use crate::form::Form;
use crate::pages::clients::register::RedirectUris;
use crate::pages::clients::tokens::Wrong;
use crate::pages::clients::words::grant_name;
use crate::ui::field::{Card, CheckCards, Choice, DurationField, ListField, SelectField, Switch, TextField};

/// The grants and where people come back to.
#[component]
pub(super) fn Grants(form: Form, workspace: WorkspaceSettings, signs_in: Memo<bool>) -> impl IntoView {
    let grants = form.list("grant_types");
    // The response type follows from the grant (RFC 7591 §2.1).
    Effect::new(move |_| {
        let needed = if signs_in.get() { json!(["code"]) } else { json!([]) };
        if form.draft.with_untracked(|draft| draft.get("response_types") != Some(&needed)) {
            form.set("response_types", needed);
        }
    });
    let kind = form.choice("application_type");
    let application_type =
        Signal::derive(move || kind.with(|kind| ApplicationType::parse(kind)).unwrap_or(ApplicationType::Web));
    let cards: Vec<_> = GrantType::ALL.iter().map(|grant| card(*grant, &workspace)).collect();
    let uris = form.list("redirect_uris");
    view! {
        <Group title="Grants and redirect URIs" about="How it gets its tokens, and where people come back to." id="grants" open=true>
            <CheckCards legend="Grants (grant_types)" name="grant_types" values=grants cards/>
            <Wrong form pointer="/grant_types"/>
            <Wrong form pointer="/response_types"/>
            <SelectField
                label="It runs"
                id="application_type"
                name="application_type"
                value=kind
                options=vec![Choice::new("web", "On a server or in a browser"), Choice::new("native", "On a person's device")]
                problem=form.problem("/application_type")
                hint="Decides which redirect URIs it may have."
            />
            <Show when=move || signs_in.get() || uris.with(|uris| !uris.is_empty())>
                <RedirectUris
                    values=uris
                    problems=Signal::derive(move || form.violations())
                    application_type
                    tried=true
                />
            </Show>
        </Group>
    }
}

fn card(grant: GrantType, workspace: &WorkspaceSettings) -> Card {
    let text = match grant {
        GrantType::AuthorizationCode => "People sign in through the browser.",
        GrantType::RefreshToken => "Renews tokens without asking people again.",
        GrantType::ClientCredentials => "Tokens in its own name, without people.",
        GrantType::DeviceCode => "People confirm a code on another device.",
    };
    let enabled = workspace.grant_types.contains(&grant);
    Card {
        value: grant.as_str().to_owned(),
        title: grant_name(grant).to_owned(),
        text: text.to_owned(),
        disabled_because: (!enabled).then(|| "Not enabled in this workspace.".to_owned()),
        ..Card::default()
    }
}

/// What its authorization requests must be like.
#[component]
pub(super) fn Requests(form: Form, signs_in: Memo<bool>) -> impl IntoView {
    let max_age = form.bound("default_max_age", read, write);
    view! {
        <Group
            title="Authorization requests"
            about="Pushed or signed requests, and how people have to be authenticated."
            id="requests"
            open=signs_in.get_untracked()
        >
            <p class="quiet">"PKCE with S256 is always accepted; whether it is required is decided by the workspace, and public clients always use it."</p>
            <Switch
                label="Requests are pushed"
                id="require_pushed_authorization_requests"
                checked=form.flag("require_pushed_authorization_requests")
                hint="The client sends the request to the server first, so nobody can change it in the browser (RFC 9126)."
            />
            <Wrong form pointer="/require_pushed_authorization_requests"/>
            <Switch
                label="Requests are signed"
                id="require_signed_request_object"
                checked=form.flag("require_signed_request_object")
                hint="Only requests in a signed request object are taken (RFC 9101)."
            />
            <Wrong form pointer="/require_signed_request_object"/>
            <div class="grid-2">
                <SelectField
                    label="Request objects are signed with"
                    id="request_object_signing_alg"
                    name="request_object_signing_alg"
                    value=form.choice("request_object_signing_alg")
                    options=algorithms()
                    problem=form.problem("/request_object_signing_alg")
                />
                <DurationField
                    label="People signed in at most so long ago"
                    id="default_max_age"
                    name="default_max_age"
                    seconds=max_age
                    problem=form.problem("/default_max_age")
                    hint="Where the request does not say; empty for any time."
                />
            </div>
            <Switch
                label="ID tokens say when people signed in"
                id="require_auth_time"
                checked=form.flag("require_auth_time")
            />
            <ListField
                label="How people should be authenticated"
                id="default_acr_values"
                name="default_acr_values"
                values=form.list("default_acr_values")
                problems=form.problems("/default_acr_values")
                hint="Where the request does not say; the best first."
            />
            <TextField
                label="Where others can begin a sign-in"
                id="initiate_login_uri"
                name="initiate_login_uri"
                kind="url"
                value=form.text("initiate_login_uri")
                problem=form.problem("/initiate_login_uri")
            />
        </Group>
    }
}

fn read(value: Option<&Value>) -> Option<u64> {
    value.and_then(Value::as_u64)
}

fn write(seconds: Option<u64>) -> Value {
    seconds.map_or(Value::Null, Value::from)
}

fn algorithms() -> Vec<Choice> {
    let any = std::iter::once(Choice::new("", "Whatever its keys fit"));
    let asymmetric = SigningAlg::CLIENT_ASSERTION_ASYMMETRIC;
    any.chain(asymmetric.iter().map(|alg| Choice::new(alg.as_str(), alg.as_str()))).collect()
}
