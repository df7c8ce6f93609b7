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

    /// Of the registered, the one that is most like the presented: what somebody who compares them wants to see.
    #[must_use]
    pub fn nearest<'r>(presented: &str, registered: &'r [String]) -> Option<&'r str> {
        let alike = |own: &str| {
            let (same, room) = (|(a, b): &(char, char)| a == b, own.chars().count().min(presented.chars().count()));
            let front = own.chars().zip(presented.chars()).take_while(same).count();
            let back = own.chars().rev().zip(presented.chars().rev()).take_while(same).count();
            front + back.min(room - front)
        };
        registered.iter().map(String::as_str).rev().max_by_key(|own| alike(own))
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
mod tests;
