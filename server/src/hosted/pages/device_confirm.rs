//! The page that asks whether a device may be connected, and warns of codes that others sent (RFC 8628 §5.4).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::answer;
use super::consent::RequestedScope;
use super::form::Form;
use super::frame::{Frame, Shell};

/// Names the application and the code once more. The form sends `action`: `confirm`, `deny` or `switch`.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeviceConfirm<'a> {
    /// The form.
    pub form: Form<'a>,
    /// The application on the device.
    pub client: &'a str,
    /// The code, as the device shows it.
    pub user_code: &'a str,
    /// Who is signed in.
    pub signed_in: &'a str,
    /// What the application asks for; may be empty.
    pub scopes: &'a [RequestedScope<'a>],
}

#[derive(Template)]
#[template(path = "hosted/device_confirm.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: DeviceConfirm<'a>,
}

impl DeviceConfirm<'_> {
    /// The answer.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let shell = Shell::new(frame, frame.locale.texts().device.confirm_title);
        let page = Page { shell, page: self };
        answer::page(StatusCode::OK, &page.shell, &page)
    }
}
