//! What was chosen so far, and the client that it makes.

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use cardea_api::certificate::{CertificateView, RegistrationValue};
use cardea_protocol::{AuthMethod, WorkspaceSettings};

use super::key::KeyPair;
use super::kind::{Kind, preselected};
use crate::client_form::problems;
use cardea_protocol::violation::Violation;

/// Where the public key of a `private_key_jwt` client comes from.
pub(super) const SOURCES: [(&str, &str, &str); 3] = [
    ("generate", "Make a key pair here", "In this browser. The private key never leaves it; you save it as a file."),
    ("paste", "Paste a public key", "A JWK, a JWK Set, a public key or a certificate as PEM."),
    ("url", "Give a JWKS URL", "The client publishes its keys and can change them without you."),
];

/// The choices of the two screens.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    pub(super) kind: RwSignal<String>,
    pub(super) method: RwSignal<String>,
    pub(super) name: RwSignal<String>,
    pub(super) redirect_uris: RwSignal<Vec<String>>,
    pub(super) scope: RwSignal<Vec<String>>,
    pub(super) source: RwSignal<String>,
    pub(super) key: RwSignal<Option<KeyPair>>,
    /// The keys that were pasted or taken from a file, as the server read them.
    pub(super) jwks: RwSignal<Option<Value>>,
    pub(super) jwks_uri: RwSignal<String>,
    pub(super) certificate: RwSignal<Option<CertificateView>>,
    /// Which name of the certificate is registered: the member of the metadata and the value.
    pub(super) subject: RwSignal<Option<RegistrationValue>>,
}

impl Chosen {
    pub(super) fn new(kind: Option<Kind>) -> Self {
        Self {
            kind: RwSignal::new(kind.map(Kind::as_str).unwrap_or_default().to_owned()),
            method: RwSignal::default(),
            name: RwSignal::default(),
            redirect_uris: RwSignal::default(),
            scope: RwSignal::default(),
            source: RwSignal::new("generate".to_owned()),
            key: RwSignal::default(),
            jwks: RwSignal::default(),
            jwks_uri: RwSignal::default(),
            certificate: RwSignal::default(),
            subject: RwSignal::default(),
        }
    }

    /// The kind, followed.
    pub(super) fn kind(self) -> Option<Kind> {
        self.kind.with(|kind| Kind::parse(kind))
    }

    /// The method, followed.
    pub(super) fn method(self) -> Option<AuthMethod> {
        self.method.with(|method| AuthMethod::parse(method))
    }

    /// Chooses what follows from the kind.
    pub(super) fn preselect(self, workspace: &WorkspaceSettings) {
        let Some(kind) = self.kind.with_untracked(|kind| Kind::parse(kind)) else { return };
        let now = self.method.with_untracked(|method| AuthMethod::parse(method));
        if now.is_none_or(|method| super::kind::refused(kind, method, workspace).is_some()) {
            let method = preselected(kind, workspace).map(AuthMethod::as_str).unwrap_or_default();
            self.method.set(method.to_owned());
        }
        let (signs_in, asks) =
            (kind.redirects(), self.scope.with_untracked(|scope| scope.iter().any(|name| name == "openid")));
        if signs_in && self.scope.with_untracked(Vec::is_empty) {
            self.scope.set(vec!["openid".to_owned()]);
        } else if kind == Kind::Service && asks {
            self.scope.update(|scope| scope.retain(|name| name != "openid"));
        }
    }

    /// The client's metadata, followed.
    pub(super) fn metadata(self, workspace: &WorkspaceSettings) -> Value {
        let (Some(kind), Some(method)) = (self.kind(), self.method()) else { return json!({}) };
        let credential = self.credential(method);
        let uris = self.redirect_uris.with(|uris| trimmed(uris));
        let scope = self.scope.with(|scope| scope.join(" "));
        metadata(kind, method, self.name.get().trim(), &uris, &scope, credential, workspace)
    }

    /// The members that belong to the method.
    fn credential(self, method: AuthMethod) -> Map<String, Value> {
        let mut members = Map::new();
        let mut put = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
        match method {
            AuthMethod::PrivateKeyJwt => match self.source.get().as_str() {
                "url" => put("jwks_uri", Value::from(self.jwks_uri.get().trim())),
                "paste" => self.jwks.get().into_iter().for_each(|jwks| put("jwks", jwks)),
                _ => {
                    if let Some(key) = self.key.get() {
                        put("jwks", json!({"keys": [key.public_jwk()]}));
                        put("token_endpoint_auth_signing_alg", Value::from("ES256"));
                    }
                }
            },
            AuthMethod::TlsClientAuth => {
                if let Some(subject) = self.subject.get() {
                    put(&subject.member, Value::from(subject.value));
                }
            }
            AuthMethod::SelfSignedTlsClientAuth => {
                if let Some(jwk) = self.certificate.get().and_then(|certificate| certificate.jwk) {
                    put("jwks", json!({"keys": [jwk]}));
                }
            }
            _ => {}
        }
        members
    }

    /// What the server would say of it, followed.
    pub(super) fn problems(self, workspace: &WorkspaceSettings) -> Vec<Violation> {
        problems(&self.metadata(workspace), workspace)
    }
}

/// Lines without blanks and without empty ones.
pub(super) fn trimmed(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn metadata(
    kind: Kind,
    method: AuthMethod,
    name: &str,
    redirect_uris: &[String],
    scope: &str,
    credential: Map<String, Value>,
    workspace: &WorkspaceSettings,
) -> Value {
    let mut client = Map::new();
    let mut put = |name: &str, value: Value| drop(client.insert(name.to_owned(), value));
    if !name.is_empty() {
        put("client_name", Value::from(name));
    }
    put("application_type", json!(kind.application_type()));
    put("token_endpoint_auth_method", json!(method));
    put("grant_types", json!(kind.grants(workspace)));
    put("response_types", if kind.redirects() { json!(["code"]) } else { json!([]) });
    if kind.redirects() {
        put("redirect_uris", json!(redirect_uris));
    }
    if !scope.is_empty() {
        put("scope", Value::from(scope));
    }
    client.extend(credential);
    Value::Object(client)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client_form::of_field;

    fn made(kind: Kind, method: AuthMethod, uris: &[&str], credential: Value) -> Vec<Violation> {
        let workspace = WorkspaceSettings::default();
        let uris: Vec<_> = uris.iter().map(|uri| (*uri).to_owned()).collect();
        let credential = credential.as_object().cloned().unwrap_or_default();
        problems(&metadata(kind, method, "Shop", &uris, "openid", credential, &workspace), &workspace)
    }

    #[test]
    fn each_kind_with_each_fitting_method_passes_the_servers_validator() {
        let key = KeyPair::generate(|| Some([7; 32])).unwrap();
        let mut jwk = key.public_jwk();
        for kind in Kind::ALL {
            for method in AuthMethod::ALL.iter().copied().filter(|method| kind.unfit(*method).is_none()) {
                jwk.as_object_mut().unwrap().remove("x5c");
                let credential = match method {
                    AuthMethod::PrivateKeyJwt => json!({"jwks": {"keys": [jwk]}}),
                    AuthMethod::TlsClientAuth => json!({"tls_client_auth_subject_dn": "CN=shop"}),
                    AuthMethod::SelfSignedTlsClientAuth => json!({"jwks_uri": "https://shop.example/jwks"}),
                    _ => json!({}),
                };
                let uris: &[&str] = if kind.redirects() { &["https://shop.example/cb"] } else { &[] };
                assert_eq!(made(kind, method, uris, credential), [], "{kind:?} {method}");
            }
        }
    }

    #[test]
    fn what_is_missing_is_said_by_its_field() {
        let found = made(Kind::Server, AuthMethod::PrivateKeyJwt, &[], json!({}));
        assert!(of_field(&found, "/jwks").next().is_some() && of_field(&found, "/redirect_uris").next().is_some());
        let found = made(Kind::Browser, AuthMethod::None, &["https://shop.example/#x"], json!({}));
        assert!(of_field(&found, "/redirect_uris/0").next().is_some(), "{found:?}");
    }
}
