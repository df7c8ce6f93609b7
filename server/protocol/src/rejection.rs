//! Why a client is not believed: for the audit event, never for the wire.

use crate::reason::Reason;

/// A refusal, with what an administrator needs to see why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The rule that was broken.
    pub reason: Reason,
    /// A sentence for the administrator; never a secret.
    pub detail: String,
    /// What was expected and what came, where two values were compared.
    pub compared: Option<Compared>,
}

/// Two values that should have been one, side by side; never a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What the client has registered, or the workspace demands.
    pub registered: String,
    /// What the request showed.
    pub presented: String,
}

impl Rejection {
    /// A refusal.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into(), compared: None }
    }

    /// A refusal because `presented` is not `registered`.
    pub fn comparing(
        reason: Reason,
        detail: impl Into<String>,
        registered: impl Into<String>,
        presented: impl Into<String>,
    ) -> Self {
        let compared = Compared { registered: registered.into(), presented: presented.into() };
        Self { compared: Some(compared), ..Self::new(reason, detail) }
    }

    pub(crate) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(Reason::AssertionMalformed, detail)
    }
}
