//! The pages as a browser gets them, each in several states.

mod headers;
mod samples;
mod strangers;
mod structure;

use actix_web::HttpResponse;
use actix_web::body::to_bytes;
use actix_web::http::StatusCode;

use super::Frame;

/// An answer, taken apart.
struct Page {
    status: StatusCode,
    headers: Vec<(String, String)>,
    html: String,
}

impl Page {
    async fn of(response: HttpResponse) -> Self {
        let status = response.status();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        let html = String::from_utf8(to_bytes(response.into_body()).await.unwrap().to_vec()).unwrap();
        Self { status, headers, html }
    }

    fn header(&self, name: &str) -> &str {
        let mut values = self.headers.iter().filter(|(header, _)| header == name);
        let value = values.next().map_or("", |(_, value)| value);
        assert!(values.next().is_none(), "{name} twice");
        value
    }

    /// One directive of the policy.
    fn policy(&self, directive: &str) -> &str {
        let mut directives = self.header("content-security-policy").split("; ").filter_map(|each| each.split_once(' '));
        directives.find(|(name, _)| *name == directive).map_or("", |(_, value)| value)
    }

    /// The start tags of these elements, without their brackets.
    fn tags(&self, element: &str) -> Vec<&str> {
        let opening = format!("<{element}");
        let ends = |rest: &str| rest.starts_with([' ', '>']);
        let after = self.html.split(&opening).skip(1).filter(|rest| ends(rest));
        after.map(|rest| rest.split('>').next().unwrap().trim()).collect()
    }
}

/// The value of an attribute in a start tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = format!(" {tag}").find(&format!(" {name}=\"")).map(|at| tag.split_at(at + name.len() + 2))?;
    rest.split('"').next()
}

fn frame() -> Frame<'static> {
    Frame::new("Acme", "01J8ZQ6D1V")
}
