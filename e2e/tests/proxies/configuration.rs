//! The configurations of `docs/proxies/`, filled in.

use std::net::SocketAddr;

use cardea_e2e::Identity;

pub(crate) const NGINX: &str = include_str!("../../../docs/proxies/nginx.conf");
pub(crate) const HAPROXY: &str = include_str!("../../../docs/proxies/haproxy.cfg");

/// The address from which the proxies connect, and which Cardea trusts. Everybody else is at 127.0.0.1.
pub(crate) const SOURCE: &str = "127.0.0.2";

/// What the words between `@` stand for.
pub(crate) struct Places<'p> {
    pub(crate) listen: SocketAddr,
    pub(crate) cardea: SocketAddr,
    pub(crate) server: &'p Identity,
    /// Certificate and key in one file.
    pub(crate) both: String,
}

/// Replaces `@LISTEN@` and its like; every one of `names` is there.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let fill = |text: String, (name, value): &(&str, &str)| {
        assert!(text.contains(name), "no {name} in the template");
        text.replace(name, value)
    };
    let text = values.iter().fold(template.to_owned(), fill);
    let left = |line: &&str| !line.trim_start().starts_with('#') && line.contains('@');
    assert_eq!(text.lines().find(left), None, "a word that nobody replaces");
    text
}

/// The same template with one line of another wording, as an operator may have it.
pub(crate) fn reworded(template: &str, line: &str, by: &str) -> String {
    let (mut found, line) = (0, line.trim());
    let lines = template.lines().map(|each| {
        let is_it = each.trim() == line;
        found += usize::from(is_it);
        if is_it { by } else { each }
    });
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    assert_eq!(found, 1, "the template says it once: {line}");
    text
}

/// nginx's, for `server` blocks.
pub(crate) fn nginx(template: &str, places: &Places<'_>) -> String {
    let values = [
        ("@LISTEN@", places.listen.to_string()),
        ("@CARDEA@", places.cardea.to_string()),
        ("@SERVER_NAME@", "localhost".to_owned()),
        ("@CERTIFICATE@", places.server.cert().display().to_string()),
        ("@KEY@", places.server.key().display().to_string()),
        ("@SOURCE@", SOURCE.to_owned()),
    ];
    filled(template, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// HAProxy's, for `frontend` and `backend`.
pub(crate) fn haproxy(template: &str, places: &Places<'_>) -> String {
    let (listen, cardea) = (places.listen.to_string(), places.cardea.to_string());
    let values = [
        ("@LISTEN@", &listen),
        ("@CARDEA@", &cardea),
        ("@CERTIFICATE@", &places.both),
        ("@SOURCE@", &SOURCE.to_owned()),
    ];
    filled(template, &values.map(|(name, value)| (name, value.as_str())))
}
