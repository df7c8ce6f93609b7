//! The page that asks who somebody is.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use askama::Template;

use super::form::Form;
use super::frame::{Frame, Shell};
use super::{answer, link};

/// Asks for username and password, or whether to go on as who is signed in.
///
/// The form sends `username`, `password` and `action`: `sign-in`, `continue` or `cancel`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignIn<'a> {
    /// The form.
    pub form: Form<'a>,
    /// The application that somebody signs in for, if it may be named.
    pub client: Option<&'a str>,
    /// What the username field holds.
    pub username: &'a str,
    /// Why the form is shown once more.
    pub error: Option<SignInError>,
    /// Who is signed in already and can go on without a password (`prompt=select_account`).
    pub signed_in: Option<&'a str>,
    /// Where a forgotten password is reset.
    pub reset: Option<&'a str>,
}

/// Why somebody is not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// Wrong username or password: nobody is told which.
    Wrong,
    /// Too many attempts.
    TooMany {
        /// Seconds to wait.
        seconds: u64,
    },
    /// The form was too old, or of another browser.
    Expired,
}

#[derive(Template)]
#[template(path = "hosted/sign_in.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: SignIn<'a>,
    reset: Option<&'a str>,
    error: Option<String>,
    /// Whether what was typed is at fault.
    is_wrong: bool,
}

impl SignIn<'_> {
    /// The answer: 200, or 422 if the form was not accepted, or 429 with `Retry-After`.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let texts = frame.locale.texts();
        let error = self.error.map(|error| match error {
            SignInError::Wrong => texts.sign_in.wrong.to_owned(),
            SignInError::TooMany { seconds } => texts.too_many.with(texts.duration(seconds)),
            SignInError::Expired => texts.expired.to_owned(),
        });
        let shell = Shell::new(frame, texts.sign_in.title).with_error(error.is_some());
        let reset = self.reset.and_then(link::safe_href);
        let is_wrong = self.error == Some(SignInError::Wrong);
        let page = Page { shell, page: self, reset, error, is_wrong };
        let mut response = answer::page(self.status(), &page.shell, &page);
        if let Some(SignInError::TooMany { seconds }) = self.error {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    fn status(&self) -> StatusCode {
        match self.error {
            None => StatusCode::OK,
            Some(SignInError::Wrong | SignInError::Expired) => StatusCode::UNPROCESSABLE_ENTITY,
            Some(SignInError::TooMany { .. }) => StatusCode::TOO_MANY_REQUESTS,
        }
    }
}
