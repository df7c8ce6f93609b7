//! Trusting an authority no more, after it was said who may be shut out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::client::ClientView;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_protocol::AuthMethod;

use super::Authorities;
use crate::api::use_api;
use crate::data::{load, shown};
use crate::paths;
use crate::shell::here::{aid, tid};
use crate::ui::dialog::Confirm;
use crate::ui::page::{Notice, Tone};
use crate::ui::time::Ago;
use crate::ui::toast::use_toasts;

/// Clients that are named.
const MOST: usize = 50;

/// The question.
#[component]
pub(super) fn Removal(all: Authorities) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let place = StoredValue::new((tid(), aid()));
    let (open, busy) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if all.removing.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            all.removing.set(None);
        }
    });
    let name = move || all.removing.with(|ca| ca.as_ref().map(|ca| ca.name.clone()).unwrap_or_default());
    let remove = move |()| {
        let Some(authority) = all.removing.get_untracked() else { return };
        let path = place.with_value(|(tid, aid)| path::trusted_ca(tid, aid, &authority.id));
        busy.set(true);
        spawn_local(async move {
            let answer = api.delete(&path).await;
            let _ = busy.try_set(false);
            let _ = open.try_set(false);
            match answer {
                Ok(()) => toasts.good(format!("{} is not trusted any more.", authority.name)),
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
            all.list.load.again();
        });
    };
    view! {
        <Confirm
            open
            title=move || format!("Stop trusting {}?", name())
            text="Clients whose certificates this authority has issued are refused from the next request on, unless another trusted authority vouches for them too."
            confirm_label="Stop trusting"
            danger=true
            busy
            on_confirm=remove
        >
            <Affected/>
        </Confirm>
    }
}

/// The clients that authenticate by an authority at all; which one vouches for which is known to their certificates alone.
#[component]
fn Affected() -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let path = format!(
        "{}?limit={MOST}&status=active&token_endpoint_auth_method={}",
        path::clients(&tid, &aid),
        AuthMethod::TlsClientAuth
    );
    let clients = load(move || path.clone(), |api, path| async move { api.get::<Page<ClientView>>(&path).await });
    shown(clients, 3, move |page| {
        if page.items.is_empty() {
            let said = "No active client of this workspace uses tls_client_auth.";
            return view! { <Notice tone=Tone::Good><p>{said}</p></Notice> }.into_any();
        }
        let more = page.next_cursor.is_some().then_some(" and more");
        let title = match (page.items.len(), more) {
            (1, _) => "1 client uses tls_client_auth".to_owned(),
            (many, None) => format!("{many} clients use tls_client_auth"),
            (many, Some(_)) => format!("More than {many} clients use tls_client_auth"),
        };
        let rows = page.items.into_iter().map(|client| {
            let id = client.client_id.as_str().to_owned();
            let href = paths::client(&tid, &aid, &id);
            let name = client.metadata.client_name.clone().unwrap_or_else(|| id.clone());
            let time = client.last_authenticated_at;
            view! { <li><a href=href>{name}</a>" "<span class="quiet small">"last authenticated "<Ago time never="never"/></span></li> }
        });
        let rows = rows.collect_view();
        view! { <Notice tone=Tone::Warn title=title><ul>{rows}</ul></Notice> }.into_any()
    })
}
