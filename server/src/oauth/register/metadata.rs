//! What a client says of itself (RFC 7591 §2): members that nobody knows, and those that are not its own to say, are as if they were
//! not there.

use cardea_protocol::violation::Violation;
use cardea_protocol::{ClientMetadata, GrantType, Scope};
use serde_json::{Map, Value, json};

use crate::authorization::target::OF_PEOPLE;
use crate::http::problem::Refusal;
use crate::http::strict;
use crate::registration::rules::{canonical, refused};
use crate::workspace::services::Services;

/// What an administrator says of a client, and never the client.
const OF_ADMINISTRATORS: [&str; 5] =
    ["description", "status", "client_assertion_audience", "refresh_token_rotation", "token_ttls"];

/// Reads what a client says of itself; what administrators say of it stays as in `before`.
///
/// # Errors
/// Members of the wrong type, and scopes that the workspace does not have.
pub(super) fn read(
    mut members: Map<String, Value>,
    before: &ClientMetadata,
    services: &Services,
) -> Result<ClientMetadata, Refusal> {
    // RFC 7592 §2.2: null is as good as absent.
    members.retain(|name, value| is_own(name) && !value.is_null());
    // RFC 7591 §2: here a client without redirect URIs is not taken for a machine.
    if members.get("grant_types").is_none_or(|grants| *grants == json!([])) {
        members.insert("grant_types".to_owned(), json!([GrantType::AuthorizationCode]));
    }
    let said: ClientMetadata = strict::read(members).map_err(refused)?;
    let scope = scope(&said, services)?;
    Ok(canonical(ClientMetadata {
        scope,
        description: before.description.clone(),
        status: before.status,
        client_assertion_audience: before.client_assertion_audience,
        refresh_token_rotation: before.refresh_token_rotation,
        token_ttls: before.token_ttls,
        ..said
    }))
}

/// What a client is shown of itself.
pub(super) fn shown(metadata: &ClientMetadata) -> Map<String, Value> {
    let mut members = crate::audit::members(metadata);
    members.retain(|name, _| is_own(name));
    members
}

fn is_own(name: &str) -> bool {
    ClientMetadata::MEMBERS.contains(&name) && !OF_ADMINISTRATORS.contains(&name)
}

/// Scopes of the workspace's services and those of OpenID Connect; where it says nothing, the latter, if people sign in with it.
fn scope(said: &ClientMetadata, services: &Services) -> Result<Scope, Refusal> {
    if said.scope.is_empty() {
        let for_people = said.grant_types.iter().any(|grant| *grant != GrantType::ClientCredentials);
        let tokens: &[&str] = if for_people { &OF_PEOPLE } else { &[] };
        return Ok(Scope::from_tokens(tokens.iter().copied()).unwrap_or_default());
    }
    let is_known = |token: &str| OF_PEOPLE.contains(&token) || services.by_scope(token).is_some();
    if said.scope.iter().all(is_known) {
        return Ok(said.scope.clone());
    }
    let message = "a scope that is none of OpenID Connect and of no service of this workspace";
    Err(refused(vec![Violation::new("/scope", "invalid_client_metadata", message)]))
}

#[cfg(test)]
mod tests {
    use cardea_protocol::Status;

    use super::*;

    fn of(body: Value, before: &ClientMetadata) -> ClientMetadata {
        read(body.as_object().unwrap().clone(), before, &Services::default()).unwrap()
    }

    #[test]
    fn what_is_not_its_own_to_say_stays_as_it_was() {
        let mut before = ClientMetadata { description: Some("ours".to_owned()), ..ClientMetadata::default() };
        before.token_ttls.access_token = Some(60);
        let said = of(
            json!({
                "client_name": "Shop", "description": "theirs", "status": "inactive", "token_ttls": {"access_token": 86400},
                "client_assertion_audience": "legacy", "refresh_token_rotation": "never", "software_id": "x",
                "client_name#ja": "店", "redirect_uris": ["https://c.example/cb"], "logo_uri": null, "contacts": [],
            }),
            &before,
        );
        assert_eq!(
            (said.status, &said.description, said.token_ttls),
            (Status::Active, &before.description, before.token_ttls)
        );
        assert_eq!((said.client_assertion_audience, said.refresh_token_rotation), (None, None));
        assert_eq!(
            (said.client_name.as_deref(), said.grant_types.clone()),
            (Some("Shop"), vec![GrantType::AuthorizationCode])
        );
        let shown = shown(&said);
        assert!(OF_ADMINISTRATORS.iter().all(|name| !shown.contains_key(*name)), "{shown:?}");
        assert_eq!(shown["scope"], "openid offline_access profile email address phone");
    }

    #[test]
    fn every_member_of_administrators_is_one() {
        assert!(OF_ADMINISTRATORS.iter().all(|name| ClientMetadata::MEMBERS.contains(name)));
    }

    #[test]
    fn a_machine_has_no_scopes_of_people_and_nobody_unknown_ones() {
        let before = ClientMetadata::default();
        assert!(of(json!({"grant_types": ["client_credentials"]}), &before).scope.is_empty());
        let unknown = json!({"scope": "openid orders.read"}).as_object().unwrap().clone();
        assert!(read(unknown, &before, &Services::default()).is_err());
    }
}
