//! A workspace's settable members: its details and its policy stand side by side in JSON, and are checked together.

use cardea_api::workspace::WorkspaceDetails;
use cardea_protocol::violation::Violation;
use cardea_protocol::{WorkspaceId, WorkspaceSettings};
use serde_json::{Map, Value};

use super::super::text;
use crate::http::strict;

/// Reads all settable members.
///
/// # Errors
/// Members that are unknown or of the wrong type.
pub(super) fn read(mut members: Map<String, Value>) -> Result<(WorkspaceDetails, WorkspaceSettings), Vec<Violation>> {
    let mut details = Map::new();
    for name in WorkspaceDetails::MEMBERS {
        if let Some(value) = members.remove(*name) {
            details.insert((*name).to_owned(), value);
        }
    }
    match (strict::read(details), strict::read(members)) {
        (Ok(details), Ok(settings)) => Ok((details, settings)),
        (details, settings) => {
            let mut violations = details.err().unwrap_or_default();
            violations.extend(settings.err().unwrap_or_default());
            Err(violations)
        }
    }
}

/// Checks every rule.
///
/// # Errors
/// The rules that are broken.
pub(super) fn validate(
    id: &WorkspaceId,
    details: &WorkspaceDetails,
    settings: &WorkspaceSettings,
) -> Result<(), Vec<Violation>> {
    let mut violations = settings.validate().err().unwrap_or_default();
    if let Some(name) = &details.name {
        text::name("/name", name, &mut violations);
    }
    text::description("/description", &details.description, &mut violations);
    if *id == WorkspaceId::admin() && !details.status.is_active() {
        let message = "the workspace that protects the management API stays active";
        violations.push(Violation::new("/status", "protected", message));
    }
    // Whoever signs in there administers: a client that registers itself would be lent their rights.
    if *id == WorkspaceId::admin() && settings.registration.is_on() {
        let message = "clients do not register themselves where administrators sign in";
        violations.push(Violation::new("/registration", "protected", message));
    }
    strict::none(violations)
}

/// Checks that people can still sign in to the console after a change. What kept them out before is no reason to refuse another change.
///
/// # Errors
/// What the change would take from the console.
pub(super) fn keeps_console(
    id: &WorkspaceId,
    before: &WorkspaceSettings,
    after: &WorkspaceSettings,
) -> Result<(), Vec<Violation>> {
    if *id != WorkspaceId::admin() {
        return Ok(());
    }
    let missing = before.shuts_out_the_console();
    let mut violations = after.shuts_out_the_console();
    violations.retain(|violation| !missing.contains(violation));
    strict::none(violations)
}

#[cfg(test)]
mod tests {
    use cardea_protocol::{GrantType, Profile, Status};
    use serde_json::json;

    use super::*;

    fn parse(body: Value) -> Result<(WorkspaceDetails, WorkspaceSettings), Vec<Violation>> {
        read(body.as_object().unwrap().clone())
    }

    #[test]
    fn what_is_left_out_has_the_default_of_the_profile() {
        let (_, settings) = parse(json!({"profile": "fapi_2", "access_token_ttl": 300})).unwrap();
        let expected = WorkspaceSettings { access_token_ttl: 300, ..WorkspaceSettings::for_profile(Profile::Fapi2) };
        assert_eq!(settings, expected);
    }

    #[test]
    fn complaints_about_details_and_policy_come_together() {
        let violations = parse(json!({"name": 1, "access_token_ttl": "x", "nonsense": true})).unwrap_err();
        let pointers: Vec<_> = violations.iter().map(|one| one.pointer.as_str()).collect();
        for pointer in ["/name", "/access_token_ttl", "/nonsense"] {
            assert!(pointers.contains(&pointer), "{pointer}: {pointers:?}");
        }
    }

    #[test]
    fn clients_do_not_register_themselves_where_administrators_sign_in() {
        let (details, settings) = parse(json!({"registration": "initial_access_token"})).unwrap();
        assert!(validate(&WorkspaceId::admin(), &details, &settings).is_err());
        assert!(validate(&WorkspaceId::default_workspace(), &details, &settings).is_ok());
    }

    #[test]
    fn the_admin_workspace_keeps_what_the_console_needs_and_can_be_given_it_back() {
        let (admin, other) = (WorkspaceId::admin(), WorkspaceId::default_workspace());
        let good = WorkspaceSettings::default();
        let bad = WorkspaceSettings::for_profile(Profile::Fapi2);
        assert!(keeps_console(&admin, &good, &bad).is_err());
        assert!(keeps_console(&other, &good, &bad).is_ok());
        let still_bad = WorkspaceSettings { access_token_ttl: 60, ..bad.clone() };
        assert!(keeps_console(&admin, &bad, &still_bad).is_ok() && keeps_console(&admin, &bad, &good).is_ok());
        let worse = WorkspaceSettings { grant_types: vec![GrantType::ClientCredentials], ..bad.clone() };
        assert!(keeps_console(&admin, &bad, &worse).is_err());
    }

    #[test]
    fn the_admin_workspace_stays_active() {
        let details = WorkspaceDetails { status: Status::Inactive, ..WorkspaceDetails::default() };
        let settings = WorkspaceSettings::default();
        assert!(validate(&WorkspaceId::admin(), &details, &settings).is_err());
        assert!(validate(&WorkspaceId::default_workspace(), &details, &settings).is_ok());
    }
}
