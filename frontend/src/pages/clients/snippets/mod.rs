//! How a developer gets tokens for a client: the same request in several languages, with the real values of the client.
//!
//! Pure: facts in, text out. One file a language; the libraries are those that current projects use.

use cardea_protocol::grant_type::GrantType;
use cardea_protocol::{AuthMethod, ClientMetadata, SigningAlg, WorkspaceSettings};
use serde_json::Value;

mod curl;
mod environment;
mod go;
mod java;
mod javascript;
mod python;
mod rust;
#[cfg(test)]
mod tests;

pub(super) use environment::environment;

/// The file that the snippets read the private key from.
pub(super) const KEY_FILE: &str = "client-key.pem";
/// The file that the snippets read the certificate from.
const CERTIFICATE_FILE: &str = "client.pem";
/// RFC 7523 §2.2.
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Where a workspace answers a client.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Endpoints {
    pub(super) issuer: String,
    pub(super) token: String,
    pub(super) authorization: String,
    pub(super) device_authorization: String,
    pub(super) pushed_authorization: String,
}

impl Endpoints {
    /// Those for a client of `method`, as the discovery document names them: with a certificate, the aliases (RFC 8705 §5).
    pub(super) fn of(issuer: &str, discovery: &Value, method: AuthMethod) -> Self {
        let aliases = discovery.get("mtls_endpoint_aliases").filter(|_| method.is_tls());
        let named = |name: &str, rest: &str| {
            let from = |document: &Value| document.get(name).and_then(Value::as_str).map(str::to_owned);
            let alias = aliases.and_then(from);
            alias.or_else(|| from(discovery)).unwrap_or_else(|| format!("{issuer}/oauth2/{rest}"))
        };
        Self {
            issuer: issuer.to_owned(),
            token: named("token_endpoint", "token"),
            authorization: named("authorization_endpoint", "authorize"),
            device_authorization: named("device_authorization_endpoint", "device/authorize"),
            pushed_authorization: named("pushed_authorization_request_endpoint", "par"),
        }
    }
}

/// What the snippets are filled with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Facts {
    pub(super) endpoints: Endpoints,
    pub(super) client_id: String,
    /// Where it is known; else it is read from the environment variable `CLIENT_SECRET`.
    pub(super) client_secret: Option<String>,
    pub(super) method: AuthMethod,
    /// How the client gets its first token.
    pub(super) grant: GrantType,
    pub(super) scope: String,
    pub(super) redirect_uri: String,
    /// What assertions are signed with.
    pub(super) alg: SigningAlg,
    /// The name of the key that signs them.
    pub(super) kid: Option<String>,
    /// Whether authorization requests are pushed first (RFC 9126).
    pub(super) pushed: bool,
}

impl Facts {
    /// The facts of a client for one of its grants.
    pub(super) fn of(
        client_id: &str,
        client: &ClientMetadata,
        workspace: &WorkspaceSettings,
        endpoints: Endpoints,
        grant: GrantType,
    ) -> Self {
        let method = client.token_endpoint_auth_method;
        let keys = client.registered_keys().ok().flatten();
        let keys = keys.as_ref().map(|keys| keys.keys()).unwrap_or_default();
        let usable = |alg: SigningAlg| keys.iter().find(|key| key.fits(alg));
        let enabled = || workspace.token_endpoint_auth_signing_alg_values.iter().copied();
        let alg = match client.token_endpoint_auth_signing_alg {
            Some(alg) => alg,
            None if method == AuthMethod::ClientSecretJwt => {
                enabled().find(|alg| alg.is_hmac()).unwrap_or(SigningAlg::HS256)
            }
            None if enabled().any(|alg| alg == SigningAlg::ES256) && usable(SigningAlg::ES256).is_some() => {
                SigningAlg::ES256
            }
            None => {
                enabled().filter(|alg| !alg.is_hmac()).find(|alg| usable(*alg).is_some()).unwrap_or(SigningAlg::ES256)
            }
        };
        let kid = usable(alg).and_then(|key| key.kid()).map(str::to_owned);
        Self {
            endpoints,
            client_id: client_id.to_owned(),
            client_secret: None,
            method,
            grant,
            scope: scope_for(client, grant),
            redirect_uri: client.redirect_uris.first().cloned().unwrap_or_default(),
            alg,
            kid: kid.filter(|_| method == AuthMethod::PrivateKeyJwt),
            pushed: workspace.require_pushed_authorization_requests || client.require_pushed_authorization_requests,
        }
    }
}

/// What is asked for: all that the client may, without what is about people where there are none.
fn scope_for(client: &ClientMetadata, grant: GrantType) -> String {
    const OF_PEOPLE: [&str; 6] = ["openid", "profile", "email", "address", "phone", "offline_access"];
    let all = client.scope.iter();
    if grant == GrantType::ClientCredentials {
        all.filter(|name| !OF_PEOPLE.contains(name)).collect::<Vec<_>>().join(" ")
    } else {
        all.collect::<Vec<_>>().join(" ")
    }
}

/// The grants that a client can begin with.
pub(super) fn beginnings(client: &ClientMetadata) -> Vec<GrantType> {
    let order = [GrantType::AuthorizationCode, GrantType::DeviceCode, GrantType::ClientCredentials];
    order.into_iter().filter(|grant| client.grant_types.contains(grant)).collect()
}

/// The snippets: a language and its text.
pub(super) fn snippets(facts: &Facts) -> Vec<(String, String)> {
    [
        ("curl", curl::snippet(facts)),
        ("JavaScript", javascript::snippet(facts)),
        ("Python", python::snippet(facts)),
        ("Go", go::snippet(facts)),
        ("Java", java::snippet(facts)),
        ("Rust", rust::snippet(facts)),
    ]
    .map(|(language, text)| (language.to_owned(), text))
    .to_vec()
}

/// A literal of JavaScript, Python, Go and Java alike.
fn literal(text: &str) -> String {
    Value::from(text).to_string()
}

/// Lines without those that are empty for this client.
fn lines<'l>(lines: impl IntoIterator<Item = &'l str>) -> String {
    lines.into_iter().filter(|line| *line != SKIP).collect::<Vec<_>>().join("\n")
}

/// A line that is left out; an empty one stays.
const SKIP: &str = "\0";

/// `line` if it is needed.
fn when(needed: bool, line: impl Into<String>) -> String {
    if needed { line.into() } else { SKIP.to_owned() }
}

/// How requests are pushed, for the languages whose library has no word for it.
fn pushing(comment: &str, facts: &Facts) -> String {
    when(
        facts.pushed && facts.grant == GrantType::AuthorizationCode,
        format!(
            "{comment} This client pushes its authorization requests (RFC 9126): POST the query of this URL, with the client's\n\
             {comment} authentication, to {}\n\
             {comment} and open the authorization endpoint with client_id and the request_uri of the answer.",
            facts.endpoints.pushed_authorization
        ),
    )
}
