//! The page of somebody's own account.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use askama::Template;

use super::answer;
use super::consent::RequestedScope;
use super::form::Form;
use super::frame::{Frame, Shell};

/// Shows where somebody is signed in and which applications they have let in, and asks for another password.
///
/// The forms send `action`: `sign-out`; `end-session` with `sid`; `end-others`; `withdraw` with `client_id`; `change-password` with
/// `current_password`, `password` and `password_again`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Account<'a> {
    /// What all its forms carry.
    pub form: Form<'a>,
    /// The name that they sign in with.
    pub username: &'a str,
    /// What they are called.
    pub name: Option<&'a str>,
    /// What was done just now.
    pub news: Option<AccountNews>,
    /// Why something was not done.
    pub error: Option<AccountError<'a>>,
    /// Where they are signed in.
    pub sessions: &'a [AccountSession<'a>],
    /// Which applications they have let in.
    pub consents: &'a [AccountConsent<'a>],
    /// What a password must be like.
    pub policy: &'a str,
}

/// A browser in which somebody is signed in.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountSession<'a> {
    /// Its public id.
    pub sid: &'a str,
    /// The browser, if it is a known one.
    pub browser: Option<&'a str>,
    /// When it began.
    pub started: &'a str,
    /// When it was last used.
    pub last_used: &'a str,
    /// Whether it is the one that sees the page.
    pub is_this: bool,
}

/// An application that somebody has let in.
#[derive(Clone, Copy, Debug, Default)]
pub struct AccountConsent<'a> {
    /// Its id.
    pub client_id: &'a str,
    /// Its name.
    pub client: &'a str,
    /// What it may have.
    pub scopes: &'a [RequestedScope<'a>],
    /// Since when.
    pub since: &'a str,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountNews {
    /// Another session has ended.
    SessionEnded,
    /// All other sessions have ended.
    OthersEnded,
    /// An application is no longer let in.
    Withdrawn,
    /// There is another password.
    PasswordChanged,
}

impl AccountNews {
    const ALL: [Self; 4] = [Self::SessionEnded, Self::OthersEnded, Self::Withdrawn, Self::PasswordChanged];

    /// How an address says it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SessionEnded => "session-ended",
            Self::OthersEnded => "others-ended",
            Self::Withdrawn => "withdrawn",
            Self::PasswordChanged => "password-changed",
        }
    }

    /// Reads that.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.as_str() == text)
    }
}

/// Why something was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountError<'a> {
    /// The form was too old, or of another browser.
    FormExpired,
    /// It is not the password that they have.
    WrongPassword,
    /// Too many attempts.
    TooMany {
        /// Seconds to wait.
        seconds: u64,
    },
    /// The two new ones are not the same.
    Mismatch,
    /// The new one does not meet the policy, in words.
    Policy(&'a str),
}

#[derive(Template)]
#[template(path = "hosted/account.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: Account<'a>,
    news: Option<&'static str>,
    error: Option<String>,
    is_wrong: bool,
    is_mismatch: bool,
    is_policy: bool,
}

impl Account<'_> {
    /// The answer: 200, or 422 if something was not accepted, or 429 with `Retry-After`.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let texts = frame.locale.texts();
        let error = self.error.map(|error| match error {
            AccountError::FormExpired => texts.expired.to_owned(),
            AccountError::WrongPassword => texts.account.wrong_password.to_owned(),
            AccountError::TooMany { seconds } => texts.too_many.with(texts.duration(seconds)),
            AccountError::Mismatch => texts.password_reset.mismatch.to_owned(),
            AccountError::Policy(text) => text.to_owned(),
        });
        let news = self.news.map(|news| match news {
            AccountNews::SessionEnded => texts.account.session_ended,
            AccountNews::OthersEnded => texts.account.others_ended,
            AccountNews::Withdrawn => texts.account.withdrawn,
            AccountNews::PasswordChanged => texts.account.password_changed,
        });
        let page = Page {
            shell: Shell::new(frame, texts.account.title).with_error(error.is_some()),
            page: self,
            news,
            error,
            is_wrong: self.error == Some(AccountError::WrongPassword),
            is_mismatch: self.error == Some(AccountError::Mismatch),
            is_policy: matches!(self.error, Some(AccountError::Policy(_))),
        };
        let status = match self.error {
            None => StatusCode::OK,
            Some(AccountError::TooMany { .. }) => StatusCode::TOO_MANY_REQUESTS,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let mut response = answer::page(status, &page.shell, &page);
        if let Some(AccountError::TooMany { seconds }) = self.error {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
