//! Requests and answers, read whole.

use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Certificate, ClientBuilder, RequestBuilder};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An HTTP client that knows where `localhost` is.
#[derive(Clone)]
pub struct Http(reqwest::Client);

impl Default for Http {
    fn default() -> Self {
        Self(Self::builder().build().unwrap())
    }
}

impl Http {
    /// One that shows redirects instead of following them.
    #[must_use]
    pub fn without_redirects() -> Self {
        Self(Self::builder().redirect(Policy::none()).build().unwrap())
    }

    /// The same, which trusts this authority (PEM).
    #[must_use]
    pub fn trusting(authority: &str) -> Self {
        let authority = Certificate::from_pem(authority.as_bytes()).unwrap();
        Self(Self::builder().redirect(Policy::none()).tls_certs_merge([authority]).build().unwrap())
    }

    fn builder() -> ClientBuilder {
        // Servers listen on IPv4; where localhost is also ::1, this saves the attempt.
        reqwest::Client::builder().resolve("localhost", ([127, 0, 0, 1], 0).into()).no_proxy()
    }

    /// The client beneath, to build requests with.
    #[must_use]
    pub fn client(&self) -> &reqwest::Client {
        &self.0
    }

    /// `GET url`.
    pub async fn get(&self, url: &str) -> Answer {
        Answer::to(self.0.get(url)).await.unwrap()
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Sends the request and reads the answer.
    ///
    /// # Errors
    /// When the connection cannot be made or breaks.
    pub async fn to(request: RequestBuilder) -> reqwest::Result<Self> {
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        Ok(Self { status, headers, body: response.bytes().await?.to_vec() })
    }

    /// One header, as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as text, for messages.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}: {}", self.status, self.text()))
    }

    /// The body as `T`, of an answer that has to have this status.
    #[must_use]
    #[track_caller]
    pub fn expect<T: DeserializeOwned>(&self, status: u16) -> T {
        assert_eq!(self.status, status, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// `error` of an OAuth error body (RFC 6749 §5.2).
    #[must_use]
    #[track_caller]
    pub fn error(&self) -> String {
        let json = self.json();
        json.get("error").and_then(Value::as_str).unwrap_or_else(|| panic!("no error in {json}")).to_owned()
    }
}
