//! The keys and certificates of a client, by value or from its URL, as the server sees them now.

use leptos::prelude::*;

use cardea_api::jwks::{JwksToInspect, JwksView};
use cardea_protocol::ClientMetadata;

use crate::data::{load, shown};
use crate::pages::clients::keys::{Certificate, Keys};
use crate::pages::clients::one::One;
use crate::pages::clients::register::inspect_path;
use crate::ui::button::Button;
use crate::ui::page::{Fact, Facts, Notice, Section, SubSection, Tone};

#[component]
pub(super) fn Registered(one: One, client: ClientMetadata, title: &'static str, about: &'static str) -> impl IntoView {
    let from_url = client.jwks_uri.clone();
    let asked = JwksToInspect { jwks_uri: client.jwks_uri, jwks: client.jwks, pem: None };
    if !one.may_inspect() {
        return view! {
            <Section title about>
                {from_url.map(|url| view! { <Facts><Fact label="URL"><code>{url}</code></Fact></Facts> })}
                <Notice tone=Tone::Info>"Your role may not have the keys looked at. They are on the tab with the code."</Notice>
            </Section>
        }
        .into_any();
    }
    if asked.jwks_uri.is_none() && asked.jwks.is_none() {
        return view! {
            <Section title about>
                <Notice tone=Tone::Bad title="No key is registered">"Without one it cannot authenticate."</Notice>
            </Section>
        }
        .into_any();
    }
    let at = inspect_path();
    let keys = load(
        move || asked.clone(),
        move |api, asked| {
            let at = at.clone();
            async move { api.post::<JwksView>(&at, &asked).await }
        },
    );
    let again = from_url.is_some().then(|| {
        view! { <Button action="fetch-jwks" busy=keys.busy on_click=move |()| keys.again()>"Fetch again"</Button> }
    });
    view! {
        <Section title about>
            {from_url.map(|url| view! {
                <Facts><Fact label="Published at" copy=url.clone()><code>{url.clone()}</code></Fact></Facts>
            })}
            {shown(keys, 4, |view| {
                let certificates: Vec<_> = view.keys.iter().filter_map(|key| key.certificate.clone()).collect();
                let certificates = certificates.into_iter().map(|certificate| view! {
                    <SubSection title="Certificate"><Certificate certificate/></SubSection>
                });
                view! { <Keys view=view.clone()/> {certificates.collect_view()} }
            })}
            <div class="actions">{again}</div>
        </Section>
    }
    .into_any()
}
