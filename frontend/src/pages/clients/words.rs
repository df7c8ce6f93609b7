//! Clients in words: their grants, and what one does as a sentence.

use cardea_protocol::grant_type::GrantType;
use cardea_protocol::{AuthMethod, ClientMetadata};

/// A grant as people call it.
pub(super) const fn grant_name(grant: GrantType) -> &'static str {
    match grant {
        GrantType::AuthorizationCode => "Authorization code",
        GrantType::RefreshToken => "Refresh token",
        GrantType::ClientCredentials => "Client credentials",
        GrantType::DeviceCode => "Device code",
    }
}

/// What a client does and how it proves itself, in a sentence.
pub(super) fn summary(client: &ClientMetadata) -> String {
    let has = |grant| client.grant_types.contains(&grant);
    let mut does = Vec::new();
    if has(GrantType::AuthorizationCode) {
        does.push("signs people in through the browser with a code and PKCE");
    }
    if has(GrantType::DeviceCode) {
        does.push("lets people confirm a code on another device");
    }
    if has(GrantType::ClientCredentials) {
        does.push("gets tokens in its own name");
    }
    if does.is_empty() {
        does.push("has no grant that begins anything");
    }
    let refresh = if has(GrantType::RefreshToken) { ", renews its tokens without asking again" } else { "" };
    let proof = match client.token_endpoint_auth_method {
        AuthMethod::None => "has no credential".to_owned(),
        method => format!("proves itself with {}", proof(method)),
    };
    let mut sentence = format!("It {}{refresh} and {proof}.", and(&does));
    if client.tls_client_certificate_bound_access_tokens {
        sentence.push_str(" Its access tokens are bound to its certificate.");
    }
    sentence
}

/// What a method shows, as part of a sentence.
pub(super) const fn proof(method: AuthMethod) -> &'static str {
    match method {
        AuthMethod::ClientSecretBasic => "a secret in the Authorization header",
        AuthMethod::ClientSecretPost => "a secret in the body",
        AuthMethod::ClientSecretJwt => "an assertion signed with a secret",
        AuthMethod::PrivateKeyJwt => "an assertion signed with its private key",
        AuthMethod::TlsClientAuth => "a certificate of a trusted authority",
        AuthMethod::SelfSignedTlsClientAuth => "a certificate of its own",
        AuthMethod::None => "nothing but its name",
    }
}

/// Words as a sentence lists them.
pub(super) fn and(words: &[&str]) -> String {
    match words {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        words => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_client_is_told_in_a_sentence() {
        let read = |value| serde_json::from_value::<ClientMetadata>(value).unwrap();
        let machine = read(json!({}));
        assert_eq!(
            summary(&machine),
            "It gets tokens in its own name and proves itself with a secret in the Authorization header."
        );
        let app = read(json!({
            "redirect_uris": ["https://c.example/"], "grant_types": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_method": "none",
        }));
        assert_eq!(
            summary(&app),
            "It signs people in through the browser with a code and PKCE, renews its tokens without asking again and has no credential."
        );
    }

    #[test]
    fn words_are_listed() {
        assert_eq!((and(&[]), and(&["a"]), and(&["a", "b", "c"])), (String::new(), "a".into(), "a, b and c".into()));
    }
}
