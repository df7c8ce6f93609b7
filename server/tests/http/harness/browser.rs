//! A browser without JavaScript: cookies, redirects that are looked at one by one, forms that are filled in as they stand.

use std::collections::BTreeMap;
use std::sync::Mutex;

use url::Url;

use super::{Answer, TestServer};

/// A browser with its cookies.
pub struct Browser<'s> {
    server: &'s TestServer,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// A page or a redirect.
pub struct Shown {
    pub answer: Answer,
    url: String,
}

/// A form of a page: where it goes, and what it holds already.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl<'s> Browser<'s> {
    pub fn new(server: &'s TestServer) -> Self {
        Self { server, cookies: Mutex::default() }
    }

    /// Opens an address.
    pub async fn open(&self, url: &str) -> Shown {
        self.ask(self.server.http.get(url), url).await
    }

    /// Sends a form with these fields filled in.
    pub async fn send(&self, form: &Form, filled: &[(&str, &str)]) -> Shown {
        let mut fields = form.fields.clone();
        for (name, value) in filled {
            fields.retain(|(own, _)| own != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let origin = Url::parse(&form.action).unwrap().origin().ascii_serialization();
        let request = self.server.http.post(&form.action).header("origin", origin).form(&fields);
        self.ask(request, &form.action).await
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().iter().find(|(own, _)| own.contains(name)).map(|(_, value)| value.clone())
    }

    async fn ask(&self, request: reqwest::RequestBuilder, url: &str) -> Shown {
        let sent: Vec<_> = self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if sent.is_empty() { request } else { request.header("cookie", sent.join("; ")) };
        let answer = Answer::to(request).await;
        let mut cookies = self.cookies.lock().unwrap();
        for line in answer.headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').unwrap();
            assert!(attributes.contains("HttpOnly") && attributes.contains("SameSite=Lax"), "{line}");
            if value.is_empty() || attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        drop(cookies);
        Shown { answer, url: url.to_owned() }
    }
}

impl Shown {
    /// The form of this page; of several the last.
    #[track_caller]
    pub fn form(&self) -> Form {
        let html = &self.answer.body;
        assert_eq!(self.answer.status, 200, "{html}");
        self.form_in(&html[html.rfind("<form ").unwrap_or(0)..])
    }

    /// The first form of this page that has this in it.
    #[track_caller]
    pub fn form_with(&self, text: &str) -> Form {
        let forms = self.answer.body.split("</form>").filter_map(|part| Some(&part[part.rfind("<form ")?..]));
        let form = forms.into_iter().find(|form| form.contains(text));
        self.form_in(form.unwrap_or_else(|| panic!("no form with {text} in {}", self.answer.body)))
    }

    #[track_caller]
    fn form_in(&self, html: &str) -> Form {
        let tag = tags(html, "form").next().unwrap_or_else(|| panic!("no form in {html}"));
        let action = attribute(tag, "action").unwrap_or_default();
        let action = Url::parse(&self.url).unwrap().join(&action).unwrap().to_string();
        let inputs = tags(html, "input").filter(|tag| attribute(tag, "name").is_some());
        let fields = inputs.map(|tag| (attribute(tag, "name").unwrap(), attribute(tag, "value").unwrap_or_default()));
        Form { action, fields: fields.collect() }
    }

    /// Where a redirect leads.
    #[track_caller]
    pub fn location(&self) -> Url {
        assert_eq!(self.answer.status, 303, "{}", self.answer.body);
        Url::parse(&self.url).unwrap().join(self.answer.header("location")).unwrap()
    }

    /// A parameter of the address where a redirect leads.
    #[track_caller]
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.location().query_pairs().find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
    }

    pub fn says(&self, text: &str) -> bool {
        self.answer.body.contains(text)
    }
}

fn tags<'h>(html: &'h str, name: &str) -> impl Iterator<Item = &'h str> {
    let start = format!("<{name} ");
    html.match_indices(&start).map(|(at, _)| html[at..].split_once('>').unwrap().0).collect::<Vec<_>>().into_iter()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split_once('"')?.0;
    let unescaped = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&amp;", "&"),
    ];
    Some(unescaped.into_iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to)))
}
