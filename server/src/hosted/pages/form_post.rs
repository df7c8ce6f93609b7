//! An authorization response as a form that the browser sends to the application (OAuth 2.0 Form Post Response Mode).

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::error::ErrorPage;
use super::frame::{Frame, Shell};
use super::policy::Forms;
use super::{answer, link};

/// The only script of all pages. It stands at the end of the page, behind the form that it sends.
pub(super) const SCRIPT: &str = "document.forms[0].submit()";

/// Sends `fields` to an application at once, or by a button where there is no JavaScript.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormPost<'a> {
    /// The redirect URI, exactly as it is registered.
    pub redirect_uri: &'a str,
    /// The application.
    pub client: &'a str,
    /// The response, by name and value.
    pub fields: &'a [(&'a str, &'a str)],
}

#[derive(Template)]
#[template(path = "hosted/form_post.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: FormPost<'a>,
    script: &'static str,
}

impl FormPost<'_> {
    /// The answer. An address that no form can be sent to gives an error page.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let texts = &frame.locale.texts().form_post;
        let Some(target) = link::web(self.redirect_uri) else {
            let status = StatusCode::BAD_REQUEST;
            return ErrorPage { status, heading: None, rule: texts.no_target, back: None }.respond(frame);
        };
        let mut shell = Shell::new(frame, texts.title);
        shell.policy.script = Some(SCRIPT);
        // Not the origin alone: an application that goes on from its callback to another origin would be stopped there.
        shell.policy.forms = Forms::Scheme(target.scheme().to_owned());
        let page = Page { shell, page: self, script: SCRIPT };
        answer::page(StatusCode::OK, &page.shell, &page)
    }
}
