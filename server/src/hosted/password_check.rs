//! Whether somebody knows a password: counted, so that guessing is slow, and bounded, so that it costs nobody else anything.

use cardea_protocol::Secret;
use cardea_protocol::password::normalised;

use crate::app::App;
use crate::throttle::{Attempt, Verdict};
use crate::workspace::Workspace;

/// Seconds to wait while no more slow hashes can be computed.
pub(super) const BREATHER: u64 = 2;

/// What came of it.
pub(super) struct Checked {
    /// Whether it is the password.
    pub(super) is_right: bool,
    /// What follows if not; whoever finds that it is takes the count back.
    pub(super) verdict: Verdict,
}

/// Where passwords of the people of a workspace are counted: one place, by whatever page they are guessed.
pub(super) fn place(workspace: &Workspace) -> String {
    format!("{}/{} users", workspace.tenant_id, workspace.pool_id())
}

/// Holds `password` against `hash`; nothing when no more slow hashes can be computed at the moment.
pub(super) async fn verify(app: &App, attempt: Attempt, password: &str, hash: &str) -> Option<Checked> {
    let slowly = app.throttle.is_exhausted(attempt);
    // Counted first and taken back when the outcome is known: who hangs up meanwhile has guessed all the same.
    let verdict = app.throttle.failed(attempt);
    let password = Secret::new(normalised(password).to_string());
    let checked = if slowly {
        app.passwords.verify_slowly(&password, hash).await
    } else {
        app.passwords.verify(&password, hash).await
    };
    match checked {
        Ok(is_right) => Some(Checked { is_right, verdict }),
        Err(_) => {
            app.throttle.forgive(attempt);
            None
        }
    }
}
