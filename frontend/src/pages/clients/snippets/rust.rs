//! Rust with the oauth2 crate.

use cardea_protocol::AuthMethod;
use cardea_protocol::grant_type::GrantType;

use super::{ASSERTION_TYPE, CERTIFICATE_FILE, Facts, KEY_FILE, SKIP, lines, pushing, when};

/// A literal of Rust.
fn literal(text: &str) -> String {
    format!("{text:?}")
}

pub(super) fn snippet(facts: &Facts) -> String {
    let method = facts.method;
    let assertion = method.is_assertion();
    let code = facts.grant == GrantType::AuthorizationCode;
    let device = facts.grant == GrantType::DeviceCode;
    let sent_in = match method {
        AuthMethod::ClientSecretBasic => "AuthType::BasicAuth",
        _ => "AuthType::RequestBody",
    };
    let has_secret = matches!(method, AuthMethod::ClientSecretBasic | AuthMethod::ClientSecretPost);
    let field = |needed: bool, name: &str, kind: &str, url: &str| {
        when(needed, format!("        .{name}({kind}::new({}.into())?)", literal(url)))
    };
    lines([
        "// cargo add oauth2 && cargo add tokio -F full",
        &when(method.is_tls(), "// cargo add reqwest@0.12 -F rustls-tls"),
        &when(assertion, "// cargo add jsonwebtoken -F aws_lc_rs && cargo add serde_json && cargo add uuid -F v4"),
        "use oauth2::{basic::BasicClient, *};",
        &when(assertion, helper(facts)),
        "",
        "#[tokio::main]",
        "async fn main() -> Result<(), Box<dyn std::error::Error>> {",
        &format!("    let client = BasicClient::new(ClientId::new({}.into()))", literal(&facts.client_id)),
        &when(has_secret, format!("        .set_client_secret(ClientSecret::new({}))", secret(facts))),
        &format!("        .set_auth_type({sent_in})"),
        &field(code, "set_auth_uri", "AuthUrl", &facts.endpoints.authorization),
        &field(code, "set_redirect_uri", "RedirectUrl", &facts.redirect_uri),
        &field(device, "set_device_authorization_url", "DeviceAuthorizationUrl", &facts.endpoints.device_authorization),
        &format!("        .set_token_uri(TokenUrl::new({}.into())?);", literal(&facts.endpoints.token)),
        &when(
            method.is_tls(),
            format!("    let pem = [std::fs::read(\"{CERTIFICATE_FILE}\")?, std::fs::read(\"{KEY_FILE}\")?].concat();"),
        ),
        "    let http = reqwest::ClientBuilder::new()",
        &when(method.is_tls(), "        .use_rustls_tls()\n        .identity(reqwest::Identity::from_pem(&pem)?)"),
        "        .redirect(reqwest::redirect::Policy::none())",
        "        .build()?;",
        &grant(facts),
        "    println!(\"{}\", token.access_token().secret());",
        "    Ok(())",
        "}",
    ])
}

fn secret(facts: &Facts) -> String {
    match &facts.client_secret {
        Some(secret) => format!("{}.into()", literal(secret)),
        None => "std::env::var(\"CLIENT_SECRET\")?".to_owned(),
    }
}

/// What makes an assertion, a new one for each request.
fn helper(facts: &Facts) -> String {
    let (id, alg) = (literal(&facts.client_id), facts.alg.as_str());
    let key = match alg.get(..2) {
        Some("HS") => format!(
            "EncodingKey::from_secret({}.as_bytes())",
            match &facts.client_secret {
                Some(secret) => literal(secret),
                None => "std::env::var(\"CLIENT_SECRET\")?".to_owned(),
            }
        ),
        Some("ES") => format!("EncodingKey::from_ec_pem(&std::fs::read(\"{KEY_FILE}\")?)?"),
        Some("Ed") => format!("EncodingKey::from_ed_pem(&std::fs::read(\"{KEY_FILE}\")?)?"),
        _ => format!("EncodingKey::from_rsa_pem(&std::fs::read(\"{KEY_FILE}\")?)?"),
    };
    let kid = facts
        .kid
        .as_deref()
        .map_or_else(|| SKIP.to_owned(), |kid| format!("    header.kid = Some({}.into());", literal(kid)));
    lines([
        "",
        "/// Proves who the client is, once (RFC 7523).",
        "fn assertion() -> Result<String, Box<dyn std::error::Error>> {",
        "    use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};",
        &when(facts.kid.is_some(), format!("    let mut header = Header::new(Algorithm::{alg});")),
        &when(facts.kid.is_none(), format!("    let header = Header::new(Algorithm::{alg});")),
        &kid,
        "    let now = get_current_timestamp();",
        "    let claims = serde_json::json!({",
        &format!("        \"iss\": {id}, \"sub\": {id}, \"aud\": {},", literal(&facts.endpoints.issuer)),
        "        \"iat\": now, \"exp\": now + 60, \"jti\": uuid::Uuid::new_v4().to_string(),",
        "    });",
        &format!("    Ok(encode(&header, &claims, &{key})?)"),
        "}",
    ])
}

fn grant(facts: &Facts) -> String {
    let assertion = facts.method.is_assertion();
    let extra = lines([
        &*format!("        .add_extra_param(\"client_assertion_type\", \"{ASSERTION_TYPE}\")"),
        "        .add_extra_param(\"client_assertion\", assertion()?)",
    ]);
    let extra = when(assertion, extra);
    let scopes: Vec<_> = facts
        .scope
        .split_whitespace()
        .map(|name| format!("        .add_scope(Scope::new({}.into()))", literal(name)))
        .collect();
    let scopes = when(!scopes.is_empty(), scopes.join("\n"));
    match facts.grant {
        GrantType::ClientCredentials | GrantType::RefreshToken => lines([
            "    let token = client",
            "        .exchange_client_credentials()",
            &scopes,
            &extra,
            "        .request_async(&http)",
            "        .await?;",
        ]),
        GrantType::AuthorizationCode => lines([
            "    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256(); // keep the verifier with the session",
            "    let (url, _state) = client",
            "        .authorize_url(CsrfToken::new_random)",
            "        .set_pkce_challenge(challenge)",
            &scopes,
            "        .url();",
            &pushing("    //", facts),
            "    println!(\"Open {url}\\nThe code in the address bar after signing in:\");",
            "    let mut code = String::new();",
            "    std::io::stdin().read_line(&mut code)?;",
            "    let token = client",
            "        .exchange_code(AuthorizationCode::new(code.trim().into()))",
            "        .set_pkce_verifier(verifier)",
            &extra,
            "        .request_async(&http)",
            "        .await?;",
        ]),
        GrantType::DeviceCode => lines([
            "    let device: StandardDeviceAuthorizationResponse = client",
            "        .exchange_device_code()",
            &scopes,
            &extra,
            "        .request_async(&http)",
            "        .await?;",
            "    println!(\"Open {} and enter {}\", device.verification_uri().as_str(), device.user_code().secret());",
            "    let token = client",
            "        .exchange_device_access_token(&device)",
            &extra,
            "        .request_async(&http, tokio::time::sleep, None)",
            "        .await?;",
        ]),
    }
}
