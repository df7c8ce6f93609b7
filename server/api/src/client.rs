//! `…/clients`: RFC 7591 client metadata by its own names, and a few members of ours.

use cardea_protocol::{client_metadata::ClientMetadata, id::ClientId, time::Timestamp};
use serde::{Deserialize, Serialize};

/// A client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientView {
    /// Unique in its workspace (RFC 6749 §2.2).
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub client_id: ClientId,
    /// What is registered.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = crate::schema::ClientMetadata))]
    pub metadata: ClientMetadata,
    /// Whether it is Cardea's own (the console): it follows the server's settings, and can be neither changed nor deleted.
    #[serde(default)]
    pub built_in: bool,
    /// When it was created.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it was last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
    /// When it last authenticated (to within a second or so); `null` when it never did.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub last_authenticated_at: Option<Timestamp>,
}

impl ClientView {
    /// Members that a `PATCH` may repeat but not change.
    pub const READ_ONLY: &[&str] = &[
        "client_id",
        "client_secret",
        "client_secret_expires_at",
        "built_in",
        "created_at",
        "updated_at",
        "last_authenticated_at",
    ];
}

/// What `POST …/clients` and `PATCH …/clients/{client_id}` answer: the client, and its new secret if one was made or given.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClientWithSecret {
    /// The client.
    #[serde(flatten)]
    pub client: ClientView,
    /// Shown this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// Seconds since 1970, 0 for never (RFC 7591 §3.2.1); present with `client_secret`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret_expires_at: Option<i64>,
}
