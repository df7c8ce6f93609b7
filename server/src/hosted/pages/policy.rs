//! The content security policy of a page (CSP level 3): nothing is allowed but what the page was built with.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::link;

/// What a page needs beyond its words.
pub(super) struct Policy<'a> {
    /// The origin of its one picture.
    pub(super) picture: Option<String>,
    /// Its one script.
    pub(super) script: Option<&'static str>,
    /// Where its forms may lead, besides this server: addresses, of which the origin counts.
    pub(super) form_targets: &'a [&'a str],
}

impl Policy<'_> {
    /// The value of the header, for a page with these stylesheets.
    pub(super) fn value<'s>(&self, styles: impl Iterator<Item = &'s str>) -> String {
        let styles = styles.map(hash).collect::<Vec<_>>().join(" ");
        let script = self.script.map_or_else(|| "'none'".to_owned(), hash);
        let picture = self.picture.as_deref().unwrap_or("'none'");
        let mut targets = vec!["'self'".to_owned()];
        for target in self.form_targets.iter().filter_map(|target| link::source(target)) {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        let targets = targets.join(" ");
        format!(
            "default-src 'none'; style-src {styles}; img-src {picture}; script-src {script}; form-action {targets}; \
             base-uri 'none'; frame-ancestors 'none'"
        )
    }
}

/// The source expression of an inline script or stylesheet.
pub(super) fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}
