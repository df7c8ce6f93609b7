//! A relying party that nobody here wrote: the `openidconnect` crate, used as its documentation says. What it does not accept of an
//! answer, no application accepts.

mod callback;

use std::pin::Pin;

use openidconnect::core::{
    CoreGenderClaim, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreResponseType,
    CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyAdditionalClaims,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl, JsonWebKey as _,
    LogoutRequest, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, RefreshToken, Scope, SubjectIdentifier, TokenResponse as _,
    UserInfoClaims,
};
use serde_json::{Value, json};
use url::Url;

pub use callback::{Callback, Told};

use crate::admin::Admin;
use crate::http::{Answer, Http};
use crate::workspace::Workspace;

type Client = openidconnect::core::CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;
type Sending = Pin<Box<dyn Future<Output = reqwest::Result<HttpResponse>> + Send>>;

/// An application, at one workspace.
pub struct RelyingParty {
    /// Where answers come in.
    pub callback: Callback,
    /// Its id.
    pub client_id: String,
    issuer: String,
    secret: ClientSecret,
    client: Client,
    metadata: ProviderMetadataWithLogout,
    http: Http,
}

/// A request that the browser is sent away with.
pub struct Request {
    /// Where it is sent.
    pub url: Url,
    state: String,
    nonce: Nonce,
    verifier: String,
}

/// Somebody who has come back.
pub struct SignedIn {
    /// What the token endpoint answered.
    pub tokens: CoreTokenResponse,
    /// What the ID token says, verified.
    pub claims: CoreIdTokenClaims,
}

impl RelyingParty {
    /// Registers an application with a secret, and discovers the workspace. `more` is merged into its metadata.
    pub async fn register(admin: &Admin, workspace: &Workspace, more: Value) -> Self {
        let callback = Callback::listen().await;
        let mut metadata = json!({
            "client_name": "Shop",
            "redirect_uris": [callback.url("/callback")],
            "post_logout_redirect_uris": [callback.url("/bye")],
            "grant_types": ["authorization_code", "refresh_token"],
        });
        metadata.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let registered = workspace.register(admin, metadata).await;
        let client_id = registered.client.client_id.as_str().to_owned();
        let http = admin.http().clone();
        let issuer = IssuerUrl::new(workspace.issuer.clone()).unwrap();
        let metadata = ProviderMetadataWithLogout::discover_async(issuer, &transport(&http)).await.unwrap();
        let secret = ClientSecret::new(registered.client_secret.unwrap());
        let client =
            Client::from_provider_metadata(metadata.clone(), ClientId::new(client_id.clone()), Some(secret.clone()))
                .set_redirect_uri(RedirectUrl::new(callback.url("/callback")).unwrap());
        Self { callback, client_id, issuer: workspace.issuer.clone(), secret, client, metadata, http }
    }

    /// A request for `openid` and these scopes, with these parameters besides.
    #[must_use]
    pub fn request(&self, scopes: &[&str], more: &[(&str, &str)]) -> Request {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut request = self.client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        for scope in scopes {
            request = request.add_scope(Scope::new((*scope).to_owned()));
        }
        for (name, value) in more {
            request = request.add_extra_param(*name, *value);
        }
        let (url, state, nonce) = request.set_pkce_challenge(challenge).url();
        Request { url, state: state.into_secret(), nonce, verifier: verifier.into_secret() }
    }

    /// The answer to a request, which has to be of this workspace (RFC 9207) and of this request (`state`).
    pub async fn answer(&self, request: &Request) -> Told {
        let told = self.callback.next().await;
        assert_eq!(told.path, "/callback");
        assert_eq!(told.param("state"), Some(request.state.as_str()), "{told:?}");
        assert_eq!(told.param("iss"), Some(self.issuer.as_str()), "{told:?}");
        told
    }

    /// The error that is the answer to a request.
    pub async fn error(&self, request: &Request) -> String {
        let told = self.answer(request).await;
        assert!(told.param("code").is_none(), "{told:?}");
        told.param("error").unwrap_or_else(|| panic!("no error in {told:?}")).to_owned()
    }

    /// Awaits a code, exchanges it, and verifies the ID token: signature, issuer, audience, times, nonce, and `at_hash`.
    pub async fn signed_in(&self, request: &Request) -> SignedIn {
        let told = self.answer(request).await;
        let code = told.param("code").unwrap_or_else(|| panic!("no code in {told:?}")).to_owned();
        let verifier = PkceCodeVerifier::new(request.verifier.clone());
        let exchange = self.client.exchange_code(AuthorizationCode::new(code)).unwrap().set_pkce_verifier(verifier);
        let tokens = exchange.request_async(&transport(&self.http)).await.unwrap();
        let (id_token, id_verifier) = (tokens.id_token().unwrap(), self.verifier().await);
        let claims = id_token.claims(&id_verifier, &request.nonce).unwrap().clone();
        let (alg, key) = (id_token.signing_alg().unwrap(), id_token.signing_key(&id_verifier).unwrap());
        let hash = AccessTokenHash::from_token(tokens.access_token(), alg, key).unwrap();
        assert_eq!(claims.access_token_hash(), Some(&hash));
        SignedIn { tokens, claims }
    }

    /// What knows the keys that the workspace publishes now: an application goes back to them for one that it has not seen (Core §10.1.1).
    async fn verifier(&self) -> CoreIdTokenVerifier<'static> {
        let keys = CoreJsonWebKeySet::fetch_async(self.metadata.jwks_uri(), &transport(&self.http)).await.unwrap();
        let (id, issuer) = (ClientId::new(self.client_id.clone()), self.metadata.issuer().clone());
        CoreIdTokenVerifier::new_confidential_client(id, self.secret.clone(), issuer, keys)
    }

    /// The ids of the keys that were published when the application was set up.
    #[must_use]
    pub fn known_keys(&self) -> Vec<String> {
        self.metadata.jwks().keys().iter().filter_map(|key| Some(key.key_id()?.to_string())).collect()
    }

    /// What the userinfo endpoint says, which has to be of the same person as the ID token.
    pub async fn userinfo(&self, person: &SignedIn) -> UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim> {
        let subject = Some(SubjectIdentifier::new(person.claims.subject().to_string()));
        let request = self.client.user_info(person.tokens.access_token().clone(), subject).unwrap();
        request.request_async(&transport(&self.http)).await.unwrap()
    }

    /// New tokens for a refresh token. An ID token among them has to be of the same person and sign-in (Core §12.2).
    pub async fn refresh(&self, person: &SignedIn) -> SignedIn {
        let token = person.tokens.refresh_token().unwrap();
        let tokens = self.try_refresh(token).await.unwrap();
        let verifier = self.verifier().await;
        // A nonce is of the authorization request alone.
        let claims = tokens.id_token().unwrap().claims(&verifier, |_: Option<&Nonce>| Ok(())).unwrap().clone();
        assert_eq!(claims.subject(), person.claims.subject());
        assert_eq!(claims.auth_time(), person.claims.auth_time());
        SignedIn { tokens, claims }
    }

    /// The same, where it may be refused.
    ///
    /// # Errors
    /// What the token endpoint answered.
    pub async fn try_refresh(&self, token: &RefreshToken) -> Result<CoreTokenResponse, String> {
        let request = self.client.exchange_refresh_token(token).unwrap();
        request.request_async(&transport(&self.http)).await.map_err(|error| format!("{error:?}"))
    }

    /// Where the browser is sent to sign out (RP-Initiated Logout 1.0 §2), to come back at `/bye` with this state.
    #[must_use]
    pub fn logout(&self, id_token: &CoreIdToken, state: &str) -> Url {
        let endpoint = self.metadata.additional_metadata().end_session_endpoint.clone().unwrap();
        LogoutRequest::from(endpoint)
            .set_id_token_hint(id_token)
            .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(self.callback.url("/bye")).unwrap())
            .set_state(CsrfToken::new(state.to_owned()))
            .http_get_url()
    }
}

/// The HTTP client that the library is given.
fn transport(http: &Http) -> impl Fn(HttpRequest) -> Sending + use<> {
    let http = http.clone();
    move |request| {
        let http = http.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let request = http.client().request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
            let answer = Answer::to(request).await?;
            let mut response = HttpResponse::new(answer.body);
            *response.status_mut() = answer.status.try_into().unwrap();
            *response.headers_mut() = answer.headers;
            Ok(response)
        })
    }
}
