//! Headers of answers that carry tokens or credentials (RFC 6749 §5.1), and of those that may be kept.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, PRAGMA};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Serialize;

const JSON: &str = "application/json;charset=UTF-8";

/// An answer that nobody may keep: `no-store` and, for HTTP/1.0, `no-cache`.
pub fn private(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((CONTENT_TYPE, JSON))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((PRAGMA, "no-cache"));
    response
}

/// `body` as an answer that nobody may keep.
pub fn private_json(body: &impl Serialize) -> HttpResponse {
    match serde_json::to_string(body) {
        Ok(json) => private(StatusCode::OK).body(json),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

/// Public JSON that may be kept for `seconds` and read by scripts of any origin (metadata and keys).
pub fn public(seconds: u32) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CACHE_CONTROL, format!("public, max-age={seconds}")))
        .insert_header(("access-control-allow-origin", "*"));
    response
}
