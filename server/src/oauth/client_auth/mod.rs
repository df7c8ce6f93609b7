//! Client authentication (RFC 6749 §2.3): evidence → client → its method → enabled? → judge → [`AuthenticatedClient`].
//!
//! One reader of evidence for all methods, one judge for each. What a judge says goes to the audit log; the wire hears
//! `invalid_client`, whatever the reason.

mod assertion;
mod certificate;
mod client_secret_basic;
mod client_secret_jwt;
mod client_secret_post;
mod evidence;
mod none;
mod private_key_jwt;
mod refusal;
mod registered_keys;
mod secret;
mod self_signed_tls_client_auth;
mod tls_client_auth;

use std::sync::Arc;

use cardea_protocol::{AuthMethod, Reason, Rejection};
use cardea_store::NewAuditEvent;
use serde_json::json;

use self::evidence::Evidence;
use super::request::{Endpoint, Request};
use crate::audit;
use crate::failure::Failure;
use crate::http::failure::OAuthFailure;
use crate::workspace::Client;
use crate::workspace::client::StoredSecret;

/// A client that has proved who it is. Only this module makes one.
pub struct AuthenticatedClient {
    client: Arc<Client>,
    method: AuthMethod,
    secret: Proof,
}

impl AuthenticatedClient {
    /// The client.
    pub fn client(&self) -> &Arc<Client> {
        &self.client
    }

    /// How it proved itself.
    pub fn method(&self) -> AuthMethod {
        self.method
    }

    /// Tells the audit log: when the client, and which of its secrets, was last used; and, where nothing else does, that it
    /// was. The token endpoint tells of what it issues.
    fn record(&self, request: &Request<'_>) {
        // A public client has shown nothing but a name, which anybody may use.
        if self.method == AuthMethod::None {
            return;
        }
        let (audit, workspace, now) = (&request.app.audit, &request.workspace, request.app.clock.now());
        let noted = self.secret.as_ref().map_or(&self.client.noted, |secret| &secret.noted);
        if noted.is_due(now) {
            let secret_id = self.secret.as_ref().map(|secret| secret.id.as_str());
            audit.touch(&workspace.tenant_id, &workspace.id, &self.client.id, secret_id, now);
        }
        if request.endpoint != Endpoint::Token {
            let detail = json!({"endpoint": request.endpoint.as_str(), "method": self.method.as_str()});
            let event = audit::of_client(request, "client.authenticated", &self.client.id);
            audit.record_success(NewAuditEvent { detail: Some(detail.into()), ..event });
        }
    }
}

/// What a judge found: the secret that matched, where the method has secrets.
type Proof = Option<Arc<StoredSecret>>;

/// Why a judge gave no [`Proof`].
enum Unproved {
    /// The client is wrong.
    Rejected(Rejection),
    /// Something broke here.
    Failed(Arc<Failure>),
}

impl From<Rejection> for Unproved {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl From<Arc<Failure>> for Unproved {
    fn from(failure: Arc<Failure>) -> Self {
        Self::Failed(failure)
    }
}

fn rejection(reason: Reason, detail: impl Into<String>) -> Unproved {
    Unproved::Rejected(Rejection::new(reason, detail))
}

/// Authenticates the client of `request`.
///
/// # Errors
/// `invalid_request` for more than one method or two different clients, `invalid_client` for every other refusal, 429 for
/// too many of them, 5xx when something broke here.
pub async fn authenticate(request: &Request<'_>) -> Result<AuthenticatedClient, OAuthFailure> {
    let arrived = std::time::Instant::now();
    let evidence = match evidence::read(request.headers, &request.params) {
        Ok(evidence) => evidence,
        Err(unreadable) => return Err(refusal::unreadable(request, unreadable)),
    };
    let client_id = evidence.client_id().map(str::to_owned);
    // Before anything is judged: a request that contradicts itself burns no assertion.
    if let (Some(named), Some(client_id)) = (request.params.get("client_id"), client_id.as_deref())
        && named != client_id
    {
        return Err(refusal::contradiction(request, named, client_id));
    }
    match judge(request, &evidence, client_id.as_deref()).await {
        Ok(authenticated) => {
            authenticated.record(request);
            Ok(authenticated)
        }
        Err(Unproved::Rejected(rejected)) => {
            Err(refusal::rejected(request, &evidence, client_id.as_deref(), rejected, arrived).await)
        }
        Err(Unproved::Failed(failure)) => Err(failure.into()),
    }
}

async fn judge(
    request: &Request<'_>,
    evidence: &Evidence<'_>,
    client_id: Option<&str>,
) -> Result<AuthenticatedClient, Unproved> {
    certificate::check(request)?;
    if let Evidence::Unusable { reason, detail, .. } = evidence {
        return Err(rejection(*reason, *detail));
    }
    let client_id = client_id.ok_or_else(|| rejection(Reason::UnknownClient, "the request names no client"))?;
    let found = request.app.client(&request.workspace, client_id).await?;
    let client = found.ok_or_else(|| rejection(Reason::UnknownClient, "no client of this id is registered here"))?;
    if !client.is_active() {
        return Err(rejection(Reason::ClientDisabled, "the client is inactive"));
    }
    let registered = client.metadata.token_endpoint_auth_method;
    if !evidence.can_be(registered) {
        let (registered, presented) = (registered.as_str(), evidence.name());
        let detail = format!("registered: {registered}, presented: {presented}");
        return Err(Rejection::comparing(Reason::MethodMismatch, detail, registered, presented).into());
    }
    let enabled = request.workspace.settings.token_endpoint_auth_methods;
    if !enabled.contains(registered) {
        let detail = format!("{} is not enabled in this workspace", registered.as_str());
        let allowed: Vec<_> = enabled.iter().map(AuthMethod::as_str).collect();
        return Err(
            Rejection::comparing(Reason::MethodDisabled, detail, allowed.join(", "), registered.as_str()).into()
        );
    }
    let proof = match (registered, evidence) {
        (AuthMethod::None, _) => none::judge()?,
        (AuthMethod::ClientSecretBasic, Evidence::Basic(basic)) => {
            client_secret_basic::judge(request, &client, basic).await?
        }
        (AuthMethod::ClientSecretPost, Evidence::Post { client_secret, .. }) => {
            client_secret_post::judge(request, &client, client_secret).await?
        }
        (AuthMethod::ClientSecretJwt, Evidence::Assertion { assertion, .. }) => {
            client_secret_jwt::judge(request, &client, assertion).await?
        }
        (AuthMethod::PrivateKeyJwt, Evidence::Assertion { assertion, .. }) => {
            private_key_jwt::judge(request, &client, assertion).await?
        }
        (AuthMethod::TlsClientAuth, _) => tls_client_auth::judge(request, &client)?,
        (AuthMethod::SelfSignedTlsClientAuth, _) => self_signed_tls_client_auth::judge(request, &client).await?,
        (
            AuthMethod::ClientSecretBasic
            | AuthMethod::ClientSecretPost
            | AuthMethod::ClientSecretJwt
            | AuthMethod::PrivateKeyJwt,
            _,
        ) => return Err(rejection(Reason::MethodMismatch, evidence.name())),
    };
    Ok(AuthenticatedClient { client, method: registered, secret: proof })
}

/// Refuses a public client where a name is not enough (RFC 7662 §2.1).
pub fn public_client_refused(request: &Request<'_>, client: &AuthenticatedClient) -> OAuthFailure {
    let rejected = Rejection::new(Reason::MethodMismatch, "a public client cannot use this endpoint");
    refusal::answer(request, Some(client.client.id.as_str()), &rejected)
}
