//! The policy being edited: switches, what they would do, and saving, which asks first where clients would stop working.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::workspace_settings::Profile;
use cardea_protocol::{AuthMethod, AuthMethods};

use super::algorithms::Algorithms;
use super::audience::Audience;
use super::impact::{ask, impact};
use super::impacted::Impacted;
use super::list::MethodList;
use super::moves::Moves;
use super::mutual_tls::MutualTls;
use super::{MethodUsage, contact, draft};
use crate::api::{Tagged, use_api};
use crate::data::{Load, use_query};
use crate::form::{Form, SaveBar};
use crate::may::use_may;
use crate::shell::here::{aid, tid};
use crate::ui::dialog::Confirm;
use crate::ui::page::{Notice, Tone};
use crate::ui::toast::use_toasts;
use crate::workspace_form::violations;

/// What the parts of the page need to know of the workspace.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    /// What people call it.
    pub(super) name: StoredValue<String>,
    /// Its issuer.
    pub(super) issuer: StoredValue<String>,
    /// The methods as they are.
    pub(super) saved: Signal<AuthMethods>,
    /// The methods as they would become.
    pub(super) draft: RwSignal<AuthMethods>,
    /// Whether the person may change clients.
    pub(super) may_move: bool,
}

impl Facts {
    /// The methods that would be disabled.
    pub(super) fn disabled(self) -> AuthMethods {
        self.saved.get().without(self.draft.get())
    }
}

/// The page, once the workspace is here.
#[component]
pub(super) fn Policy(object: Tagged<Value>, usage: Load<Vec<MethodUsage>>) -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let (api, may, toasts) = (use_api(), use_may(), use_toasts());
    let may_change = may.in_workspace(Permission::WorkspacesWrite, &tid, &aid);
    let word = |member: &str| object.value.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (name, issuer) = (word("name"), word("issuer"));
    let profile = Profile::parse(&word("profile")).unwrap_or(Profile::Default);
    let path = path::workspace(&tid, &aid);

    let form = Form::of(object).judged(violations);
    let enabled = draft::methods(form);
    let saved = Signal::from(Memo::new(move |_| form.saved.with(draft::methods_of)));
    let facts = Facts {
        name: StoredValue::new(name),
        issuer: StoredValue::new(issuer.clone()),
        saved,
        draft: enabled,
        may_move: may.in_workspace(Permission::ClientsWrite, &tid, &aid),
    };
    let asked = impact(saved, enabled, tid.clone(), aid.clone());
    let moves = Moves::new(tid.clone(), aid.clone());
    let wanted = wanted(enabled, saved, may_change);

    let harm = RwSignal::new(0_u64);
    let (confirming, go) = (RwSignal::new(false), StoredValue::new(None::<Callback<()>>));
    let place = StoredValue::new((tid, aid));
    // What the server says now counts, not what it said while the switches were being set.
    let first = move |save: Callback<()>| {
        go.set_value(Some(save));
        form.busy.set(true);
        spawn_local(async move {
            let (tid, aid) = place.get_value();
            let answer = ask(api, &tid, &aid, saved.get_untracked(), enabled.get_untracked()).await;
            form.busy.set(false);
            match answer {
                Ok(impact) if impact.total == 0 => save.run(()),
                Ok(impact) => {
                    harm.set(impact.total);
                    confirming.set(true);
                }
                Err(failure) => toasts.bad(failure.message, failure.request_id),
            }
        });
    };
    let confirmed = move |()| {
        confirming.set(false);
        if let Some(save) = go.get_value() {
            save.run(());
        }
    };
    let on_saved = move |_| {
        usage.again();
        moves.progress.set(Default::default());
    };
    let text = move || {
        let clients = if harm.get() == 1 { "1 client".to_owned() } else { format!("{} clients", harm.get()) };
        format!(
            "Disabling {} makes {clients} stop working from the next request on. Enabling it again restores them.",
            contact::names(facts.disabled())
        )
    };
    view! {
        {move || wanted.get().map(|method| view! {
            <Notice tone=Tone::Info title=format!("{method} is switched on, and not saved yet")>
                <p>"You came here to enable it. Save the changes below to let its clients in."</p>
            </Notice>
        })}
        <MethodList enabled saved usage problem=form.problem("/token_endpoint_auth_methods") profile may_change/>
        <Impacted asked moves facts/>
        <MutualTls saved/>
        <Algorithms
            algs=draft::algorithms(form)
            methods=enabled
            problem=form.problem("/token_endpoint_auth_signing_alg_values")
            profile
            may_change
        />
        <Audience
            value=form.choice("client_assertion_audience")
            issuer
            problem=form.problem("/client_assertion_audience")
            profile
            may_change
        />
        {may_change.then(|| view! { <SaveBar form path on_saved=on_saved ask=first/> })}
        <Confirm
            open=confirming
            title="Disable although clients would stop working?"
            text=Signal::derive(text)
            confirm_label="Disable and save"
            danger=true
            on_confirm=confirmed
        />
    }
}

/// The method that a link asked to enable (`?enable=…`): switched on in the draft, and named as long as it is not saved.
fn wanted(enabled: RwSignal<AuthMethods>, saved: Signal<AuthMethods>, may_change: bool) -> Signal<Option<AuthMethod>> {
    let wanted = AuthMethod::parse(&use_query().now("enable")).filter(|_| may_change);
    if let Some(method) = wanted {
        enabled.update(|methods| {
            let _ = methods.insert(method);
        });
    }
    Signal::derive(move || wanted.filter(|method| enabled.get().contains(*method) && !saved.get().contains(*method)))
}
