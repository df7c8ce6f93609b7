//! A stored authority in plain words.

use cardea_api::certificate::CertificateProblem;
use cardea_api::trusted_ca::{RevocationListView, TrustedCaView};
use cardea_protocol::{auth_method::AuthMethod, pem, time::Timestamp};
use cardea_store::{StoreError, TrustedCaRecord};

use crate::certificates::{Authority, Certificate, RevocationList, inspect, public_key};
use crate::failure::Failure;

/// How an authority is shown at `now`.
///
/// # Errors
/// When what is stored is no certificate.
pub(super) fn view(ca: &TrustedCaRecord, now: Timestamp) -> Result<TrustedCaView, Failure> {
    let certificate = Certificate::parse(&ca.certificate)
        .map_err(|error| StoreError::Corrupt(format!("trusted_cas.certificate: {error}")))?;
    Ok(TrustedCaView {
        id: ca.id.clone(),
        name: ca.name.clone(),
        subject_dn: certificate.subject().to_rfc4514(),
        issuer_dn: certificate.issuer().to_rfc4514(),
        serial_number: certificate.serial_number(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        fingerprints: inspect::fingerprints(&certificate),
        pem: pem::certificate_text(&ca.certificate),
        revocation_list: ca.revocation_list.as_deref().and_then(revocation_list),
        problems: problems(ca, &certificate, now),
        created_at: ca.created_at,
        updated_at: ca.updated_at,
    })
}

fn revocation_list(der: &[u8]) -> Option<RevocationListView> {
    let list = RevocationList::parse(der).ok()?;
    Some(RevocationListView {
        this_update: list.this_update(),
        next_update: list.next_update(),
        revoked_certificates: list.revoked_certificates(),
        has_issuing_distribution_point: list.has_issuing_distribution_point(),
        sha256: inspect::fingerprint(der),
    })
}

/// Why it vouches for nobody.
fn problems(ca: &TrustedCaRecord, certificate: &Certificate, now: Timestamp) -> Vec<CertificateProblem> {
    let list = ca.revocation_list.as_deref().map(RevocationList::parse);
    let mut found = Vec::new();
    let mut report = |code: &str, message: String| {
        let (code, methods) = (code.to_owned(), vec![AuthMethod::TlsClientAuth]);
        found.push(CertificateProblem { code, message, methods });
    };
    let unusable = Authority::parse(&ca.certificate).err().or_else(|| list.as_ref().and_then(|list| list.err()));
    if let Some(why) = unusable {
        report("unusable", format!("It cannot be used: {why}."));
    }
    if certificate.has_expired(now) {
        let ended = certificate.not_after();
        report(
            "expired",
            format!("Its certificate expired at {ended}, so it vouches for nobody; trust its successor."),
        );
    }
    if certificate.is_not_yet_valid(now) {
        let begins = certificate.not_before();
        report(
            "not_yet_valid",
            format!("Its certificate is not valid before {begins}; until then it vouches for nobody."),
        );
    }
    if let Err(unsupported) = public_key::jwk(certificate)
        && !unsupported.works_in_tls
    {
        report("public_key", format!("Its signatures cannot be verified: {}.", unsupported.message));
    }
    if let Some(Ok(list)) = list
        && list.has_lapsed(now)
    {
        let ended = list.next_update();
        let message =
            format!("Its revocation list lapsed at {ended}, so it vouches for nobody; give it a new one, or none.");
        report("revocation_list_lapsed", message);
    }
    found
}
