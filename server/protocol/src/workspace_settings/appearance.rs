//! How the pages of a workspace look. Both members end up in a page's stylesheet and content security policy, so they are held to what
//! can mean nothing else there.

use url::{Host, Url};

use super::WorkspaceSettings;
use crate::violation::Violation;

const INVALID: &str = "invalid_value";
/// The longest address of a picture, in octets.
const MAX_LOGO_URI: usize = 2048;

impl WorkspaceSettings {
    pub(super) fn appearance(&self, broken: &mut Vec<Violation>) {
        if self.accent_color.as_deref().is_some_and(|colour| !is_colour(colour)) {
            broken.push(Violation::new("/accent_color", INVALID, "a colour is # and six hexadecimal digits"));
        }
        if self.logo_uri.as_deref().is_some_and(|address| !is_picture(address)) {
            let message = "the https address of a picture, at most 2048 characters, its host a name or an IPv4 address, \
                           without a user or a fragment";
            broken.push(Violation::new("/logo_uri", INVALID, message));
        }
    }
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The host is one that a policy can name (CSP level 3 §2.3.1): `;`, `'`, `*` and brackets would mean something else there.
fn is_picture(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let has_plain_host = match url.host() {
        Some(Host::Domain(name)) => name.chars().all(is_plain),
        Some(Host::Ipv4(_)) => true,
        _ => false,
    };
    // What the parser would drop or mend is not an address that somebody meant.
    let is_tidy = address.starts_with("https://") && address.bytes().all(|sign| matches!(sign, b'!'..=b'~'));
    let has_more = !url.username().is_empty() || url.password().is_some() || url.fragment().is_some();
    is_tidy && has_plain_host && !has_more && address.len() <= MAX_LOGO_URI && !address.contains('\\')
}
