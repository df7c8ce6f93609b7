//! The page where somebody who has forgotten their password says who they are.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use askama::Template;

use super::answer;
use super::form::Form;
use super::frame::{Frame, Shell};

/// Asks for a username or an e-mail address. The form sends `username` and `action=send`.
#[derive(Clone, Copy, Debug, Default)]
pub struct ForgottenPassword<'a> {
    /// The form.
    pub form: Form<'a>,
    /// What the field holds.
    pub username: &'a str,
    /// Why the form is shown once more.
    pub error: Option<ForgottenPasswordError>,
}

/// Why nothing was sent; nobody is told whether there is an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForgottenPasswordError {
    /// It was asked for too often.
    TooMany {
        /// Seconds to wait.
        seconds: u64,
    },
    /// The form was too old, or of another browser.
    FormExpired,
}

#[derive(Template)]
#[template(path = "hosted/forgotten_password.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: ForgottenPassword<'a>,
    error: Option<String>,
}

impl ForgottenPassword<'_> {
    /// The answer: 200, or 422 if the form was not accepted, or 429 with `Retry-After`.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let texts = frame.locale.texts();
        let (status, error) = match self.error {
            None => (StatusCode::OK, None),
            Some(ForgottenPasswordError::FormExpired) => {
                (StatusCode::UNPROCESSABLE_ENTITY, Some(texts.expired.to_owned()))
            }
            Some(ForgottenPasswordError::TooMany { seconds }) => {
                (StatusCode::TOO_MANY_REQUESTS, Some(texts.too_many.with(texts.duration(seconds))))
            }
        };
        let shell = Shell::new(frame, texts.forgotten_password.title).with_error(error.is_some());
        let page = Page { shell, page: self, error };
        let mut response = answer::page(status, &page.shell, &page);
        if let Some(ForgottenPasswordError::TooMany { seconds }) = self.error {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
