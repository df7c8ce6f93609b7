//! A browser of nothing but HTTP: cookies, redirects that are looked at one by one, forms that are filled in as they stand. Where many
//! sign-ins are needed and no pages.

use std::collections::BTreeMap;
use std::sync::Mutex;

use url::{Url, form_urlencoded};

use crate::http::{Answer, Http};
use crate::people::PASSWORD;

/// The cookies of somebody at one tenant.
pub struct TextBrowser {
    http: Http,
    cookies: Mutex<BTreeMap<String, String>>,
    given: Mutex<Vec<String>>,
}

/// A form of a page: where it goes, and what it holds already.
struct Form {
    action: Url,
    fields: Vec<(String, String)>,
}

impl Default for TextBrowser {
    fn default() -> Self {
        Self::of(Http::without_redirects())
    }
}

impl TextBrowser {
    /// One that speaks by `http`, which shows redirects.
    #[must_use]
    pub fn of(http: Http) -> Self {
        Self { http, cookies: Mutex::default(), given: Mutex::default() }
    }

    /// Opens an address, and answers what it shows or where it leads.
    pub async fn open(&self, url: &str) -> Answer {
        self.ask(self.http.client().get(url)).await
    }

    /// Opens an address and goes on through sign-in and consent, as far as somebody is asked, to where it leaves the issuer; answers that
    /// address, or the page on which it got stuck.
    ///
    /// # Errors
    /// The page.
    pub async fn through(&self, url: &str, username: &str) -> Result<Url, Answer> {
        self.through_with(url, username, PASSWORD).await
    }

    /// As [`TextBrowser::through`], with a password of one's own.
    ///
    /// # Errors
    /// The page.
    pub async fn through_with(&self, url: &str, username: &str, password: &str) -> Result<Url, Answer> {
        self.walk(url, &|form| match form.action.path().rsplit('/').next()? {
            "login" => Some(vec![("username", username), ("password", password), ("action", "sign-in")]),
            "consent" => Some(vec![("action", "allow")]),
            _ => None,
        })
        .await
    }

    /// Types the code of a device on the page at `url`, signs in where nobody is, and lets the device in; answers the last page.
    pub async fn lets_in(&self, url: &str, user_code: &str, username: &str) -> Answer {
        let filled = |form: &Form| match form.action.path().rsplit('/').next()? {
            "login" => Some(vec![("username", username), ("password", PASSWORD), ("action", "sign-in")]),
            "device" if form.fields.iter().any(|(name, _)| name == "user_code") => {
                Some(vec![("user_code", user_code), ("action", "continue")])
            }
            "device" => Some(vec![("action", "confirm")]),
            _ => None,
        };
        self.walk(url, &filled).await.unwrap_err()
    }

    /// Opens an address, fills in one form after the other, and ends where it leaves the server or there is nothing to fill in.
    async fn walk<'f>(
        &self,
        url: &str,
        filled: &impl Fn(&Form) -> Option<Vec<(&'f str, &'f str)>>,
    ) -> Result<Url, Answer> {
        let mut at = Url::parse(url).unwrap();
        let server = at.origin();
        let mut shown = self.open(url).await;
        for _ in 0..8 {
            if let Some(location) = shown.header("location") {
                let location = at.join(location).unwrap();
                if location.origin() != server {
                    return Ok(location);
                }
                shown = self.open(location.as_str()).await;
                at = location;
                continue;
            }
            let Some(form) = form(&shown, &at) else { return Err(shown) };
            let Some(filled) = filled(&form) else { return Err(shown) };
            shown = self.send(&form, &filled).await;
            at = form.action;
        }
        Err(shown)
    }

    /// The cookies whose names contain this.
    #[must_use]
    pub fn cookies(&self, part: &str) -> Vec<(String, String)> {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().filter(|(name, _)| name.contains(part)).map(|(n, v)| (n.clone(), v.clone())).collect()
    }

    /// Each `Set-Cookie` that it was answered.
    #[must_use]
    pub fn given(&self) -> Vec<String> {
        self.given.lock().unwrap().clone()
    }

    /// Puts a cookie there that no server gave to this browser.
    pub fn plant(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    async fn send(&self, form: &Form, filled: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form.fields.iter().filter(|(name, _)| !filled.iter().any(|(own, _)| own == name)));
        body.extend_pairs(filled);
        let request = self.http.client().post(form.action.as_str());
        let request = request.header("origin", form.action.origin().ascii_serialization());
        self.ask(request.header("content-type", "application/x-www-form-urlencoded").body(body.finish())).await
    }

    async fn ask(&self, request: reqwest::RequestBuilder) -> Answer {
        let sent: Vec<_> = self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = Answer::to(request.header("cookie", sent.join("; "))).await.unwrap();
        let mut cookies = self.cookies.lock().unwrap();
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            self.given.lock().unwrap().push(line.to_owned());
            let (pair, attributes) = line.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        drop(cookies);
        answer
    }
}

/// The form of a page; of several the last.
fn form(page: &Answer, at: &Url) -> Option<Form> {
    let html = page.text();
    let html = html.get(html.rfind("<form ")?..)?;
    let action = attribute(tags(html, "form").next()?, "action")?;
    let field = |tag: &str| Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()));
    Some(Form { action: at.join(&action).ok()?, fields: tags(html, "input").filter_map(field).collect() })
}

fn tags<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let start = format!("<{name} ");
    html.match_indices(&start)
        .filter_map(|(at, _)| Some(html.get(at..)?.split_once('>')?.0))
        .collect::<Vec<_>>()
        .into_iter()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let escaped = rest.split_once('"')?.0.to_owned();
    let entities = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"), ("&amp;", "&")];
    Some(entities.into_iter().fold(escaped, |text, (entity, character)| text.replace(entity, character)))
}
