//! Step 3: the first client, by one of the methods that need nothing prepared: a secret, or none.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use cardea_api::client::ClientWithSecret;
use cardea_api::path;
use cardea_protocol::auth_method::{AuthMethod, AuthMethods};

use super::Steps;
use crate::api::{Failure, use_api};
use crate::client_form::{of_field, problems};
use crate::data::Failed;
use crate::methods::describe;
use crate::paths;
use crate::ui::button::{Button, ButtonLink, Weight};
use crate::ui::field::{Card, RadioCards, TextField};
use crate::ui::page::{Notice, Section, Tone};

/// Where an application answers while it is being made.
const REDIRECT_URI: &str = "http://localhost:3000/callback";

#[component]
pub(super) fn Client(steps: Steps) -> impl IntoView {
    let Some(workspace) = steps.workspace.get_untracked() else { return ().into_any() };
    let simple = simple(workspace.settings.token_endpoint_auth_methods);
    let Some(first) = simple.first().copied() else {
        let register = paths::of_workspace(&workspace.tenant_id, &workspace.id, "new-client");
        return view! {
            <Section title="Register a client">
                <Notice tone=Tone::Good title=format!("{} is ready", workspace.name)>
                    <p>"Its clients prove themselves with keys or certificates. Registering one takes a minute, and can make the key in your browser."</p>
                    <ButtonLink href=register weight=Weight::Primary action="register-client">"Register a client"</ButtonLink>
                </Notice>
            </Section>
        }
        .into_any();
    };
    let api = use_api();
    let name = RwSignal::new("First client".to_owned());
    let method = RwSignal::new(first.as_str().to_owned());
    let redirect_uri = RwSignal::new(REDIRECT_URI.to_owned());
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let draft = Memo::new(move |_| {
        let method = method.with(|word| AuthMethod::parse(word)).unwrap_or(first);
        metadata(name.get().trim(), method, redirect_uri.get().trim())
    });
    let settings = workspace.settings.clone();
    let wrong = Memo::new(move |_| draft.with(|draft| problems(draft, &settings)));
    let at = move |pointer: &'static str| {
        Signal::derive(move || wrong.with(|wrong| of_field(wrong, pointer).next().map(|it| it.message.clone())))
    };
    let not_ready =
        Signal::derive(move || name.with(|name| name.trim().is_empty()) || wrong.with(|wrong| !wrong.is_empty()));
    let clients = path::clients(&workspace.tenant_id, &workspace.id);
    let create = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || not_ready.get_untracked() {
            return;
        }
        let clients = clients.clone();
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<ClientWithSecret>(&clients, &draft.get_untracked()).await;
            busy.set(false);
            match answer {
                Ok(client) => {
                    steps.client.set(Some(client));
                    steps.current.set(3);
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    let is_public = move || method.with(|word| word == AuthMethod::None.as_str());
    view! {
        <Section
            title="Register a client"
            about=format!("{} is there. A client is the application that asks it for tokens.", workspace.name)
        >
            <form class="stack" on:submit=create novalidate>
                <TextField
                    label="Name"
                    id="client_name"
                    name="client_name"
                    value=name
                    problem=at("/client_name")
                    required=true
                    autofocus=true
                />
                <RadioCards
                    legend="How does it prove itself"
                    name="token_endpoint_auth_method"
                    value=method
                    cards=cards(&simple)
                />
                <p class="quiet">"Keys and certificates, which are stronger, are offered when you register a client outside of these steps."</p>
                {move || is_public().then(|| view! {
                    <TextField
                        label="Redirect URI"
                        id="redirect_uris-0"
                        name="redirect_uris"
                        kind="url"
                        value=redirect_uri
                        problem=at("/redirect_uris")
                        required=true
                        hint="Where people come back to after they have signed in."
                    />
                })}
                {move || failure.get().map(|failure| view! { <Failed failure/> })}
                <div class="actions end">
                    <Button action="create-client" weight=Weight::Primary submit=true busy disabled=not_ready>
                        "Register the client"
                    </Button>
                </div>
            </form>
        </Section>
    }
    .into_any()
}

/// The enabled methods that need nothing prepared, the most usual first.
fn simple(enabled: AuthMethods) -> Vec<AuthMethod> {
    let order =
        [AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::ClientSecretJwt, AuthMethod::None];
    order.into_iter().filter(|method| enabled.contains(*method)).collect()
}

fn cards(methods: &[AuthMethod]) -> Vec<Card> {
    let card = |method: &AuthMethod| Card {
        value: method.as_str().to_owned(),
        title: method.as_str().to_owned(),
        text: describe(*method).sentence.to_owned(),
        ..Card::default()
    };
    methods.iter().map(card).collect()
}

/// The first client: a service with a secret gets tokens in its own name; an app without one signs people in.
fn metadata(name: &str, method: AuthMethod, redirect_uri: &str) -> Value {
    if method == AuthMethod::None {
        json!({
            "client_name": name,
            "token_endpoint_auth_method": method,
            "grant_types": ["authorization_code", "refresh_token"],
            "redirect_uris": [redirect_uri],
        })
    } else {
        json!({
            "client_name": name,
            "token_endpoint_auth_method": method,
            "grant_types": ["client_credentials"],
            "response_types": [],
        })
    }
}

#[cfg(test)]
mod tests {
    use cardea_protocol::WorkspaceSettings;

    use super::*;

    #[test]
    fn the_first_client_passes_the_servers_validator_with_every_simple_method() {
        let workspace = WorkspaceSettings::default();
        let methods = simple(workspace.token_endpoint_auth_methods);
        assert_eq!(methods.first(), Some(&AuthMethod::ClientSecretBasic));
        assert_eq!(methods.len(), 4);
        for method in methods {
            assert_eq!(problems(&metadata("First", method, REDIRECT_URI), &workspace), [], "{method}");
        }
        let found = problems(&metadata("First", AuthMethod::None, "http://shop.example/#x"), &workspace);
        assert!(of_field(&found, "/redirect_uris").next().is_some(), "{found:?}");
    }

    #[test]
    fn methods_that_need_a_key_are_not_among_the_simple_ones() {
        let enabled = WorkspaceSettings::FAPI_2_METHODS.into_iter().collect();
        assert!(simple(enabled).is_empty());
    }
}
