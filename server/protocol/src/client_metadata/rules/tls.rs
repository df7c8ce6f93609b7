//! How the certificate of a `tls_client_auth` client is recognised: RFC 8705 §2.1.2.

use super::Check;
use crate::{
    auth_method::AuthMethod, client_metadata::ClientMetadata, distinguished_name::DistinguishedName,
    subject_alternative_name::SubjectAlternativeName,
};

const MAX_LEN: usize = 1024;
const EXACTLY_ONE: &str = "tls_client_auth needs exactly one of the five tls_client_auth_ members";

/// One of the five members, and what is wrong with its value.
struct Name<'c> {
    pointer: &'static str,
    value: &'c Option<String>,
    problem: fn(&str) -> Option<String>,
}

impl Check<'_> {
    pub(super) fn tls(&mut self) {
        let method = self.client.token_endpoint_auth_method;
        let names = names(self.client);
        let present = names.iter().filter(|name| name.value.is_some()).count();
        if method == AuthMethod::TlsClientAuth && present == 0 {
            self.refuse("/tls_client_auth_subject_dn", EXACTLY_ONE);
        }
        for Name { pointer, value, problem } in names {
            let Some(value) = value else { continue };
            if method != AuthMethod::TlsClientAuth {
                self.refuse(pointer, format!("is for tls_client_auth, not for {method}"));
            } else if present > 1 {
                self.refuse(pointer, EXACTLY_ONE);
            } else if value.len() > MAX_LEN {
                self.refuse(pointer, format!("must be at most {MAX_LEN} characters"));
            } else if let Some(problem) = problem(value) {
                self.refuse(pointer, problem);
            }
        }
    }
}

fn names(client: &ClientMetadata) -> [Name<'_>; 5] {
    [
        Name {
            pointer: "/tls_client_auth_subject_dn",
            value: &client.tls_client_auth_subject_dn,
            problem: |text| DistinguishedName::parse(text).err().map(|error| error.to_string()),
        },
        Name {
            pointer: "/tls_client_auth_san_dns",
            value: &client.tls_client_auth_san_dns,
            problem: |text| SubjectAlternativeName::parse_dns(text).err().map(|error| error.to_string()),
        },
        Name {
            pointer: "/tls_client_auth_san_uri",
            value: &client.tls_client_auth_san_uri,
            problem: |text| SubjectAlternativeName::parse_uri(text).err().map(|error| error.to_string()),
        },
        Name {
            pointer: "/tls_client_auth_san_ip",
            value: &client.tls_client_auth_san_ip,
            problem: |text| SubjectAlternativeName::parse_ip(text).err().map(|error| error.to_string()),
        },
        Name {
            pointer: "/tls_client_auth_san_email",
            value: &client.tls_client_auth_san_email,
            problem: |text| SubjectAlternativeName::parse_email(text).err().map(|error| error.to_string()),
        },
    ]
}

/// Something before and something after one `@`: how `contacts` are checked.
pub(super) fn is_email(text: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control());
    text.len() <= 254 && text.split_once('@').is_some_and(|(local, domain)| part(local) && part(domain))
}
