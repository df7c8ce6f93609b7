//! One method: its switch, what it is in a sentence, how much it proves, what the client needs, who uses it.

use leptos::prelude::*;

use cardea_protocol::{AuthMethod, AuthMethods};

use super::MethodUsage;
use super::draft::part;
use super::strength::Meter;
use crate::methods::describe;
use crate::paths;
use crate::shell::here::{aid, tid};
use crate::ui::field::Switch;
use crate::ui::page::{Badge, Tone};
use crate::ui::time::Ago;

/// The row of `method`.
#[component]
pub(super) fn Row(
    method: AuthMethod,
    enabled: RwSignal<AuthMethods>,
    saved: Signal<AuthMethods>,
    usage: Signal<Option<MethodUsage>>,
    /// Why it cannot be switched.
    locked: Option<&'static str>,
) -> impl IntoView {
    let words = describe(method);
    let set = move |methods: &mut AuthMethods, on: bool| {
        if on {
            methods.insert(method)
        } else {
            methods.remove(method)
        };
    };
    let on = part(enabled, move |methods| methods.contains(method), set);
    let change = move || match (saved.get().contains(method), on.get()) {
        (true, false) => Some(view! { <Badge tone=Tone::Warn>"Will be disabled"</Badge> }),
        (false, true) => Some(view! { <Badge tone=Tone::Info>"Will be enabled"</Badge> }),
        _ => None,
    };
    view! {
        <li class="method" data-id=method.as_str() class:off=move || !on.get()>
            <div class="method-switch">
                <Switch label=method.as_str() checked=on id=method.as_str() hint=words.sentence disabled=locked.is_some()/>
            </div>
            <div class="method-state">{change}</div>
            <dl class="method-facts">
                <div><dt>"Strength"</dt><dd><Meter strength=words.strength/></dd></div>
                <div><dt>"Client needs"</dt><dd>{words.needs}</dd></div>
                <div><dt>"In use by"</dt><dd>{move || usage.get().map(|usage| view! { <Used usage/> })}</dd></div>
            </dl>
            {locked.map(|why| view! { <p class="hint method-why">{why}</p> })}
        </li>
    }
}

#[component]
fn Used(usage: MethodUsage) -> impl IntoView {
    let method = usage.token_endpoint_auth_method;
    let href = format!("{}?token_endpoint_auth_method={method}", paths::of_workspace(&tid(), &aid(), "clients"));
    let said = match usage.clients {
        0 => return view! { <span class="quiet">"no client"</span> }.into_any(),
        1 => "1 client".to_owned(),
        many => format!("{} clients", crate::ui::chart::grouped(many)),
    };
    let last = (method != AuthMethod::None).then(|| {
        let time = usage.last_authenticated_at;
        view! { <span class="quiet">", last authenticated "<Ago time never="never"/></span> }
    });
    view! { <a href=href>{said}</a>{last} }.into_any()
}
