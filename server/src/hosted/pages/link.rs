//! Addresses that come from strangers: which of them may become a link, a picture, or a source in a policy.

use url::Url;

/// Schemes whose addresses run or carry what the page would then trust.
const ACTIVE: [&str; 8] = ["javascript", "data", "vbscript", "blob", "filesystem", "about", "file", "view-source"];

/// A link with its words.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// Where it leads: `http`, `https`, or a path on this server. Anything else is not shown as a link.
    pub href: &'a str,
    /// Its words.
    pub text: &'a str,
}

impl Link<'_> {
    pub(super) fn safe_href(&self) -> Option<&str> {
        safe_href(self.href)
    }
}

/// `href` if it leads to a web page: absolute on `http` or `https`, or an absolute path here.
pub(super) fn safe_href(href: &str) -> Option<&str> {
    let is_path = href.starts_with('/') && !href.starts_with("//") && !href.contains(['\\', '\t', '\n', '\r']);
    (is_path || web(href).is_some()).then_some(href)
}

/// `address` if it is that of a web page.
pub(super) fn web(address: &str) -> Option<Url> {
    Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// A picture on `https`, with the origin that a policy names.
pub(super) fn picture(address: &str) -> Option<(Url, String)> {
    let url =
        web(address).filter(|url| url.scheme() == "https" && url.username().is_empty() && url.password().is_none())?;
    let origin = origin(&url)?;
    Some((url, origin))
}

/// The source expression that stands for `address` in a policy (CSP level 3 §2.3.1): the origin of a web page, the scheme of an app.
pub(super) fn source(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let scheme = url.scheme();
    // The scheme and not the origin: browsers hold every redirect after a form to it, also those that the application goes on with.
    if ACTIVE.contains(&scheme) { None } else { Some(format!("{scheme}:")) }
}

/// The origin, if its host is a plain name or an IPv4 address: `;`, `'` and `*` can be in a host, and mean something in a policy.
fn origin(url: &Url) -> Option<String> {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
    let host = url.host_str().filter(|host| !host.is_empty() && host.chars().all(is_plain))?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{host}{port}", url.scheme()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_a_web_page_or_nowhere() {
        for href in ["https://a.example/x?y#z", "http://a.example", "/t/a/login?x=1"] {
            assert_eq!(safe_href(href), Some(href));
        }
        for href in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "x",
            "",
            "https:",
            "vbscript:x",
            "ftp://a.example/",
        ] {
            assert_eq!(safe_href(href), None, "{href:?}");
        }
    }

    #[test]
    fn a_picture_is_on_https_and_its_origin_says_nothing_else() {
        assert_eq!(picture("https://CDN.example:8443/l.png?x;y").unwrap().1, "https://cdn.example:8443");
        for address in [
            "http://cdn.example/l.png",
            "data:image/png;base64,AA",
            "https://*/l.png",
            "https://a;b/l.png",
            "https://a,b/l.png",
            "https://a'b/l.png",
            "https://[::1]/l.png",
            "https://user:pw@cdn.example/l.png",
            "//cdn.example/l.png",
            "l.png",
        ] {
            assert!(picture(address).is_none(), "{address}");
        }
    }

    #[test]
    fn a_source_is_the_scheme_of_an_address_that_runs_nothing() {
        let cases = [
            ("https://app.example/cb?x=1", "https:"),
            ("http://127.0.0.1:49152/cb", "http:"),
            ("http://[::1]:49152/cb", "http:"),
            ("com.example.app:/cb", "com.example.app:"),
        ];
        for (address, expected) in cases {
            assert_eq!(source(address).as_deref(), Some(expected));
        }
        for address in ["javascript:alert(1)", "data:x", "", "nonsense"] {
            assert_eq!(source(address), None, "{address}");
        }
    }
}
