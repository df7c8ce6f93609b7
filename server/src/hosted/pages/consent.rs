//! The page that asks whether an application may.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::form::Form;
use super::frame::{Frame, Shell};
use super::{answer, link};

/// Asks whether an application may have what it asks for.
///
/// The form sends `action`: `allow`, `deny` or `switch`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Consent<'a> {
    /// The form.
    pub form: Form<'a>,
    /// The application.
    pub client: &'a str,
    /// Its picture; shown if it is on https.
    pub logo: Option<&'a str>,
    /// Its page (`client_uri`).
    pub website: Option<&'a str>,
    /// Its privacy policy (`policy_uri`).
    pub privacy: Option<&'a str>,
    /// Its terms of service (`tos_uri`).
    pub terms: Option<&'a str>,
    /// Who is signed in.
    pub signed_in: &'a str,
    /// The host that the answer goes to, so that a look-alike name does not deceive.
    pub returns_to: Option<&'a str>,
    /// What it asks for.
    pub scopes: &'a [RequestedScope<'a>],
    /// The APIs that it asks for (RFC 8707).
    pub resources: &'a [&'a str],
}

/// One scope that an application asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestedScope<'a> {
    /// Its name on the wire.
    pub name: &'a str,
    /// Its name for people; the name on the wire stands in for none.
    pub title: Option<&'a str>,
    /// What it allows.
    pub description: Option<&'a str>,
    /// Whether it was not agreed to before.
    pub is_new: bool,
}

#[derive(Template)]
#[template(path = "hosted/consent.html")]
struct Page<'a> {
    shell: Shell<'a>,
    page: Consent<'a>,
    logo: Option<String>,
    links: Vec<(&'static str, &'static str, &'a str)>,
}

impl Consent<'_> {
    /// The answer.
    pub fn respond(self, frame: &Frame<'_>) -> HttpResponse {
        let texts = &frame.locale.texts().consent;
        let mut shell = Shell::new(frame, texts.title);
        let (logo, origin) = self.logo.and_then(link::picture).map(|(url, origin)| (String::from(url), origin)).unzip();
        shell.policy.pictures.extend(origin);
        let links = [
            ("client-uri", texts.website, self.website),
            ("policy-uri", texts.privacy, self.privacy),
            ("tos-uri", texts.terms, self.terms),
        ];
        let links = links
            .into_iter()
            .filter_map(|(id, text, address)| Some((id, text, address.filter(|address| link::web(address).is_some())?)))
            .collect();
        let page = Page { shell, page: self, logo, links };
        answer::page(StatusCode::OK, &page.shell, &page)
    }
}
