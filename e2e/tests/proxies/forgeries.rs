//! What a client writes into its request to be taken for another, in the header field of each kind.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cardea_e2e::{Curl, Identity};

use crate::stage::Stage;

/// A setting, its field, and how a proxy writes a certificate into it.
type Kind = (&'static str, &'static str, fn(&Identity) -> String);

pub(crate) const KINDS: [Kind; 3] = [
    ("rfc9440", "Client-Cert", rfc9440),
    ("nginx_escaped_pem", "X-SSL-Client-Cert", escaped_pem),
    ("envoy_xfcc", "X-Forwarded-Client-Cert", xfcc),
];

/// One attempt.
pub(crate) struct Forgery {
    pub(crate) name: String,
    fields: Vec<(String, String)>,
    /// `Connection` is for HTTP/1.1 alone (RFC 9113 §8.2.2).
    pub(crate) only_http_1: bool,
}

impl Forgery {
    fn new(name: &str, fields: &[(&str, &str)]) -> Self {
        let only_http_1 = fields.iter().any(|(name, _)| *name == "Connection");
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { name: name.to_owned(), fields, only_http_1 }
    }

    /// curl, sending it.
    pub(crate) fn by(&self, curl: &Curl) -> Curl {
        self.fields.iter().fold(curl.clone(), |curl, (name, value)| curl.header(name, value))
    }
}

/// `Client-Cert` of RFC 9440 §2.2.
pub(crate) fn rfc9440(identity: &Identity) -> String {
    format!(":{}:", STANDARD.encode(identity.der()))
}

/// `$ssl_client_escaped_cert` of nginx, and `Cert` of Envoy.
pub(crate) fn escaped_pem(identity: &Identity) -> String {
    let escape = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    identity.pem().bytes().map(escape).collect()
}

/// One element of `X-Forwarded-Client-Cert`.
pub(crate) fn xfcc(identity: &Identity) -> String {
    format!("Cert=\"{}\"", escaped_pem(identity))
}

/// Names as Envoy, HAProxy and nginx spell them, with each hyphen kept or made an underscore.
fn twins(field: &str) -> Vec<String> {
    let parts: Vec<_> = field.split('-').collect();
    let all = 1_u32 << (parts.len() - 1);
    let twin = |mask: u32| {
        let joined = parts.iter().enumerate().map(|(place, part)| match place {
            0 => (*part).to_owned(),
            _ if mask >> (place - 1) & 1 == 1 => format!("_{part}"),
            _ => format!("-{part}"),
        });
        joined.collect::<String>()
    };
    (1..all).map(twin).collect()
}

impl Stage {
    /// What our client writes to be taken for the victim, in the field of this kind.
    pub(crate) fn forgeries(&self, kind: &str) -> Vec<Forgery> {
        let (_, field, value) = KINDS.into_iter().find(|(name, ..)| *name == kind).unwrap();
        in_field(field, value, &self.own.identity, &self.victim.identity)
    }
}

/// Requests that name `victim` in the field that counts, and in every one that looks like it. `own` is the client that sends them.
fn in_field(field: &str, value: impl Fn(&Identity) -> String, own: &Identity, victim: &Identity) -> Vec<Forgery> {
    let (own, victim) = (value(own), value(victim));
    let mut forgeries = vec![
        Forgery::new("the field itself", &[(field, &victim)]),
        Forgery::new("in capitals", &[(&field.to_uppercase(), &victim)]),
        Forgery::new("two fields", &[(field, &victim), (field, &victim)]),
        Forgery::new("own, then foreign", &[(field, &own), (field, &victim)]),
        Forgery::new("a list, foreign first", &[(field, &format!("{victim}, {own}"))]),
        Forgery::new("a list, foreign last", &[(field, &format!("{own}, {victim}"))]),
        Forgery::new("without blanks", &[(field, &format!("{victim},{own}"))]),
        Forgery::new("dropped on the way", &[("Connection", &format!("keep-alive, {field}"))]),
        Forgery::new("dropped on the way, and there", &[("Connection", field), (field, &victim)]),
        Forgery::new("a chain", &[(&format!("{field}-Chain"), &victim)]),
        Forgery::new("field and chain", &[(field, &victim), (&format!("{field}-Chain"), &own)]),
        Forgery::new("not a certificate", &[(field, "x")]),
    ];
    for twin in twins(field) {
        forgeries.push(Forgery::new(&twin, &[(&twin, &victim)]));
        forgeries.push(Forgery::new(&format!("the field and {twin}"), &[(field, &victim), (&twin, &victim)]));
    }
    forgeries
}
