//! The page after somebody signed out, when they are not sent back to an application.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::answer;
use super::frame::{Frame, Shell};
use super::link::Link;

/// Says that somebody is signed out.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignedOut<'a> {
    /// The way back: an application's name and its page.
    pub back: Option<Link<'a>>,
}

#[derive(Template)]
#[template(path = "hosted/signed_out.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: SignedOut<'a>,
}

impl SignedOut<'_> {
    /// The answer.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let page = Page { shell: Shell::new(frame, frame.locale.texts().sign_out.done_title), page: self };
        answer::page(StatusCode::OK, &page.shell, &page)
    }
}
