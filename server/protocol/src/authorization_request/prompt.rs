//! What the person must be asked: `prompt` (OIDC Core §3.1.2.1).

use crate::words::words;

words! {
    /// One demand of a client on what the person sees.
    pub enum Prompt {
        /// Nothing: answer at once, or with an error.
        None = "none",
        /// The sign-in page, although somebody is signed in.
        Login = "login",
        /// The consent page, although everything was consented to.
        Consent = "consent",
        /// The choice of an account, although there is one only.
        SelectAccount = "select_account",
    }
}

/// The demands of one request: either `none` alone, or any of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prompts(u8);

impl Prompts {
    /// Reads the parameter: words parted by spaces, in any order.
    #[must_use]
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut prompts = Self::default();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            prompts.0 |= Self::bit(Prompt::parse(word)?);
        }
        // `none` beside another is a contradiction, and whoever obeys one of the two breaks the other.
        let alone = !prompts.contains(Prompt::None) || prompts.0 == Self::bit(Prompt::None);
        alone.then_some(prompts)
    }

    /// Whether this is demanded.
    #[must_use]
    pub const fn contains(self, prompt: Prompt) -> bool {
        self.0 & Self::bit(prompt) != 0
    }

    /// Whether nothing may be shown: what would need it is an error.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.contains(Prompt::None)
    }

    const fn bit(prompt: Prompt) -> u8 {
        1 << prompt as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_a_set_and_none_stands_alone() {
        for bad in ["none login", "login none", "none consent select_account", "create", "None", "login,consent", "x"] {
            assert_eq!(Prompts::parse(bad), None, "{bad}");
        }
        for (text, has) in [
            ("", vec![]),
            ("none", vec![Prompt::None]),
            ("none none", vec![Prompt::None]),
            ("login", vec![Prompt::Login]),
            ("consent login", vec![Prompt::Login, Prompt::Consent]),
            (" select_account  consent ", vec![Prompt::Consent, Prompt::SelectAccount]),
        ] {
            let prompts = Prompts::parse(text).unwrap();
            assert!(Prompt::ALL.iter().all(|prompt| prompts.contains(*prompt) == has.contains(prompt)), "{text}");
            assert_eq!(prompts.is_none(), has == [Prompt::None]);
        }
    }
}
