//! What a client sees as `sub` (OpenID Connect Core §8): the user's id, or a pairwise one that no other sector sees.

use cardea_protocol::subject::{SectorIdentifier, SubjectType};

use crate::app::App;
use crate::workspace::{Client, Workspace};

const PURPOSE: &str = "pairwise subject";

/// The subject of the user `user_id` for `client`.
pub fn of(app: &App, workspace: &Workspace, client: &Client, user_id: &str) -> String {
    let pairwise = client.metadata.subject_type == Some(SubjectType::Pairwise);
    // Without exactly one sector a pairwise client could not be registered.
    match SectorIdentifier::of(&client.metadata).ok().filter(|_| pairwise) {
        Some(sector) => {
            let salt = app.vault.mac(PURPOSE, &[workspace.key.as_bytes(), &workspace.incarnation.to_be_bytes()]);
            sector.pairwise_subject(user_id, &salt)
        }
        None => user_id.to_owned(),
    }
}
