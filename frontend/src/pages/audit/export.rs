//! The events that are shown, as a file: JSON for programs, CSV for tables.

use leptos::prelude::*;

use cardea_api::audit_event::AuditEventView;

use crate::ui::button::Button;
use crate::ui::code::download;
use crate::ui::icon::{Icon, IconView};

/// The buttons.
#[component]
pub(super) fn Export(events: Signal<Vec<AuditEventView>>) -> impl IntoView {
    let none = Signal::derive(move || events.with(Vec::is_empty));
    let as_json = move |()| {
        let text = events.with_untracked(|events| serde_json::to_string_pretty(events).unwrap_or_default());
        download("audit-events.json", "application/json", &text);
    };
    let as_csv = move |()| download("audit-events.csv", "text/csv", &events.with_untracked(|events| csv(events)));
    view! {
        <Button action="export-json" disabled=none on_click=as_json><IconView icon=Icon::Download size=14/>"JSON"</Button>
        <Button action="export-csv" disabled=none on_click=as_csv><IconView icon=Icon::Download size=14/>"CSV"</Button>
    }
}

const HEAD: &str = "id,time,type,outcome,reason,actor,object,client_id,user_id,ip,request_id,detail";

/// A table (RFC 4180).
fn csv(events: &[AuditEventView]) -> String {
    let mut text = format!("{HEAD}\r\n");
    for event in events {
        let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
        let fields = [
            event.id.clone(),
            event.time.to_string(),
            event.kind.clone(),
            event.outcome.clone(),
            or_empty(&event.reason),
            or_empty(&event.actor),
            or_empty(&event.object),
            or_empty(&event.client_id),
            or_empty(&event.user_id),
            or_empty(&event.ip),
            or_empty(&event.request_id),
            event.detail.as_ref().map(ToString::to_string).unwrap_or_default(),
        ];
        text.push_str(&fields.map(|field| quoted(&field)).join(","));
        text.push_str("\r\n");
    }
    text
}

/// A field. Names come from strangers too: what a table program would take for a formula is made a text.
fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if guard.is_empty() && !field.contains([',', '"', '\n', '\r']) {
        return field.to_owned();
    }
    format!("\"{guard}{}\"", field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cardea_protocol::time::Timestamp;
    use serde_json::json;

    #[test]
    fn a_field_with_commas_and_quotes_is_one_field() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
    }

    #[test]
    fn a_strangers_name_is_no_formula() {
        assert_eq!(quoted("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }

    #[test]
    fn each_event_is_a_line_with_every_column() {
        let event = AuditEventView {
            id: "1".into(),
            time: Timestamp::from_millis(0),
            kind: "token.issued".into(),
            outcome: "success".into(),
            actor: None,
            object: None,
            client_id: Some("shop".into()),
            user_id: None,
            reason: None,
            detail: Some(json!({"scope": "a"})),
            ip: None,
            request_id: None,
        };
        let text = csv(&[event]);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(
            lines[1],
            "1,1970-01-01T00:00:00.000Z,token.issued,success,,,,shop,,,,\"{\"\"scope\"\":\"\"a\"\"}\""
        );
    }
}
