//! The device grant (RFC 8628 §3.4, §3.5): the device asks until somebody has decided. What they agreed to is claimed by the statement
//! that finds it, so that of all who ask, one gets tokens.

use cardea_protocol::params::Params;
use cardea_protocol::{Confirmation, ErrorCode};
use cardea_store::{DevicePoll, Tx};

use super::super::client_auth::AuthenticatedClient;
use super::super::request::Request;
use super::family;
use crate::failure::Failure;
use crate::http::failure::OAuthFailure;
use crate::tokens::issue::Granted;
use crate::workspace::client::hash;

/// What the grant reads.
pub(super) struct DeviceCode<'a> {
    device_code: &'a str,
    resource: Vec<&'a str>,
}

impl<'a> DeviceCode<'a> {
    /// Reads the parameters.
    pub(super) fn read(params: &'a Params<'a>) -> Result<Self, OAuthFailure> {
        let missing = || OAuthFailure::new(ErrorCode::InvalidRequest, "The device_code parameter is missing.");
        Ok(Self {
            device_code: params.get("device_code").ok_or_else(missing)?,
            resource: params.all("resource").collect(),
        })
    }
}

/// Decides. A refusal commits when the device has asked; only a failure does not.
pub(super) async fn exchange(
    request: &Request<'_>,
    client: &AuthenticatedClient,
    grant: &DeviceCode<'_>,
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
    grant: &DeviceCode<'_>,
    binding: Option<Confirmation>,
    tx: &Tx,
) -> Result<Result<Granted, OAuthFailure>, Failure> {
    let (workspace, now) = (&request.workspace, request.app.clock.now());
    let scoped = tx.scoped(&workspace.tenant_id, &workspace.id);
    let answer = scoped.poll_device_code(&hash(grant.device_code), &client.client().id, now).await?;
    let (code, description) = match answer {
        DevicePoll::Approved(code, approval) => {
            let authorized = (*code, approval).into();
            return family::found(request, client, authorized, &grant.resource, binding, tx).await;
        }
        DevicePoll::Pending => (ErrorCode::AuthorizationPending, "Nobody has decided yet."),
        DevicePoll::SlowDown { .. } => {
            (ErrorCode::SlowDown, "Nobody has decided yet. Wait five seconds longer from now on.")
        }
        DevicePoll::Denied => (ErrorCode::AccessDenied, "The person did not let the device in."),
        DevicePoll::Expired => (ErrorCode::ExpiredToken, "Nobody decided in time. Ask for new codes."),
        DevicePoll::Unknown => (ErrorCode::InvalidGrant, "The device code is unknown, used, or of another client."),
    };
    Ok(Err(OAuthFailure::new(code, description)))
}
