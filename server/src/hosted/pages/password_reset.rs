//! The page where somebody who came by a one-time link chooses a password.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::answer;
use super::form::Form;
use super::frame::{Frame, Shell};

/// Asks for a new password. The form sends `password`, `password_again` and `action=save`.
#[derive(Clone, Copy, Debug, Default)]
pub struct PasswordReset<'a> {
    /// The form.
    pub form: Form<'a>,
    /// Whose password it is; password managers keep it by this.
    pub username: &'a str,
    /// What a password must be like.
    pub policy: &'a str,
    /// Why the form is shown once more.
    pub error: Option<PasswordResetError<'a>>,
}

/// Why a password was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordResetError<'a> {
    /// The two are not the same.
    Mismatch,
    /// It does not meet the policy, in words.
    Policy(&'a str),
    /// The form was too old, or of another browser.
    FormExpired,
}

#[derive(Template)]
#[template(path = "hosted/password_reset.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: PasswordReset<'a>,
    error: Option<&'a str>,
    is_policy: bool,
    is_mismatch: bool,
}

impl PasswordReset<'_> {
    /// The answer: 200, or 422 if the password was not accepted.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let texts = frame.locale.texts();
        let error = self.error.map(|error| match error {
            PasswordResetError::Mismatch => texts.password_reset.mismatch,
            PasswordResetError::Policy(text) => text,
            PasswordResetError::FormExpired => texts.expired,
        });
        let shell = Shell::new(frame, texts.password_reset.title).with_error(error.is_some());
        let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = Page {
            shell,
            page: self,
            error,
            is_policy: matches!(self.error, Some(PasswordResetError::Policy(_))),
            is_mismatch: self.error == Some(PasswordResetError::Mismatch),
        };
        answer::page(status, &page.shell, &page)
    }
}
