//! Who changes something, as the audit log names them: the bearer of a token, or the operator at the command line.

use cardea_protocol::{ClientId, TenantId, WorkspaceId};

use crate::http::standing::Standing;

/// The author of a change.
#[derive(Clone, Debug)]
pub struct Author {
    /// `client:{tid}/{aid}/{client_id}`, `user:{tid}/{sub}` or `system`.
    pub actor: String,
    /// What they may do.
    pub standing: Standing,
    /// The address they come from.
    pub ip: Option<String>,
    /// The request they came with.
    pub request_id: Option<String>,
}

impl Author {
    /// The operator of this installation, or Cardea itself.
    pub fn system() -> Self {
        Self { actor: "system".to_owned(), standing: Standing::operator(), ip: None, request_id: None }
    }
}

/// The name of a client as an actor or object.
pub fn client_name(tenant_id: &TenantId, workspace_id: &WorkspaceId, client_id: &ClientId) -> String {
    format!("client:{tenant_id}/{workspace_id}/{client_id}")
}
