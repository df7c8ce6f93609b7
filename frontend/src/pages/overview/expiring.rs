//! Credentials that expire within a month, the soonest first.

use leptos::prelude::*;

use cardea_api::expiring::{CredentialKind, ExpiringCredential, ExpiringCredentials};

use crate::paths;
use crate::shell::here::{aid, tid};
use crate::ui::icon::Icon;
use crate::ui::page::{Badge, EmptyState, Section, Tone};
use crate::ui::table::{Cell, Column, Table};
use crate::ui::time::{Until, now};

const DAY: i64 = 86_400_000;

/// The section.
#[component]
pub(super) fn Expiring(expiring: ExpiringCredentials) -> impl IntoView {
    let beyond = usize::try_from(expiring.total).unwrap_or(usize::MAX).saturating_sub(expiring.items.len());
    let rows = expiring.items.into_iter().map(|item| view! { <Row item/> }).collect_view();
    let columns = vec![
        Column::plain("name", "Credential"),
        Column::plain("client", "Client"),
        Column::plain("expires_at", "Expires"),
        Column::plain("state", "Urgency"),
    ];
    view! {
        <Section title="Expiring soon" id="expiring" about="Secrets, certificates and authorities that end within 30 days.">
            {if rows.is_empty() {
                view! {
                    <EmptyState icon=Icon::Clock title="Nothing expires soon" text="Credentials are listed here 30 days before they end."/>
                }.into_any()
            } else {
                view! { <Table caption="Credentials that expire soon" columns>{rows}</Table> }.into_any()
            }}
            {(beyond > 0).then(|| view! { <p class="quiet small">{format!("and {beyond} more.")}</p> })}
        </Section>
    }
}

#[component]
fn Row(item: ExpiringCredential) -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let kind = match item.kind {
        CredentialKind::Secret => "Secret",
        CredentialKind::TrustedCa => "Trusted authority",
        CredentialKind::ClientCertificate => "Client certificate",
    };
    let href = match &item.client_id {
        Some(client) => paths::client_tab(&tid, &aid, client.as_str(), "credentials"),
        None => paths::of_workspace(&tid, &aid, "certificates"),
    };
    let client = item.client_id.map(|client| {
        let href = paths::client(&tid, &aid, client.as_str());
        let name = item.client_name.unwrap_or_else(|| client.as_str().to_owned());
        view! { <a href=href>{name}</a> }
    });
    let (tone, word) = urgency(item.expires_at.as_millis(), item.has_successor, now());
    view! {
        <tr data-id=item.id>
            <Cell label="Credential" head=true><a href=href>{item.name}</a><span class="cell-sub">{kind}</span></Cell>
            <Cell label="Client">{client}</Cell>
            <Cell label="Expires"><Until time=item.expires_at/></Cell>
            <Cell label="Urgency"><Badge tone>{word}</Badge></Cell>
        </tr>
    }
}

/// How urgent it is to renew what ends at `end`.
fn urgency(end: i64, has_successor: bool, now: i64) -> (Tone, &'static str) {
    match end - now {
        ..=0 => (Tone::Bad, "Expired"),
        _ if has_successor => (Tone::Good, "Replaced already"),
        1..=DAY => (Tone::Bad, "Within a day"),
        left if left <= 7 * DAY => (Tone::Warn, "Within a week"),
        _ => (Tone::Info, "Within a month"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_urgent_at_a_week_and_at_a_day_unless_it_is_replaced() {
        assert_eq!(urgency(20 * DAY, false, 0).0, Tone::Info);
        assert_eq!(urgency(7 * DAY, false, 0).0, Tone::Warn);
        assert_eq!(urgency(DAY, false, 0).0, Tone::Bad);
        assert_eq!(urgency(DAY, true, 0).0, Tone::Good);
        assert_eq!(urgency(0, true, 0), (Tone::Bad, "Expired"));
    }
}
