//! The tokens of a client: how long they live, what they are bound to, what they are signed with.

use leptos::prelude::*;
use serde_json::{Value, json};

use cardea_protocol::refresh::RefreshTokenRotation;
use cardea_protocol::{SigningAlg, TokenTtls, WorkspaceSettings};

use super::one::use_one;
use super::saving::Saving;
use crate::form::Form;
use crate::ui::field::{Choice, DurationField, SelectField, Switch};
use crate::ui::page::Section;

/// The tokens of the client.
#[component]
pub(crate) fn Tokens() -> impl IntoView {
    let Some(one) = use_one() else { return ().into_any() };
    let Some(form) = one.form() else { return ().into_any() };
    let workspace = untrack(|| one.settings());
    let default_alg = untrack(|| one.metadata());
    let default_alg = cardea_protocol::ClientMetadata { id_token_signed_response_alg: None, ..default_alg };
    let id_token_default = default_alg.id_token_alg(&workspace);
    let rotation_default = cardea_protocol::ClientMetadata { refresh_token_rotation: None, ..default_alg }
        .refresh_token_rotation(&workspace);
    let bound = form.flag("tls_client_certificate_bound_access_tokens");
    view! {
        <Saving one form>
            <Lifetimes form workspace/>
            <Section title="Access tokens">
                <Switch
                    label="Bound to the client's certificate"
                    id="tls_client_certificate_bound_access_tokens"
                    checked=bound
                    hint="A token is worth something only together with the certificate it was issued to (RFC 8705 §3). Token requests come over mutual TLS."
                />
                <Wrong form pointer="/tls_client_certificate_bound_access_tokens"/>
            </Section>
            <Section title="ID tokens and user info">
                <div class="grid-2">
                    <SelectField
                        label="ID tokens are signed with"
                        id="id_token_signed_response_alg"
                        name="id_token_signed_response_alg"
                        value=form.choice("id_token_signed_response_alg")
                        options=algorithms(&format!("{id_token_default} (default)"))
                        problem=form.problem("/id_token_signed_response_alg")
                    />
                    <SelectField
                        label="User info is signed with"
                        id="userinfo_signed_response_alg"
                        name="userinfo_signed_response_alg"
                        value=form.choice("userinfo_signed_response_alg")
                        options=algorithms("Not signed: plain JSON")
                        problem=form.problem("/userinfo_signed_response_alg")
                    />
                </div>
            </Section>
            <Section title="Refresh tokens">
                <SelectField
                    label="When one is used"
                    id="refresh_token_rotation"
                    name="refresh_token_rotation"
                    value=form.choice("refresh_token_rotation")
                    options=rotations(rotation_default)
                    problem=form.problem("/refresh_token_rotation")
                />
            </Section>
        </Saving>
    }
    .into_any()
}

/// A problem of a switch, which has no place for one.
#[component]
pub(super) fn Wrong(form: Form, pointer: &'static str) -> impl IntoView {
    let problem = form.problem(pointer);
    move || problem.get().map(|problem| view! { <p class="problem">{problem}</p> })
}

#[component]
fn Lifetimes(form: Form, workspace: WorkspaceSettings) -> impl IntoView {
    let read =
        |value: Option<&Value>| value.cloned().and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
    let write = |ttls: TokenTtls| if ttls.is_empty() { Value::Null } else { json!(ttls) };
    let ttls = form.bound("token_ttls", read, write);
    let field = move |label: &'static str, id: &'static str, pointer: &'static str, inherited: u32, of: Part| {
        let seconds = of.lens(ttls);
        view! {
            <DurationField label id name=id seconds problem=form.problem(pointer) inherited=Some(u64::from(inherited))/>
        }
    };
    view! {
        <Section title="Lifetimes" about="An empty field means: as long as the workspace says.">
            <div class="grid-3">
                {field("Access tokens", "access_token", "/token_ttls/access_token", workspace.access_token_ttl, Part::Access)}
                {field("ID tokens", "id_token", "/token_ttls/id_token", workspace.id_token_ttl, Part::Id)}
                {field("Refresh tokens", "refresh_token", "/token_ttls/refresh_token", workspace.refresh_token_ttl, Part::Refresh)}
            </div>
        </Section>
    }
}

/// One of the three lifetimes.
#[derive(Clone, Copy)]
enum Part {
    Access,
    Id,
    Refresh,
}

impl Part {
    fn of(self, ttls: &mut TokenTtls) -> &mut Option<u32> {
        match self {
            Self::Access => &mut ttls.access_token,
            Self::Id => &mut ttls.id_token,
            Self::Refresh => &mut ttls.refresh_token,
        }
    }

    /// A signal for this part of all three.
    fn lens(self, ttls: RwSignal<TokenTtls>) -> RwSignal<Option<u64>> {
        let now = move || self.of(&mut ttls.get_untracked()).map(u64::from);
        let part = RwSignal::new(now());
        Effect::new(move |_| {
            ttls.track();
            if part.get_untracked() != now() {
                part.set(now());
            }
        });
        Effect::new(move |_| {
            let seconds = part.get();
            if seconds != now() {
                let short = seconds.map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX));
                ttls.update(|ttls| *self.of(ttls) = short);
            }
        });
        part
    }
}

fn algorithms(none: &str) -> Vec<Choice> {
    let none = std::iter::once(Choice::new("", none));
    none.chain(SigningAlg::ACCESS_TOKEN.iter().map(|alg| Choice::new(alg.as_str(), alg.as_str()))).collect()
}

fn rotations(default: RefreshTokenRotation) -> Vec<Choice> {
    let none = std::iter::once(Choice::new("", format!("{} (default)", rotation(default))));
    none.chain(RefreshTokenRotation::ALL.iter().map(|word| Choice::new(word.as_str(), rotation(*word)))).collect()
}

const fn rotation(word: RefreshTokenRotation) -> &'static str {
    match word {
        RefreshTokenRotation::Rotate => "It is replaced, and worthless at once",
        RefreshTokenRotation::RotateWithGrace => "It is replaced, with 30 seconds of grace",
        RefreshTokenRotation::Never => "It stays the same",
    }
}
