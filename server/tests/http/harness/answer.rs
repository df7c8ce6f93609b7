//! An answer, read whole, with the questions that tests ask of it.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// `Null` when the body is not JSON.
    pub json: Value,
    pub body: String,
}

impl Answer {
    /// Sends `request` and reads the answer.
    pub async fn to(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.unwrap();
        Self { status, headers, json: serde_json::from_str(&body).unwrap_or_default(), body }
    }

    /// This answer, which has that status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// This answer, which refuses with that status and OAuth error code (RFC 6749 §5.2).
    #[track_caller]
    pub fn refused(self, status: u16, error: &str) -> Self {
        let refused = self.expect(status);
        assert_eq!(refused.json["error"], error, "{}", refused.body);
        assert_eq!(refused.header("cache-control"), "no-store");
        assert_eq!(refused.header("pragma"), "no-cache");
        assert_eq!(refused.header("content-type"), "application/json;charset=UTF-8");
        refused
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// A text member of the body.
    #[track_caller]
    pub fn text(&self, member: &str) -> String {
        self.json[member].as_str().unwrap_or_else(|| panic!("no {member} in {}", self.body)).to_owned()
    }
}
