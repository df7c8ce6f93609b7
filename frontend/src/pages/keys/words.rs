//! Keys in plain words: their states, their algorithms, and what becomes of tokens when one is withdrawn.

use cardea_api::key::KeyState;
use cardea_protocol::SigningAlg;

use crate::ui::page::Tone;

/// A state: its name, how good it is, what it means.
pub(super) const fn of_state(state: KeyState) -> (&'static str, Tone, &'static str) {
    match state {
        KeyState::Next => {
            ("Next", Tone::Info, "Published so that everybody knows it; signs from the next rotation on.")
        }
        KeyState::Current => ("Current", Tone::Good, "Signs what is issued now."),
        KeyState::Retired => ("Retired", Tone::Neutral, "Signs no more; published until what it signed has expired."),
        KeyState::Revoked => ("Revoked", Tone::Bad, "Withdrawn: nothing it signed is valid any more."),
    }
}

/// What an algorithm is for.
pub(super) const fn of_algorithm(alg: SigningAlg) -> &'static str {
    match alg {
        SigningAlg::ES256 => "Elliptic curve P-256: short tokens that every current library reads.",
        SigningAlg::ES384 => "Elliptic curve P-384, for those who must have more bits.",
        SigningAlg::EdDSA => "Ed25519: quick and short; older libraries do not read it.",
        SigningAlg::PS256 => "RSA with PSS padding, as financial-grade profiles allow.",
        SigningAlg::RS256 => "RSA, which every library reads; what OpenID Connect demands as a fallback.",
        _ => "Not used by workspaces.",
    }
}

/// What happens when the key is revoked.
pub(super) const fn consequences(state: KeyState) -> &'static str {
    match state {
        KeyState::Current => {
            "Every token it has signed stops being valid at once: applications have to get new ones, and those who are signed in may have to sign in again. Another key takes its place. APIs that keep the key set in memory believe old tokens until they fetch it again."
        }
        KeyState::Next => "It has signed nothing yet. Another key takes its place as the next one.",
        KeyState::Retired => {
            "Tokens that it signed and that have not expired yet stop being valid at once. APIs that keep the key set in memory believe them until they fetch it again."
        }
        KeyState::Revoked => "It is revoked already.",
    }
}

/// The order of life in which keys are listed.
pub(super) const fn rank(state: KeyState) -> u8 {
    match state {
        KeyState::Current => 0,
        KeyState::Next => 1,
        KeyState::Retired => 2,
        KeyState::Revoked => 3,
    }
}
