//! The page where somebody who came by a one-time link confirms that an e-mail address is theirs.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::answer;
use super::form::Form;
use super::frame::{Frame, Shell};

/// Asks whether the address is theirs. The form sends `action=verify`: programs that look at every link in a letter send no forms.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmailVerification<'a> {
    /// The form.
    pub form: Form<'a>,
    /// The address.
    pub email: &'a str,
    /// Whether the form was too old, or of another browser.
    pub is_expired: bool,
}

#[derive(Template)]
#[template(path = "hosted/email_verification.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: EmailVerification<'a>,
    error: Option<&'a str>,
}

impl EmailVerification<'_> {
    /// The answer: 200, or 422 if the form was not accepted.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let texts = frame.locale.texts();
        let shell = Shell::new(frame, texts.email_verification.title).with_error(self.is_expired);
        let status = if self.is_expired { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = Page { shell, page: self, error: self.is_expired.then_some(texts.expired) };
        answer::page(status, &page.shell, &page)
    }
}
