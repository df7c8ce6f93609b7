//! The client credentials grant (RFC 6749 §4.4): a confidential client acts for itself.

use cardea_protocol::params::Params;
use cardea_protocol::{AuthMethod, Confirmation, ErrorCode};

use super::super::client_auth::AuthenticatedClient;
use super::super::request::Request;
use crate::authorization::target::{self, OnBehalf};
use crate::http::failure::OAuthFailure;
use crate::tokens::issue::Granted;

/// What the grant reads.
pub(super) struct ClientCredentials<'a> {
    scope: Option<&'a str>,
    resource: Vec<&'a str>,
}

impl<'a> ClientCredentials<'a> {
    /// Reads the parameters.
    pub(super) fn read(params: &'a Params<'a>) -> Self {
        let mut resource: Vec<&str> = Vec::new();
        for value in params.all("resource") {
            if !value.is_empty() && !resource.contains(&value) {
                resource.push(value);
            }
        }
        Self { scope: params.get("scope"), resource }
    }
}

/// Decides.
pub(super) fn exchange(
    request: &Request<'_>,
    client: &AuthenticatedClient,
    grant: &ClientCredentials<'_>,
    binding: Option<Confirmation>,
) -> Result<Granted, OAuthFailure> {
    // RFC 6749 §4.4: MUST only be used by confidential clients.
    if client.method() == AuthMethod::None {
        return Err(OAuthFailure::new(
            ErrorCode::UnauthorizedClient,
            "A public client cannot use the client credentials grant.",
        ));
    }
    let (workspace, app) = (&request.workspace, request.app);
    let metadata = &client.client().metadata;
    let scope = target::scope(workspace, app, metadata, grant.scope, &grant.resource, OnBehalf::OfItself)?;
    let audience = target::audience(workspace, app, &scope, &grant.resource);
    Ok(Granted {
        client: client.client().clone(),
        subject: client.client().id.as_str().to_owned(),
        scope,
        audience,
        binding,
        person: None,
    })
}
