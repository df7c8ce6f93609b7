//! The authorization code grant (RFC 6749 §4.1.3, RFC 7636 §4.6, OpenID Connect Core §3.1.3): the code is claimed first, by one
//! statement; whatever is wrong beside it comes after, and does not give it back.

use cardea_protocol::params::Params;
use cardea_protocol::pkce::{self, CodeChallenge};
use cardea_protocol::{Confirmation, ErrorCode};
use cardea_store::{CodeRecord, Redemption, Tx};

use super::super::client_auth::AuthenticatedClient;
use super::super::request::Request;
use super::family;
use crate::failure::Failure;
use crate::http::failure::OAuthFailure;
use crate::tokens::issue::Granted;
use crate::workspace::client::hash;

/// What the grant reads.
pub(super) struct AuthorizationCode<'a> {
    code: &'a str,
    redirect_uri: Option<&'a str>,
    code_verifier: Option<&'a str>,
    resource: Vec<&'a str>,
}

impl<'a> AuthorizationCode<'a> {
    /// Reads the parameters.
    pub(super) fn read(params: &'a Params<'a>) -> Result<Self, OAuthFailure> {
        let missing = || OAuthFailure::new(ErrorCode::InvalidRequest, "The code parameter is missing.");
        Ok(Self {
            code: params.get("code").ok_or_else(missing)?,
            redirect_uri: params.get("redirect_uri"),
            code_verifier: params.credential("code_verifier"),
            resource: params.all("resource").collect(),
        })
    }
}

/// Decides. A refusal commits what was claimed and revoked; only a failure rolls it back.
pub(super) async fn exchange(
    request: &Request<'_>,
    client: &AuthenticatedClient,
    grant: &AuthorizationCode<'_>,
    binding: Option<Confirmation>,
) -> Result<Granted, OAuthFailure> {
    let tx = request.app.store.begin(request.app.clock.now()).await?;
    let decided = decide(request, client, grant, binding, &tx).await.map_err(OAuthFailure::from)?;
    request.app.commit(tx).await?;
    decided
}

async fn decide(
    request: &Request<'_>,
    client: &AuthenticatedClient,
    grant: &AuthorizationCode<'_>,
    binding: Option<Confirmation>,
    tx: &Tx,
) -> Result<Result<Granted, OAuthFailure>, Failure> {
    let workspace = &request.workspace;
    let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
    let now = request.app.clock.now();
    let code = match scoped
        .redeem_code(&hash(grant.code), &client.client().id, now, now.plus_secs(family::lifetime(request)))
        .await?
    {
        Redemption::Redeemed(code) => *code,
        // Somebody has it who should not: what was issued for it is worth nothing any more (RFC 6749 §4.1.2).
        Redemption::Reused { family_id } => {
            scoped.revoke_family(&family_id, now).await?;
            return Ok(Err(invalid("The code was used before.")));
        }
        Redemption::Unknown => return Ok(Err(invalid("The code is unknown, expired, or of another client."))),
    };
    if let Err(refused) = check(&code, grant) {
        return Ok(Err(refused));
    }
    family::found(request, client, code.into(), &grant.resource, binding, tx).await
}

/// What the client must show beside the code.
fn check(code: &CodeRecord, grant: &AuthorizationCode<'_>) -> Result<(), OAuthFailure> {
    let named = code.redirect_uri.as_deref();
    if named.is_some_and(|named| grant.redirect_uri != Some(named)) {
        return Err(invalid("The redirect_uri is not that of the authorization request."));
    }
    let challenge = code.code_challenge.as_deref().map(CodeChallenge::stored).transpose();
    let challenge = challenge.map_err(|_| invalid("The code cannot be verified."))?;
    pkce::check(challenge.as_ref(), grant.code_verifier)
        .map_err(|_| invalid("The code_verifier does not fit the code_challenge of the authorization request."))
}

fn invalid(description: &'static str) -> OAuthFailure {
    OAuthFailure::new(ErrorCode::InvalidGrant, description)
}
