//! Workspaces and clients as a test meets them.

use std::sync::Arc;

use serde_json::{Value, json};

use super::certificates::{Ca, ClientCertificate, client_params};
use super::{Answer, Assertion, KeyPair, TestServer};

/// A workspace and its administrator.
#[derive(Clone, Copy)]
pub struct WorkspaceActor<'s> {
    pub server: &'s TestServer,
    names: (&'s str, &'s str),
}

impl<'s> WorkspaceActor<'s> {
    pub fn new(server: &'s TestServer, tenant: &str, id: &str) -> Self {
        // A test's few names may live as long as its process.
        Self { server, names: (tenant.to_owned().leak(), id.to_owned().leak()) }
    }

    /// `/tenants/{tid}/workspaces/{aid}`.
    pub fn path(&self) -> String {
        format!("/tenants/{}/workspaces/{}", self.names.0, self.names.1)
    }

    pub fn tenant_id(&self) -> cardea_protocol::TenantId {
        cardea_protocol::TenantId::parse(self.names.0).unwrap()
    }

    pub fn issuer(&self) -> String {
        format!("{}/{}/{}", self.server.url, self.names.0, self.names.1)
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.issuer())
    }

    /// Changes the settings.
    pub async fn set(&self, settings: Value) -> Value {
        self.server.change(&self.path(), &settings).await
    }

    /// Registers a client.
    pub async fn client(&self, metadata: Value) -> ClientActor<'s> {
        let made = self.server.create(&format!("{}/clients", self.path()), &metadata).await;
        ClientActor {
            workspace: *self,
            id: made["client_id"].as_str().unwrap().to_owned(),
            secret: made["client_secret"].as_str().map(str::to_owned),
            key: None,
            certificate: None,
        }
    }

    /// Registers a client of this method, able to authenticate where that needs no TLS.
    pub async fn client_of(&self, method: &str) -> ClientActor<'s> {
        let key = KeyPair::generate(cardea_protocol::SigningAlg::ES256);
        let self_signed = ClientCertificate::self_signed(&client_params("client"));
        let mut metadata = json!({"token_endpoint_auth_method": method});
        match method {
            "private_key_jwt" => metadata["jwks"] = key.jwks(),
            "tls_client_auth" => metadata["tls_client_auth_subject_dn"] = json!("CN=client,O=Acme"),
            "self_signed_tls_client_auth" => metadata["jwks"] = self_signed.jwks(),
            "none" => {
                metadata["grant_types"] = json!(["authorization_code"]);
                metadata["redirect_uris"] = json!(["https://client.example.com/callback"]);
            }
            _ => {}
        }
        let mut client = self.client(metadata).await;
        client.key = match method {
            "private_key_jwt" => Some(key),
            "client_secret_jwt" => {
                Some(KeyPair::hmac(cardea_protocol::SigningAlg::HS256, client.secret.as_deref().unwrap()))
            }
            _ => None,
        };
        client.certificate = match method {
            "tls_client_auth" => Some(self.trusted_certificate().await),
            "self_signed_tls_client_auth" => Some(Arc::new(self_signed)),
            _ => None,
        };
        client
    }

    /// A certificate for `CN=client,O=Acme` by an authority that the workspace trusts from now on.
    async fn trusted_certificate(&self) -> Arc<ClientCertificate> {
        let ca = Ca::new("Acme CA");
        self.server.create(&format!("{}/trusted-cas", self.path()), &ca.upload()).await;
        Arc::new(ca.signs(&client_params("client")))
    }

    /// A service with these scopes.
    pub async fn service(&self, audience: &str, scopes: &[&str]) -> Value {
        let scopes: Vec<Value> = scopes.iter().map(|name| json!({"name": name})).collect();
        let body = json!({"name": audience, "audience": audience, "scopes": scopes});
        self.server.create(&format!("{}/services", self.path()), &body).await
    }

    /// A request to the token endpoint.
    pub fn token_request(&self) -> reqwest::RequestBuilder {
        self.server.http.post(self.url("/oauth2/token"))
    }

    /// The newest audit event of this kind and outcome.
    pub async fn last_event(&self, kind: &str, outcome: &str) -> Value {
        self.server.app.audit.flush().await;
        let path = format!("{}/audit-events?type={kind}&outcome={outcome}&limit=1", self.path());
        self.server.read(&path).await["items"][0].clone()
    }

    /// Why the last client failed to authenticate.
    pub async fn last_reason(&self) -> String {
        self.last_event("client.authenticated", "failure").await["reason"].as_str().unwrap_or_default().to_owned()
    }
}

/// A client and what it knows of itself.
#[derive(Clone)]
pub struct ClientActor<'s> {
    pub workspace: WorkspaceActor<'s>,
    pub id: String,
    pub secret: Option<String>,
    pub key: Option<KeyPair>,
    pub certificate: Option<Arc<ClientCertificate>>,
}

impl ClientActor<'_> {
    pub fn path(&self) -> String {
        format!("{}/clients/{}", self.workspace.path(), self.id)
    }

    /// A right assertion of this client.
    pub fn assertion(&self) -> Assertion {
        let now = self.workspace.server.clock.now().as_secs();
        Assertion::new(self.key.as_ref().unwrap(), &self.id, &self.workspace.issuer(), now)
    }

    /// The parameters that prove this client by `method`, with whatever it has; and whether Basic goes with them.
    pub fn proof(&self, method: &str) -> (Vec<(String, String)>, bool) {
        let secret = self.secret.clone().unwrap_or_else(|| "no-secret".to_owned());
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let assertion = |assertion: String| {
            let of_type = pair("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            vec![of_type, pair("client_assertion", &assertion)]
        };
        let now = self.workspace.server.clock.now().as_secs();
        let made = |key: KeyPair| Assertion::new(&key, &self.id, &self.workspace.issuer(), now).sign(&key);
        match method {
            "client_secret_basic" => (Vec::new(), true),
            "client_secret_post" => (vec![pair("client_id", &self.id), pair("client_secret", &secret)], false),
            "client_secret_jwt" => {
                let secret = format!("{secret:_<64}");
                let secret = self.secret.clone().unwrap_or(secret);
                (assertion(made(KeyPair::hmac(cardea_protocol::SigningAlg::HS256, &secret))), false)
            }
            "private_key_jwt" => {
                let key = self.key.clone().filter(|key| !key.public.is_null());
                let key = key.unwrap_or_else(|| KeyPair::generate(cardea_protocol::SigningAlg::ES256));
                (assertion(made(key)), false)
            }
            _ => (vec![pair("client_id", &self.id)], false),
        }
    }

    /// Asks for a token by `method` with further parameters.
    pub async fn token_by(&self, method: &str, parameters: &[(&str, &str)]) -> Answer {
        let (mut form, basic) = self.proof(method);
        form.push(("grant_type".to_owned(), "client_credentials".to_owned()));
        form.extend(parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut request = self.workspace.token_request().form(&form);
        if basic {
            request = request.basic_auth(&self.id, Some(self.secret.as_deref().unwrap_or("no-secret")));
        }
        if let (true, Some(certificate)) = (method.contains("tls"), &self.certificate) {
            request = request.header("client-cert", certificate.header());
        }
        Answer::to(request).await
    }

    /// Asks for a token with nothing but its name and this certificate.
    pub async fn token_by_certificate(&self, certificate: &ClientCertificate) -> Answer {
        let form = [("grant_type", "client_credentials"), ("client_id", &*self.id)];
        let request = self.workspace.token_request().form(&form);
        Answer::to(request.header("client-cert", certificate.header())).await
    }

    /// Asks for a token with this assertion.
    pub async fn token_with(&self, assertion: &str) -> Answer {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion),
        ];
        Answer::to(self.workspace.token_request().form(&form)).await
    }
}

impl ClientActor<'_> {
    /// Asks `path` of the workspace about `token`, with this client's secret in the header.
    async fn about(&self, path: &str, token: &str) -> Answer {
        let request = self.workspace.server.http.post(self.workspace.url(path));
        let request = request.basic_auth(&self.id, self.secret.as_deref());
        Answer::to(request.form(&[("token", token)])).await
    }

    /// Introspects as a `client_secret_basic` client.
    pub async fn introspect(&self, token: &str) -> Answer {
        self.about("/oauth2/introspect", token).await
    }

    /// Revokes as a `client_secret_basic` client.
    pub async fn revoke(&self, token: &str) -> Answer {
        self.about("/oauth2/revoke", token).await
    }

    /// A token by `client_secret_basic`.
    pub async fn token(&self) -> String {
        self.token_by("client_secret_basic", &[]).await.expect(200).text("access_token")
    }
}
