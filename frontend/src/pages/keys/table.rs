//! The keys of one algorithm, in the order of their lives.

use leptos::prelude::*;

use cardea_api::key::{KeyState, KeyView};
use cardea_protocol::SigningAlg;

use super::{Ring, words};
use crate::ui::button::{Button, CopyButton};
use crate::ui::page::Badge;
use crate::ui::table::{Cell, Column, Table};
use crate::ui::time::{Ago, Until};

/// The table.
#[component]
pub(super) fn KeyTable(alg: SigningAlg, keys: Vec<KeyView>, ring: Ring) -> impl IntoView {
    let mut keys = keys;
    keys.sort_by_key(|key| (words::rank(key.state), std::cmp::Reverse(key.created_at)));
    let columns = vec![
        Column::plain("kid", "Key ID"),
        Column::plain("state", "State"),
        Column::plain("created_at", "Created"),
        Column::plain("until", "How long"),
        Column::plain("", ""),
    ];
    let rows = keys.into_iter().map(move |key| view! { <Row key ring/> });
    view! { <Table caption=format!("Keys for {alg}") columns>{rows.collect_view()}</Table> }
}

#[component]
fn Row(key: KeyView, ring: Ring) -> impl IntoView {
    let (name, tone, meaning) = words::of_state(key.state);
    let until = match (key.state, key.retired_at, key.expires_at) {
        (KeyState::Retired, _, Some(time)) => view! { "Leaves the key set "<Until time/> }.into_any(),
        (KeyState::Revoked, Some(time), _) => view! { "Revoked "<Ago time=Some(time)/> }.into_any(),
        (KeyState::Current, _, _) => view! { <span class="quiet">"Until it is rotated"</span> }.into_any(),
        (KeyState::Next, _, _) => view! { <span class="quiet">"Until it begins to sign"</span> }.into_any(),
        _ => ().into_any(),
    };
    let (kid, created) = (key.kid.clone(), key.created_at);
    let (id, shown) = (kid.clone(), kid.clone());
    let may_revoke = ring.may_change && key.state != KeyState::Revoked;
    let revoke = may_revoke.then(|| {
        let press = move |()| ring.revoking.set(Some(key.clone()));
        view! { <Button action="revoke-key" on_click=press>"Revoke"</Button> }
    });
    view! {
        <tr data-id=id>
            <Cell label="Key ID" head=true><code class="kid">{shown}</code><CopyButton text=kid/></Cell>
            <Cell label="State"><Badge tone>{name}</Badge><span class="cell-sub">{meaning}</span></Cell>
            <Cell label="Created"><Ago time=Some(created)/></Cell>
            <Cell label="How long">{until}</Cell>
            <Cell label="">{revoke}</Cell>
        </tr>
    }
}
