//! The URIs of a client: RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §2.1 and §4.1, OIDC Registration §2.

use std::fmt;

use url::{Host, Url};

use crate::client_metadata::ApplicationType;

mod matching;
#[cfg(test)]
mod mutations;
#[cfg(test)]
mod tests;

pub use matching::RedirectUri;

/// The longest URI that is registered.
pub const MAX_URI_LEN: usize = 2048;

/// Schemes that make a browser run, read or show something instead of going somewhere.
const DANGEROUS_SCHEMES: [&str; 9] =
    ["javascript", "data", "vbscript", "file", "blob", "filesystem", "about", "view-source", "jar"];

/// Why a URI is not registered: a sentence for the one who gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidUri(&'static str);

impl InvalidUri {
    /// The sentence.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for InvalidUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidUri {}

/// Checks a redirect URI, or a URI to go to after logout, before it is registered.
///
/// # Errors
/// Unless it is an https URI, an http URI of the loopback interface, or for a native application one of a private-use scheme.
pub fn validate_redirect_uri(text: &str, application_type: ApplicationType) -> Result<(), InvalidUri> {
    let url = absolute(text)?;
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(&url) => Ok(()),
        "http" => Err(InvalidUri("http is allowed on localhost, 127.0.0.1 and [::1] only")),
        _ if application_type == ApplicationType::Web => {
            Err(InvalidUri("a web application needs https; other schemes are for application_type native"))
        }
        scheme if scheme.contains('.') => Ok(()),
        _ => Err(InvalidUri("a private-use scheme is a domain name in reverse, such as com.example.app")),
    }
}

/// Checks the URL of a page or a document of a client: `logo_uri`, `client_uri`, `policy_uri`, `tos_uri`, `jwks_uri`.
///
/// # Errors
/// Unless it is an https URL, or an http URL of the loopback interface.
pub fn validate_web_url(text: &str) -> Result<(), InvalidUri> {
    let url = absolute(text)?;
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(&url) => Ok(()),
        _ => Err(InvalidUri("must be https; http is allowed on localhost, 127.0.0.1 and [::1] only")),
    }
}

/// What holds for every URI: absolute, all of RFC 3986's characters, without fragment and without credentials.
fn absolute(text: &str) -> Result<Url, InvalidUri> {
    if text.len() > MAX_URI_LEN {
        return Err(InvalidUri("longer than 2048 characters"));
    }
    if DANGEROUS_SCHEMES.contains(&scheme_as_a_browser_reads_it(text).as_str()) {
        return Err(InvalidUri("this scheme is never allowed"));
    }
    if !is_rfc_3986(text) {
        return Err(InvalidUri("a character that RFC 3986 does not allow, or a broken percent-encoding"));
    }
    if text.contains('#') {
        return Err(InvalidUri("a fragment is not allowed"));
    }
    let url = Url::parse(text).map_err(|_| InvalidUri("not an absolute URI"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InvalidUri("user name and password are not allowed"));
    }
    if matches!(url.scheme(), "http" | "https") && !names_a_host(text, &url) {
        return Err(InvalidUri("must name one host after two slashes"));
    }
    Ok(url)
}

/// Browsers drop control characters and blanks before and inside a scheme, and do not care for its case.
fn scheme_as_a_browser_reads_it(text: &str) -> String {
    let scheme = text.split(':').next().unwrap_or_default();
    scheme.chars().filter(|c| !c.is_control() && !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
}

fn is_rfc_3986(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    let escapes = text.split('%').skip(1).all(|rest| {
        let mut digits = rest.bytes().take(2).filter(u8::is_ascii_hexdigit);
        digits.next().is_some() && digits.next().is_some()
    });
    text.bytes().all(allowed) && escapes
}

/// The URL parser forgives `https:host` and `https:///host`, others do not; and a wildcard is no host.
fn names_a_host(text: &str, url: &Url) -> bool {
    let authority = text.split_once("://").map(|(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
    authority.is_some_and(|authority| !authority.is_empty()) && url.host_str().is_some_and(|host| !host.contains('*'))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
