//! The same request as a line for a terminal, with the real values.

use cardea_protocol::auth_method::AuthMethod;

use super::token::Credential;

/// What gets a token for `credential` at `token_endpoint`.
pub(super) fn command(credential: &Credential, token_endpoint: &str) -> String {
    let Credential { method, client_id, client_secret, issuer } = credential;
    match method {
        AuthMethod::ClientSecretPost => format!(
            "curl {token_endpoint} \\\n  -d grant_type=client_credentials \\\n  -d client_id={client_id} \\\n  -d client_secret={client_secret}"
        ),
        AuthMethod::ClientSecretJwt => [
            "b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }",
            "now=$(date +%s)",
            r#"head=$(printf '{"alg":"HS256","typ":"JWT"}' | b64)"#,
            &format!(
                r#"body=$(printf '{{"iss":"{client_id}","sub":"{client_id}","aud":"{issuer}","iat":%d,"exp":%d,"jti":"%s"}}' "$now" $((now + 60)) "$(openssl rand -hex 16)" | b64)"#
            ),
            &format!(r#"sign=$(printf '%s.%s' "$head" "$body" | openssl dgst -sha256 -hmac '{client_secret}' -binary | b64)"#),
            &format!("curl {token_endpoint} \\"),
            "  -d grant_type=client_credentials \\",
            "  -d client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \\",
            r#"  -d client_assertion="$head.$body.$sign""#,
        ]
        .join("\n"),
        AuthMethod::None => format!("curl {issuer}/.well-known/openid-configuration"),
        _ => format!(
            "curl {token_endpoint} \\\n  -u '{client_id}:{client_secret}' \\\n  -d grant_type=client_credentials"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_the_real_values() {
        let endpoint = "https://id.example/t/w/oauth2/token";
        for method in [AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::ClientSecretJwt] {
            let credential = Credential {
                method,
                client_id: "c-1".into(),
                client_secret: "s-2".into(),
                issuer: "https://id.example/t/w".into(),
            };
            let line = command(&credential, endpoint);
            assert!(line.contains(endpoint) && line.contains("c-1") && line.contains("s-2"), "{line}");
            assert!(!line.contains("YOUR") && !line.contains('<'), "{line}");
        }
    }
}
