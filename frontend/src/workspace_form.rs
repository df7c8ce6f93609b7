//! A workspace in the making: judged by the validator of the server, member by member.

use cardea_protocol::violation::Violation;
use cardea_protocol::{WorkspaceId, WorkspaceSettings};
use serde_json::Value;

/// What the validator of the server says of `draft`, a workspace as JSON; nothing, when it can be sent.
pub(crate) fn violations(draft: &Value) -> Vec<Violation> {
    let settings = match serde_json::from_value::<WorkspaceSettings>(draft.clone()) {
        Ok(settings) => settings,
        Err(error) => return vec![Violation::new("", "invalid_value", error.to_string())],
    };
    let mut all = settings.validate().err().unwrap_or_default();
    if draft.get("id").and_then(Value::as_str) == Some(WorkspaceId::admin().as_str()) {
        all.extend(settings.shuts_out_the_console());
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn where_administrators_sign_in_the_console_keeps_its_method() {
        let draft = |id: &str| json!({"id": id, "token_endpoint_auth_methods": ["private_key_jwt"]});
        assert_eq!(violations(&draft("shop")), []);
        let broken = violations(&draft("admin"));
        assert_eq!(broken.first().map(|one| one.pointer.as_str()), Some("/token_endpoint_auth_methods"));
    }
}
