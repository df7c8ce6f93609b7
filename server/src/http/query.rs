//! The query of a management request: known parameters, each at most once.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use cardea_protocol::time::Timestamp;

use crate::http::problem::Refusal;
use crate::http::strict::escaped;

/// A query not yet read.
pub struct Query(String);

impl FromRequest for Query {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.query_string().to_owned())))
    }
}

/// The parameters of a query.
#[derive(Debug)]
pub struct Parameters(BTreeMap<String, String>);

impl Query {
    /// Reads the query.
    ///
    /// # Errors
    /// When a parameter is not among the `known` ones, or comes twice.
    pub fn parameters(&self, known: &[&[&str]]) -> Result<Parameters, Refusal> {
        let mut parameters = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(self.0.as_bytes()) {
            if !known.iter().any(|names| names.contains(&name.as_ref())) {
                return Err(refused(&name, "unknown_parameter", "there is no such parameter"));
            }
            if parameters.insert(name.to_string(), value.into_owned()).is_some() {
                return Err(refused(&name, "duplicate_parameter", "this may be given once"));
            }
        }
        Ok(Parameters(parameters))
    }
}

impl Parameters {
    /// The value of `name`, if it is there and not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value of `name`, read by `parse`.
    ///
    /// # Errors
    /// When `parse` has no answer; `expected` says then what would have been right.
    pub fn parsed<T>(
        &self,
        name: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Refusal> {
        match self.text(name) {
            None => Ok(None),
            Some(text) => match parse(text) {
                Some(value) => Ok(Some(value)),
                None => Err(refused(name, "invalid_value", &format!("expected {expected}"))),
            },
        }
    }

    /// The time `name` (RFC 3339).
    ///
    /// # Errors
    /// When it is no time.
    pub fn time(&self, name: &str) -> Result<Option<Timestamp>, Refusal> {
        self.parsed(name, "a date and time as RFC 3339 writes it", |text| Timestamp::parse_rfc3339(text).ok())
    }
}

/// A refusal of the parameter `name`.
pub fn refused(name: &str, code: &'static str, message: &str) -> Refusal {
    Refusal::violation(&format!("/{}", escaped(name)), code, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_known_and_given_once() {
        for query in ["x=1", "q=1&q=2", "q=1&access_token=a", "Q=1"] {
            assert!(Query(query.to_owned()).parameters(&[&["q"], &["limit"]]).is_err(), "{query}");
        }
        let parameters = Query("q=a%20b&limit=".to_owned()).parameters(&[&["q"], &["limit"]]).unwrap();
        assert_eq!((parameters.text("q"), parameters.text("limit")), (Some("a b"), None));
    }

    #[test]
    fn a_time_is_rfc_3339() {
        let parameters =
            Query("from=2026-01-31T12:00:00Z&to=tomorrow".to_owned()).parameters(&[&["from", "to"]]).unwrap();
        assert!(parameters.time("from").unwrap().is_some());
        assert!(parameters.time("to").is_err());
        assert!(parameters.time("neither").unwrap().is_none());
    }
}
