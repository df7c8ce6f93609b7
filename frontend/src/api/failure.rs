//! Why a question to the server had no answer, in words that say what to do.

use cardea_api::problem::Problem;
use cardea_protocol::violation::Violation;

/// A request that failed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    /// What kind of failure, as far as the console treats it differently.
    pub(crate) kind: Kind,
    /// What happened.
    pub(crate) message: String,
    /// What is wrong with which member of what was sent.
    pub(crate) errors: Vec<Violation>,
    /// What finds the request in the server's log.
    pub(crate) request_id: Option<String>,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No answer came.
    Offline,
    /// The sign-in has ended.
    SignedOut,
    /// The role does not permit it.
    Forbidden,
    /// There is no such thing, or it is none of this person's.
    NotFound,
    /// Somebody else changed it first (RFC 9110 §13.1.1).
    Changed,
    /// It would contradict something that is there.
    Conflict,
    /// What was sent is not right.
    Invalid,
    /// Too much was asked in too short a time.
    TooMany,
    /// The server could not.
    Server,
}

impl Failure {
    /// No answer came, or none that could be read.
    pub(crate) fn offline() -> Self {
        Self::of(Kind::Offline, "The server did not answer.")
    }

    /// An answer that is not what the console expected.
    pub(crate) fn unreadable(request_id: Option<String>) -> Self {
        let message = "The server's answer could not be read; the console and the server may be of different versions.";
        Self { request_id, ..Self::of(Kind::Server, message) }
    }

    /// A failure of `kind`.
    pub(crate) fn of(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), errors: Vec::new(), request_id: None }
    }

    /// What the server answered.
    pub(crate) fn answered(status: u16, problem: Option<Problem>, request_id: Option<String>) -> Self {
        let kind = match status {
            401 => Kind::SignedOut,
            403 => Kind::Forbidden,
            404 => Kind::NotFound,
            412 => Kind::Changed,
            409 => Kind::Conflict,
            429 => Kind::TooMany,
            400..=499 => Kind::Invalid,
            _ => Kind::Server,
        };
        let (message, errors) = match problem {
            Some(problem) => (sentence(&problem.detail.unwrap_or(problem.title)), problem.errors),
            None => (format!("The server answered {status}."), Vec::new()),
        };
        Self { kind, message, errors, request_id }
    }

    /// What to do about it.
    pub(crate) fn remedy(&self) -> &'static str {
        match self.kind {
            Kind::Offline => "Check the connection and try again; what you typed is still here.",
            Kind::SignedOut => "Sign in again to go on.",
            Kind::Forbidden => "Ask an administrator of this tenant for a role that permits it.",
            Kind::NotFound => "It may have been deleted, or it is not yours to see. Go back to the list.",
            Kind::Changed => "Somebody else changed it meanwhile. Look at the difference before you save.",
            Kind::Conflict => "Change what conflicts and try again.",
            Kind::Invalid if self.errors.is_empty() => "Change what is said above and try again.",
            Kind::Invalid => "Mend the marked fields and try again.",
            Kind::TooMany => "Wait a minute and try again.",
            Kind::Server => "Try again in a moment. If it goes on, the server's log has the request id.",
        }
    }

    /// What is wrong with the member at `pointer` (RFC 6901) or within it.
    pub(crate) fn at(&self, pointer: &str) -> Option<String> {
        let mut here = crate::client_form::of_field(&self.errors, pointer);
        here.next().map(|violation| violation.message.clone())
    }
}

/// The server's words as a sentence of their own: others follow it.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default();
    if first.ends_with(['.', '?', ':']) { first } else { format!("{first}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_says_what_to_do() {
        for status in [400, 401, 403, 404, 409, 412, 415, 422, 429, 500, 503] {
            let failure = Failure::answered(status, None, Some("r".into()));
            assert!(failure.message.contains(&status.to_string()) && !failure.remedy().is_empty());
        }
        assert_eq!(Failure::answered(412, None, None).kind, Kind::Changed);
        assert_eq!(Failure::answered(422, None, None).kind, Kind::Invalid);
    }

    #[test]
    fn a_violation_is_found_by_its_pointer() {
        let mut failure = Failure::of(Kind::Invalid, "no");
        failure.errors = vec![Violation::new("/redirect_uris/1", "invalid", "has a fragment")];
        assert_eq!(failure.at("/redirect_uris").as_deref(), Some("has a fragment"));
        assert_eq!(failure.at("/redirect"), None);
    }

    #[test]
    fn the_servers_words_are_a_sentence() {
        assert_eq!(sentence("appoint another one first"), "Appoint another one first.");
        assert_eq!(sentence("Not found."), "Not found.");
    }
}
