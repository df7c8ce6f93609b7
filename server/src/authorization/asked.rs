//! An authorization request that is understood (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.2): whose it is, where its answer goes,
//! what it asks. Until the client and its redirect URI are known, an error is a page; after that it goes back to the client
//! (RFC 6749 §4.1.2.1). The type chooses, not a flag.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::HttpResponse;
use cardea_protocol::authorization_request::{self, AuthorizationRequest, Conveyed, ReturnTo, Unaddressed};
use cardea_protocol::params::Params;
use cardea_protocol::{Error, Scope};

use super::conveyance::{self, Resolved, Unresolved};
use super::form_token::Begun;
use super::person;
use super::target::{self, OnBehalf};
use super::visit::Visit;
use crate::app::App;
use crate::failure::Failure;
use crate::hosted::pages::DeviceCodeError;
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
    /// How it came.
    pub resolved: Resolved,
    /// Since when it is under way in this browser, where it is.
    pub begun: Option<Begun>,
}

/// Why a request is not granted.
pub enum Refused {
    /// The person sees a page with this sentence.
    ShowPage(Cow<'static, str>),
    /// The person sees a page, and the administrators what exactly is wrong.
    Misdirected(Box<Misdirected>),
    /// The client hears of it.
    SendBack(ReturnTo, Arc<Client>, Error),
    /// The person enters the code of a device, once more: what they have typed, and what is wrong with it.
    AskUserCode(String, DeviceCodeError),
    /// Something broke here.
    Failed(Arc<Failure>),
}

/// A request that can be answered to nobody but the person: whose it would be, or where its answer would go, is not as registered.
pub struct Misdirected {
    /// What the person reads.
    pub rule: &'static str,
    /// The word of the audit event.
    pub reason: &'static str,
    /// The client that the request names.
    pub client_id: Option<String>,
    /// The `redirect_uri` of the request, where it is at fault, and those that are registered.
    pub redirect_uri: Option<(String, Arc<Client>)>,
}

impl From<Misdirected> for Refused {
    fn from(misdirected: Misdirected) -> Self {
        Self::Misdirected(Box::new(misdirected))
    }
}

impl From<Arc<Failure>> for Refused {
    fn from(failure: Arc<Failure>) -> Self {
        Self::Failed(failure)
    }
}

impl Refused {
    /// A page with this sentence.
    pub const fn page(rule: &'static str) -> Self {
        Self::ShowPage(Cow::Borrowed(rule))
    }
}

impl Asked {
    /// The refusal of this request.
    pub fn refused(self, error: Error) -> Refused {
        Refused::SendBack(self.return_to, self.client, error)
    }

    /// The name of the application, for people.
    pub fn client_name(&self) -> &str {
        self.client.name()
    }

    /// Goes on at the authorization endpoint.
    pub fn onwards(&self, visit: &Visit<'_>, begun: Begun) -> HttpResponse {
        visit.onwards("/oauth2/authorize", self.carried(), begun)
    }

    /// What the person must agree to: the scope, and the scopes of claims that are asked for one by one.
    pub fn to_agree(&self) -> Scope {
        person::permitted(&self.scope, &self.request.claims)
    }

    /// The request as pages carry it along, to be read again when it goes on.
    pub fn carried(&self) -> &str {
        &self.resolved.carried
    }

    /// Reads the parameters of a request; `token` says since when it is under way.
    ///
    /// # Errors
    /// In the order of [`Refused`]: what nobody can be told but the person, then what the client is told.
    pub async fn read(visit: &Visit<'_>, params: &Params<'_>, token: Option<&str>) -> Result<Self, Refused> {
        let (app, workspace) = (visit.app, &visit.workspace);
        let client = client(app, workspace, params).await?;
        let resolved = match conveyance::resolve(visit, &client, params, token).await {
            Ok(resolved) => resolved,
            Err(Unresolved::Failed(failure)) => return Err(Refused::Failed(failure)),
            // What is beside the object says where to tell, if it says anything that is registered.
            Err(Unresolved::Refused(error)) => {
                return Err(match ReturnTo::read(params, &client.metadata) {
                    Ok(return_to) => Refused::SendBack(return_to, client, error),
                    Err(why) => misdirected(params, &client, why),
                });
            }
        };
        let begun = visit.begun(&resolved.carried, token);
        let params = Params::from_form(resolved.form.as_bytes()).map_err(|why| Refused::page(why.description()))?;
        let return_to = ReturnTo::read(&params, &client.metadata).map_err(|why| misdirected(&params, &client, why))?;
        match understood(app, workspace, &client, &return_to, &params, resolved.conveyed) {
            Ok((request, scope)) => Ok(Self { client, return_to, request, scope, resolved, begun }),
            Err(error) => Err(Refused::SendBack(return_to, client, error)),
        }
    }
}

async fn client(app: &App, workspace: &Workspace, params: &Params<'_>) -> Result<Arc<Client>, Refused> {
    let named = params.get("client_id");
    let refused = |reason, rule| {
        let client_id = named.map(str::to_owned);
        Refused::from(Misdirected { rule, reason, client_id, redirect_uri: None })
    };
    let id = authorization_request::client_id(params).map_err(|why| refused(why.reason(), why.message()))?;
    let client = app.client(workspace, id.as_str()).await?;
    let unknown = || refused("unknown_client", "No application with this client_id is registered here.");
    let client = client.ok_or_else(unknown)?;
    if client.is_active() { Ok(client) } else { Err(refused("client_disabled", "This application is switched off.")) }
}

fn misdirected(params: &Params<'_>, client: &Arc<Client>, why: Unaddressed) -> Refused {
    let presented = params.get("redirect_uri").filter(|_| why == Unaddressed::RedirectUriNotRegistered);
    let redirect_uri = presented.map(|presented| (presented.to_owned(), client.clone()));
    let client_id = Some(client.id.as_str().to_owned());
    Misdirected { rule: why.message(), reason: why.reason(), client_id, redirect_uri }.into()
}

/// What a request asks, held against what is registered and enabled.
///
/// # Errors
/// That can be told to the client.
pub fn understood(
    app: &App,
    workspace: &Workspace,
    client: &Client,
    return_to: &ReturnTo,
    params: &Params<'_>,
    conveyed: Conveyed,
) -> Result<(AuthorizationRequest, Scope), Error> {
    let request = AuthorizationRequest::read(params)?;
    request.check_policy(return_to, &client.metadata, &workspace.settings, conveyed)?;
    let resource: Vec<&str> = request.resource.iter().map(String::as_str).collect();
    let asked = (!request.scope.is_empty()).then(|| request.scope.as_str());
    let scope = target::scope(workspace, app, &client.metadata, asked, &resource, OnBehalf::OfAPerson)?;
    Ok((request, scope))
}
