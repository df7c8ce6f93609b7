//! How much a method proves: a scale of four, always with its words.

use leptos::prelude::*;

use crate::methods::Strength;

/// The rungs of the scale.
const RUNGS: [u8; 4] = [1, 2, 3, 4];

/// How many rungs `strength` reaches, and what that means.
pub(super) const fn words(strength: Strength) -> (u8, &'static str) {
    match strength {
        Strength::Name => (1, "Names the client, proves nothing"),
        Strength::Secret => (2, "Fair: a shared secret that travels"),
        Strength::SharedKey => (3, "Good: a shared secret that never travels"),
        Strength::PrivateKey => (4, "Strong: a key only the client has"),
    }
}

/// The scale with its words.
#[component]
pub(super) fn Meter(strength: Strength) -> impl IntoView {
    let (reached, said) = words(strength);
    let rungs = RUNGS.map(|rung| view! { <span class:on=rung <= reached></span> });
    view! {
        <span class=format!("strength strength-{reached}")>
            <span class="strength-rungs" aria-hidden="true">{rungs.into_iter().collect_view()}</span>
            {said}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_grows_with_what_is_proved() {
        let all = [Strength::Name, Strength::Secret, Strength::SharedKey, Strength::PrivateKey];
        for (rung, strength) in RUNGS.into_iter().zip(all) {
            assert_eq!(words(strength).0, rung);
        }
    }
}
