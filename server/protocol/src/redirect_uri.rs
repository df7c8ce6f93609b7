//! The URIs of a client: RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §2.1 and §4.1, OIDC Registration §2.

use std::fmt;

use url::{Host, Url};

use crate::client_metadata::ApplicationType;

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

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [ApplicationType; 2] = [ApplicationType::Web, ApplicationType::Native];

    #[test]
    fn https_and_loopback_are_for_everyone() {
        for good in [
            "https://client.example",
            "https://client.example/cb?x=1&y=%20",
            "https://client.example:8443/a/b",
            "https://[2001:db8::1]/cb",
            "http://localhost/cb",
            "http://localhost:3000/cb",
            "http://127.0.0.1/",
            "http://127.0.0.1:0/cb",
            "http://[::1]:80/cb",
        ] {
            for application_type in BOTH {
                assert_eq!(validate_redirect_uri(good, application_type), Ok(()), "{good}");
            }
            assert_eq!(validate_web_url(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn a_scheme_that_runs_or_reads_is_refused_however_it_is_written() {
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "\u{1}javascript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{a0}javascript:alert(1)",
            "java\0script:alert(1)",
            "javascript://client.example/%0Aalert(1)",
            "data:text/html,x",
            "DATA:text/html;base64,PHNjcmlwdD4=",
            "vbscript:x",
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "blob:https://client.example/1",
            "\r\nblob:https://client.example/1",
        ] {
            for application_type in BOTH {
                let refused = validate_redirect_uri(bad, application_type).unwrap_err();
                assert_eq!(refused.message(), "this scheme is never allowed", "{bad:?}");
            }
            assert!(validate_web_url(bad).is_err(), "{bad:?}");
        }
        assert!(validate_redirect_uri("https://client.example/javascript:alert(1)", ApplicationType::Web).is_ok());
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        for bad in [
            "",
            "/cb",
            "//client.example/cb",
            "client.example/cb",
            "https:",
            "https:client.example",
            "https:/client.example",
            "https:///client.example",
            "https://",
            "https://?x",
            "https:\\\\client.example",
            "https://client.example\\@evil.example",
            "https://client.example/#",
            "https://client.example/#x",
            "https://user@client.example/",
            "https://:x@client.example/",
            "https://*.client.example/",
            "https://client.example/c b",
            "https://client.example/\tcb",
            "https://client.example/cb\n",
            " https://client.example/",
            "https://clïent.example/",
            "https://client.example/%",
            "https://client.example/%2",
            "https://client.example/%zz",
            "https://client.example/<x>",
            "https://client.example:99999/",
            "https://[::1/",
        ] {
            for application_type in BOTH {
                assert!(validate_redirect_uri(bad, application_type).is_err(), "{bad:?}");
            }
            assert!(validate_web_url(bad).is_err(), "{bad:?}");
        }
        assert!(validate_web_url("https://client.example/").is_ok());
    }

    #[test]
    fn http_is_for_the_loopback_interface_alone() {
        for bad in [
            "http://client.example/cb",
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/",
            "http://10.0.0.1/",
            "http://[::2]/",
            "http://0.0.0.0/",
        ] {
            for application_type in BOTH {
                assert!(validate_redirect_uri(bad, application_type).is_err(), "{bad}");
            }
        }
        assert!(validate_redirect_uri("http://127.0.0.1/", ApplicationType::Native).is_ok());
    }

    #[test]
    fn a_private_use_scheme_is_for_native_applications_and_has_a_dot() {
        for good in ["com.example.app:/cb", "com.example.app://cb/x", "org.x.y:cb"] {
            assert!(validate_redirect_uri(good, ApplicationType::Web).is_err(), "{good}");
            assert!(validate_web_url(good).is_err(), "{good}");
            assert_eq!(validate_redirect_uri(good, ApplicationType::Native), Ok(()), "{good}");
        }
        for bad in
            ["myapp:/cb", "ftp://client.example/", "urn:ietf:wg:oauth:2.0:oob", "mailto:a@b.example", "ws://x.example"]
        {
            assert!(validate_redirect_uri(bad, ApplicationType::Native).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_uri_has_an_upper_bound() {
        let uri = |len: usize| format!("https://client.example/{}", "a".repeat(len - 23));
        assert!(validate_web_url(&uri(MAX_URI_LEN + 1)).is_err());
        assert!(validate_web_url(&uri(MAX_URI_LEN)).is_ok());
    }
}
