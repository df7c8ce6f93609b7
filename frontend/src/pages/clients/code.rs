//! The client as code: how it is used, and how it is made again.

use leptos::prelude::*;
use serde_json::{Map, Value};

use cardea_api::client::ClientView;
use cardea_protocol::grant_type::GrantType;

use super::for_developers::{ForDevelopers, discovery_path};
use super::one::{One, use_one};
use super::snippets::{Endpoints, Facts, beginnings};
use super::words::grant_name;
use crate::data::load;
use crate::session::Place;
use crate::ui::code::CodeBlock;
use crate::ui::field::{Choice, SelectField};
use crate::ui::page::{Notice, Section, Tone};

/// The client as code.
#[component]
pub(crate) fn Code() -> impl IntoView {
    let Some(one) = use_one() else { return ().into_any() };
    let client = untrack(|| one.metadata());
    let grants = beginnings(&client);
    let chosen = RwSignal::new(grants.first().map(|grant| grant.as_str()).unwrap_or_default().to_owned());
    let at = discovery_path(&one.tid, &one.aid);
    let document = load(move || at.clone(), |api, path| async move { api.get::<Value>(&path).await });
    let of = one.clone();
    let facts = Signal::derive(move || {
        let (client, workspace) = (of.metadata(), of.workspace());
        let (issuer, settings) = workspace.map(|it| (it.issuer, it.settings)).unwrap_or_default();
        let method = client.token_endpoint_auth_method;
        let endpoints = Endpoints::of(&issuer, &document.value().unwrap_or_default(), method);
        let grant = GrantType::parse(&chosen.get()).unwrap_or(GrantType::ClientCredentials);
        Facts::of(of.client_id.as_str(), &client, &settings, endpoints, grant)
    });
    let options: Vec<_> = grants.iter().map(|grant| Choice::new(grant.as_str(), grant_name(*grant))).collect();
    let none = grants.is_empty();
    view! {
        <Section title="Get tokens" about="With the values of this client. What is secret is read from the environment or from files.">
            {(options.len() > 1).then(|| view! {
                <SelectField label="Begin with" id="grant" value=chosen options/>
            })}
            {none.then(|| view! {
                <Notice tone=Tone::Warn title="It has no grant to begin with">"Give it one under its settings."</Notice>
            })}
            <ForDevelopers facts/>
        </Section>
        <AsJson one/>
    }
    .into_any()
}

#[component]
fn AsJson(one: One) -> impl IntoView {
    let place: Place = use_context().unwrap_or_else(Place::of_page);
    let body = {
        let one = one.clone();
        Signal::derive(move || one.object().map(|object| writable(&object.value)).unwrap_or_default())
    };
    let pretty = Signal::derive(move || serde_json::to_string_pretty(&body.get()).unwrap_or_default());
    let clients = format!("{}{}", place.public_url, cardea_api::path::clients(&one.tid, &one.aid));
    let this = format!("{}{}", place.public_url, one.path());
    let id = one.client_id.to_string();
    let create = Signal::derive(move || creation(&clients, &id, &body.get()));
    let patch = Signal::derive(move || change(&this, &body.get()));
    view! {
        <Section title="The client itself" about="As the management API takes it. $TOKEN is an administrator's access token.">
            <CodeBlock text=pretty label="JSON" file_name=format!("{}.json", one.client_id) media_type="application/json"/>
            <CodeBlock text=create label="Create it elsewhere"/>
            <CodeBlock text=patch label="Bring it back to this state"/>
        </Section>
    }
}

/// What of a client can be written.
fn writable(object: &Value) -> Value {
    let members = object.as_object().into_iter().flatten();
    let kept = members.filter(|(name, _)| !ClientView::READ_ONLY.contains(&name.as_str()));
    Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>())
}

fn creation(url: &str, client_id: &str, body: &Value) -> String {
    let mut whole = Map::new();
    whole.insert("client_id".to_owned(), Value::from(client_id));
    whole.extend(body.as_object().cloned().unwrap_or_default());
    curl(url, "POST", "application/json", &Value::Object(whole))
}

fn change(url: &str, body: &Value) -> String {
    curl(url, "PATCH", "application/merge-patch+json", body)
}

fn curl(url: &str, method: &str, media_type: &str, body: &Value) -> String {
    let body = serde_json::to_string_pretty(body).unwrap_or_default().replace('\'', r"'\''");
    format!(
        "curl '{url}' \\\n  --request {method} \\\n  --header \"Authorization: Bearer $TOKEN\" \\\n  \
         --header 'Content-Type: {media_type}' \\\n  --data '{body}'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_read_only_is_left_out_and_the_id_is_kept_for_another_place() {
        let object =
            json!({"client_id": "a", "client_name": "It's", "built_in": false, "created_at": "x", "scope": "s"});
        let body = writable(&object);
        assert_eq!(body, json!({"client_name": "It's", "scope": "s"}));
        let text = creation("https://id.example/api/v1/x", "a", &body);
        assert!(text.contains("\"client_id\": \"a\"") && text.contains(r"It'\''s"), "{text}");
        assert!(!change("https://id.example/api/v1/x/a", &body).contains("client_id"));
    }
}
