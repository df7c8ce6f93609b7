//! The secrets of a client: when each was made, used, and ends; adding one beside the others, and revoking.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::secret::{MAX_OLD, SecretView};

use super::add::AddSecret;
use crate::api::use_api;
use crate::data::{load, shown};
use crate::pages::clients::one::One;
use crate::pages::clients::saving::NewSecret;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Confirm;
use crate::ui::icon::{Icon, IconView};
use crate::ui::page::{Badge, EmptyState, Section, Tone};
use crate::ui::table::{Cell, Column, Table};
use crate::ui::time::{Ago, Until, now};
use crate::ui::toast::use_toasts;

#[component]
pub(super) fn Secrets(one: One) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let at = format!("{}/secrets", one.path());
    let from = at.clone();
    let secrets = load(move || from.clone(), |api, path| async move { api.get::<Page<SecretView>>(&path).await });
    let (adding, fresh) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let (revoking, asking, busy) = (RwSignal::new(None::<SecretView>), RwSignal::new(false), RwSignal::new(false));
    let may_write = one.may_write();
    let count = Signal::derive(move || secrets.value().map_or(0, |page| page.items.len()));
    let revoke = move |()| {
        let Some(secret) = revoking.get_untracked() else { return };
        let at = path::secret(&one.tid, &one.aid, &one.client_id, &secret.id);
        busy.set(true);
        spawn_local(async move {
            let answer = api.delete(&at).await;
            busy.set(false);
            asking.set(false);
            match answer {
                Ok(()) => {
                    toasts.good(format!("“{}” is revoked.", secret.name));
                    secrets.again();
                }
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
        });
    };
    let actions = move || {
        may_write.then(|| {
            view! {
                <Button action="add-secret" weight=Weight::Primary on_click=move |()| adding.set(true)>
                    <IconView icon=Icon::Plus/> "Add a secret"
                </Button>
            }
        })
    };
    let ask = Callback::new(move |secret: SecretView| {
        revoking.set(Some(secret));
        asking.set(true);
    });
    let text = Signal::derive(move || {
        let only = count.get() < 2;
        let name = revoking.with(|secret| secret.as_ref().map(|secret| secret.name.clone()).unwrap_or_default());
        let end = if only { " It is the only one: the client cannot authenticate until you add another." } else { "" };
        format!("Whoever uses “{name}” is refused from the next request on.{end}")
    });
    let about = format!(
        "Add the new one, deploy it, then let the old one end. At most {MAX_OLD} older ones stay beside the newest."
    );
    view! {
        <Section title="Secrets" about=about actions>
            {shown(secrets, 4, move |page| rows(page.items, may_write, ask))}
        </Section>
        <AddSecret open=adding path=at on_added=move |secret: String| {
            fresh.set(Some(secret));
            secrets.again();
        } has_others=Signal::derive(move || count.get() > 0)/>
        <NewSecret secret=fresh/>
        <Confirm
            open=asking
            title="Revoke this secret?"
            text
            confirm_label="Revoke secret"
            danger=true
            busy
            on_confirm=Callback::new(revoke)
        />
    }
}

fn rows(secrets: Vec<SecretView>, may_write: bool, ask: Callback<SecretView>) -> AnyView {
    if secrets.is_empty() {
        return view! {
            <EmptyState icon=Icon::Key title="No secret" text="Without one the client cannot authenticate. Add one and copy it: it is shown once."/>
        }
        .into_any();
    }
    let columns = vec![
        Column::plain("name", "Name"),
        Column::plain("created_at", "Created"),
        Column::plain("last_used_at", "Last used"),
        Column::plain("expires_at", "Expires"),
        Column::plain("actions", ""),
    ];
    view! {
        <Table caption="Secrets" columns>
            {secrets.into_iter().map(|secret| row(secret, may_write, ask)).collect_view()}
        </Table>
    }
    .into_any()
}

fn row(secret: SecretView, may_write: bool, ask: Callback<SecretView>) -> impl IntoView {
    let (id, asked) = (secret.id.clone(), secret.clone());
    let prefix = secret.prefix.map_or_else(|| "brought along".to_owned(), |prefix| format!("{prefix}…"));
    let expires = match secret.expires_at {
        None => view! { <span class="quiet">"Never"</span> }.into_any(),
        Some(at) if at.as_millis() <= now() => view! { <Badge tone=Tone::Bad>"Expired"</Badge> }.into_any(),
        Some(at) => view! { <Until time=at/> }.into_any(),
    };
    view! {
        <tr data-id=id>
            <Cell label="Name" head=true>{secret.name}<code class="cell-sub">{prefix}</code></Cell>
            <Cell label="Created"><Ago time=Some(secret.created_at)/></Cell>
            <Cell label="Last used"><Ago time=secret.last_used_at never="Never"/></Cell>
            <Cell label="Expires">{expires}</Cell>
            <Cell label="">
                {may_write.then(|| view! {
                    <Button action="revoke-secret" weight=Weight::Danger on_click=move |()| ask.run(asked.clone())>"Revoke"</Button>
                })}
            </Cell>
        </tr>
    }
}
