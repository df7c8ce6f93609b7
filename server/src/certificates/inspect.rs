//! A certificate in plain words, for `/certificates/inspect` and `cardea certificate inspect`.

use base64::{Engine, engine::general_purpose::STANDARD};
use cardea_api::certificate::{
    AlternativeNamesView, CertificateToInspect, CertificateView, FingerprintsView, RegistrationValue,
};
use cardea_protocol::{
    distinguished_name::DistinguishedName, pem, subject_alternative_name::SubjectAlternativeName, time::Timestamp,
};

use super::{Certificate, certificate::hex, problems::problems, public_key, sha256};

/// Why there is nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NothingToInspect(pub &'static str);

/// Reads what was handed in: PEM with any text around it (the first certificate counts), or DER in base64.
///
/// # Errors
/// A sentence for the one who handed it in.
pub fn read(body: &CertificateToInspect) -> Result<Certificate, NothingToInspect> {
    let der = match (&body.pem, &body.der) {
        (Some(text), None) => {
            let certificates = pem::certificates_among_text(text).map_err(|error| NothingToInspect(error.message()))?;
            certificates.into_iter().next().unwrap_or_default()
        }
        (None, Some(base64)) => STANDARD.decode(base64.trim()).map_err(|_| NothingToInspect("der must be base64"))?,
        _ => return Err(NothingToInspect("give either pem or der")),
    };
    Certificate::parse(&der).map_err(|_| NothingToInspect("not an X.509 certificate"))
}

/// Reads the bytes of a file: PEM, or DER as it is.
///
/// # Errors
/// A sentence for the one whose file it is.
pub fn read_file(bytes: &[u8]) -> Result<Certificate, NothingToInspect> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("-----BEGIN ") => {
            read(&CertificateToInspect { pem: Some(text.to_owned()), der: None })
        }
        _ => Certificate::parse(bytes).map_err(|_| NothingToInspect("neither PEM nor the DER of an X.509 certificate")),
    }
}

/// What is in `certificate`, and what would happen to it at `now`.
#[must_use]
pub fn view(certificate: &Certificate, now: Timestamp) -> CertificateView {
    CertificateView {
        subject_dn: certificate.subject().to_rfc4514(),
        issuer_dn: certificate.issuer().to_rfc4514(),
        serial_number: certificate.serial_number(),
        version: certificate.version(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        subject_alternative_names: alternative_names(certificate),
        fingerprints: fingerprints(certificate),
        jwk: public_key::jwk(certificate).ok().and_then(|jwk| serde_json::to_value(jwk).ok()),
        registration_values: registration_values(certificate),
        problems: problems(certificate, now),
    }
}

/// What it is told apart by.
#[must_use]
pub fn fingerprints(certificate: &Certificate) -> FingerprintsView {
    FingerprintsView {
        sha256: fingerprint(certificate.der()),
        x5t_s256: certificate.thumbprint(),
        spki_sha256: STANDARD.encode(sha256(certificate.public_key_info())),
    }
}

/// SHA-256 in hexadecimal, as OpenSSL prints it.
#[must_use]
pub fn fingerprint(octets: &[u8]) -> String {
    hex(&sha256(octets), ":")
}

fn alternative_names(certificate: &Certificate) -> AlternativeNamesView {
    let names = &certificate.extensions().subject_alternative_names;
    let mut view = AlternativeNamesView { others: names.others, ..AlternativeNamesView::default() };
    for name in &names.names {
        let list = match name {
            SubjectAlternativeName::Dns(_) => &mut view.dns,
            SubjectAlternativeName::Uri(_) => &mut view.uri,
            SubjectAlternativeName::Ip(_) => &mut view.ip,
            SubjectAlternativeName::Email(_) => &mut view.email,
        };
        list.push(name.to_string());
    }
    view
}

/// Only what registration would take: a subject whose text reads back as itself, and names without wildcards.
fn registration_values(certificate: &Certificate) -> Vec<RegistrationValue> {
    let subject = certificate.subject();
    let text = subject.to_rfc4514();
    let subject = DistinguishedName::parse(&text).is_ok_and(|registered| registered == *subject).then_some(text);
    let subject = subject.map(|value| RegistrationValue { member: "tls_client_auth_subject_dn".to_owned(), value });
    let names = certificate.extensions().subject_alternative_names.names.iter().filter(|name| name.is_registrable());
    let names = names.map(|name| RegistrationValue { member: name.member().to_owned(), value: name.to_string() });
    subject.into_iter().chain(names).collect()
}
