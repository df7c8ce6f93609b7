//! The one place where tokens are made: claims, signature or stored hash, and the answer (RFC 6749 §5.1, RFC 9068).

use std::sync::Arc;

use cardea_protocol::claims::{AccessTokenClaims, Audience, Confirmation};
use cardea_protocol::{AccessTokenFormat, Scope, SigningAlg};
use cardea_store::OpaqueTokenRecord;

use crate::app::App;
use crate::failure::Failure;
use crate::keys::{KeyError, Signer, lifecycle};
use crate::random;
use crate::tokens::id;
use crate::workspace::client::hash;
use crate::workspace::{Client, Workspace};

/// What a grant decided.
pub struct Granted {
    /// To whom the tokens are issued.
    pub client: Arc<Client>,
    /// On whose behalf it acts: `sub`.
    pub subject: String,
    /// What it may do.
    pub scope: Scope,
    /// Where it may do it: `aud`.
    pub audience: Audience,
    /// What they are bound to: `cnf`.
    pub binding: Option<Confirmation>,
}

/// Tokens, on their way out.
pub struct Issued {
    /// The access token.
    pub access_token: String,
    /// Its lifetime in seconds.
    pub expires_in: u32,
    /// What it is good for.
    pub scope: String,
    /// Its `jti`: how the audit log names it.
    pub id: String,
}

/// Makes the tokens that were granted.
///
/// # Errors
/// When a key cannot be made or used, or the store is down and is needed.
pub async fn tokens(app: &App, workspace: &Workspace, granted: &Granted) -> Result<Issued, Arc<Failure>> {
    let settings = &workspace.settings;
    let lifetime = granted.client.metadata.token_ttls.access_token.unwrap_or(settings.access_token_ttl);
    let now = app.clock.now().as_secs();
    let claims = AccessTokenClaims {
        iss: workspace.issuer.as_str().to_owned(),
        sub: granted.subject.clone(),
        aud: granted.audience.clone(),
        client_id: granted.client.id.as_str().to_owned(),
        exp: now + i64::from(lifetime),
        iat: now,
        jti: id::new(granted.client.created_at),
        scope: Some(granted.scope.to_string()),
        cnf: granted.binding.clone(),
    };
    // The management API finds out from the token itself which workspace it is of.
    let opaque = settings.access_token_format == AccessTokenFormat::Opaque && !workspace.is_admin();
    let access_token = if opaque {
        stored(app, workspace, granted, &claims).await?
    } else {
        signed(app, workspace, settings.access_token_signing_alg, &claims).await?
    };
    Ok(Issued { access_token, expires_in: lifetime, scope: claims.scope.unwrap_or_default(), id: claims.jti })
}

async fn signed(
    app: &App,
    workspace: &Workspace,
    alg: SigningAlg,
    claims: &AccessTokenClaims,
) -> Result<String, Arc<Failure>> {
    let payload = serde_json::to_vec(claims).map_err(|_| Arc::new(KeyError::Crypto("claims").into()))?;
    let signer = match workspace.keys.signer(alg) {
        Some(signer) => signer.clone(),
        None => first_signer(app, workspace, alg).await?,
    };
    signer.access_token(&payload).map_err(|error| Arc::new(error.into()))
}

/// The signer of keys that are made now that they are first needed.
async fn first_signer(app: &App, workspace: &Workspace, alg: SigningAlg) -> Result<Arc<Signer>, Arc<Failure>> {
    lifecycle::make_first_keys(app, &workspace.tenant_id, &workspace.id, alg).await.map_err(Arc::new)?;
    let reloaded = app.workspace(workspace.tenant_id.as_str(), workspace.id.as_str()).await?;
    let signer = reloaded.and_then(|workspace| workspace.keys.signer(alg).cloned());
    signer.ok_or_else(|| Arc::new(KeyError::Crypto("the key that was made is not there").into()))
}

/// An opaque token: 256 random bits, of which the store keeps the hash.
async fn stored(
    app: &App,
    workspace: &Workspace,
    granted: &Granted,
    claims: &AccessTokenClaims,
) -> Result<String, Arc<Failure>> {
    let token = random::secret();
    let record = OpaqueTokenRecord {
        hash: hash(&token),
        client_id: granted.client.id.clone(),
        claims: serde_json::to_value(claims).map_err(|_| Arc::new(KeyError::Crypto("claims").into()))?,
        expires_at: app.clock.now().plus_secs(claims.exp - claims.iat),
    };
    let written = workspace.scoped(&app.store).insert_opaque_token(&record).await;
    let _ = written.map_err(|error| Arc::new(Failure::from(error)))?;
    Ok(token)
}
