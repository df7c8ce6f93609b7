//! The one way out of every page: its headers, all of them, on all pages.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, PERMISSIONS_POLICY, PRAGMA,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use askama::Template;

use super::frame::Shell;

/// The stylesheet of all pages. It is within each, allowed by its hash, so that a page is one request.
pub(super) const STYLE: &str = include_str!("../../../templates/hosted/style.css");

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
                           microphone=(), midi=(), payment=(), serial=(), usb=()";

/// A page as an answer. Nothing is said of openers: an application may show us in a window of its own, and waits for it.
pub(super) fn page(status: StatusCode, shell: &Shell<'_>, page: &impl Template) -> HttpResponse {
    let Ok(html) = page.render() else {
        return HttpResponse::InternalServerError().finish();
    };
    let styles = std::iter::once(shell.style).chain(shell.accent.as_deref());
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_LANGUAGE, shell.language))
        .insert_header((CONTENT_SECURITY_POLICY, shell.policy.value(styles)))
        .insert_header((X_FRAME_OPTIONS, "DENY"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header((PERMISSIONS_POLICY, PERMISSIONS))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((PRAGMA, "no-cache"))
        .body(html)
}
