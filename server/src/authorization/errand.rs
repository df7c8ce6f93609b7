//! What somebody signs in for: an application that sent them, a device whose code they have typed, or their own account.

use actix_web::HttpResponse;
use cardea_protocol::params::Params;
use cardea_protocol::{Error, ErrorCode};

use super::account;
use super::asked::{Asked, Refused};
use super::device::{self, Device};
use super::form_token::Begun;
use super::visit::{Visit, see_other};
use crate::workspace::Client;

/// What is to go on once it is known who is there.
pub enum Errand {
    /// An authorization request.
    Authorization(Box<Asked>),
    /// A device that waits for somebody.
    Device(Box<Device>),
    /// The page of their own account, since when it is under way in this browser, where it is.
    Account(Option<Begun>),
}

impl Errand {
    /// Reads what a page has carried along; `token` says since when it is under way.
    ///
    /// # Errors
    /// Those of [`Asked::read`] and of [`Device::resume`].
    pub async fn read(visit: &Visit<'_>, carried: &str, token: Option<&str>) -> Result<Self, Refused> {
        let params = Params::from_form(carried.as_bytes()).map_err(|why| Refused::page(why.description()))?;
        if carried == account::CARRIED {
            return Ok(Self::Account(visit.begun(carried, token)));
        }
        match params.get(device::USER_CODE) {
            Some(typed) => Ok(Self::Device(Box::new(Device::resume(visit, typed, token).await?))),
            None => Ok(Self::Authorization(Box::new(Asked::read(visit, &params, token).await?))),
        }
    }

    /// How pages carry it along.
    pub fn carried(&self) -> &str {
        match self {
            Self::Authorization(asked) => asked.carried(),
            Self::Device(device) => device.carried(),
            Self::Account(_) => account::CARRIED,
        }
    }

    /// Since when it is under way in this browser, where it is.
    pub fn begun(&self) -> Option<Begun> {
        match self {
            Self::Authorization(asked) => asked.begun,
            Self::Device(device) => Some(device.begun),
            Self::Account(begun) => *begun,
        }
    }

    /// Whether it came in a request object whose signature was verified.
    pub fn is_signed(&self) -> bool {
        match self {
            Self::Authorization(asked) => asked.resolved.conveyed.signed,
            Self::Device(_) | Self::Account(_) => false,
        }
    }

    /// For which client, if it is for one.
    pub fn client(&self) -> Option<&Client> {
        match self {
            Self::Authorization(asked) => Some(&asked.client),
            Self::Device(device) => Some(&device.client),
            Self::Account(_) => None,
        }
    }

    /// Who may be about to sign in.
    pub fn login_hint(&self) -> &str {
        match self {
            Self::Authorization(asked) => asked.request.login_hint.as_deref().unwrap_or_default(),
            Self::Device(_) | Self::Account(_) => "",
        }
    }

    /// Where it may lead beyond this server.
    pub fn leads_to(&self) -> Option<&str> {
        match self {
            Self::Authorization(asked) => Some(asked.return_to.redirect_uri.as_str()),
            Self::Device(_) | Self::Account(_) => None,
        }
    }

    /// Goes on.
    pub fn onwards(&self, visit: &Visit<'_>, begun: Begun) -> HttpResponse {
        match self {
            Self::Authorization(asked) => asked.onwards(visit, begun),
            Self::Device(device) => device.onwards(visit, begun),
            Self::Account(_) => account::open(visit),
        }
    }

    /// Nobody signs in.
    ///
    /// # Errors
    /// The client of an authorization request hears of it. A device is not turned down by who has not said who they are.
    pub fn cancelled(self, visit: &Visit<'_>) -> Result<HttpResponse, Refused> {
        match self {
            Self::Authorization(asked) => {
                Err(asked.refused(Error::new(ErrorCode::AccessDenied, "The person did not sign in.")))
            }
            Self::Device(_) => Ok(see_other(&visit.workspace.issuer.url(device::PATH))),
            Self::Account(_) => Ok(see_other(&visit.workspace.issuer.url("/oidc/logout"))),
        }
    }
}
