//! The one place where tokens are made: claims, signature or stored hash, and the answer (RFC 6749 §5.1, RFC 9068).

use std::sync::Arc;

use cardea_protocol::claims::id_token::{IdTokenClaims, half_hash};
use cardea_protocol::claims::standard::ReleasedClaims;
use cardea_protocol::claims::{AccessTokenClaims, Audience, Confirmation};
use cardea_protocol::{AccessTokenFormat, Scope, SigningAlg, Timestamp};
use cardea_store::OpaqueTokenRecord;

use crate::app::App;
use crate::failure::Failure;
use crate::keys::{KeyError, Signer, lifecycle};
use crate::random;
use crate::tokens::id;
use crate::tokens::refresh_token::RefreshToken;
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
    /// The person behind them, where there is one.
    pub person: Option<OfPerson>,
}

/// What is issued beside the access token, because a person stands behind it.
pub struct OfPerson {
    /// The family of the tokens.
    pub family_id: String,
    /// The refresh token, where one is due.
    pub refresh_token: Option<RefreshToken>,
    /// The ID token, where one is due.
    pub id_token: Option<IdToken>,
}

/// What an ID token says beyond what follows from the grant (OpenID Connect Core §2).
pub struct IdToken {
    /// When the person signed in.
    pub auth_time: Timestamp,
    /// What the client gave to be repeated.
    pub nonce: Option<String>,
    /// How strongly the person was authenticated.
    pub acr: Option<String>,
    /// How.
    pub amr: Vec<String>,
    /// The session.
    pub sid: Option<String>,
    /// What else it says of the person.
    pub claims: ReleasedClaims,
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
    /// The refresh token.
    pub refresh_token: Option<String>,
    /// The ID token.
    pub id_token: Option<String>,
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
        jti: id::new(granted.client.created_at, granted.person.as_ref().map(|person| person.family_id.as_str())),
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
    let person = granted.person.as_ref();
    let refresh_token = person.and_then(|person| person.refresh_token.as_ref());
    let id_token = match person.and_then(|person| person.id_token.as_ref()) {
        Some(id_token) => Some(signed_id_token(app, workspace, granted, id_token, &access_token).await?),
        None => None,
    };
    Ok(Issued {
        refresh_token: refresh_token.map(|token| token.write(&app.vault, workspace)),
        id_token,
        access_token,
        expires_in: lifetime,
        scope: claims.scope.unwrap_or_default(),
        id: claims.jti,
    })
}

/// OpenID Connect Core §2, §3.1.3.6. RS256 unless the client registered otherwise.
async fn signed_id_token(
    app: &App,
    workspace: &Workspace,
    granted: &Granted,
    id_token: &IdToken,
    access_token: &str,
) -> Result<String, Arc<Failure>> {
    let alg = granted.client.metadata.id_token_alg(&workspace.settings);
    let now = app.clock.now().as_secs();
    let at_hash = half_hash(alg, access_token);
    let amr: Vec<&str> = id_token.amr.iter().map(String::as_str).collect();
    let claims = IdTokenClaims {
        iss: workspace.issuer.as_str(),
        sub: &granted.subject,
        aud: granted.client.id.as_str(),
        exp: now + i64::from(workspace.settings.id_token_ttl),
        iat: now,
        auth_time: Some(id_token.auth_time.as_secs()),
        nonce: id_token.nonce.as_deref(),
        acr: id_token.acr.as_deref(),
        amr: &amr,
        azp: None,
        at_hash: Some(&at_hash),
        sid: id_token.sid.as_deref(),
        person: id_token.claims.clone(),
    };
    let payload = serde_json::to_vec(&claims).map_err(|_| Arc::new(KeyError::Crypto("claims").into()))?;
    let signer = signer(app, workspace, alg).await?;
    signer.jwt("JWT", &payload).map_err(|error| Arc::new(error.into()))
}

async fn signed(
    app: &App,
    workspace: &Workspace,
    alg: SigningAlg,
    claims: &AccessTokenClaims,
) -> Result<String, Arc<Failure>> {
    let payload = serde_json::to_vec(claims).map_err(|_| Arc::new(KeyError::Crypto("claims").into()))?;
    let signer = signer(app, workspace, alg).await?;
    signer.access_token(&payload).map_err(|error| Arc::new(error.into()))
}

/// The signer for `alg`; of keys that are made now, where they are first needed.
///
/// # Errors
/// When a key cannot be made, or the store is down and is needed.
pub async fn signer(app: &App, workspace: &Workspace, alg: SigningAlg) -> Result<Arc<Signer>, Arc<Failure>> {
    match workspace.keys.signer(alg) {
        Some(signer) => Ok(signer.clone()),
        None => first_signer(app, workspace, alg).await,
    }
}

async fn first_signer(app: &App, workspace: &Workspace, alg: SigningAlg) -> Result<Arc<Signer>, Arc<Failure>> {
    lifecycle::make_first_keys(app, &workspace.tenant_id, &workspace.id, alg).await.map_err(Arc::new)?;
    // Another node may have made them, of which this one has not heard yet.
    app.forget(&workspace.tenant_id, Some(&workspace.id), None).await;
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
