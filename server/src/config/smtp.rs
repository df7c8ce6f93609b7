//! `[smtp]`: the server that takes mail for people (RFC 5321), and as whom Cardea writes.

use cardea_protocol::Secret;
use lettre::message::Mailbox;
use url::Url;

use super::effective::Shown;
use super::settings::Settings;

const URL: &str = "smtp.url";
const FROM: &str = "smtp.from";
/// How `tls` may be said of `smtp://`: without it nothing is encrypted.
const TLS: [&str; 2] = ["required", "opportunistic"];

/// Where mail goes, and as whose.
pub struct SmtpConfig {
    /// `smtp://` or `smtps://`; secret, because a password may stand in it.
    pub url: Secret,
    /// Whom letters are from.
    pub from: Mailbox,
    /// Whether everybody on the way to that server can read what is sent.
    pub is_in_the_clear: bool,
}

impl SmtpConfig {
    pub(super) fn read(settings: &mut Settings) -> Option<Self> {
        let url = settings.find(URL).and_then(|found| {
            let read = found.text().and_then(|text| {
                let url = server(text)?;
                let shown = Shown::text(&shown(url.clone()));
                Ok(((Secret::new(text.to_owned()), is_in_the_clear(&url)), shown))
            });
            settings.keep(URL, &found, read)
        });
        let from = settings.optional(FROM, |text| {
            let malformed = "can write no mail: an address such as id@example.com, or Example <id@example.com>";
            text.parse::<Mailbox>().ok().filter(is_plain).ok_or_else(|| format!("{text:?} {malformed}"))
        });
        let (set, missing) = match (url, from) {
            (Some((url, is_in_the_clear)), Some(from)) => return Some(Self { url, from, is_in_the_clear }),
            (None, None) => return None,
            // Where one of them has a problem of its own, that problem is told already.
            _ if settings.has_problems() => return None,
            (Some(_), None) => (URL, FROM),
            (None, Some(_)) => (FROM, URL),
        };
        settings.problem(format!("{set} is set without {missing}"));
        None
    }
}

/// Whether the name and the address are one line.
fn is_plain(from: &Mailbox) -> bool {
    !from.name.iter().any(|name| name.contains(char::is_control)) && from.email.to_string().is_ascii()
}

/// Reads the URL; what is wrong with it is told without quoting it.
fn server(text: &str) -> Result<Url, String> {
    let malformed = "is not the URL of a mail server: smtps://user:password@host, or smtp://user:password@host:587?tls=required, \
                     with every special character of the password percent-encoded";
    let url = Url::parse(text).ok().filter(|url| ["smtp", "smtps"].contains(&url.scheme()));
    let url = url.filter(|url| url.host_str().is_some_and(|host| !host.is_empty())).ok_or(malformed)?;
    if !url.username().is_empty() && url.password().is_none() {
        return Err("names a user without a password".to_owned());
    }
    if url.fragment().is_some() {
        return Err(malformed.to_owned());
    }
    for (name, value) in url.query_pairs() {
        let is_known = name == "tls" && TLS.contains(&&*value) && url.scheme() == "smtp";
        if !is_known {
            return Err(
                "takes one parameter: tls=required (STARTTLS) or tls=opportunistic, after smtp:// alone".to_owned()
            );
        }
    }
    Ok(url)
}

/// Whoever is on the way may also answer that the server speaks no TLS: what is opportunistic is in the clear.
fn is_in_the_clear(url: &Url) -> bool {
    let demands =
        url.scheme() == "smtps" || url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
    // The host of such a URL is not parsed as that of a web page is.
    let host = url.host_str().unwrap_or_default();
    !demands && !super::is_loopback(&format!("http://{host}"))
}

/// The URL without its password.
fn shown(mut url: Url) -> String {
    if url.password().is_some() && url.set_password(Some("hidden")).is_err() {
        return "(hidden)".to_owned();
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_mail_server_are_understood_and_the_password_hidden() {
        for (url, expected, clear) in [
            ("smtp://localhost:2525", "smtp://localhost:2525", false),
            ("smtp://127.0.0.1", "smtp://127.0.0.1", false),
            ("smtp://mail.example", "smtp://mail.example", true),
            ("smtp://mail.example?tls=opportunistic", "smtp://mail.example?tls=opportunistic", true),
            (
                "smtp://me:hu%40sh@mail.example:587?tls=required",
                "smtp://me:hidden@mail.example:587?tls=required",
                false,
            ),
            ("smtps://me:hush@mail.example/id.example", "smtps://me:hidden@mail.example/id.example", false),
        ] {
            let read = server(url).unwrap();
            assert_eq!((shown(read.clone()).as_str(), is_in_the_clear(&read)), (expected, clear), "{url}");
        }
    }

    #[test]
    fn what_is_no_mail_server_is_refused_without_quoting_it() {
        for url in [
            "hush",
            "https://me:hush@mail.example",
            "smtp:hush",
            "smtp://hush@mail.example",
            "smtp://me:hush@",
            "smtps://me:hush@mail.example?tls=required",
            "smtp://me:hush@mail.example?tls=hush",
            "smtp://me:hush@mail.example?starttls",
            "smtp://me:hush@mail.example#x",
        ] {
            let problem = server(url).map(|_| ()).unwrap_err();
            assert!(!problem.contains("hush"), "{url}: {problem}");
        }
    }
}
