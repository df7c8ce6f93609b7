//! The page where the first administrator is made.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::answer;
use super::form::Form;
use super::frame::{Frame, Shell};

/// Asks for the first administrator. The form sends `username`, `email`, `password` and `action=create`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setup<'a> {
    /// The form.
    pub form: Form<'a>,
    /// What the username field holds.
    pub username: &'a str,
    /// What the e-mail field holds.
    pub email: &'a str,
    /// What a password must be like.
    pub policy: &'a str,
    /// What is wrong with the whole.
    pub error: Option<&'a str>,
    /// What is wrong with the username.
    pub username_error: Option<&'a str>,
    /// What is wrong with the e-mail address.
    pub email_error: Option<&'a str>,
    /// What is wrong with the password.
    pub password_error: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "hosted/setup.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: Setup<'a>,
}

impl Setup<'_> {
    /// The answer: 200, or 422 if the form was not accepted.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let errors = [self.error, self.username_error, self.email_error, self.password_error];
        let is_error = errors.iter().any(Option::is_some);
        let status = if is_error { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = Page { shell: Shell::new(frame, frame.locale.texts().setup.title).with_error(is_error), page: self };
        answer::page(status, &page.shell, &page)
    }
}
