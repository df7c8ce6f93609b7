//! The page that asks before it signs somebody out (OpenID Connect RP-Initiated Logout 1.0 §2).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::answer;
use super::form::Form;
use super::frame::{Frame, Shell};

/// Asks whether to sign out. The form sends `action`: `sign-out` or `stay`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignOut<'a> {
    /// The form.
    pub form: Form<'a>,
    /// The application that asks, if it is known.
    pub client: Option<&'a str>,
    /// Who is signed in.
    pub signed_in: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "hosted/sign_out.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: SignOut<'a>,
}

impl SignOut<'_> {
    /// The answer.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let page = Page { shell: Shell::new(frame, frame.locale.texts().sign_out.title), page: self };
        answer::page(StatusCode::OK, &page.shell, &page)
    }
}
