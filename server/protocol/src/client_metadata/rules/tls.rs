//! How the certificate of a `tls_client_auth` client is recognised: RFC 8705 §2.1.2.

use std::net::IpAddr;

use url::Url;

use super::Check;
use crate::{auth_method::AuthMethod, client_metadata::ClientMetadata};

const MAX_LEN: usize = 1024;
const EXACTLY_ONE: &str = "tls_client_auth needs exactly one of the five tls_client_auth_ members";

/// One of the five members.
struct Name<'c> {
    pointer: &'static str,
    value: &'c Option<String>,
    is_valid: fn(&str) -> bool,
    kind: &'static str,
}

impl Check<'_> {
    pub(super) fn tls(&mut self) {
        let method = self.client.token_endpoint_auth_method;
        let names = names(self.client);
        let present = names.iter().filter(|name| name.value.is_some()).count();
        if method == AuthMethod::TlsClientAuth && present == 0 {
            self.refuse("/tls_client_auth_subject_dn", EXACTLY_ONE);
        }
        for Name { pointer, value, is_valid, kind } in names {
            let Some(value) = value else { continue };
            if method != AuthMethod::TlsClientAuth {
                self.refuse(pointer, format!("is for tls_client_auth, not for {method}"));
            } else if present > 1 {
                self.refuse(pointer, EXACTLY_ONE);
            } else if value.len() > MAX_LEN || !is_valid(value) {
                self.refuse(pointer, format!("must be {kind}"));
            }
        }
    }
}

fn names(client: &ClientMetadata) -> [Name<'_>; 5] {
    [
        Name {
            pointer: "/tls_client_auth_subject_dn",
            value: &client.tls_client_auth_subject_dn,
            is_valid: is_dn,
            kind: "a name as RFC 4514 writes it",
        },
        Name {
            pointer: "/tls_client_auth_san_dns",
            value: &client.tls_client_auth_san_dns,
            is_valid: is_dns_name,
            kind: "a host name without wildcard",
        },
        Name {
            pointer: "/tls_client_auth_san_uri",
            value: &client.tls_client_auth_san_uri,
            is_valid: is_uri,
            kind: "an absolute URI",
        },
        Name {
            pointer: "/tls_client_auth_san_ip",
            value: &client.tls_client_auth_san_ip,
            is_valid: is_ip,
            kind: "an IPv4 or IPv6 address",
        },
        Name {
            pointer: "/tls_client_auth_san_email",
            value: &client.tls_client_auth_san_email,
            is_valid: is_email,
            kind: "an email address",
        },
    ]
}

/// One attribute at least; the names themselves are compared structurally when a certificate comes.
fn is_dn(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| !name.trim().is_empty()) && !text.chars().any(char::is_control)
}

fn is_dns_name(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn is_uri(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic()) && Url::parse(text).is_ok()
}

fn is_ip(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok()
}

/// Something before and something after one `@`; also how `contacts` are checked.
pub(super) fn is_email(text: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control());
    text.len() <= 254 && text.split_once('@').is_some_and(|(local, domain)| part(local) && part(domain))
}
