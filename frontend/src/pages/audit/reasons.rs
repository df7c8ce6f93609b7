//! Why something failed, in plain words: each `reason` of an audit event, what it means and what to do about it.

use cardea_protocol::reason::Reason;

mod authentication;
mod requests;

/// A reason in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// What it is called in a list.
    pub(crate) title: &'static str,
    /// What happened, in a sentence.
    pub(crate) sentence: &'static str,
    /// What to do about it.
    pub(crate) remedy: &'static str,
}

impl Words {
    const fn of(title: &'static str, sentence: &'static str, remedy: &'static str) -> Self {
        Self { title, sentence, remedy }
    }
}

const UNKNOWN: Words = Words::of(
    "Refused",
    "The server refused this for a reason that this console has no words for.",
    "Look at the details of the event.",
);

/// The words for `reason`; general ones for a reason that a newer server may have.
pub(crate) fn explain(reason: &str) -> Words {
    known(reason).unwrap_or(UNKNOWN)
}

/// The words for `reason`, if there are any of its own.
pub(crate) fn known(reason: &str) -> Option<Words> {
    Reason::parse(reason).map(authentication::words).or_else(|| requests::words(reason))
}

/// Each reason there are words for, by name: those of client authentication first.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    Reason::ALL.iter().map(|reason| reason.as_str()).chain(requests::names())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_reason_of_client_authentication_has_its_own_words() {
        let sentences: BTreeSet<_> = Reason::ALL.iter().map(|reason| explain(reason.as_str()).sentence).collect();
        assert_eq!(sentences.len(), Reason::ALL.len());
        assert!(!sentences.contains(UNKNOWN.sentence));
    }

    #[test]
    fn titles_differ_and_sentences_are_whole_and_calm() {
        let titles: BTreeSet<_> = names().map(|name| explain(name).title).collect();
        assert_eq!(titles.len(), names().count(), "two reasons of one title cannot be told apart in a filter");
        for name in names() {
            let Words { title, sentence, remedy } = explain(name);
            assert!(title.len() < 45 && !title.ends_with('.'), "{name}");
            assert!(sentence.ends_with('.') && remedy.ends_with('.'), "{name}");
            assert!(!format!("{title}{sentence}{remedy}").contains('!'), "{name}");
        }
    }

    #[test]
    fn an_unknown_reason_is_not_made_up() {
        assert_eq!(known("because"), None);
        assert_eq!(explain("because"), UNKNOWN);
    }
}
