//! Envoy's `X-Forwarded-Client-Cert`: elements between commas, pairs between semicolons, values with quotes where they need them.
//! Each proxy on the way may append an element; the last one is of the proxy that we trust, and the only one that counts.
//!
//! Envoy writes `URI` and `DNS` as they stand in the certificate, without quotes: whose certificate has a comma in one could append an
//! element of their own making. So Envoy should be told to add `cert` and `chain` alone (`set_current_client_cert_details`).

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{MalformedClientCert, PresentedChain, percent_decoded};
use crate::pem;

const MALFORMED: MalformedClientCert = MalformedClientCert("not elements of names and values as Envoy writes them");
const TWICE: MalformedClientCert = MalformedClientCert("a name came twice in one element");

/// The three that matter to us, of the last element; `By`, `Subject`, `URI` and `DNS` say nothing that the certificate does not.
#[derive(Default)]
struct ElementOfProxy {
    hash: Option<String>,
    cert: Option<String>,
    chain: Option<String>,
}

pub(super) fn presented(value: &str) -> Result<PresentedChain, MalformedClientCert> {
    let element = last_element(value)?;
    let chain = element.chain.as_deref().map(certificates).transpose()?;
    let cert = match element.cert.as_deref().map(certificates).transpose()? {
        Some(certificates) => match <[Vec<u8>; 1]>::try_from(certificates) {
            Ok([cert]) => Some(cert),
            Err(_) => return Err(MalformedClientCert("more than one certificate in Cert")),
        },
        None => None,
    };
    let presented = match (cert, chain) {
        (None, None) => return Err(MalformedClientCert("neither Cert nor Chain; Envoy must be told to send one")),
        (Some(leaf), None) => PresentedChain { leaf, intermediates: Vec::new() },
        (None, Some(chain)) => leaf_first(chain)?,
        // The chain begins with the leaf. Where it does not, the two are not of one connection.
        (Some(leaf), Some(chain)) => match leaf_first(chain)? {
            presented if presented.leaf == leaf => presented,
            _ => return Err(MalformedClientCert("Cert is not the first of Chain")),
        },
    };
    match element.hash {
        Some(hash) if !hash.eq_ignore_ascii_case(&sha256(&presented.leaf)) => {
            Err(MalformedClientCert("Hash is not of the certificate"))
        }
        _ => Ok(presented),
    }
}

fn leaf_first(mut chain: Vec<Vec<u8>>) -> Result<PresentedChain, MalformedClientCert> {
    if chain.is_empty() {
        return Err(MALFORMED);
    }
    let leaf = chain.remove(0);
    Ok(PresentedChain { leaf, intermediates: chain })
}

fn certificates(value: &str) -> Result<Vec<Vec<u8>>, MalformedClientCert> {
    Ok(pem::certificates(&percent_decoded(value)?)?)
}

fn sha256(der: &[u8]) -> String {
    Sha256::digest(der).iter().fold(String::new(), |mut hex, octet| {
        let _ = write!(hex, "{octet:02x}");
        hex
    })
}

/// Reads every element, so that none is malformed, and keeps the last.
fn last_element(value: &str) -> Result<ElementOfProxy, MalformedClientCert> {
    let mut element = ElementOfProxy::default();
    let mut rest = value;
    loop {
        let (name, after) = rest.split_once('=').ok_or(MALFORMED)?;
        let (text, after) = text(after)?;
        element.keep(name.trim_matches([' ', '\t']), text)?;
        match after.split_at_checked(1) {
            None | Some(("", _)) => return Ok(element),
            Some((";", next)) => rest = next,
            Some((",", next)) => {
                element = ElementOfProxy::default();
                rest = next;
            }
            Some(_) => return Err(MALFORMED),
        }
    }
}

impl ElementOfProxy {
    /// Names are compared without regard to case, as Envoy's documentation says; `URI` and `DNS` may come more than once.
    fn keep(&mut self, name: &str, text: String) -> Result<(), MalformedClientCert> {
        let place = match name.to_ascii_lowercase().as_str() {
            "hash" => &mut self.hash,
            "cert" => &mut self.cert,
            "chain" => &mut self.chain,
            "by" | "subject" | "uri" | "dns" => return Ok(()),
            _ => return Err(MALFORMED),
        };
        if place.replace(text).is_some() { Err(TWICE) } else { Ok(()) }
    }
}

/// A value, and what follows it: quoted, with `\"` for a quote inside, or up to the next separator.
fn text(after_equals: &str) -> Result<(String, &str), MalformedClientCert> {
    let Some(mut rest) = after_equals.strip_prefix('"') else {
        let end = after_equals.find([',', ';']).unwrap_or(after_equals.len());
        let (text, after) = after_equals.split_at_checked(end).ok_or(MALFORMED)?;
        return if text.contains('"') { Err(MALFORMED) } else { Ok((text.to_owned(), after)) };
    };
    let mut text = String::new();
    loop {
        let (before, after) = rest.split_once('"').ok_or(MALFORMED)?;
        text.push_str(before);
        // An escaped backslash before the quote, as in the RFC 2253 text of Subject, leaves the quote what it is.
        let backslashes = before.bytes().rev().take_while(|byte| *byte == b'\\').count();
        if backslashes % 2 == 0 {
            return Ok((text, after));
        }
        text.pop();
        text.push('"');
        rest = after;
    }
}
