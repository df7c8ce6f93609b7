//! Certificates and revocation lists as PEM: RFC 7468. The body is strict base64; that each block is what its label says is for its reader to
//! find out.

use std::fmt;

use crate::encoding::{base64, base64_decoded};

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// One kind of block.
struct Label {
    name: &'static str,
    none: &'static str,
    other: &'static str,
    private_key: &'static str,
}

const CERTIFICATE: Label = Label {
    name: "CERTIFICATE",
    none: "no certificate: PEM begins with -----BEGIN CERTIFICATE-----",
    other: "a block that is no certificate",
    private_key: "a private key: it belongs to nobody but its owner; only the certificate is wanted here",
};

/// RFC 7468 §6.
const REVOCATION_LIST: Label = Label {
    name: "X509 CRL",
    none: "no revocation list: PEM begins with -----BEGIN X509 CRL-----",
    other: "a block that is no revocation list",
    private_key: "a private key: it belongs to nobody but its owner; only the revocation list is wanted here",
};

/// RFC 7468 §13.
const PUBLIC_KEY: Label = Label {
    name: "PUBLIC KEY",
    none: "no public key: PEM begins with -----BEGIN PUBLIC KEY-----",
    other: "a block that is no public key; openssl pkey -pubout writes one",
    private_key: "a private key: it belongs to nobody but its owner; only the public key is wanted here (openssl pkey -pubout)",
};

/// The text is not PEM, or not of what is wanted alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedPem(&'static str);

impl MalformedPem {
    /// A sentence that says nothing of what was in it.
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.0
    }
}

impl fmt::Display for MalformedPem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for MalformedPem {}

/// A certificate as a text that all of these read back (RFC 7468 §2).
#[must_use]
pub fn certificate_text(der: &[u8]) -> String {
    let mut text = format!("{BEGIN}{}{DASHES}\n", CERTIFICATE.name);
    for (place, character) in base64(der).char_indices() {
        if place > 0 && place % 64 == 0 {
            text.push('\n');
        }
        text.push(character);
    }
    text.push_str(&format!("\n-----END {}{DASHES}\n", CERTIFICATE.name));
    text
}

/// Certificates in the order of a text that holds nothing else: what programs hand to each other.
///
/// # Errors
/// When there is anything but certificates and line ends, or no certificate at all.
pub fn certificates(text: &str) -> Result<Vec<Vec<u8>>, MalformedPem> {
    read(text, &CERTIFICATE, |between| between.bytes().all(|byte| matches!(byte, b'\r' | b'\n')))
}

/// Certificates in the order of a text that people hand in: explanations between them (RFC 7468 §2), such as `openssl` prints, are stepped over.
///
/// # Errors
/// When there is no certificate, or a block of another kind. A private key has its own sentence: whoever sent it should know.
pub fn certificates_among_text(text: &str) -> Result<Vec<Vec<u8>>, MalformedPem> {
    read(text, &CERTIFICATE, has_no_end)
}

/// Public keys (SubjectPublicKeyInfo) in the order of a text that people hand in; explanations between them are stepped over.
///
/// # Errors
/// When there is none, or a block of another kind. A private key has its own sentence: whoever sent it should know.
pub fn public_keys_among_text(text: &str) -> Result<Vec<Vec<u8>>, MalformedPem> {
    read(text, &PUBLIC_KEY, has_no_end)
}

/// The one revocation list of a text that people hand in; explanations around it are stepped over.
///
/// # Errors
/// When there is none, more than one, or a block of another kind.
pub fn revocation_list_among_text(text: &str) -> Result<Vec<u8>, MalformedPem> {
    let mut lists = read(text, &REVOCATION_LIST, has_no_end)?.into_iter();
    match (lists.next(), lists.next()) {
        (Some(list), None) => Ok(list),
        _ => Err(MalformedPem("more than one revocation list")),
    }
}

fn has_no_end(between: &str) -> bool {
    !between.contains("-----END ")
}

fn read(text: &str, wanted: &Label, may_stand_between: fn(&str) -> bool) -> Result<Vec<Vec<u8>>, MalformedPem> {
    let end = format!("-----END {}-----", wanted.name);
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((between, block)) = rest.split_once(BEGIN) {
        if !may_stand_between(between) {
            return Err(MalformedPem("something stands before or between the blocks of PEM"));
        }
        let (label, block) = block.split_once(DASHES).ok_or(MalformedPem("a block does not begin as PEM does"))?;
        if label.ends_with("PRIVATE KEY") {
            return Err(MalformedPem(wanted.private_key));
        }
        if label != wanted.name {
            return Err(MalformedPem(wanted.other));
        }
        let (body, after) = block.split_once(&end).ok_or(MalformedPem("a block does not end as PEM does"))?;
        blocks.push(decoded(body).ok_or(MalformedPem("a block is not strict base64"))?);
        rest = after;
    }
    match (blocks.is_empty(), may_stand_between(rest)) {
        (true, _) => Err(MalformedPem(wanted.none)),
        (false, false) => Err(MalformedPem("something stands after the last block of PEM")),
        (false, true) => Ok(blocks),
    }
}

/// The body begins and ends with the end of a line, and lines hold nothing but base64.
fn decoded(body: &str) -> Option<Vec<u8>> {
    if !body.starts_with(['\r', '\n']) || !body.ends_with('\n') {
        return None;
    }
    let base64: String = body.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    base64_decoded(&base64).filter(|der| !der.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "-----BEGIN CERTIFICATE-----\nQUJD\nREVG\n-----END CERTIFICATE-----\n";

    #[test]
    fn certificates_are_read_in_their_order() {
        assert_eq!(certificates(ONE), Ok(vec![b"ABCDEF".to_vec()]));
        assert_eq!(certificates(ONE.trim_end()), Ok(vec![b"ABCDEF".to_vec()]));
        let two = format!("{}\n{}", ONE.replace('\n', "\r\n"), ONE.replace("QUJD\n", ""));
        assert_eq!(certificates(&two), Ok(vec![b"ABCDEF".to_vec(), b"DEF".to_vec()]));
    }

    #[test]
    fn people_may_explain_what_programs_may_not() {
        for text in
            [format!("subject=CN = x\n{ONE}"), format!("{ONE}bye\n"), format!("Certificate:\n  Data:\n{ONE} \n{ONE}")]
        {
            assert!(certificates(&text).is_err(), "{text}");
            assert!(certificates_among_text(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_not_strict_pem_is_refused() {
        for bad in [
            "",
            "MIIB",
            "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----QUJD-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE----",
            "-----BEGIN CERTIFICATE-----\nQUJ\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nQU JD\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nQUJD\n",
            "-----BEGIN CERTIFICATE-----\nQUJD\n-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE\nQUJD\n-----END CERTIFICATE-----",
            "-----BEGIN TRUSTED CERTIFICATE-----\nQUJD\n-----END TRUSTED CERTIFICATE-----",
            "-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----",
        ] {
            assert!(certificates(bad).is_err(), "{bad}");
            assert!(certificates_among_text(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_private_key_is_called_by_its_name() {
        for label in ["PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
            let text = format!("-----BEGIN {label}-----\nQUJD\n-----END {label}-----\n{ONE}");
            assert!(certificates_among_text(&text).unwrap_err().message().contains("private key"));
            assert!(revocation_list_among_text(&text).unwrap_err().message().contains("private key"));
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for octets in [1, 47, 48, 49, 1_000] {
            let der = vec![7; octets];
            let text = certificate_text(&der);
            assert!(text.lines().all(|line| line.len() <= 64), "{text}");
            assert_eq!(certificates(&text), Ok(vec![der]));
        }
    }

    #[test]
    fn a_revocation_list_stands_alone_or_among_text() {
        let one = ONE.replace("CERTIFICATE", "X509 CRL");
        for text in [one.clone(), format!("Certificate Revocation List (CRL):\n{one}bye\n")] {
            assert_eq!(revocation_list_among_text(&text), Ok(b"ABCDEF".to_vec()));
        }
        for bad in ["", ONE, &format!("{one}{one}"), &format!("{one}{ONE}"), &one.replace("BEGIN", "END")] {
            assert!(revocation_list_among_text(bad).is_err(), "{bad}");
        }
        assert!(certificates_among_text(&one).is_err());
    }
}
