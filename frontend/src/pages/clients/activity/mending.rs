//! The button that mends a failure: it asks, changes the client, and says that it has; or leads to where it is mended.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::id::{ClientId, TenantId, WorkspaceId};

use super::remedy::Remedy;
use crate::api::{Api, Failure, use_api};
use crate::data::Failed;
use crate::may::use_may;
use crate::paths;
use crate::shell::here;
use crate::ui::button::{Button, ButtonLink};
use crate::ui::dialog::Confirm;
use crate::ui::page::{Badge, Tone};
use crate::ui::toast::use_toasts;

/// The way to mend it, for those who may.
#[component]
pub(super) fn Mending(client_id: ClientId, remedy: Option<Remedy>) -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let remedy = remedy.filter(|_| use_may().in_workspace(Permission::ClientsWrite, &tid, &aid))?;
    let elsewhere = match &remedy {
        Remedy::EnableMethod(method) => Some(paths::of_workspace(&tid, &aid, &format!("methods?enable={method}"))),
        Remedy::TrustAuthority => Some(paths::of_workspace(&tid, &aid, "certificates")),
        Remedy::AddSecret => Some(paths::client_tab(&tid, &aid, client_id.as_str(), "credentials")),
        Remedy::AllowGrant => Some(paths::client_tab(&tid, &aid, client_id.as_str(), "settings")),
        _ => None,
    };
    Some(match elsewhere {
        Some(href) => view! { <p><ButtonLink href action="go-and-mend">{remedy.label()}</ButtonLink></p> }.into_any(),
        None => view! { <Mend tid aid client_id remedy/> }.into_any(),
    })
}

#[component]
fn Mend(tid: TenantId, aid: WorkspaceId, client_id: ClientId, remedy: Remedy) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let (open, busy, mended) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let failure = RwSignal::new(None::<Failure>);
    let (label, question) = (remedy.label(), remedy.question());
    let agree = Callback::new(move |()| {
        let (remedy, object) = (remedy.clone(), path::client(&tid, &aid, &client_id));
        busy.set(true);
        spawn_local(async move {
            let answer = mend(api, &object, &remedy).await;
            busy.set(false);
            match answer {
                Ok(()) => {
                    open.set(false);
                    mended.set(true);
                    toasts.good("Done. The client's next attempt will show.");
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    });
    view! {
        <Show
            when=move || mended.get()
            fallback=move || view! {
                <p><Button action="mend" on_click=Callback::new(move |()| open.set(true))>{label}</Button></p>
            }
        >
            <p data-mended=""><Badge tone=Tone::Good>"Mended"</Badge></p>
        </Show>
        <Confirm open title=format!("{label}?") text=question confirm_label=label busy on_confirm=agree>
            {move || failure.get().map(|failure| view! { <Failed failure/> })}
        </Confirm>
    }
}

/// Changes the client as it is now, unless somebody else changes it at the same time.
async fn mend(api: Api, object: &str, remedy: &Remedy) -> Result<(), Failure> {
    let client = api.read::<Value>(object).await?;
    let patch = match remedy {
        Remedy::RegisterRedirectUri(uri) => {
            let mut uris = client.value.get("redirect_uris").and_then(Value::as_array).cloned().unwrap_or_default();
            if !uris.iter().any(|known| known == uri) {
                uris.push(Value::from(uri.as_str()));
            }
            json!({"redirect_uris": uris})
        }
        Remedy::ChangeMethod(method) => json!({"token_endpoint_auth_method": method}),
        Remedy::EnableClient => json!({"status": "active"}),
        Remedy::AcceptLegacyAudience => json!({"client_assertion_audience": "legacy"}),
        Remedy::EnableMethod(_) | Remedy::AddSecret | Remedy::TrustAuthority | Remedy::AllowGrant => return Ok(()),
    };
    api.patch::<Value>(object, &patch, client.etag.as_deref()).await.map(drop)
}
