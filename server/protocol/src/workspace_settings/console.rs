//! What the console needs of the workspace `admin`: it is a public client with PKCE (RFC 6749 §2.1, RFC 7636) that sends its authorization
//! requests through the browser. Whoever takes that away locks every person out, themselves included.

use super::WorkspaceSettings;
use crate::{auth_method::AuthMethod, grant_type::GrantType, violation::Violation};

const PROTECTED: &str = "protected";

impl WorkspaceSettings {
    /// What keeps people from signing in to the console.
    #[must_use]
    pub fn shuts_out_the_console(&self) -> Vec<Violation> {
        let needs = [
            (
                self.token_endpoint_auth_methods.contains(AuthMethod::None),
                "/token_endpoint_auth_methods",
                "the console is a public client: without none nobody could sign in to it",
            ),
            (
                self.grant_types.contains(&GrantType::AuthorizationCode),
                "/grant_types",
                "people sign in to the console by authorization_code: without it nobody could",
            ),
            (
                !self.require_pushed_authorization_requests,
                "/require_pushed_authorization_requests",
                "the console does not push its authorization requests: if it had to, nobody could sign in to it",
            ),
        ];
        let missing = needs.into_iter().filter(|(kept, ..)| !kept);
        missing.map(|(_, pointer, message)| Violation::new(pointer, PROTECTED, message)).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn missing(settings: Value) -> Vec<String> {
        let settings: WorkspaceSettings = serde_json::from_value(settings).unwrap();
        settings.shuts_out_the_console().into_iter().map(|violation| violation.pointer).collect()
    }

    #[test]
    fn the_console_needs_public_clients_codes_and_requests_that_are_not_pushed() {
        let (methods, pushed) = ("/token_endpoint_auth_methods", "/require_pushed_authorization_requests");
        assert_eq!(missing(json!({"token_endpoint_auth_methods": ["private_key_jwt"]})), [methods]);
        assert_eq!(missing(json!({"grant_types": ["client_credentials", "refresh_token"]})), ["/grant_types"]);
        assert_eq!(missing(json!({"require_pushed_authorization_requests": true})), [pushed]);
        assert_eq!(missing(json!({"profile": "fapi_2"})), [methods, pushed]);
        let least = json!({"token_endpoint_auth_methods": ["none"], "grant_types": ["authorization_code"]});
        assert_eq!(missing(least), [""; 0]);
    }
}
