//! Whether somebody's e-mail address is verified, and a one-time link by which they confirm it.

use leptos::prelude::*;
use serde_json::Value;

use cardea_api::path;
use cardea_protocol::id::{TenantId, UserPoolId};

use super::link::{MakeLink, Words};
use crate::form::Form;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::page::{Badge, Section, Tone};

const WORDS: Words = Words {
    label: "Verification link",
    power: "Whoever opens it confirms the address.",
    sent: "It was sent to the address; it is good once, and for a day.",
    ask: "Make the link",
};

/// What is known of the address, as it is saved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Missing,
    Verified,
    Unverified,
}

fn standing(user: &Value) -> Standing {
    match (user.get("email").and_then(Value::as_str), user.get("email_verified").and_then(Value::as_bool)) {
        (None, _) => Standing::Missing,
        (Some(_), Some(true)) => Standing::Verified,
        (Some(_), _) => Standing::Unverified,
    }
}

/// The section, with a button while there is something to verify.
#[component]
pub(super) fn EmailVerification(
    tid: TenantId,
    pool: UserPoolId,
    user: String,
    form: Form,
    may_write: bool,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let at = format!("{}/email-verification", path::user(&tid, &pool, &user));
    let standing = Memo::new(move |_| form.saved.with(standing));
    let shown = move || {
        match standing.get() {
        Standing::Missing => view! { <p class="quiet">"There is no e-mail address."</p> }.into_any(),
        Standing::Verified => view! { <p><Badge tone=Tone::Good>"Verified"</Badge></p> }.into_any(),
        Standing::Unverified => view! {
            <p><Badge tone=Tone::Warn>"Not verified"</Badge></p>
            {may_write.then(|| view! {
                <Button action="verify-email" on_click=Callback::new(move |()| open.set(true))>"Verify by e-mail"</Button>
            })}
        }
        .into_any(),
    }
    };
    view! {
        <Section
            title="E-mail address"
            about="Its owner confirms it by a link, good once and for a day: it is sent to the address; where the server can send no mail, hand it to them."
            id="email-verification"
        >
            {shown}
        </Section>
        <Dialog open title="Verify the e-mail address" id="verification-dialog">
            <MakeLink tid=tid.clone() pool=pool.clone() at=at.clone() words=WORDS may_send=false open/>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_address_is_missing_verified_or_not() {
        assert!(standing(&json!({"email": null, "email_verified": false})) == Standing::Missing);
        assert!(standing(&json!({"email_verified": true})) == Standing::Missing);
        assert!(standing(&json!({"email": "a@b.c", "email_verified": true})) == Standing::Verified);
        assert!(standing(&json!({"email": "a@b.c"})) == Standing::Unverified);
    }
}
