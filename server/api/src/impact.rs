//! `…/token-endpoint-auth-methods/impact`: who would stop working if the enabled set became another.

use cardea_protocol::{
    auth_method::{AuthMethod, AuthMethods},
    id::ClientId,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Body of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposedMethods {
    /// The set as it would become.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::schema::AuthMethod>))]
    pub token_endpoint_auth_methods: AuthMethods,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Impact {
    /// The clients that work now and would not; the most recently used first, 200 at most.
    pub clients: Vec<ImpactedClient>,
    /// How many there are.
    pub total: u64,
}

/// A client that would stop working.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImpactedClient {
    /// Its id.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub client_id: ClientId,
    /// Its name.
    pub client_name: Option<String>,
    /// The method it is registered for.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::AuthMethod))]
    pub token_endpoint_auth_method: AuthMethod,
    /// When it last authenticated.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub last_authenticated_at: Option<Timestamp>,
    /// Whom to write to.
    #[serde(default)]
    pub contacts: Vec<String>,
    /// The methods of the proposed set that it could be changed to as it is, with the credentials that it has.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::schema::AuthMethod>))]
    pub movable_to: Vec<AuthMethod>,
}
