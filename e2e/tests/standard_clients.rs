//! Clients that nobody here wrote: the `oauth2` and `openidconnect` crates, used as their documentation says.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_e2e::{Admin, Answer, Cardea, Client, Database, Http, Proof, Workspace};
use oauth2::basic::{BasicClient, BasicErrorResponseType};
use oauth2::{
    AuthType, ClientId, ClientSecret, HttpRequest, HttpResponse, IntrospectionUrl, RequestTokenError, RevocationUrl,
    Scope, TokenIntrospectionResponse as _, TokenResponse as _, TokenUrl,
};
use openidconnect::core::{CoreClient, CoreJsonWebKeySet, CoreJwsSigningAlgorithm, CoreProviderMetadata};
use openidconnect::{IssuerUrl, JsonWebKey as _, JsonWebKeySetUrl};
use serde_json::{Value, json};

struct Stage {
    cardea: Cardea,
    admin: Admin,
    workspace: Workspace,
}

async fn stage() -> Stage {
    let cardea = Cardea::start(Database::Sqlite).await;
    let admin = cardea.admin().await;
    let workspace = Workspace::with_service(&admin).await;
    Stage { cardea, admin, workspace }
}

impl Stage {
    /// A client of `method`, and its secret.
    async fn registered(&self, method: &str) -> (ClientId, ClientSecret) {
        let metadata = json!({"token_endpoint_auth_method": method, "scope": "orders.read orders.write"});
        let client = Client::of_secret(&self.admin, &self.workspace, metadata).await;
        let (Proof::Basic(secret) | Proof::Post(secret)) = client.proof else { panic!("no secret") };
        (ClientId::new(client.client_id), ClientSecret::new(secret))
    }

    fn url(&self, rest: &str) -> String {
        format!("{}{rest}", self.workspace.issuer)
    }

    fn token_url(&self) -> TokenUrl {
        TokenUrl::new(self.url("/oauth2/token")).unwrap()
    }

    /// The HTTP client that the libraries are given. The `oauth2` crate revokes over https alone: for it, this is the proxy that ends TLS.
    fn transport(
        &self,
    ) -> impl Fn(HttpRequest) -> std::pin::Pin<Box<dyn Future<Output = reqwest::Result<HttpResponse>>>> + use<> {
        let http = self.cardea.http().clone();
        move |request| Box::pin(send(http.clone(), request))
    }
}

async fn send(http: Http, request: HttpRequest) -> reqwest::Result<HttpResponse> {
    let (parts, body) = request.into_parts();
    let url = parts.uri.to_string().replace("https://", "http://");
    let request = http.client().request(parts.method, url).headers(parts.headers).body(body);
    let answer = Answer::to(request).await?;
    let mut response = HttpResponse::new(answer.body);
    *response.status_mut() = answer.status.try_into().unwrap();
    *response.headers_mut() = answer.headers;
    Ok(response)
}

#[tokio::test]
async fn the_oauth2_crate_gets_a_token_with_either_kind_of_secret() {
    let stage = stage().await;
    let transport = stage.transport();
    for (method, auth_type, other) in [
        ("client_secret_basic", AuthType::BasicAuth, AuthType::RequestBody),
        ("client_secret_post", AuthType::RequestBody, AuthType::BasicAuth),
    ] {
        let (id, secret) = stage.registered(method).await;
        let client = BasicClient::new(id).set_client_secret(secret).set_token_uri(stage.token_url());
        let mistaken = client.clone().set_auth_type(other);
        let refused = mistaken.exchange_client_credentials().request_async(&transport).await.unwrap_err();
        let RequestTokenError::ServerResponse(refused) = refused else { panic!("{refused:?}") };
        assert_eq!(refused.error(), &BasicErrorResponseType::InvalidClient, "{method}");

        let client = client.set_auth_type(auth_type);
        let request = client.exchange_client_credentials().add_scope(Scope::new("orders.read".to_owned()));
        let token = request.request_async(&transport).await.unwrap();
        assert_eq!(token.expires_in().unwrap().as_secs(), 3600);
        assert_eq!(token.scopes().unwrap(), &vec![Scope::new("orders.read".to_owned())]);
    }
}

#[tokio::test]
async fn the_oauth2_crate_understands_each_refusal() {
    let stage = stage().await;
    let transport = stage.transport();
    let (id, secret) = stage.registered("client_secret_basic").await;
    let client = BasicClient::new(id).set_token_uri(stage.token_url());
    let wrong = client.clone().set_client_secret(ClientSecret::new("wrong".to_owned()));
    let right = client.set_client_secret(secret);
    for (client, scope, expected) in [
        (&wrong, "orders.read", BasicErrorResponseType::InvalidClient),
        (&right, "orders.delete", BasicErrorResponseType::InvalidScope),
    ] {
        let request = client.exchange_client_credentials().add_scope(Scope::new(scope.to_owned()));
        let refused = request.request_async(&transport).await.unwrap_err();
        let RequestTokenError::ServerResponse(refused) = refused else { panic!("{refused:?}") };
        assert_eq!(refused.error(), &expected);
        assert!(refused.error_description().is_some(), "{refused:?}");
    }
    right.exchange_client_credentials().request_async(&transport).await.unwrap();
}

#[tokio::test]
async fn the_oauth2_crate_introspects_and_revokes() {
    let stage = stage().await;
    let transport = stage.transport();
    let (id, secret) = stage.registered("client_secret_basic").await;
    let client = BasicClient::new(id.clone())
        .set_client_secret(secret)
        .set_token_uri(stage.token_url())
        .set_introspection_url(IntrospectionUrl::new(stage.url("/oauth2/introspect")).unwrap())
        .set_revocation_url(RevocationUrl::new(stage.url("/oauth2/revoke").replace("http://", "https://")).unwrap());
    let token = client.exchange_client_credentials().request_async(&transport).await.unwrap();
    let other = client.exchange_client_credentials().request_async(&transport).await.unwrap();

    let seen = client.introspect(token.access_token()).request_async(&transport).await.unwrap();
    assert!(seen.active());
    assert_eq!(seen.client_id(), Some(&id));
    assert_eq!(seen.iss(), Some(stage.workspace.issuer.as_str()));
    assert!(seen.exp().unwrap() > seen.iat().unwrap());

    client.revoke_token(token.access_token().clone().into()).unwrap().request_async(&transport).await.unwrap();
    assert!(!client.introspect(token.access_token()).request_async(&transport).await.unwrap().active());
    assert!(client.introspect(other.access_token()).request_async(&transport).await.unwrap().active());
}

#[tokio::test]
async fn the_openidconnect_crate_verifies_a_token_with_the_keys_that_it_fetched() {
    let stage = stage().await;
    let transport = stage.transport();
    let keys_url = JsonWebKeySetUrl::new(stage.url("/.well-known/jwks.json")).unwrap();
    let keys = CoreJsonWebKeySet::fetch_async(&keys_url, &transport).await.unwrap();
    let (id, secret) = stage.registered("client_secret_basic").await;
    let issuer = IssuerUrl::new(stage.workspace.issuer.clone()).unwrap();
    let client = CoreClient::new(id, issuer, keys.clone()).set_client_secret(secret).set_token_uri(stage.token_url());
    let token = client.exchange_client_credentials().request_async(&transport).await.unwrap();

    let token = token.access_token().secret();
    let (signing_input, signature) = token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    let key = keys.keys().iter().find(|key| key.key_id().is_some_and(|kid| header["kid"] == kid.as_str())).unwrap();
    let alg = CoreJwsSigningAlgorithm::EcdsaP256Sha256;
    assert!(key.verify_signature(&alg, b"another message", &signature).is_err());
    key.verify_signature(&alg, signing_input.as_bytes(), &signature).unwrap();
}

#[tokio::test]
async fn the_openidconnect_crate_discovers_a_workspace() {
    let stage = stage().await;
    let transport = stage.transport();
    // Discovery 1.0 requires members of what this version does not serve. A workspace says nothing of what it does not
    // serve, and the crate insists on them: they are filled in on the way, where they are missing.
    let completed = |request: HttpRequest| {
        let response = transport(request);
        async move {
            let mut response = response.await?;
            let mut document: Value = serde_json::from_slice(response.body()).unwrap();
            if let Some(members) = document.as_object_mut().filter(|members| members.contains_key("issuer")) {
                let issuer = members["issuer"].as_str().unwrap().to_owned();
                members.entry("authorization_endpoint").or_insert(format!("{issuer}/oauth2/authorize").into());
                members.entry("response_types_supported").or_insert(json!(["code"]));
                members.entry("subject_types_supported").or_insert(json!(["public"]));
                members.entry("id_token_signing_alg_values_supported").or_insert(json!(["ES256"]));
                *response.body_mut() = document.to_string().into_bytes();
            }
            Ok::<_, reqwest::Error>(response)
        }
    };
    let issuer = IssuerUrl::new(stage.workspace.issuer.clone()).unwrap();
    let metadata = CoreProviderMetadata::discover_async(issuer.clone(), &completed).await.unwrap();
    assert_eq!(metadata.issuer(), &issuer);
    assert_eq!(metadata.token_endpoint(), Some(&stage.token_url()));
    assert!(!metadata.jwks().keys().is_empty());
    let methods = metadata.token_endpoint_auth_methods_supported().unwrap();
    assert_eq!(methods.len(), 7, "a new workspace enables all: {methods:?}");

    let elsewhere = IssuerUrl::new(format!("{}x", stage.workspace.issuer)).unwrap();
    assert!(CoreProviderMetadata::discover_async(elsewhere, &completed).await.is_err(), "no such workspace");
}
