//! The methods that are measured: the client, its requests, and the baseline's counterpart.

use std::net::SocketAddr;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cardea_e2e::certificates::{self, Authority, Identity};
use cardea_e2e::client::JWT_BEARER;
use cardea_e2e::{Admin, Workspace};
use serde_json::json;
use url::form_urlencoded;

use crate::Outcome;
use crate::assertions::{self, Key};
use crate::load::Requests;
use crate::tls::Tls;

const SCOPE: &str = "orders.read";

/// One row of the table.
pub(crate) struct Case {
    /// How the row is called.
    pub(crate) method: &'static str,
    /// Route of the baseline, and what it does.
    pub(crate) baseline: (&'static str, &'static str),
    /// The least ratio that product.md §7 allows.
    pub(crate) target: Option<f64>,
    /// How it speaks to Cardea's mTLS listener, where it proves itself by a certificate.
    pub(crate) tls: Option<Tls>,
    client_id: String,
    issuer: String,
    path: String,
    proof: Evidence,
}

enum Evidence {
    Certificate,
    Basic(String),
    Post(String),
    Assertion(Key),
}

const SIGN: (&str, &str) = ("/token", "sign");
const VERIFY: (&str, &str) = ("/verify", "verify + sign");

impl Case {
    /// Registers a client for each method.
    pub(crate) async fn all(admin: &Admin, workspace: &Workspace) -> Outcome<Vec<Self>> {
        let mut cases = Vec::new();
        for (method, target) in
            [("client_secret_post", Some(0.7)), ("client_secret_basic", Some(0.7)), ("client_secret_jwt", None)]
        {
            let metadata = json!({"token_endpoint_auth_method": method, "scope": SCOPE});
            let registered = workspace.register(admin, metadata).await;
            let (id, secret) = (registered.client.client_id, registered.client_secret.ok_or("no secret")?);
            let proof = match method {
                "client_secret_post" => Evidence::Post(secret),
                "client_secret_basic" => Evidence::Basic(secret),
                _ => Evidence::Assertion(Key::hs256(&secret)),
            };
            cases.push(Self::new(method, SIGN, target, id.as_str(), workspace, proof));
        }
        let key = Key::es256()?;
        let metadata = json!({"token_endpoint_auth_method": "private_key_jwt", "scope": SCOPE, "jwks": key.jwks()});
        let id = workspace.register(admin, metadata).await.client.client_id;
        let proof = Evidence::Assertion(key);
        cases.push(Self::new("private_key_jwt", VERIFY, Some(0.5), id.as_str(), workspace, proof));
        Ok(cases)
    }

    /// Registers a client for each method with a certificate; `server` is the certificate of the mTLS listener.
    pub(crate) async fn by_certificate(admin: &Admin, workspace: &Workspace, server: &Path) -> Outcome<Vec<Self>> {
        let authority = Authority::root("Benchmark");
        workspace.trust(admin, &authority).await;
        let signed = authority.issue(&certificates::client("benchmark"));
        let own = Identity::self_signed(&certificates::client("benchmark"));
        let by_name = workspace.register_name(admin, "tls_client_auth_subject_dn", "CN=benchmark,O=Example").await;
        let by_itself = workspace.register_certificate(admin, &own).await;
        let mut cases = Vec::new();
        for (method, client_id, identity) in
            [("tls_client_auth", by_name, signed), ("self_signed_tls_client_auth", by_itself, own)]
        {
            let _: serde_json::Value = admin.patch(&workspace.client(&client_id), &json!({"scope": SCOPE})).await;
            let case = Self::new(method, SIGN, None, &client_id, workspace, Evidence::Certificate);
            cases.push(Self { tls: Some(Tls::new(server, Some(&identity))?), ..case });
        }
        Ok(cases)
    }

    fn new(
        method: &'static str,
        baseline: (&'static str, &'static str),
        target: Option<f64>,
        client_id: &str,
        workspace: &Workspace,
        proof: Evidence,
    ) -> Self {
        let (client_id, issuer) = (client_id.to_owned(), workspace.issuer.clone());
        let path = workspace.at("", "/oauth2/token");
        Self { method, baseline, target, tls: None, client_id, issuer, path, proof }
    }

    /// The public key of the client, where it has one.
    pub(crate) fn public_point(&self) -> Option<&[u8]> {
        let Evidence::Assertion(key) = &self.proof else { return None };
        Some(key.public_point()).filter(|point| !point.is_empty())
    }

    /// Whether every request has to be another one.
    pub(crate) fn is_once(&self) -> bool {
        matches!(self.proof, Evidence::Assertion(_))
    }

    /// Requests for Cardea or, with the same bodies, for the baseline; `count` of them where each is used once.
    pub(crate) fn requests(&self, server: SocketAddr, is_baseline: bool, count: usize) -> Outcome<Requests> {
        let path = if is_baseline { self.baseline.0 } else { &self.path };
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost:{}\r\ncontent-type: application/x-www-form-urlencoded\r\n",
            server.port()
        );
        let form = |more: &[(&str, &str)], fields: &str| {
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.append_pair("grant_type", "client_credentials").append_pair("scope", SCOPE);
            let body = form.extend_pairs(more).finish();
            format!("{head}{fields}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
        };
        Ok(match &self.proof {
            Evidence::Post(secret) => {
                Requests::Same(form(&[("client_id", &self.client_id), ("client_secret", secret)], ""))
            }
            Evidence::Certificate => Requests::Same(form(&[("client_id", &self.client_id)], "")),
            Evidence::Basic(secret) => Requests::Same(form(&[], &basic(&self.client_id, secret))),
            Evidence::Assertion(key) => {
                let with = |assertion: &str| {
                    form(&[("client_assertion_type", JWT_BEARER), ("client_assertion", assertion)], "")
                };
                Requests::once(assertions::requests(key, &self.client_id, &self.issuer, count, with)?)
            }
        })
    }
}

/// Ids and secrets of Cardea's making are the same when form-encoded (RFC 6749 §2.3.1).
fn basic(client_id: &str, secret: &str) -> String {
    let both = STANDARD.encode(format!("{client_id}:{secret}"));
    format!("authorization: Basic {both}\r\n")
}
