//! Python with Authlib 1.

use cardea_protocol::grant_type::GrantType;
use cardea_protocol::{AuthMethod, SigningAlg};

use super::{CERTIFICATE_FILE, Facts, KEY_FILE, lines, literal, pushing, when};

pub(super) fn snippet(facts: &Facts) -> String {
    let method = facts.method;
    let assertion = method.is_assertion();
    let code = facts.grant == GrantType::AuthorizationCode;
    let insecure = facts.endpoints.token.starts_with("http:");
    let waits = facts.grant == GrantType::DeviceCode;
    let secret = facts.client_secret.as_deref().map_or_else(|| "os.environ[\"CLIENT_SECRET\"]".to_owned(), literal);
    let class = if method == AuthMethod::PrivateKeyJwt { "PrivateKeyJWT" } else { "ClientSecretJWT" };
    let credential = match method {
        AuthMethod::PrivateKeyJwt => format!("{}.import_key(open(\"{KEY_FILE}\").read())", key_class(facts.alg)),
        method if method.has_secret() => secret,
        _ => "None".to_owned(),
    };
    let headers = facts.kid.as_ref().map(|kid| format!("headers={{\"kid\": {}}}, ", literal(kid))).unwrap_or_default();
    lines([
        "# pip install --upgrade authlib requests",
        &when(insecure || (method.has_secret() && facts.client_secret.is_none()), "import os"),
        &when(assertion || waits, "import time"),
        &when(code, "from authlib.common.security import generate_token"),
        "from authlib.integrations.requests_client import OAuth2Session",
        &when(assertion, format!("from authlib.oauth2.rfc7523 import {class}")),
        &when(method == AuthMethod::PrivateKeyJwt, format!("from joserfc.jwk import {}", key_class(facts.alg))),
        "",
        &when(
            insecure,
            "os.environ[\"AUTHLIB_INSECURE_TRANSPORT\"] = \"1\"  # only because this server is on plain HTTP",
        ),
        "session = OAuth2Session(",
        &format!("    {},", literal(&facts.client_id)),
        &format!("    {credential},"),
        &format!("    token_endpoint_auth_method=\"{}\",", named(method)),
        &when(!facts.scope.is_empty(), format!("    scope={},", literal(&facts.scope))),
        &when(code, format!("    redirect_uri={},", literal(&facts.redirect_uri))),
        &when(code, "    code_challenge_method=\"S256\","),
        ")",
        &when(method.is_tls(), format!("session.cert = (\"{CERTIFICATE_FILE}\", \"{KEY_FILE}\")")),
        &when(
            assertion,
            format!(
                "\ndef sign():  # before each request: an assertion is used once\n    session.register_client_auth_method({class}(\n        \
                 {},  # the audience\n        claims={{\"exp\": int(time.time()) + 60}},\n        {headers}alg=\"{}\",\n    ))\n",
                literal(&facts.endpoints.issuer),
                facts.alg
            ),
        ),
        &grant(facts),
        "print(token)",
    ])
}

/// The kind of key that signs with an algorithm.
fn key_class(alg: SigningAlg) -> &'static str {
    match alg.as_str().get(..2) {
        Some("ES") => "ECKey",
        Some("Ed") => "OKPKey",
        _ => "RSAKey",
    }
}

/// What Authlib calls the method: with a certificate, the client sends only its name.
fn named(method: AuthMethod) -> &'static str {
    if method.is_tls() { AuthMethod::None.as_str() } else { method.as_str() }
}

fn grant(facts: &Facts) -> String {
    let sign = |indent: &str| when(facts.method.is_assertion(), format!("{indent}sign()"));
    let token = literal(&facts.endpoints.token);
    match facts.grant {
        GrantType::ClientCredentials | GrantType::RefreshToken => {
            lines([&*sign(""), &format!("token = session.fetch_token({token}, grant_type=\"client_credentials\")")])
        }
        GrantType::AuthorizationCode => lines([
            "verifier = generate_token(48)  # keep it with the person's session",
            &format!(
                "url, state = session.create_authorization_url({}, code_verifier=verifier)",
                literal(&facts.endpoints.authorization)
            ),
            &pushing("#", facts),
            "print(\"Open\", url)",
            &sign(""),
            "token = session.fetch_token(",
            &format!("    {token},"),
            "    authorization_response=input(\"The address the browser came back to: \"),",
            "    code_verifier=verifier,",
            ")",
        ]),
        GrantType::DeviceCode => lines([
            &*sign(""),
            "device = session.post(",
            &format!("    {},", literal(&facts.endpoints.device_authorization)),
            &when(!facts.scope.is_empty(), format!("    data={{\"scope\": {}}},", literal(&facts.scope))),
            &format!("    auth=session.client_auth(\"{}\"),", named(facts.method)),
            "    withhold_token=True,",
            ").json()",
            "print(\"Open\", device[\"verification_uri\"], \"and enter\", device[\"user_code\"])",
            "token = {}",
            "while \"access_token\" not in token:",
            "    time.sleep(device.get(\"interval\", 5))",
            &sign("    "),
            "    token = session.post(",
            &format!("        {token},"),
            &format!(
                "        data={{\"grant_type\": \"{}\", \"device_code\": device[\"device_code\"]}},",
                GrantType::DeviceCode
            ),
            &format!("        auth=session.client_auth(\"{}\"),", named(facts.method)),
            "        withhold_token=True,",
            "    ).json()",
            "    if token.get(\"error\") not in (None, \"authorization_pending\", \"slow_down\"):",
            "        raise SystemExit(token[\"error\"])",
        ]),
    }
}
