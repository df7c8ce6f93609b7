//! Moving clients to a method that stays, each by a change of its own, one after another.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use cardea_api::path;
use cardea_protocol::id::{TenantId, WorkspaceId};
use cardea_protocol::{AuthMethod, ClientId};

use super::ImpactedClient;
use crate::api::{Api, Failure};

/// How far the move of a client has come.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Progress {
    /// It is its turn.
    Moving,
    /// It is registered for the new method.
    Moved(AuthMethod),
    /// It is as it was.
    Failed(Failure),
}

/// The moves of this page.
#[derive(Clone, Copy)]
pub(super) struct Moves {
    tid: StoredValue<TenantId>,
    aid: StoredValue<WorkspaceId>,
    /// Which method each client is to be moved to, where it is not the first it could have.
    pub(super) chosen: RwSignal<BTreeMap<String, AuthMethod>>,
    /// Clients that were moved, or were to be, by their ids.
    pub(super) progress: RwSignal<BTreeMap<String, Progress>>,
    /// Whether clients are being moved.
    pub(super) busy: RwSignal<bool>,
}

impl Moves {
    /// None yet.
    pub(super) fn new(tid: TenantId, aid: WorkspaceId) -> Self {
        Self {
            tid: StoredValue::new(tid),
            aid: StoredValue::new(aid),
            chosen: RwSignal::default(),
            progress: RwSignal::default(),
            busy: RwSignal::new(false),
        }
    }

    /// Where `client` is to be moved, followed.
    pub(super) fn target(self, client: &ImpactedClient) -> Option<AuthMethod> {
        let chosen = self.chosen.with(|chosen| chosen.get(client.client_id.as_str()).copied());
        chosen.filter(|method| client.movable_to.contains(method)).or_else(|| client.movable_to.first().copied())
    }

    /// Moves each of `clients` to its target and tells `done` when the last one is.
    pub(super) fn all(self, api: Api, clients: Vec<(ClientId, AuthMethod)>, done: impl FnOnce() + 'static) {
        self.busy.set(true);
        spawn_local(async move {
            for (client_id, target) in clients {
                self.note(&client_id, Progress::Moving);
                let path = path::client(&self.tid.get_value(), &self.aid.get_value(), &client_id);
                let patch = json!({"token_endpoint_auth_method": target});
                let outcome = match api.patch::<Value>(&path, &patch, None).await {
                    Ok(_) => Progress::Moved(target),
                    Err(failure) => Progress::Failed(failure),
                };
                if !self.note(&client_id, outcome) {
                    return;
                }
            }
            self.busy.set(false);
            done();
        });
    }

    /// Notes how far `client_id` is; answers whether anybody is still looking.
    fn note(self, client_id: &ClientId, progress: Progress) -> bool {
        self.progress.try_update(|all| all.insert(client_id.as_str().to_owned(), progress)).is_some()
    }
}

/// How the moves went, in a sentence.
pub(super) fn summary(progress: &BTreeMap<String, Progress>) -> Option<String> {
    let count = |wanted: fn(&Progress) -> bool| progress.values().filter(|progress| wanted(progress)).count();
    let moved = count(|progress| matches!(progress, Progress::Moved(_)));
    let failed = count(|progress| matches!(progress, Progress::Failed(_)));
    let clients = |count: usize| format!("{count} client{}", if count == 1 { "" } else { "s" });
    match (moved, failed) {
        (0, 0) => None,
        (moved, 0) => Some(format!("{} moved.", clients(moved))),
        (0, failed) => Some(format!("{} could not be moved.", clients(failed))),
        (moved, failed) => Some(format!("{} moved, {failed} could not be.", clients(moved))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Kind;

    #[test]
    fn what_was_moved_and_what_was_not_is_said() {
        let mut progress = BTreeMap::from([("a".to_owned(), Progress::Moving)]);
        assert_eq!(summary(&progress), None);
        progress.insert("a".to_owned(), Progress::Moved(AuthMethod::ClientSecretPost));
        assert_eq!(summary(&progress).as_deref(), Some("1 client moved."));
        progress.insert("b".to_owned(), Progress::Failed(Failure::of(Kind::Invalid, "no")));
        assert_eq!(summary(&progress).as_deref(), Some("1 client moved, 1 could not be."));
    }
}
