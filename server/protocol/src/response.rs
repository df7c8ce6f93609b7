//! What the token endpoint answers: RFC 6749 §5.1.

use serde::Serialize;

use crate::words::words;

words! {
    /// How a token is used.
    pub enum TokenType {
        /// Whoever bears it (RFC 6750).
        Bearer = "Bearer",
    }
}

/// A successful token response.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TokenResponse<'a> {
    /// The access token.
    pub access_token: &'a str,
    /// How it is used.
    pub token_type: TokenType,
    /// In how many seconds it expires.
    pub expires_in: u32,
    /// What it is good for; always said, also when it is what was asked for.
    pub scope: &'a str,
    /// The refresh token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<&'a str>,
    /// The ID token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_says_the_scope_and_leaves_out_what_was_not_issued() {
        let response = TokenResponse {
            access_token: "t",
            token_type: TokenType::Bearer,
            expires_in: 3600,
            scope: "",
            refresh_token: None,
            id_token: None,
        };
        assert_eq!(
            serde_json::to_string(&response).unwrap(),
            r#"{"access_token":"t","token_type":"Bearer","expires_in":3600,"scope":""}"#
        );
        let response = TokenResponse { scope: "a b", refresh_token: Some("r"), ..response };
        assert!(serde_json::to_string(&response).unwrap().ends_with(r#""scope":"a b","refresh_token":"r"}"#));
    }
}
