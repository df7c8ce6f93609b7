//! Text that is being typed, told once typing rests: what the server is asked about.

use std::time::Duration;

use leptos::prelude::*;

/// How long typing rests before it counts.
const REST: Duration = Duration::from_millis(250);

/// `text`, once typing rests.
pub(crate) fn rested(text: RwSignal<String>) -> Signal<String> {
    let rested = RwSignal::new(text.get_untracked());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<()>| {
        let now = text.get();
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        if before.is_some() {
            let later = move || {
                rested.try_set(now);
            };
            timer.set_value(set_timeout_with_handle(later, REST).ok());
        }
    });
    rested.into()
}
