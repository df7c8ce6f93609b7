//! The draft of a workspace as the server's validator sees it.

use cardea_protocol::workspace_settings::{Profile, WorkspaceSettings};
use serde_json::{Map, Value};

use crate::workspace_form::violations;

/// The profile of a draft.
pub(super) fn profile(draft: &Value) -> Profile {
    draft.get("profile").and_then(Value::as_str).and_then(Profile::parse).unwrap_or(Profile::Default)
}

/// The members that break a rule, as the profile of the draft would have them.
pub(super) fn demanded(draft: &Value) -> Map<String, Value> {
    let Ok(Value::Object(preset)) = serde_json::to_value(WorkspaceSettings::for_profile(profile(draft))) else {
        return Map::new();
    };
    let broken = violations(draft);
    let is_broken = |name: &str| broken.iter().any(|violation| member(&violation.pointer) == name);
    preset.into_iter().filter(|(name, _)| is_broken(name)).collect()
}

/// The member that a pointer (RFC 6901) points into.
pub(super) fn member(pointer: &str) -> &str {
    pointer.trim_start_matches('/').split('/').next().unwrap_or_default()
}

/// What `member` is when a workspace of the draft's profile does not say.
pub(super) fn preset(draft: &Value, member: &str) -> Option<u64> {
    let preset = serde_json::to_value(WorkspaceSettings::for_profile(profile(draft))).ok()?;
    preset.get(member)?.as_u64()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_a_stricter_profile_demands_mends_a_draft_and_leaves_the_rest() {
        let mut draft = serde_json::to_value(WorkspaceSettings::default()).unwrap();
        let members = draft.as_object_mut().unwrap();
        members.insert("profile".into(), json!("fapi_2"));
        members.insert("access_token_ttl".into(), json!(300));
        assert!(!violations(&draft).is_empty());
        let demanded = demanded(&draft);
        assert!(demanded.contains_key("token_endpoint_auth_methods") && !demanded.contains_key("access_token_ttl"));
        draft.as_object_mut().unwrap().extend(demanded);
        assert_eq!(violations(&draft), []);
        assert_eq!(draft.get("access_token_ttl"), Some(&json!(300)));
    }

    #[test]
    fn an_empty_duration_is_that_of_the_profile() {
        let draft = json!({"profile": "default"});
        assert_eq!(violations(&draft), []);
        assert_eq!(preset(&draft, "access_token_ttl"), Some(3600));
        assert_eq!(preset(&draft, "nonsense"), None);
    }

    #[test]
    fn a_value_of_no_meaning_is_told_and_not_sent() {
        assert_eq!(violations(&json!({"require_pkce": "sometimes"})).len(), 1);
        assert_eq!(member("/grant_types/1"), "grant_types");
        assert_eq!(member(""), "");
    }
}
