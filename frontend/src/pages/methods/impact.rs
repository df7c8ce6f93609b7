//! What the draft would do to clients, asked of the server once the switches rest.

use std::time::Duration;

use leptos::prelude::*;

use cardea_api::path;
use cardea_protocol::AuthMethods;
use cardea_protocol::id::{TenantId, WorkspaceId};

use super::Impact;
use crate::api::{Api, Failure};
use crate::data::{Load, load};

/// How long the switches rest before the server is asked.
const REST: Duration = Duration::from_millis(300);

/// The question and its latest answer.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// The answer; without clients where nothing would be disabled.
    pub(super) load: Load<Impact>,
    /// The set that the answer is about.
    settled: RwSignal<AuthMethods>,
    draft: RwSignal<AuthMethods>,
}

impl Asked {
    /// Whether the answer is not yet about what the switches say.
    pub(super) fn is_pending(self) -> bool {
        self.load.busy.get() || self.settled.get() != self.draft.get()
    }
}

/// Follows `draft` and asks what it would do to a workspace that enables `saved`.
pub(super) fn impact(
    saved: Signal<AuthMethods>,
    draft: RwSignal<AuthMethods>,
    tid: TenantId,
    aid: WorkspaceId,
) -> Asked {
    let settled = RwSignal::new(draft.get_untracked());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let set = draft.get();
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let later = move || {
            settled.try_set(set);
        };
        timer.set_value(set_timeout_with_handle(later, REST).ok());
    });
    let load = load(
        move || (saved.get(), settled.get()),
        move |api, (saved, proposed)| {
            let (tid, aid) = (tid.clone(), aid.clone());
            async move { ask(api, &tid, &aid, saved, proposed).await }
        },
    );
    Asked { load, settled, draft }
}

/// Who would stop working if `saved` became `proposed`.
pub(super) async fn ask(
    api: Api,
    tid: &TenantId,
    aid: &WorkspaceId,
    saved: AuthMethods,
    proposed: AuthMethods,
) -> Result<Impact, Failure> {
    // Nothing is disabled, or all is, which cannot be saved: nobody to ask about.
    if saved.is_subset_of(proposed) || proposed.is_empty() {
        return Ok(Impact { clients: Vec::new(), total: 0 });
    }
    let path = path::in_workspace(tid, aid, "token-endpoint-auth-methods/impact");
    api.post(&path, &cardea_api::impact::ProposedMethods { token_endpoint_auth_methods: proposed }).await
}
