//! The page where somebody enters the code that a device shows (RFC 8628 §3.3).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use askama::Template;

use super::answer;
use super::form::Form;
use super::frame::{Frame, Shell};

/// Asks for the code. The form sends `user_code` and `action=continue`.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeviceCode<'a> {
    /// The form.
    pub form: Form<'a>,
    /// What the field holds (`verification_uri_complete`, or what was sent before).
    pub user_code: &'a str,
    /// Why the form is shown once more.
    pub error: Option<DeviceCodeError>,
}

/// Why a code was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceCodeError {
    /// There is no such code, or no more.
    Unknown,
    /// It is too old.
    Expired,
    /// Too many codes were tried.
    TooMany {
        /// Seconds to wait.
        seconds: u64,
    },
    /// The form was too old, or of another browser.
    FormExpired,
}

#[derive(Template)]
#[template(path = "hosted/device_code.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: DeviceCode<'a>,
    error: Option<String>,
    /// Whether what was typed is at fault.
    is_wrong: bool,
}

impl DeviceCode<'_> {
    /// The answer: 200, or 422 if the code was not accepted, or 429 with `Retry-After`.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let texts = frame.locale.texts();
        let error = self.error.map(|error| match error {
            DeviceCodeError::Unknown => texts.device.unknown.to_owned(),
            DeviceCodeError::Expired => texts.device.expired.to_owned(),
            DeviceCodeError::TooMany { seconds } => texts.too_many.with(texts.duration(seconds)),
            DeviceCodeError::FormExpired => texts.expired.to_owned(),
        });
        let shell = Shell::new(frame, texts.device.title).with_error(error.is_some());
        let is_wrong = matches!(self.error, Some(DeviceCodeError::Unknown | DeviceCodeError::Expired));
        let page = Page { shell, page: self, error, is_wrong };
        let mut response = answer::page(self.status(), &page.shell, &page);
        if let Some(DeviceCodeError::TooMany { seconds }) = self.error {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    fn status(&self) -> StatusCode {
        match self.error {
            None => StatusCode::OK,
            Some(DeviceCodeError::TooMany { .. }) => StatusCode::TOO_MANY_REQUESTS,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}
