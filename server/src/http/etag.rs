//! `ETag` and `If-Match` (RFC 9110 §8.8.3, §13.1.1): an object's version is its entity tag.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{ETAG, HeaderName, IF_MATCH};
use actix_web::{FromRequest, HttpRequest};

use crate::http::problem::Refusal;

/// The `ETag` header of an object at `version`.
pub fn etag(version: i64) -> (HeaderName, String) {
    etag_of(&version.to_string())
}

/// The `ETag` header of an object without versions; `tag` is another whenever the object is, and has no commas.
pub fn etag_of(tag: &str) -> (HeaderName, String) {
    (ETAG, format!("\"{tag}\""))
}

/// What the request demands of the object's version.
#[derive(Clone, Debug, Default)]
pub struct IfMatch {
    /// The members of all `If-Match` headers; `None` without one.
    wanted: Option<Vec<String>>,
}

impl IfMatch {
    /// Demands nothing.
    pub fn absent() -> Self {
        Self::default()
    }

    /// Refuses a change of an object that is at another version. A weak tag never matches (RFC 9110 §8.8.3.2), and what
    /// is no tag at all matches nothing.
    ///
    /// # Errors
    /// [`Refusal::PreconditionFailed`].
    pub fn check(&self, version: i64) -> Result<(), Refusal> {
        self.check_tag(&version.to_string())
    }

    /// The same of an object whose tag is [`etag_of`] this.
    ///
    /// # Errors
    /// [`Refusal::PreconditionFailed`].
    pub fn check_tag(&self, tag: &str) -> Result<(), Refusal> {
        let Some(wanted) = &self.wanted else { return Ok(()) };
        let tag = format!("\"{tag}\"");
        if wanted.iter().any(|one| one == "*" || *one == tag) { Ok(()) } else { Err(Refusal::PreconditionFailed) }
    }
}

impl FromRequest for IfMatch {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut wanted = None;
        for header in request.headers().get_all(IF_MATCH) {
            // Our tags have no commas: one inside a foreign tag cannot make one of ours.
            let members = header.to_str().unwrap_or_default().split(',').map(|member| member.trim().to_owned());
            wanted.get_or_insert_with(Vec::new).extend(members);
        }
        ready(Ok(Self { wanted }))
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn if_match(headers: &[&str]) -> IfMatch {
        let mut request = TestRequest::default();
        for header in headers {
            request = request.append_header((IF_MATCH, *header));
        }
        IfMatch::extract(&request.to_http_request()).into_inner().unwrap()
    }

    #[test]
    fn a_change_is_refused_when_the_version_is_another() {
        for refused in ["\"1\"", "W/\"2\"", "2", "", "\"22\", \"3\"", "\"2"] {
            assert!(if_match(&[refused]).check(2).is_err(), "{refused}");
        }
        for accepted in ["\"2\"", "*", "\"1\", \"2\"", "\"1\",\"2\" "] {
            assert!(if_match(&[accepted]).check(2).is_ok(), "{accepted}");
        }
    }

    #[test]
    fn several_headers_are_one_list_and_none_demands_nothing() {
        assert!(if_match(&["\"1\"", "\"2\""]).check(2).is_ok());
        assert!(if_match(&[]).check(2).is_ok() && if_match(&[]).check(3).is_ok());
    }
}
