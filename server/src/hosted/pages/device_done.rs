//! The page that sends somebody back to their device.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::answer;
use super::frame::{Frame, Shell};
use super::texts::Sentence;

/// Says what became of a device.
#[derive(Clone, Copy, Debug)]
pub struct DeviceDone<'a> {
    /// The application on the device.
    pub client: &'a str,
    /// Whether it was given access.
    pub is_connected: bool,
}

#[derive(Template)]
#[template(path = "hosted/device_done.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: DeviceDone<'a>,
    sentence: Sentence,
}

impl DeviceDone<'_> {
    /// The answer.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let texts = &frame.locale.texts().device;
        let (title, sentence) =
            if self.is_connected { (texts.done_title, texts.done) } else { (texts.denied_title, texts.denied) };
        let page = Page { shell: Shell::new(frame, title), page: self, sentence };
        answer::page(StatusCode::OK, &page.shell, &page)
    }
}
