//! What will not work with a certificate, in plain words.

use cardea_api::certificate::CertificateProblem;
use cardea_protocol::{auth_method::AuthMethod, time::Timestamp};
use rustls::pki_types::CertificateDer;
use webpki::{EndEntityCert, Error};

use super::{Certificate, public_key};

const BOTH: &[AuthMethod] = &[AuthMethod::TlsClientAuth, AuthMethod::SelfSignedTlsClientAuth];
const BY_AUTHORITY: &[AuthMethod] = &[AuthMethod::TlsClientAuth];
const SELF_SIGNED: &[AuthMethod] = &[AuthMethod::SelfSignedTlsClientAuth];

/// MD5 and SHA-1 under RSA and ECDSA: nobody verifies them any more.
const BROKEN_SIGNATURES: [&str; 4] =
    ["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1", "1.2.840.113549.1.1.2"];

/// All of them, the gravest first.
pub(super) fn problems(certificate: &Certificate, now: Timestamp) -> Vec<CertificateProblem> {
    let extensions = certificate.extensions();
    let names = &extensions.subject_alternative_names.names;
    let mut found = Vec::new();
    let mut report = |code: &str, methods: &[AuthMethod], message: &str| {
        found.push(CertificateProblem {
            code: code.to_owned(),
            message: message.to_owned(),
            methods: methods.to_vec(),
        });
    };
    if let Some((code, message)) = refused_by_tls(certificate) {
        report(code, BOTH, message);
    }
    if certificate.has_expired(now) {
        report("expired", BOTH, "It has expired; renew it.");
    }
    if certificate.is_not_yet_valid(now) {
        report("not_yet_valid", BOTH, "It is not valid yet; wait, or check the clock of whoever issued it.");
    }
    if extensions.is_authority {
        report(
            "certificate_authority",
            BY_AUTHORITY,
            "It is an authority's (CA:TRUE), and an authority is no client; issue the client a certificate with CA:FALSE.",
        );
    }
    if !extensions.allow_client_authentication() {
        report(
            "extended_key_usage",
            BY_AUTHORITY,
            "Its extended key usage does not name clientAuth, as that of a server's certificate does not; issue it with extendedKeyUsage = clientAuth, or without any.",
        );
    }
    if extensions.key_usage.is_some_and(|usage| !usage.digital_signature()) {
        report(
            "key_usage",
            BY_AUTHORITY,
            "Its key usage does not allow digitalSignature, which a TLS client makes; issue it with keyUsage = digitalSignature.",
        );
    }
    if BROKEN_SIGNATURES.contains(&certificate.signature_algorithm().to_string().as_str()) {
        report("signature_algorithm", BY_AUTHORITY, "It is signed with MD5 or SHA-1; sign it with SHA-256 or better.");
    }
    if let Err(unsupported) = public_key::jwk(certificate) {
        let methods = if unsupported.works_in_tls { SELF_SIGNED } else { BOTH };
        report("public_key", methods, &unsupported.message);
    }
    if certificate.subject().is_empty() && !names.iter().any(|name| name.is_registrable()) {
        report("no_name", BY_AUTHORITY, "It has neither a subject nor an alternative name that could be registered.");
    }
    found
}

/// The listener reads certificates with webpki to check the client's signature: what that refuses, no handshake survives.
fn refused_by_tls(certificate: &Certificate) -> Option<(&'static str, &'static str)> {
    if certificate.version() < 3 {
        return Some((
            "version",
            "It is of X.509 version 1 or 2, and TLS takes version 3 only; with OpenSSL, issue it with an extension such as subjectAltName (-extfile or -addext).",
        ));
    }
    let der = CertificateDer::from(certificate.der());
    match EndEntityCert::try_from(&der) {
        Ok(_) => None,
        Err(Error::UnsupportedCriticalExtension) => Some((
            "critical_extension",
            "It has a critical extension that the TLS layer does not know; issue it without, or not critical.",
        )),
        Err(_) => Some((
            "malformed",
            "The TLS layer cannot read it: a serial number must have 1 to 20 octets and not be negative, and each extension must be well-formed.",
        )),
    }
}
