//! The content security policy of a page (CSP level 3): nothing is allowed but what the page was built with.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::link;

/// What a page needs beyond its words.
pub(super) struct Policy<'a> {
    /// The origins of its pictures.
    pub(super) pictures: Vec<String>,
    /// Its one script.
    pub(super) script: Option<&'static str>,
    /// Where its forms may lead.
    pub(super) forms: Forms<'a>,
}

/// Where the forms of a page may lead. Browsers hold every redirect that follows a form to it, not the first alone.
pub(super) enum Forms<'a> {
    /// This server, and whatever is on the schemes of these addresses.
    Here(&'a [&'a str]),
    /// Any web page on this scheme.
    Scheme(String),
}

impl Policy<'_> {
    /// The value of the header, for a page with these stylesheets.
    pub(super) fn value<'s>(&self, styles: impl Iterator<Item = &'s str>) -> String {
        let styles = styles.map(hash).collect::<Vec<_>>().join(" ");
        let script = self.script.map_or_else(|| "'none'".to_owned(), hash);
        let pictures = self.pictures();
        let forms = self.forms.sources();
        format!(
            "default-src 'none'; style-src {styles}; img-src {pictures}; script-src {script}; form-action {forms}; \
             base-uri 'none'; frame-ancestors 'none'"
        )
    }
}

impl Policy<'_> {
    /// Each origin once.
    fn pictures(&self) -> String {
        let mut origins: Vec<&str> = Vec::new();
        for origin in &self.pictures {
            if !origins.contains(&origin.as_str()) {
                origins.push(origin);
            }
        }
        if origins.is_empty() { "'none'".to_owned() } else { origins.join(" ") }
    }
}

impl Forms<'_> {
    fn sources(&self) -> String {
        match self {
            Self::Here(targets) => {
                let mut sources = vec!["'self'".to_owned()];
                for source in targets.iter().filter_map(|target| link::source(target)) {
                    if !sources.contains(&source) {
                        sources.push(source);
                    }
                }
                sources.join(" ")
            }
            Self::Scheme(scheme) => format!("{scheme}:"),
        }
    }
}

/// The source expression of an inline script or stylesheet.
pub(super) fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}
