//! A sentence with one gap, `{}`, so that each language puts the name where its grammar wants it.

use std::fmt::Display;

/// A sentence with one gap.
#[derive(Clone, Copy, Debug)]
pub(in crate::hosted::pages) struct Sentence(pub(super) &'static str);

impl Sentence {
    /// What stands before the gap.
    pub(in crate::hosted::pages) fn before(self) -> &'static str {
        self.0.split_once("{}").map_or(self.0, |(before, _)| before)
    }

    /// What stands after it.
    pub(in crate::hosted::pages) fn after(self) -> &'static str {
        self.0.split_once("{}").map_or("", |(_, after)| after)
    }

    /// The sentence with `value` in the gap, not escaped yet.
    pub(in crate::hosted::pages) fn with(self, value: impl Display) -> String {
        format!("{}{value}{}", self.before(), self.after())
    }
}
