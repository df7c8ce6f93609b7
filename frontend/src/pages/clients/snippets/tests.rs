//! Every language and every method: real values, and none that somebody has to fill in though we know it.

use serde_json::json;

use super::*;

fn facts(method: AuthMethod, grant: GrantType, secret: Option<&str>) -> Facts {
    let discovery = json!({
        "token_endpoint": "https://id.example/t/w/oauth2/token",
        "mtls_endpoint_aliases": {"token_endpoint": "https://mtls.example/t/w/oauth2/token"},
    });
    let client = json!({
        "token_endpoint_auth_method": method, "scope": "openid orders:read", "redirect_uris": ["https://shop.example/cb"],
        "jwks": {"keys": [{
            "kty": "EC", "crv": "P-256", "kid": "key-7", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        }]},
    });
    let client: ClientMetadata = serde_json::from_value(client).unwrap();
    let endpoints = Endpoints::of("https://id.example/t/w", &discovery, method);
    let workspace = WorkspaceSettings::default();
    Facts { client_secret: secret.map(str::to_owned), ..Facts::of("shop-1", &client, &workspace, endpoints, grant) }
}

#[test]
fn every_language_has_the_values_of_every_method() {
    for method in AuthMethod::ALL.iter().copied() {
        for grant in [GrantType::ClientCredentials, GrantType::AuthorizationCode, GrantType::DeviceCode] {
            let facts = facts(method, grant, Some("s3cret-value"));
            let all = snippets(&facts);
            assert_eq!(all.len(), 6);
            for (language, text) in all {
                let context = format!("{language} {method} {grant}\n{text}");
                assert!(text.contains("shop-1"), "{context}");
                assert!(!text.contains(SKIP), "{context}");
                assert_eq!(text.contains("s3cret-value"), method.has_secret(), "{context}");
                assert!(!text.contains("CLIENT_SECRET"), "{context}");
                let upper = text.to_uppercase();
                assert!(
                    ["YOUR", "<", "TODO", "EXAMPLE.COM", "…"].iter().all(|word| !upper.contains(word)
                        || (*word == "<"
                            && (upper.contains("BOX<DYN") || text.contains("<64 ") || text.contains("< 64")))),
                    "{context}"
                );
                // The JavaScript library reads the addresses from the discovery document.
                if language != "JavaScript" {
                    assert!(text.contains(&facts.endpoints.token), "{context}");
                }
                assert_eq!(facts.endpoints.token.contains("mtls."), method.is_tls());
                if method == AuthMethod::PrivateKeyJwt {
                    assert!(text.contains("key-7") && text.contains("ES256") && text.contains(KEY_FILE), "{context}");
                }
                if grant == GrantType::AuthorizationCode {
                    let encoded = "https%3A%2F%2Fshop.example%2Fcb";
                    assert!(text.contains("https://shop.example/cb") || text.contains(encoded), "{context}");
                }
                if grant != GrantType::ClientCredentials {
                    assert!(text.contains("openid"), "{context}");
                }
                assert!(text.contains("orders:read") || text.contains("orders%3Aread"), "{context}");
            }
        }
    }
}

#[test]
fn a_secret_that_is_not_known_any_more_is_read_from_the_environment() {
    for method in AuthMethod::ALL.iter().copied().filter(|method| method.has_secret()) {
        for (language, text) in snippets(&facts(method, GrantType::ClientCredentials, None)) {
            assert!(text.contains("CLIENT_SECRET"), "{language} {method}\n{text}");
        }
    }
}

#[test]
fn a_machine_does_not_ask_for_what_is_about_people() {
    assert_eq!(facts(AuthMethod::ClientSecretBasic, GrantType::ClientCredentials, None).scope, "orders:read");
    assert_eq!(facts(AuthMethod::ClientSecretBasic, GrantType::AuthorizationCode, None).scope, "openid orders:read");
}

#[test]
fn a_client_that_pushes_is_told_where() {
    for method in AuthMethod::ALL.iter().copied() {
        let facts = Facts { pushed: true, ..facts(method, GrantType::AuthorizationCode, Some("s")) };
        for (language, text) in snippets(&facts) {
            let says = if language == "JavaScript" { "WithPAR" } else { "https://id.example/t/w/oauth2/par" };
            assert!(text.contains(says), "{language} {method}\n{text}");
        }
    }
}

#[test]
fn the_environment_file_has_what_a_deployment_needs() {
    let text = environment(&facts(AuthMethod::ClientSecretPost, GrantType::ClientCredentials, Some("s3cret")));
    for line in ["OIDC_ISSUER=https://id.example/t/w", "CLIENT_ID=shop-1", "CLIENT_SECRET=s3cret"] {
        assert!(text.lines().any(|own| own == line), "{line}\n{text}");
    }
    assert!(!environment(&facts(AuthMethod::PrivateKeyJwt, GrantType::ClientCredentials, None)).contains("SECRET"));
}

#[test]
fn quotes_in_values_end_nothing() {
    let odd = Facts {
        client_secret: Some("a'b\"c$d".to_owned()),
        ..facts(AuthMethod::ClientSecretPost, GrantType::ClientCredentials, None)
    };
    let all = snippets(&odd);
    assert!(all.iter().any(|(_, text)| text.contains(r#"'client_secret=a'\''b"c$d'"#)));
    assert!(all.iter().any(|(_, text)| text.contains(r#""a'b\"c$d""#)));
}
