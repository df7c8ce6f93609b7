//! `cardea demo`: the tenant `demo`, with a workspace for each story and one ready client for each method.

mod certificates;
pub mod credentials;
mod person;
mod print;
mod stories;

use std::path::PathBuf;

use cardea_protocol::TenantId;

use crate::app::App;
use crate::http::problem::Refusal;
use credentials::ClientFile;

/// Why the demonstration could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The store or a rule said no.
    #[error("the demonstration could not be set up: {0}")]
    Refused(#[from] Refusal),
    /// The files with the clients' credentials could not be written or read.
    #[error("{0}: {1}")]
    Files(PathBuf, String),
    /// The tenant is there, but not what its clients know.
    #[error("the tenant `demo` exists, but its credentials are not in {0}: delete the tenant, then run this again")]
    Orphaned(PathBuf),
}

/// Fills the tenant `demo`, unless it is filled already, and answers what to print.
///
/// # Errors
/// When something cannot be stored or written.
pub async fn run(app: &App) -> Result<String, DemoError> {
    let folder = app.config.data_dir.join("demo");
    let tenant = TenantId::parse("demo").map_err(|_| Refusal::NotFound)?;
    if app.store.find_tenant(&tenant).await.map_err(Refusal::from)?.is_none() {
        for client in stories::fill(app, &tenant).await? {
            client.write(&folder)?;
        }
    }
    let clients: Vec<ClientFile> = credentials::read_all(&folder)?;
    if clients.is_empty() {
        return Err(DemoError::Orphaned(folder));
    }
    Ok(print::instructions(app, &folder, &clients))
}
