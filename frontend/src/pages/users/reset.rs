//! A one-time link by which somebody chooses a new password.

use leptos::prelude::*;

use cardea_api::path;
use cardea_protocol::id::{TenantId, UserPoolId};

use super::link::{MakeLink, Words};
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::page::Section;

const WORDS: Words = Words {
    label: "Reset link",
    power: "Whoever has it can choose the password.",
    sent: "They find it in their mail; it is good once, and for an hour.",
    ask: "Make the link",
};

/// The section with the button.
#[component]
pub(super) fn ResetLink(tid: TenantId, pool: UserPoolId, user: String) -> impl IntoView {
    let open = RwSignal::new(false);
    let at = format!("{}/password-reset", path::user(&tid, &pool, &user));
    view! {
        <Section
            title="Password"
            about="A new password is chosen by its owner: make a link, good once and for an hour, and hand it to them or have it sent. Then they are signed out everywhere."
        >
            <Button action="reset-password" on_click=Callback::new(move |()| open.set(true))>"Make a reset link"</Button>
        </Section>
        <Dialog open title="Reset the password" id="reset-dialog">
            <MakeLink tid=tid.clone() pool=pool.clone() at=at.clone() words=WORDS may_send=true open/>
        </Dialog>
    }
}
