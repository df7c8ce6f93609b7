//! JavaScript (Node.js) with openid-client 6.

use cardea_protocol::AuthMethod;
use cardea_protocol::grant_type::GrantType;

use super::{CERTIFICATE_FILE, Facts, KEY_FILE, SKIP, lines, literal, when};

pub(super) fn snippet(facts: &Facts) -> String {
    let method = facts.method;
    let insecure = facts.endpoints.issuer.starts_with("http:");
    let mut options = Vec::new();
    if insecure {
        options.push("execute: [client.allowInsecureRequests]");
    }
    if method.is_tls() {
        options.push("[client.customFetch]: mtls");
    }
    let options = if options.is_empty() { SKIP.to_owned() } else { format!("  {{ {} }},", options.join(", ")) };
    let keys = method == AuthMethod::PrivateKeyJwt;
    lines([
        "// npm install openid-client",
        &when(keys || method.is_tls(), "import { readFileSync } from \"node:fs\";"),
        "import * as client from \"openid-client\";",
        &when(keys, "import { importPKCS8 } from \"jose\"; // npm install jose"),
        &when(method.is_tls(), "import * as undici from \"undici\"; // npm install undici"),
        "",
        &when(
            keys,
            format!("const key = await importPKCS8(readFileSync(\"{KEY_FILE}\", \"utf8\"), \"{}\");", facts.alg),
        ),
        &when(
            method.is_tls(),
            format!(
                "const agent = new undici.Agent({{\n  connect: {{ cert: readFileSync(\"{CERTIFICATE_FILE}\"), key: readFileSync(\"{KEY_FILE}\") }},\n}});\n\
                     const mtls = (url, options) => undici.fetch(url, {{ ...options, dispatcher: agent }});"
            ),
        ),
        "const config = await client.discovery(",
        &format!("  new URL({}),", literal(&facts.endpoints.issuer)),
        &format!("  {},", literal(&facts.client_id)),
        if method.is_tls() { "  { use_mtls_endpoint_aliases: true }," } else { "  undefined," },
        &format!("  {},", authentication(facts)),
        &options,
        ");",
        "",
        &grant(facts),
        "console.log(tokens);",
    ])
}

fn authentication(facts: &Facts) -> String {
    let secret = facts.client_secret.as_deref().map_or_else(|| "process.env.CLIENT_SECRET".to_owned(), literal);
    match facts.method {
        AuthMethod::ClientSecretBasic => format!("client.ClientSecretBasic({secret})"),
        AuthMethod::ClientSecretPost => format!("client.ClientSecretPost({secret})"),
        AuthMethod::ClientSecretJwt => format!("client.ClientSecretJwt({secret})"),
        AuthMethod::PrivateKeyJwt => match &facts.kid {
            Some(kid) => format!("client.PrivateKeyJwt({{ key, kid: {} }})", literal(kid)),
            None => "client.PrivateKeyJwt(key)".to_owned(),
        },
        AuthMethod::TlsClientAuth | AuthMethod::SelfSignedTlsClientAuth => "client.TlsClientAuth()".to_owned(),
        AuthMethod::None => "client.None()".to_owned(),
    }
}

fn grant(facts: &Facts) -> String {
    let scope = format!("scope: {}", literal(&facts.scope));
    let parameters = if facts.scope.is_empty() { String::new() } else { format!(", {{ {scope} }}") };
    match facts.grant {
        GrantType::ClientCredentials | GrantType::RefreshToken => {
            format!("const tokens = await client.clientCredentialsGrant(config{parameters});")
        }
        GrantType::DeviceCode => lines([
            &*format!(
                "const device = await client.initiateDeviceAuthorization(config, {});",
                if facts.scope.is_empty() { "{}".to_owned() } else { format!("{{ {scope} }}") }
            ),
            "console.log(`Open ${device.verification_uri} and enter ${device.user_code}`);",
            "const tokens = await client.pollDeviceAuthorizationGrant(config, device);",
        ]),
        GrantType::AuthorizationCode => {
            let build = if facts.pushed {
                "const url = await client.buildAuthorizationUrlWithPAR(config, {"
            } else {
                "const url = client.buildAuthorizationUrl(config, {"
            };
            lines([
                "const verifier = client.randomPKCECodeVerifier(); // keep it with the person's session",
                build,
                &format!("  redirect_uri: {},", literal(&facts.redirect_uri)),
                &when(!facts.scope.is_empty(), format!("  {scope},")),
                "  code_challenge: await client.calculatePKCECodeChallenge(verifier),",
                "  code_challenge_method: \"S256\",",
                "});",
                "// Send the browser to url.href. When it comes back, with its address in `current`:",
                "const tokens = await client.authorizationCodeGrant(config, new URL(current), { pkceCodeVerifier: verifier });",
            ])
        }
    }
}
