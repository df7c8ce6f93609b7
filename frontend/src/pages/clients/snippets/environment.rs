//! What a client needs to know, as a `.env` file.

use super::{Facts, KEY_FILE};
use cardea_protocol::AuthMethod;

/// The lines of the file.
pub(in crate::pages::clients) fn environment(facts: &Facts) -> String {
    let mut pairs = vec![
        ("OIDC_ISSUER", facts.endpoints.issuer.clone()),
        ("TOKEN_ENDPOINT", facts.endpoints.token.clone()),
        ("CLIENT_ID", facts.client_id.clone()),
        ("TOKEN_ENDPOINT_AUTH_METHOD", facts.method.as_str().to_owned()),
    ];
    if let Some(secret) = &facts.client_secret {
        pairs.push(("CLIENT_SECRET", secret.clone()));
    }
    if facts.method == AuthMethod::PrivateKeyJwt {
        pairs.push(("CLIENT_KEY_FILE", KEY_FILE.to_owned()));
        pairs.extend(facts.kid.clone().map(|kid| ("CLIENT_KEY_ID", kid)));
    }
    if !facts.redirect_uri.is_empty() {
        pairs.push(("REDIRECT_URI", facts.redirect_uri.clone()));
    }
    pairs.iter().map(|(name, value)| format!("{name}={}\n", quoted(value))).collect()
}

/// A value between quotes where it has to be.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/@+,".contains(c);
    if value.chars().all(is_plain) { value.to_owned() } else { format!("'{}'", value.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn only_what_a_shell_would_read_otherwise_is_quoted() {
        assert_eq!(quoted("https://id.example/t/w"), "https://id.example/t/w");
        assert_eq!(quoted("it's $1"), r"'it'\''s $1'");
    }
}
