//! Whether a tenant, a workspace or a client takes part.

use crate::words::words;

words! {
    /// `active` or `inactive`; what is inactive keeps its configuration and is refused.
    pub enum Status {
        /// Takes part.
        Active = "active",
        /// Is refused.
        Inactive = "inactive",
    }
}

impl Status {
    /// Whether it takes part.
    #[must_use]
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Active)
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the variants are declared by a macro that derives for all enumerations alike"
)]
impl Default for Status {
    fn default() -> Self {
        Self::Active
    }
}
