//! The last screen: the secret or the private key, this once; what the developer needs; and a token to see that it works.

use leptos::prelude::*;
use serde_json::Value;

use cardea_api::client::{ClientView, ClientWithSecret};
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::grant_type::GrantType;
use cardea_protocol::{AuthMethod, SigningAlg};

use super::key::KeyPair;
use super::request::Credential;
use super::try_it::TryIt;
use crate::data::load;
use crate::form::guard;
use crate::pages::clients::for_developers::{ForDevelopers, discovery_path};
use crate::pages::clients::snippets::{Endpoints, Facts, KEY_FILE, beginnings, environment};
use crate::paths;
use crate::ui::button::{Button, ButtonLink, Weight};
use crate::ui::code::{Reveal, download};
use crate::ui::icon::{Icon, IconView};
use crate::ui::page::{Notice, Section, Tone};

/// What was made.
#[derive(Clone)]
pub(super) struct Made {
    client: ClientView,
    secret: Option<String>,
    key: Option<KeyPair>,
}

impl Made {
    pub(super) fn new(answer: ClientWithSecret, key: Option<KeyPair>) -> Self {
        Self { client: answer.client, secret: answer.client_secret, key }
    }

    /// What it can be tried with from here.
    fn credential(&self) -> Option<Credential> {
        let secret = self.secret.clone().map(Credential::Secret);
        let key = self.key.clone().map(Credential::Key);
        let machine = self.client.metadata.grant_types.contains(&GrantType::ClientCredentials);
        secret.or(key).filter(|_| machine)
    }
}

#[component]
pub(super) fn Done(workspace: WorkspaceView, made: Made) -> impl IntoView {
    let (tid, aid) = (workspace.tenant_id.clone(), workspace.id.clone());
    let Made { client, secret, key } = made.clone();
    let metadata = client.metadata;
    let client_id = client.client_id.to_string();
    let method = metadata.token_endpoint_auth_method;
    let grant = beginnings(&metadata).first().copied().unwrap_or(GrantType::ClientCredentials);
    let at = discovery_path(&tid, &aid);
    let document = load(move || at.clone(), |api, path| async move { api.get::<Value>(&path).await });
    let saved = RwSignal::new(key.is_none());
    guard(Signal::derive(move || !saved.get()));
    let (of_facts, issuer, settings) = (metadata.clone(), workspace.issuer.clone(), workspace.settings.clone());
    let (id, value) = (client_id.clone(), secret.clone());
    let facts = Signal::derive(move || {
        let discovery = document.value().unwrap_or_default();
        let endpoints = Endpoints::of(&issuer, &discovery, method);
        Facts { client_secret: value.clone(), ..Facts::of(&id, &of_facts, &settings, endpoints, grant) }
    });
    let name = metadata.client_name.clone().unwrap_or_else(|| client_id.clone());
    // Assertions by secret are signed with HS256 here.
    let hs256 = workspace.settings.token_endpoint_auth_signing_alg_values.contains(&SigningAlg::HS256);
    let credential = made.credential().filter(|_| hs256 || method != AuthMethod::ClientSecretJwt);
    let token_path = format!("/{tid}/{aid}/oauth2/token");
    let issuer = workspace.issuer.clone();
    let open = paths::client(&tid, &aid, &client_id);
    let id = client_id.clone();
    view! {
        <div class="stack">
        <Section title=format!("{name} is registered") id="registered">
            {secret.map(|secret| view! { <Secret secret facts/> })}
            {key.map(|key| view! { <PrivateKey key saved facts/> })}
            <ForDevelopers facts/>
        </Section>
        {credential.map(|credential| view! { <TryIt path=token_path method credential client_id=id issuer/> })}
        <div class="actions end">
            <ButtonLink href=open weight=Weight::Primary action="open-client">"Open the client"</ButtonLink>
        </div>
        </div>
    }
}

#[component]
fn Secret(secret: String, facts: Signal<Facts>) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warn title="Copy the secret now">
            "It is shown this once. If it is lost, add another under the client's credentials."
        </Notice>
        <Reveal secret=Signal::stored(secret) label="Client secret"/>
        <div class="actions"><Environment facts/></div>
    }
}

#[component]
fn Environment(facts: Signal<Facts>) -> impl IntoView {
    let save = move |()| download(".env", "text/plain", &facts.with_untracked(environment));
    view! {
        <Button action="download-env" on_click=save><IconView icon=Icon::Download/> "Download as .env"</Button>
    }
}

#[component]
fn PrivateKey(key: KeyPair, saved: RwSignal<bool>, facts: Signal<Facts>) -> impl IntoView {
    let jwk = key.private_jwk().to_string();
    let pem = key.pem();
    let save = move |name: &'static str, kind: &'static str, text: &str| {
        download(name, kind, text);
        saved.set(true);
    };
    let as_pem = move |()| save(KEY_FILE, "application/x-pem-file", &pem);
    let as_jwk = move |()| save("client-key.jwk.json", "application/json", &jwk);
    view! {
        {move || if saved.get() {
            view! {
                <Notice tone=Tone::Good title="The private key is saved">
                    "Keep the file where only the client can read it. It is nowhere else: the server knows the public half alone."
                </Notice>
            }.into_any()
        } else {
            view! {
                <Notice tone=Tone::Warn title="Save the private key now">
                    "It is in this page and nowhere else. When you leave, it is gone."
                </Notice>
            }.into_any()
        }}
        <div class="actions">
            <Button action="download-pem" weight=Weight::Primary on_click=as_pem>
                <IconView icon=Icon::Download/> "Download as PEM"
            </Button>
            <Button action="download-jwk" on_click=as_jwk><IconView icon=Icon::Download/> "Download as JWK"</Button>
            <Environment facts/>
        </div>
    }
}
