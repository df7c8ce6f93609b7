//! Public keys and certificate names of a client, changed.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use cardea_api::jwks::JwksView;

use crate::api::{Failure, use_api};
use crate::data::Failed;
use crate::form::Form;
use crate::pages::clients::keys::Keys;
use crate::pages::clients::register::{described, inspect_path, to_inspect};
use crate::ui::button::Button;
use crate::ui::field::{Choice, FileDrop, SelectField, TextArea, TextField};

/// `jwks` by value, or `jwks_uri`: never both (RFC 7591 §2).
#[component]
pub(super) fn PublicKeys(form: Form, problem: Signal<Option<String>>) -> impl IntoView {
    let api = use_api();
    let pasted = RwSignal::new(String::new());
    let (busy, seen) = (RwSignal::new(false), RwSignal::new(None::<Result<JwksView, Failure>>));
    let path = StoredValue::new(inspect_path());
    let replace = Callback::new(move |text: String| {
        if text.trim().is_empty() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<JwksView>(&path.get_value(), &to_inspect(text.trim())).await;
            busy.set(false);
            if let Some(jwks) = answer.as_ref().ok().and_then(|view| view.jwks.clone()) {
                form.put("jwks", jwks);
                form.put("jwks_uri", Value::Null);
                pasted.set(String::new());
            }
            seen.set(Some(answer));
        });
    });
    let uri = form.text("jwks_uri");
    // A URL takes the place of keys by value.
    Effect::new(move |_| {
        if uri.with(|uri| !uri.is_empty()) && form.draft.with_untracked(|draft| draft.get("jwks").is_some()) {
            form.set("jwks", Value::Null);
        }
    });
    let now = move || {
        let count = form.draft.with(|draft| draft.pointer("/jwks/keys").and_then(Value::as_array).map(Vec::len));
        count.map(|count| view! { <p class="quiet">{format!("{count} registered by value; what you paste takes their place.")}</p> })
    };
    view! {
        <TextField
            label="URL of the keys"
            id="jwks_uri"
            name="jwks_uri"
            kind="url"
            value=uri
            problem=form.problem("/jwks_uri")
            hint="Then the client changes its keys without you. A URL takes the place of keys by value."
        />
        {now}
        <TextArea
            label="Keys or certificates by value"
            id="jwks"
            name="jwks"
            value=pasted
            problem
            rows=4
            monospaced=true
            hint="A JWK, a JWK Set, a public key or a certificate as PEM."
        />
        <FileDrop label="Or a file with it" id="jwks-file" accept=".pem,.crt,.cer,.json,.jwk,.jwks" on_text=move |(_, text): (String, String)| replace.run(text)/>
        <div class="actions">
            <Button action="use-keys" busy on_click=move |()| replace.run(pasted.get_untracked())>"Use these keys"</Button>
        </div>
        <div role="status" class="stack">
            {move || seen.get().map(|seen| match seen {
                Ok(view) => view! { <Keys view/> }.into_any(),
                Err(failure) => view! { <Failed failure/> }.into_any(),
            })}
        </div>
    }
}

const MEMBERS: [&str; 5] = [
    "tls_client_auth_subject_dn",
    "tls_client_auth_san_dns",
    "tls_client_auth_san_uri",
    "tls_client_auth_san_ip",
    "tls_client_auth_san_email",
];

/// The one name in its certificate (RFC 8705 §2.1.2).
#[component]
pub(super) fn CertificateName(form: Form) -> impl IntoView {
    let set = form.draft.with_untracked(|draft| {
        MEMBERS.iter().find_map(|member| Some((*member, draft.get(*member)?.as_str()?.to_owned())))
    });
    let (member, text) = set.unwrap_or(("tls_client_auth_subject_dn", String::new()));
    let (member, value) = (RwSignal::new(member.to_owned()), RwSignal::new(text));
    Effect::new(move |before: Option<()>| {
        let (chosen, text) = (member.get(), value.get());
        if before.is_some() {
            for other in MEMBERS.iter().filter(|other| **other != chosen) {
                if form.draft.with_untracked(|draft| draft.get(*other).is_some()) {
                    form.set(other, Value::Null);
                }
            }
            form.set(&chosen, if text.trim().is_empty() { Value::Null } else { Value::from(text.trim()) });
        }
    });
    let options: Vec<_> = MEMBERS.iter().map(|member| Choice::new(*member, described(member))).collect();
    let problem = Signal::derive(move || {
        let all = form.violations();
        let found = all.iter().find(|problem| problem.pointer.starts_with("/tls_client_auth"));
        found.map(|problem| problem.message.clone())
    });
    view! {
        <div class="grid-2">
            <SelectField label="Recognised by" id="tls_client_auth" value=member options/>
            <TextField label="Value" id="tls_client_auth_value" value problem monospaced=true placeholder="CN=billing,O=Example"/>
        </div>
    }
}
