//! A body of the management API: a JSON object, bounded in size and depth, without duplicate members.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpRequest};
use cardea_protocol::{strict_json, violation::Violation};
use futures_util::StreamExt as _;
use serde_json::{Map, Value};

use crate::http::problem::Refusal;
use crate::http::strict;

/// The largest body that is read.
pub const MAX_BYTES: usize = 256 * 1024;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// A body not yet read: who may not ask learns nothing about what they sent.
pub struct JsonBody {
    acceptable: Result<(), fn() -> Refusal>,
    payload: Payload,
}

impl FromRequest for JsonBody {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { acceptable: acceptable(request.headers()), payload: payload.take() }))
    }
}

impl JsonBody {
    /// Reads the body as an object.
    ///
    /// # Errors
    /// When it is too large, no JSON, or no object.
    pub async fn object(self) -> Result<Map<String, Value>, Refusal> {
        self.acceptable.map_err(|refusal| refusal())?;
        parse(&in_time(PATIENCE, self.payload).await?)
    }

    /// Reads the body as an object, or as an empty one when there is no body.
    ///
    /// # Errors
    /// As [`JsonBody::object`].
    pub async fn object_or_nothing(self) -> Result<Map<String, Value>, Refusal> {
        let bytes = in_time(PATIENCE, self.payload).await?;
        if bytes.is_empty() {
            return Ok(Map::new());
        }
        self.acceptable.map_err(|refusal| refusal())?;
        parse(&bytes)
    }
}

fn acceptable(headers: &HeaderMap) -> Result<(), fn() -> Refusal> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > MAX_BYTES) {
        return Err(|| Refusal::TooLarge);
    }
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let is_json =
        ["application/json", "application/merge-patch+json"].iter().any(|one| one.eq_ignore_ascii_case(media_type));
    if !is_json || headers.contains_key(CONTENT_ENCODING) {
        return Err(|| Refusal::UnsupportedMediaType);
    }
    Ok(())
}

async fn in_time(patience: Duration, payload: Payload) -> Result<BytesMut, Refusal> {
    let late = |_| Refusal::Malformed("the body did not arrive in time".to_owned());
    tokio::time::timeout(patience, bytes(payload)).await.map_err(late)?
}

async fn bytes(mut payload: Payload) -> Result<BytesMut, Refusal> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Refusal::Malformed("the body ended early".to_owned()))?;
        if bytes.len() + chunk.len() > MAX_BYTES {
            return Err(Refusal::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn parse(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match strict_json::parse(bytes) {
        Ok(Value::Object(members)) => {
            let mut violations = Vec::new();
            nul_in_object("", &members, &mut violations);
            strict::none(violations)?;
            Ok(members)
        }
        Ok(_) => Err(Refusal::violation("", "invalid_type", "expected a JSON object")),
        Err(error) => Err(Refusal::Malformed(error.to_string())),
    }
}

/// U+0000 is no text: PostgreSQL refuses it wherever it stands.
fn nul(pointer: &str, value: &Value, violations: &mut Vec<Violation>) {
    match value {
        Value::String(text) if text.contains('\0') => {
            violations.push(Violation::new(pointer, "invalid_value", "the character U+0000 cannot be stored"));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| nul(&format!("{pointer}/{index}"), item, violations));
        }
        Value::Object(members) => nul_in_object(pointer, members, violations),
        _ => {}
    }
}

fn nul_in_object(pointer: &str, members: &Map<String, Value>, violations: &mut Vec<Violation>) {
    for (name, value) in members {
        if name.contains('\0') {
            violations.push(Violation::new(pointer, "unknown_member", "a name with the character U+0000"));
        }
        nul(&format!("{pointer}/{}", strict::escaped(name)), value, violations);
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use actix_web::error::PayloadError;
    use actix_web::test::TestRequest;
    use actix_web::web::Bytes;
    use actix_web::{ResponseError as _, http::StatusCode};
    use futures_util::stream::{Stream, pending};

    use super::*;

    async fn read(content_type: &str, body: impl Into<Vec<u8>>) -> Result<Map<String, Value>, StatusCode> {
        let request = TestRequest::default().insert_header((CONTENT_TYPE, content_type)).set_payload(body.into());
        let (request, mut payload) = request.to_http_parts();
        let body = JsonBody::from_request(&request, &mut payload).await.unwrap();
        body.object().await.map_err(|refusal| refusal.status_code())
    }

    #[actix_web::test]
    async fn only_a_strict_json_object_is_read() {
        for malformed in [
            "",
            "{",
            "[]",
            "1",
            "{}{}",
            r#"{"a":1,"a":1}"#,
            r#"{"a":{"b":1,"b":2}}"#,
            r#"{"a":["\u0000"]}"#,
            r#"{"\u0000":1}"#,
        ] {
            assert_eq!(read("application/json", malformed).await, Err(StatusCode::BAD_REQUEST), "{malformed}");
        }
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(200), "]".repeat(200));
        assert_eq!(read("application/json", deep).await, Err(StatusCode::BAD_REQUEST));
        assert!(read("application/json", r#"{"a":1}"#).await.is_ok());
    }

    #[actix_web::test]
    async fn only_json_by_its_media_type_is_read() {
        for refused in ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
            assert_eq!(read(refused, "{}").await, Err(StatusCode::UNSUPPORTED_MEDIA_TYPE), "{refused}");
        }
        for accepted in ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"] {
            assert!(read(accepted, "{}").await.is_ok(), "{accepted}");
        }
    }

    #[actix_web::test]
    async fn a_body_that_never_ends_is_refused_in_time() {
        let forever: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(pending());
        let refused = in_time(Duration::ZERO, Payload::from(forever)).await.map_err(|refusal| refusal.status_code());
        assert_eq!(refused, Err(StatusCode::BAD_REQUEST));
        let (_, payload) = TestRequest::default().set_payload("{}").to_http_parts();
        assert_eq!(in_time(Duration::ZERO, payload).await.unwrap(), "{}");
    }

    #[actix_web::test]
    async fn a_body_is_bounded() {
        let padded = |bytes: usize| format!("{{}}{}", " ".repeat(bytes - 2));
        assert_eq!(read("application/json", padded(MAX_BYTES + 1)).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
        assert!(read("application/json", padded(MAX_BYTES)).await.is_ok());
    }
}
