//! A new secret beside the others, and when those end: rotation without an outage.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::secret::{NewSecret, SecretWithValue};
use cardea_protocol::time::Timestamp;

use crate::api::{Failure, use_api};
use crate::data::Failed;
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Choice, SelectField, TextField};
use crate::ui::time::now;

const DAY: i64 = 86_400;

/// Adds a secret at `path`; tells its value.
#[component]
pub(super) fn AddSecret(
    open: RwSignal<bool>,
    path: String,
    #[prop(into)] on_added: Callback<String>,
    /// Whether there are others, which may end.
    has_others: Signal<bool>,
) -> impl IntoView {
    let api = use_api();
    let (name, days, others) =
        (RwSignal::new(String::new()), RwSignal::new("180".to_owned()), RwSignal::new(String::new()));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let add = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        let path = path.clone();
        let overlap = others.get_untracked();
        let body = new_secret(&name.get_untracked(), &days.get_untracked(), &overlap, now());
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = api.post::<SecretWithValue>(&path, &body).await;
            busy.set(false);
            match answer {
                Ok(secret) => {
                    name.set(String::new());
                    open.set(false);
                    on_added.run(secret.client_secret);
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    });
    let problem =
        Signal::derive(move || failure.with(|failure| failure.as_ref().and_then(|failure| failure.at("/name"))));
    view! {
        <Dialog open title="Add a secret" id="add-secret-dialog">
            <form class="stack" on:submit=move |event| { event.prevent_default(); add.run(()); }>
                <TextField label="Name" id="secret-name" name="name" value=name problem autofocus=true placeholder="2027" hint="To tell it from the others."/>
                <SelectField label="It ends" id="expires_at" name="expires_at" value=days options=ends()/>
                {move || has_others.get().then(|| view! {
                    <SelectField
                        label="The others end"
                        id="revoke_others_after"
                        name="revoke_others_after"
                        value=others
                        options=overlaps()
                        hint="Until then both work, so that the new one can be deployed without an outage."
                    />
                })}
                {move || failure.get().map(|failure| view! { <Failed failure/> })}
                <div class="dialog-actions">
                    <Button action="cancel" on_click=move |()| open.set(false)>"Cancel"</Button>
                    <Button action="create-secret" weight=Weight::Primary submit=true busy>"Add the secret"</Button>
                </div>
            </form>
        </Dialog>
    }
}

fn ends() -> Vec<Choice> {
    [("30", "in 30 days"), ("90", "in 90 days"), ("180", "in 180 days"), ("365", "in a year"), ("", "never")]
        .map(|(value, label)| Choice::new(value, label))
        .to_vec()
}

fn overlaps() -> Vec<Choice> {
    [("", "as they do now"), ("604800", "in 7 days"), ("86400", "in a day"), ("3600", "in an hour"), ("0", "at once")]
        .map(|(value, label)| Choice::new(value, label))
        .to_vec()
}

fn new_secret(name: &str, days: &str, overlap: &str, now_ms: i64) -> NewSecret {
    let name = name.trim();
    let today = || Timestamp::from_millis(now_ms).to_string().chars().take(10).collect();
    NewSecret {
        name: if name.is_empty() { today() } else { name.to_owned() },
        expires_at: days.parse::<i64>().ok().map(|days| Timestamp::from_millis(now_ms).plus_secs(days * DAY)),
        client_secret: None,
        revoke_others_after: overlap.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_what_is_sent() {
        let body = new_secret(" spring ", "30", "86400", 0);
        assert_eq!((body.name.as_str(), body.revoke_others_after), ("spring", Some(86_400)));
        assert_eq!(body.expires_at, Some(Timestamp::from_secs(30 * DAY)));
        let body = new_secret("", "", "", 1_769_860_800_123);
        assert_eq!((body.name.as_str(), body.expires_at, body.revoke_others_after), ("2026-01-31", None, None));
    }
}
