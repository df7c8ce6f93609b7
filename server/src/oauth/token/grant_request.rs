//! Which grant a request asks for, and the parameters of it.

use cardea_protocol::params::Params;
use cardea_protocol::{ErrorCode, GrantType, WorkspaceSettings};

use super::authorization_code::AuthorizationCode;
use super::client_credentials::ClientCredentials;
use super::device_code::DeviceCode;
use super::refresh_token::RefreshTokenGrant;
use crate::http::failure::OAuthFailure;

/// A grant of this version, with its parameters read.
pub(super) enum GrantRequest<'a> {
    /// RFC 6749 §4.1.3.
    AuthorizationCode(AuthorizationCode<'a>),
    /// RFC 6749 §6.
    RefreshToken(RefreshTokenGrant<'a>),
    /// RFC 6749 §4.4.
    ClientCredentials(ClientCredentials<'a>),
    /// RFC 8628 §3.4.
    DeviceCode(DeviceCode<'a>),
}

impl<'a> GrantRequest<'a> {
    /// Reads the grant.
    pub(super) fn parse(params: &'a Params<'a>, settings: &WorkspaceSettings) -> Result<Self, OAuthFailure> {
        let name = params
            .get("grant_type")
            .ok_or_else(|| OAuthFailure::new(ErrorCode::InvalidRequest, "The grant_type parameter is missing."))?;
        let grant_type = GrantType::parse(name).filter(|known| settings.grant_types.contains(known));
        match grant_type {
            Some(GrantType::ClientCredentials) => Ok(Self::ClientCredentials(ClientCredentials::read(params))),
            Some(GrantType::AuthorizationCode) => Ok(Self::AuthorizationCode(AuthorizationCode::read(params)?)),
            Some(GrantType::RefreshToken) => Ok(Self::RefreshToken(RefreshTokenGrant::read(params)?)),
            Some(GrantType::DeviceCode) => Ok(Self::DeviceCode(DeviceCode::read(params)?)),
            None => Err(OAuthFailure::new(
                ErrorCode::UnsupportedGrantType,
                "The grant type is unknown or not enabled here.",
            )),
        }
    }

    /// Its name.
    pub(super) fn grant_type(&self) -> GrantType {
        match self {
            Self::AuthorizationCode(_) => GrantType::AuthorizationCode,
            Self::RefreshToken(_) => GrantType::RefreshToken,
            Self::ClientCredentials(_) => GrantType::ClientCredentials,
            Self::DeviceCode(_) => GrantType::DeviceCode,
        }
    }
}
