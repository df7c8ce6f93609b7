//! What mutual TLS adds to a workspace: authorities that it trusts, and clients that are known by their certificates.

use std::time::Duration;

use cardea_api::audit_event::AuditEventView;
use reqwest::Method;
use serde_json::{Value, json};

use crate::admin::Admin;
use crate::certificates::{Authority, Identity};
use crate::eventually;
use crate::http::Answer;
use crate::workspace::Workspace;

const PATIENCE: Duration = Duration::from_secs(10);

impl Workspace {
    /// Trusts an authority, and answers its id.
    pub async fn trust(&self, admin: &Admin, authority: &Authority) -> String {
        let body = json!({"pem": authority.pem(), "name": "Of a test"});
        let created: Value = admin.create(&self.path("trusted-cas"), &body).await;
        created.get("id").and_then(Value::as_str).unwrap().to_owned()
    }

    /// Trusts an authority no longer.
    pub async fn distrust(&self, admin: &Admin, id: &str) {
        admin.delete(&self.path(&format!("trusted-cas/{id}"))).await;
    }

    /// Registers a `tls_client_auth` client by one name of its certificate, and answers its id.
    pub async fn register_name(&self, admin: &Admin, member: &str, name: &str) -> String {
        let registered =
            self.register(admin, json!({"token_endpoint_auth_method": "tls_client_auth", member: name})).await;
        registered.client.client_id.as_str().to_owned()
    }

    /// Registers a `self_signed_tls_client_auth` client as an administrator does: with the JWK that
    /// `/certificates/inspect` makes of its certificate.
    pub async fn register_certificate(&self, admin: &Admin, identity: &Identity) -> String {
        let inspected = admin.post("/certificates/inspect", &json!({"pem": identity.pem()})).await;
        let jwk = inspected.expect::<Value>(200).get("jwk").unwrap().clone();
        let metadata = json!({"token_endpoint_auth_method": "self_signed_tls_client_auth", "jwks": {"keys": [jwk]}});
        self.register(admin, metadata).await.client.client_id.as_str().to_owned()
    }

    /// The failure that an answer was given for: the audit event of its request.
    pub async fn failure(&self, admin: &Admin, answer: &Answer) -> AuditEventView {
        let request = answer.header("x-request-id").unwrap_or_else(|| panic!("no X-Request-Id in {answer:?}"));
        let path = self.path("audit-events?outcome=failure&limit=200");
        let of_request = async || {
            let page: cardea_api::page::Page<AuditEventView> =
                Answer::to(admin.request(Method::GET, &path)).await.unwrap().expect(200);
            page.items.into_iter().find(|event| event.request_id.as_deref() == Some(request))
        };
        eventually("the audit event of a refusal", PATIENCE, of_request).await.0
    }
}
