//! The page that a request ends on which can neither go on nor be sent back to an application (RFC 6749 §4.1.2.1).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::answer;
use super::frame::{Frame, Shell};
use super::link::Link;

/// Says which rule failed, and by which reference an administrator finds the event. Nothing of the request is repeated.
#[derive(Clone, Copy, Debug)]
pub struct ErrorPage<'a> {
    /// The status.
    pub status: StatusCode,
    /// The heading; a general one stands in for none.
    pub heading: Option<&'a str>,
    /// The rule that failed, in words that an administrator can act on.
    pub rule: &'a str,
    /// The way back: an application's name and its page.
    pub back: Option<Link<'a>>,
}

#[derive(Template)]
#[template(path = "hosted/error.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: ErrorPage<'a>,
    request_id: &'a str,
}

impl ErrorPage<'_> {
    /// The answer.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let title = self.heading.unwrap_or(frame.locale.texts().error.title);
        let page = Page { shell: Shell::new(frame, title), page: self, request_id: frame.request_id };
        answer::page(self.status, &page.shell, &page)
    }
}
