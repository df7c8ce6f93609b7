//! Whether a redirect URI of a request is a registered one: compared as a string (RFC 9700 §2.1, RFC 3986 §6.2.1), never parsed and
//! never normalised, because every reader of URIs normalises differently; and how the answer is appended (RFC 6749 §4.1.2).

use std::borrow::Cow;

use url::form_urlencoded::byte_serialize;

use crate::client_metadata::ApplicationType;

/// A URI of which a client has said that answers may go there. Only a comparison with what is registered makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// The presented `redirect_uri`, if it is one of the registered.
    ///
    /// A native application may present another port than it registered, where the host is the literal `127.0.0.1` or `[::1]`
    /// and the scheme http: its listener gets whichever is free (RFC 8252 §7.3). `localhost` is compared to the letter, port
    /// included: it may resolve to another interface (RFC 8252 §8.3).
    #[must_use]
    pub fn find(presented: &str, registered: &[String], application_type: ApplicationType) -> Option<Self> {
        let native = application_type == ApplicationType::Native;
        let is_it = |own: &String| own == presented || (native && differ_by_loopback_port(own, presented));
        registered.iter().any(is_it).then(|| Self(presented.to_owned()))
    }

    /// The presented URI, if it is one of the registered to the letter: for `post_logout_redirect_uri`
    /// (OIDC RP-Initiated Logout §3.1), which has no exception.
    #[must_use]
    pub fn exact(presented: &str, registered: &[String]) -> Option<Self> {
        registered.iter().find(|own| *own == presented).cloned().map(Self)
    }

    /// The only registered URI, for a request that names none (RFC 6749 §3.1.2.3).
    #[must_use]
    pub fn only(registered: &[String]) -> Option<Self> {
        match registered {
            [only] => Some(Self(only.clone())),
            _ => None,
        }
    }

    /// The URI as it was presented.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URI with these parameters after its own query. They are encoded so that a form decoder and a URI decoder read the same,
    /// and no value can begin a parameter, a fragment or a line.
    #[must_use]
    pub fn with_params<'p>(&self, params: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
        let mut uri = self.0.clone();
        for (name, value) in params {
            match uri.chars().next_back() {
                _ if !uri.contains('?') => uri.push('?'),
                Some('?' | '&') => {}
                _ => uri.push('&'),
            }
            uri.push_str(&encoded(name));
            uri.push('=');
            uri.push_str(&encoded(value));
        }
        uri
    }
}

/// Whether two URIs are the same but for the port of a loopback address.
fn differ_by_loopback_port(registered: &str, presented: &str) -> bool {
    let (Some(registered), Some(presented)) = (Loopback::of(registered), Loopback::of(presented)) else { return false };
    registered.origin == presented.origin && registered.rest == presented.rest && presented.has_usable_port()
}

/// `http`, one of the two addresses, a port or none, and what follows.
struct Loopback<'u> {
    origin: &'static str,
    port: Option<&'u str>,
    rest: &'u str,
}

impl<'u> Loopback<'u> {
    fn of(uri: &'u str) -> Option<Self> {
        let (origin, after) = ["http://127.0.0.1", "http://[::1]"]
            .into_iter()
            .find_map(|origin| uri.strip_prefix(origin).map(|after| (origin, after)))?;
        let (port, rest) = match after.strip_prefix(':') {
            None => (None, after),
            Some(after) => {
                let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
                let (port, rest) = after.split_at_checked(end)?;
                (Some(port), rest)
            }
        };
        // `http://127.0.0.1.evil.example` and `http://127.0.0.1:80@evil.example` begin alike and go elsewhere.
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some(Self { origin, port, rest })
    }

    /// Absent, or 1 to 65535 without leading zeros: one port has one text.
    fn has_usable_port(&self) -> bool {
        self.port.is_none_or(|port| !port.starts_with('0') && port.parse::<u16>().is_ok())
    }
}

/// `application/x-www-form-urlencoded` (RFC 6749 App. B), with the space as `%20`: who decodes it as a URI would keep a `+`.
fn encoded(text: &str) -> Cow<'_, str> {
    let encoded: Cow<'_, str> = byte_serialize(text.as_bytes()).collect();
    if encoded.contains('+') { Cow::Owned(encoded.replace('+', "%20")) } else { encoded }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(registered: &str, presented: &str, application_type: ApplicationType) -> bool {
        let found = RedirectUri::find(presented, &[registered.to_owned()], application_type);
        assert!(found.as_ref().is_none_or(|uri| uri.as_str() == presented));
        found.is_some()
    }

    #[test]
    fn a_native_application_may_choose_its_loopback_port() {
        for (registered, presented) in [
            ("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:1/cb"),
            ("http://127.0.0.1:3000/cb", "http://127.0.0.1:65535/cb"),
            ("http://127.0.0.1:3000/cb", "http://127.0.0.1/cb"),
            ("http://127.0.0.1:0/cb?x=1", "http://127.0.0.1:8/cb?x=1"),
            ("http://[::1]/cb", "http://[::1]:8080/cb"),
            ("http://127.0.0.1", "http://127.0.0.1:8080"),
        ] {
            assert!(found(registered, presented, ApplicationType::Native), "{presented}");
            assert!(!found(registered, presented, ApplicationType::Web), "{presented}");
        }
    }

    #[test]
    fn nothing_else_of_a_loopback_uri_may_differ() {
        for presented in [
            "http://127.0.0.1:/cb",
            "http://127.0.0.1:0/cb",
            "http://127.0.0.1:080/cb",
            "http://127.0.0.1:65536/cb",
            "http://127.0.0.1:99999999999/cb",
            "http://127.0.0.1:+80/cb",
            "http://127.0.0.1:-1/cb",
            "http://127.0.0.1:80x/cb",
            "http://127.0.0.1:８０/cb",
            "http://127.0.0.1:80@evil.example/cb",
            "http://127.0.0.1:80:81/cb",
            "http://127.0.0.1:80#/cb",
            "http://127.0.0.1:80\\/cb",
            "http://127.0.0.1.evil.example/cb",
            "http://127.0.0.1@evil.example/cb",
            "http://127.0.0.11:80/cb",
            "http://127.0.0.2:80/cb",
            "http://127.1:80/cb",
            "http://2130706433:80/cb",
            "http://0x7f.0.0.1:80/cb",
            "http://[::1]:80/cb",
            "http://[::ffff:127.0.0.1]:80/cb",
            "http://localhost:80/cb",
            "HTTP://127.0.0.1:80/cb",
            "https://127.0.0.1:80/cb",
            "http://127.0.0.1:80/cb/",
            "http://127.0.0.1:80/Cb",
            "http://127.0.0.1:80/cb?",
            "http://127.0.0.1:80/cb?x=1",
            "http://127.0.0.1:80/cb#x",
            "http://127.0.0.1:80/../cb",
            "http://user@127.0.0.1:80/cb",
            " http://127.0.0.1:80/cb",
            "http://127.0.0.1:80/cb\n",
        ] {
            assert!(!found("http://127.0.0.1:3000/cb", presented, ApplicationType::Native), "{presented:?}");
        }
        for (registered, presented) in [
            ("http://localhost:3000/cb", "http://localhost:3001/cb"),
            ("http://localhost/cb", "http://localhost:80/cb"),
            ("http://localhost/cb", "http://127.0.0.1/cb"),
            ("https://127.0.0.1/cb", "https://127.0.0.1:8443/cb"),
            ("http://127.0.0.12/cb", "http://127.0.0.1:2/cb"),
            ("com.example.app:/cb", "com.example.app:80/cb"),
        ] {
            assert!(!found(registered, presented, ApplicationType::Native), "{presented}");
            assert!(found(registered, registered, ApplicationType::Native), "{registered}");
        }
        assert!(found("http://127.0.0.1:3000/cb", "http://127.0.0.1:80/cb", ApplicationType::Native));
    }

    #[test]
    fn after_logout_there_is_no_exception_and_without_a_uri_only_one_can_be_meant() {
        let two = ["http://127.0.0.1/cb".to_owned(), "https://c.example/".to_owned()];
        assert_eq!(RedirectUri::exact("http://127.0.0.1:80/cb", &two), None);
        assert_eq!(RedirectUri::exact("https://c.example/", &two).unwrap().as_str(), "https://c.example/");
        assert_eq!((RedirectUri::only(&two), RedirectUri::only(&[])), (None, None));
        assert_eq!(RedirectUri::only(&two[1..]).unwrap().as_str(), "https://c.example/");
    }

    #[test]
    fn parameters_come_after_the_registered_query_and_stay_values() {
        for (registered, params, result) in [
            ("https://c.example/cb", vec![("code", "a"), ("state", "b")], "https://c.example/cb?code=a&state=b"),
            ("https://c.example/cb?x=1%20", vec![("code", "a")], "https://c.example/cb?x=1%20&code=a"),
            ("https://c.example/cb?", vec![("code", "a")], "https://c.example/cb?code=a"),
            ("https://c.example/cb?x=1&", vec![("code", "a")], "https://c.example/cb?x=1&code=a"),
            ("https://c.example", vec![("code", "a")], "https://c.example?code=a"),
            ("com.example.app:/cb", vec![("code", "a")], "com.example.app:/cb?code=a"),
            ("https://c.example/cb", vec![], "https://c.example/cb"),
            (
                "https://c.example/cb",
                vec![("state", "a b+c&code=x#y\r\nz=%\"<ä")],
                "https://c.example/cb?state=a%20b%2Bc%26code%3Dx%23y%0D%0Az%3D%25%22%3C%C3%A4",
            ),
            ("https://c.example/cb", vec![("state", "-._*~")], "https://c.example/cb?state=-._*%7E"),
        ] {
            let uri = RedirectUri::exact(registered, &[registered.to_owned()]).unwrap();
            assert_eq!(uri.with_params(params.iter().copied()), result);
            let read = url::Url::parse(result).unwrap();
            assert!(read.fragment().is_none());
            for (name, value) in params {
                assert_eq!(read.query_pairs().filter(|pair| *pair == (name.into(), value.into())).count(), 1);
            }
        }
    }
}
