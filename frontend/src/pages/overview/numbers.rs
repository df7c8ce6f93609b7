//! A few numbers at a glance, each the way to more.

use leptos::prelude::*;

use cardea_protocol::AuthMethod;
use cardea_protocol::time::Timestamp;

use crate::paths;
use crate::shell::here::{aid, tid};
use crate::ui::chart::grouped;
use crate::ui::time::Ago;

/// The numbers.
#[component]
pub(super) fn Numbers(clients: u64, enabled: usize, last: Option<Timestamp>) -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let to = |page: &str| paths::of_workspace(&tid, &aid, page);
    view! {
        <div class="grid-3 numbers">
            <div class="stat">
                <p class="stat-label"><a href=to("clients")>"Active clients"</a></p>
                <p class="stat-value">{grouped(clients)}</p>
            </div>
            <div class="stat">
                <p class="stat-label"><a href=to("methods")>"Methods enabled"</a></p>
                <p class="stat-value">{enabled}" of "{AuthMethod::ALL.len()}</p>
            </div>
            <div class="stat">
                <p class="stat-label">"Last client authenticated"</p>
                <p class="stat-value"><Ago time=last/></p>
            </div>
        </div>
    }
}
