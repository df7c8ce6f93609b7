//! A client in the making: judged by the validator of the server (RFC 7591 §2 and the workspace's policy), field by field.

use cardea_protocol::violation::Violation;
use cardea_protocol::{ClientMetadata, WorkspaceSettings};
use serde_json::Value;

/// What is wrong with `draft` (client metadata as JSON) in a workspace of this policy; nothing, when it can be sent.
#[must_use]
pub fn problems(draft: &Value, workspace: &WorkspaceSettings) -> Vec<Violation> {
    match serde_json::from_value::<ClientMetadata>(draft.clone()) {
        Ok(metadata) => metadata.with_defaults().validate(workspace).err().unwrap_or_default(),
        Err(error) => vec![Violation::new("", "invalid_value", error.to_string())],
    }
}

/// What is wrong with the field at `pointer` (RFC 6901) or within it.
pub fn of_field<'v>(problems: &'v [Violation], pointer: &'v str) -> impl Iterator<Item = &'v Violation> {
    problems.iter().filter(move |problem| {
        let rest = problem.pointer.strip_prefix(pointer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cardea_protocol::AuthMethod;
    use serde_json::json;

    #[test]
    fn the_form_says_what_the_server_would() {
        let mut workspace = WorkspaceSettings::default();
        let draft = json!({"token_endpoint_auth_method": "private_key_jwt"});
        let found = problems(&draft, &workspace);
        assert!(!found.is_empty(), "it has no keys");
        let draft = json!({"client_name": "Billing"});
        assert_eq!(problems(&draft, &workspace), []);
        workspace.token_endpoint_auth_methods.remove(AuthMethod::ClientSecretBasic);
        let found = problems(&draft, &workspace);
        assert_eq!(of_field(&found, "/token_endpoint_auth_method").count(), 1, "{found:?}");
        assert_eq!(of_field(&found, "/token_endpoint_auth").count(), 0);
        assert_eq!(problems(&json!({"grant_types": 7}), &workspace).len(), 1);
    }
}
