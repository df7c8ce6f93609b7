//! Telling the people behind the clients: for when, and the message in their own mail program.

use leptos::prelude::*;

use super::ImpactedClient;
use super::contact::{Message, addresses, body, mailto};
use super::policy::Facts;
use crate::ui::button::{Button, CopyButton};
use crate::ui::code::CodeBlock;
use crate::ui::dialog::Dialog;
use crate::ui::field::TextField;
use crate::ui::page::{Notice, Tone};
use crate::ui::time::now;

/// Two weeks: long enough to change an application.
const NOTICE: i64 = 14 * 24 * 60 * 60 * 1000;

/// A button that opens the message.
#[component]
pub(super) fn Notify(clients: Vec<ImpactedClient>, facts: Facts) -> impl IntoView {
    let open = RwSignal::new(false);
    let clients = StoredValue::new(clients);
    let day = RwSignal::new(iso_day(now() + NOTICE));
    view! {
        <Button action="notify-contacts" on_click=move |()| open.set(true)>"Notify their contacts"</Button>
        <Dialog open title="Tell the people behind these clients" id="notify">
            <TextField label="When the change takes effect" id="notify-day" kind="date" value=day/>
            <Letter clients day facts/>
        </Dialog>
    }
}

#[component]
fn Letter(clients: StoredValue<Vec<ImpactedClient>>, day: RwSignal<String>, facts: Facts) -> impl IntoView {
    let to = StoredValue::new(clients.with_value(|clients| addresses(clients)));
    let silent = clients.with_value(|clients| {
        clients.iter().filter(|client| addresses(std::slice::from_ref(*client)).is_empty()).count()
    });
    let with = move |make: fn(&[String], &Message<'_>) -> String| {
        let day = spoken_day(&day.get());
        let (name, issuer) = (facts.name.get_value(), facts.issuer.get_value());
        let (disabled, kept) = (facts.disabled(), facts.draft.get());
        to.with_value(|to| make(to, &Message { workspace: &name, issuer: &issuer, day: &day, disabled, kept }))
    };
    let count = to.with_value(Vec::len);
    view! {
        {(silent > 0).then(|| {
            let said = format!("{silent} of these clients name no e-mail address as contact; tell their people in another way.");
            view! { <Notice tone=Tone::Info><p>{said}</p></Notice> }
        })}
        <CodeBlock text=Signal::derive(move || with(|_, message| body(message))) label="Message"/>
        <div class="actions end">
            {(count > 0).then(|| {
                let all = to.with_value(|to| to.join(", "));
                let label = if count == 1 { "Write to 1 contact".to_owned() } else { format!("Write to {count} contacts") };
                view! {
                    <CopyButton text=all label="Copy addresses"/>
                    <a class="button primary" data-action="write-mail" target="_blank" rel="noopener" href=move || with(mailto)>
                        {label}
                    </a>
                }
            })}
        </div>
    }
}

/// The day of a moment, as fields for days want it.
fn iso_day(millis: i64) -> String {
    cardea_protocol::Timestamp::from_millis(millis).to_string().chars().take(10).collect()
}

/// A day as people write it; what is no day stays as it is.
fn spoken_day(day: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<usize> = day.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, number] = parts.as_slice() else { return day.to_owned() };
    match month.checked_sub(1).and_then(|month| MONTHS.get(month)) {
        Some(month) => format!("{number} {month} {year}"),
        None => day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_out() {
        assert_eq!(spoken_day("2026-12-07"), "7 December 2026");
        assert_eq!(spoken_day("soon"), "soon");
        assert_eq!(spoken_day("2026-13-01"), "2026-13-01");
        assert_eq!(iso_day(0), "1970-01-01");
    }
}
