//! An authorization request that is understood (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.2): whose it is, where its answer goes,
//! what it asks. Until the client and its redirect URI are known, an error is a page; after that it goes back to the client
//! (RFC 6749 §4.1.2.1). The type chooses, not a flag.

use std::sync::Arc;

use cardea_protocol::authorization_request::{self, AuthorizationRequest, Conveyance, Conveyed, PARAMETERS, ReturnTo};
use cardea_protocol::params::Params;
use cardea_protocol::{ClientId, Error, ErrorCode, Scope};

use super::target::{self, OnBehalf};
use crate::app::App;
use crate::failure::Failure;
use crate::workspace::{Client, Workspace};

/// A request that could be granted, if the person agrees.
pub struct Asked {
    /// Whose it is.
    pub client: Arc<Client>,
    /// Where the answer goes.
    pub return_to: ReturnTo,
    /// What it asks.
    pub request: AuthorizationRequest,
    /// What for.
    pub scope: Scope,
    /// The request as pages carry it along, to be read again when it goes on.
    pub carried: String,
}

/// Why a request is not answered by a code.
pub enum Refused {
    /// The person sees a page with this sentence.
    ShowPage(&'static str),
    /// The client hears of it.
    SendBack(ReturnTo, ClientId, Error),
    /// Something broke here.
    Failed(Arc<Failure>),
}

impl From<Arc<Failure>> for Refused {
    fn from(failure: Arc<Failure>) -> Self {
        Self::Failed(failure)
    }
}

impl Asked {
    /// The refusal of this request.
    pub fn refused(self, error: Error) -> Refused {
        Refused::SendBack(self.return_to, self.client.id.clone(), error)
    }

    /// The name of the application, for people.
    pub fn client_name(&self) -> &str {
        self.client.metadata.client_name.as_deref().unwrap_or(self.client.id.as_str())
    }

    /// Reads the parameters of a request.
    ///
    /// # Errors
    /// In the order of [`Refused`]: what nobody can be told but the person, then what the client is told.
    pub async fn read(app: &App, workspace: &Workspace, params: &Params<'_>) -> Result<Self, Refused> {
        let client = client(app, workspace, params).await?;
        let return_to = ReturnTo::read(params, &client.metadata).map_err(|why| Refused::ShowPage(why.message()))?;
        match understood(app, workspace, &client, &return_to, params) {
            Ok((request, scope)) => Ok(Self { client, return_to, request, scope, carried: params.to_form(PARAMETERS) }),
            Err(error) => Err(Refused::SendBack(return_to, client.id.clone(), error)),
        }
    }
}

async fn client(app: &App, workspace: &Workspace, params: &Params<'_>) -> Result<Arc<Client>, Refused> {
    const UNKNOWN: Refused = Refused::ShowPage("No application with this client_id is registered here.");
    let id = authorization_request::client_id(params).map_err(|why| Refused::ShowPage(why.message()))?;
    let client = app.client(workspace, id.as_str()).await?.ok_or(UNKNOWN)?;
    if client.is_active() { Ok(client) } else { Err(Refused::ShowPage("This application is switched off.")) }
}

fn understood(
    app: &App,
    workspace: &Workspace,
    client: &Client,
    return_to: &ReturnTo,
    params: &Params<'_>,
) -> Result<(AuthorizationRequest, Scope), Error> {
    match Conveyance::of(params)? {
        Conveyance::Plain => {}
        Conveyance::RequestObject(_) => {
            return Err(Error::new(ErrorCode::RequestNotSupported, "Request objects are not supported."));
        }
        Conveyance::Pushed(_) => {
            let description = "Pushed authorization requests are not supported.";
            return Err(Error::new(ErrorCode::RequestUriNotSupported, description));
        }
    }
    let request = AuthorizationRequest::read(params)?;
    request.check_policy(return_to, &client.metadata, &workspace.settings, Conveyed::default())?;
    let resource: Vec<&str> = request.resource.iter().map(String::as_str).collect();
    let asked = (!request.scope.is_empty()).then(|| request.scope.as_str());
    let scope = target::scope(workspace, app, &client.metadata, asked, &resource, OnBehalf::OfAPerson)?;
    Ok((request, scope))
}
