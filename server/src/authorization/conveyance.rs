//! How a request comes: in parameters, in a request object that the client signed (RFC 9101), or pushed before (RFC 9126). Whatever the
//! way, what counts is one list of parameters, and nothing beside it.

use std::sync::Arc;

use cardea_protocol::authorization_request::{Conveyance, Conveyed, PARAMETERS, RequestUri};
use cardea_protocol::params::Params;
use cardea_protocol::request_object::{ExpectedRequestObject, UnverifiedRequestObject};
use cardea_protocol::{Error, ErrorCode};
use serde::{Deserialize, Serialize};

use super::visit::Visit;
use crate::app::App;
use crate::client_keys;
use crate::failure::Failure;
use crate::workspace::client::hash;
use crate::workspace::{Client, Workspace};

/// Seconds for which a pushed request that a browser has shown stays good: people need time to sign in.
const PATIENCE: i64 = 3_600;

/// A request, wherever it was.
pub struct Resolved {
    /// Its parameters, as a form.
    pub form: String,
    /// The same as pages carry it along: what was pushed stays where it is.
    pub carried: String,
    /// How it came.
    pub conveyed: Conveyed,
    /// What names it in the store, where it was pushed.
    pub pushed: Option<[u8; 32]>,
}

/// A pushed request as the store keeps it.
#[derive(Serialize, Deserialize)]
pub struct Pushed {
    /// Its parameters, as a form.
    pub form: String,
    /// Whether a request object said so.
    pub signed: bool,
}

/// Why a request cannot be had.
pub enum Unresolved {
    /// It is wrong.
    Refused(Error),
    /// Something broke here.
    Failed(Arc<Failure>),
}

impl From<Error> for Unresolved {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<Failure> for Unresolved {
    fn from(failure: Failure) -> Self {
        Self::Failed(Arc::new(failure))
    }
}

impl From<cardea_store::StoreError> for Unresolved {
    fn from(error: cardea_store::StoreError) -> Self {
        Failure::from(error).into()
    }
}

/// The request that `params` convey. A request whose signature was verified when it first came is carried along by its parameters, and
/// `token` still says so.
pub(super) async fn resolve(
    visit: &Visit<'_>,
    client: &Client,
    params: &Params<'_>,
    token: Option<&str>,
) -> Result<Resolved, Unresolved> {
    match Conveyance::of(params)? {
        Conveyance::Plain => {
            let form = params.to_form(PARAMETERS);
            let signed = visit.begun(&form, token).is_some_and(|begun| begun.signed);
            Ok(Resolved { carried: form.clone(), form, conveyed: Conveyed { pushed: false, signed }, pushed: None })
        }
        Conveyance::RequestObject(object) => {
            let form = signed(visit.app, &visit.workspace, client, object).await?;
            let conveyed = Conveyed { pushed: false, signed: true };
            Ok(Resolved { carried: form.clone(), form, conveyed, pushed: None })
        }
        Conveyance::Pushed(uri) => pushed(visit, client, uri, params).await,
    }
}

/// The parameters in a request object, once its signature is verified.
///
/// # Errors
/// `invalid_request_object`; or when the client's keys cannot be had.
pub async fn signed(app: &App, workspace: &Workspace, client: &Client, object: &str) -> Result<String, Unresolved> {
    let object = UnverifiedRequestObject::parse(object, client.metadata.request_object_signing_alg)?;
    let jws = object.jws();
    let verifies = client_keys::verify(app, workspace, client, jws.kid(), jws.alg(), |key| {
        key.verifies(jws.signing_input(), jws.signature())
    });
    if !verifies.await {
        let description = "The signature of the request object cannot be verified with the keys of the client.";
        return Err(Error::new(ErrorCode::InvalidRequestObject, description).into());
    }
    let (issuer, now) = (workspace.issuer.as_str(), app.clock.now());
    let params = object.into_params(&ExpectedRequestObject { client_id: &client.id, issuer, now })?;
    Ok(params.to_form(PARAMETERS))
}

async fn pushed(
    visit: &Visit<'_>,
    client: &Client,
    uri: RequestUri<'_>,
    params: &Params<'_>,
) -> Result<Resolved, Unresolved> {
    let (scoped, now) = (visit.workspace.scoped(&visit.app.store), visit.app.clock.now());
    let hash = hash(uri.reference());
    let found = scoped.find_pushed_request(&hash, &client.id, now).await?;
    let pushed = found.and_then(|found| serde_json::from_value::<Pushed>(found.parameters).ok());
    let unknown = || Error::new(ErrorCode::InvalidRequestUri, "The request_uri is unknown, expired, or used before.");
    let Pushed { form, signed } = pushed.ok_or_else(unknown)?;
    scoped.extend_pushed_request(&hash, &client.id, now, now.plus_secs(PATIENCE)).await?;
    let carried = params.to_form(&["client_id", "request_uri"]);
    Ok(Resolved { form, carried, conveyed: Conveyed { pushed: true, signed }, pushed: Some(hash) })
}
