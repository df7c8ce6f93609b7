//! One broken rule in a body that was sent to us: where (RFC 6901), which, and how to mend it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// Where in the document: a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// Which rule: a stable word.
    pub code: Cow<'static, str>,
    /// A sentence for a person.
    pub message: String,
}

impl Violation {
    /// A broken rule.
    pub fn new(pointer: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), code: Cow::Borrowed(code), message: message.into() }
    }
}

/// The members of a list that stood there before, with their places.
pub(crate) fn repeated<T: PartialEq>(list: &[T]) -> impl Iterator<Item = (usize, &T)> {
    list.iter().enumerate().filter(|(index, item)| list.iter().take(*index).any(|earlier| earlier == *item))
}
