//! Certificates as PEM: RFC 7468. The body is strict base64; that each block is a certificate is for its reader to find out.

use std::fmt;

use crate::encoding::base64_decoded;

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";
const CERTIFICATE: &str = "CERTIFICATE";

/// The text is not PEM, or not of certificates alone.
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

/// Certificates in the order of a text that holds nothing else: what programs hand to each other.
///
/// # Errors
/// When there is anything but certificates and line ends, or no certificate at all.
pub fn certificates(text: &str) -> Result<Vec<Vec<u8>>, MalformedPem> {
    read(text, |between| between.bytes().all(|byte| matches!(byte, b'\r' | b'\n')))
}

/// Certificates in the order of a text that people hand in: explanations between them (RFC 7468 §2), such as `openssl` prints, are stepped over.
///
/// # Errors
/// When there is no certificate, or a block of another kind. A private key has its own sentence: whoever sent it should know.
pub fn certificates_among_text(text: &str) -> Result<Vec<Vec<u8>>, MalformedPem> {
    read(text, |between| !between.contains("-----END "))
}

fn read(text: &str, may_stand_between: fn(&str) -> bool) -> Result<Vec<Vec<u8>>, MalformedPem> {
    let mut certificates = Vec::new();
    let mut rest = text;
    while let Some((between, block)) = rest.split_once(BEGIN) {
        if !may_stand_between(between) {
            return Err(MalformedPem("something stands before or between the certificates"));
        }
        let (label, block) = block.split_once(DASHES).ok_or(MalformedPem("a block does not begin as PEM does"))?;
        if label != CERTIFICATE {
            return Err(MalformedPem(other_block(label)));
        }
        let (body, after) = block
            .split_once("-----END CERTIFICATE-----")
            .ok_or(MalformedPem("a certificate does not end as PEM does"))?;
        certificates.push(decoded(body).ok_or(MalformedPem("a certificate is not strict base64"))?);
        rest = after;
    }
    match (certificates.is_empty(), may_stand_between(rest)) {
        (true, _) => Err(MalformedPem("no certificate: PEM begins with -----BEGIN CERTIFICATE-----")),
        (false, false) => Err(MalformedPem("something stands after the certificate")),
        (false, true) => Ok(certificates),
    }
}

fn other_block(label: &str) -> &'static str {
    if label.ends_with("PRIVATE KEY") {
        "a private key: it belongs to nobody but its owner; only the certificate is wanted here"
    } else {
        "a block that is no certificate"
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
        }
    }
}
