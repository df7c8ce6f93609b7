//! Rules for what is uploaded: certificates of authorities (RFC 5280 §4) and their revocation lists (§5).

use cardea_api::trusted_ca::NewTrustedCa;
use cardea_protocol::{pem, time::Timestamp, violation::Violation};

use super::super::text;
use crate::certificates::{Authority, Certificate, RevocationList, UnusableAuthority};
use crate::http::strict;

/// Authorities of a workspace, at most: a chain is held against each of them.
pub(super) const MAX_AUTHORITIES: usize = 100;
/// A revocation list, at most, in octets: caches hold it.
const MAX_REVOCATION_LIST: usize = 128 * 1024;
/// The longest name that is made of a subject, in characters; as long as one that is given.
const MAX_NAME: usize = 200;

/// An authority, ready to be trusted.
pub(super) struct Upload {
    pub(super) authority: Authority,
    pub(super) name: String,
    pub(super) revocation_list: Option<Vec<u8>>,
}

/// Reads a body.
///
/// # Errors
/// What cannot be trusted, and why: of a bundle each certificate by its place.
pub(super) fn read(new: &NewTrustedCa, now: Timestamp) -> Result<Vec<Upload>, Vec<Violation>> {
    let mut uploads = certificates(&new.pem)?;
    let mut violations = Vec::new();
    if let [only] = uploads.as_mut_slice() {
        if let Some(name) = &new.name {
            text::name("/name", name, &mut violations);
            only.name.clone_from(name);
        }
        match new.crl_pem.as_deref().map(|text| revocation_list(text, &only.authority, now)).transpose() {
            Ok(list) => only.revocation_list = list,
            Err(broken) => violations.push(broken),
        }
    } else {
        for (pointer, is_there) in [("/name", new.name.is_some()), ("/crl_pem", new.crl_pem.is_some())] {
            if is_there {
                let message = "this belongs to one certificate, and pem has several; set it afterwards";
                violations.push(Violation::new(pointer, "not_allowed", message));
            }
        }
    }
    strict::none(violations)?;
    Ok(uploads)
}

/// The authorities in a text, each once.
fn certificates(text: &str) -> Result<Vec<Upload>, Vec<Violation>> {
    let invalid = |message: String| Violation::new("/pem", "invalid_value", message);
    let certificates = pem::certificates_among_text(text).map_err(|error| vec![invalid(error.message().to_owned())])?;
    if certificates.len() > MAX_AUTHORITIES {
        let message = format!("at most {MAX_AUTHORITIES} certificates at once");
        return Err(vec![Violation::new("/pem", "too_many", message)]);
    }
    let mut uploads: Vec<Upload> = Vec::new();
    let mut violations = Vec::new();
    for (der, place) in certificates.iter().zip(1..) {
        match Authority::parse(der) {
            Ok(authority) if uploads.iter().any(|one| one.authority.sha256() == authority.sha256()) => {}
            Ok(authority) => {
                let name = default_name(&authority);
                uploads.push(Upload { authority, name, revocation_list: None });
            }
            Err(why) => violations.push(invalid(format!("certificate {place}{}: {why}", subject(der)))),
        }
    }
    strict::none(violations)?;
    Ok(uploads)
}

/// Whose certificate it is, as far as it can be read.
fn subject(der: &[u8]) -> String {
    let Ok(certificate) = Certificate::parse(der) else { return String::new() };
    format!(" ({})", shortened(&certificate.subject().to_rfc4514()))
}

/// The common name, or else the whole one.
fn default_name(authority: &Authority) -> String {
    let subject = authority.subject();
    let names = [subject.common_name().unwrap_or_default(), &subject.to_rfc4514()].map(shortened);
    let name = names.into_iter().find(|name| !name.trim().is_empty());
    name.unwrap_or_else(|| "(no name)".to_owned())
}

fn shortened(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(MAX_NAME).collect()
}

/// Reads the revocation list of an authority.
///
/// # Errors
/// When it is none, too large, another's or not current.
pub(super) fn revocation_list(text: &str, authority: &Authority, now: Timestamp) -> Result<Vec<u8>, Violation> {
    let invalid = |message: &str| Violation::new("/crl_pem", "invalid_value", message);
    let der = pem::revocation_list_among_text(text).map_err(|error| invalid(error.message()))?;
    if der.len() > MAX_REVOCATION_LIST {
        let message = format!("a revocation list has at most {} KiB", MAX_REVOCATION_LIST / 1024);
        return Err(Violation::new("/crl_pem", "too_large", message));
    }
    let checked = RevocationList::parse(&der).and_then(|list| list.check(authority, now));
    checked.map_err(|why: UnusableAuthority| invalid(why.message()))?;
    Ok(der)
}

/// Refuses a list in the place of one that the same authority has issued later: whom that revokes would be let in again.
///
/// # Errors
/// A sentence that says what to do instead.
pub(super) fn is_no_step_back(new: &[u8], held: Option<&[u8]>) -> Result<(), Violation> {
    // What is held was read when it was uploaded.
    let (Ok(new), Some(Ok(held))) = (RevocationList::parse(new), held.map(RevocationList::parse)) else {
        return Ok(());
    };
    if !new.is_older_than(&held) {
        return Ok(());
    }
    let message = format!(
        "it is older than the list that is held here, of {}: whom that one revokes would be let in again; upload the newest, or \
         take the list away first (null)",
        held.this_update()
    );
    Err(Violation::new("/crl_pem", "older", message))
}
