//! A page that says one thing.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::answer;
use super::frame::{Frame, Shell};
use super::link::Link;

/// A title, a text, and perhaps a way on.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// The status.
    pub status: StatusCode,
    /// The title and heading.
    pub title: &'a str,
    /// The text.
    pub text: &'a str,
    /// A way on.
    pub link: Option<Link<'a>>,
}

#[derive(Template)]
#[template(path = "hosted/message.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: Message<'a>,
}

impl Message<'_> {
    /// The answer.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let page = Page { shell: Shell::new(frame, self.title), page: self };
        answer::page(self.status, &page.shell, &page)
    }
}
