//! Certificates made for the purpose by rcgen, and some by OpenSSL 3.0 that rcgen would not make.

use cardea_protocol::{Reason, Rejection, time::Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};

use super::*;

mod authorities;
mod inspection;
mod paths;
mod reading;
mod revocation;

/// Within the validity of everything made here, unless it says otherwise.
pub(super) fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-06-01T00:00:00Z").unwrap()
}

/// What to put into a certificate: valid through 2026.
pub(super) fn params(common_name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Acme");
    params.distinguished_name.push(DnType::CommonName, common_name);
    (params.not_before, params.not_after) = (date_time_ymd(2026, 1, 1), date_time_ymd(2027, 1, 1));
    params
}

pub(super) fn client(common_name: &str) -> CertificateParams {
    let mut params = params(common_name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params
}

pub(super) fn authority(common_name: &str) -> CertificateParams {
    let mut params = params(common_name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// An authority with its key.
pub(super) struct Ca {
    pub(super) params: CertificateParams,
    pub(super) key: KeyPair,
    pub(super) der: Vec<u8>,
}

impl Ca {
    pub(super) fn new(params: CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        let der = params.self_signed(&key).unwrap().der().to_vec();
        Self { params, key, der }
    }

    pub(super) fn under(params: CertificateParams, parent: &Self) -> Self {
        let key = KeyPair::generate().unwrap();
        let der = params.signed_by(&key, &parent.issuer()).unwrap().der().to_vec();
        Self { params, key, der }
    }

    pub(super) fn issuer(&self) -> Issuer<'_, &KeyPair> {
        Issuer::from_params(&self.params, &self.key)
    }

    pub(super) fn issue(&self, params: &CertificateParams) -> Certificate {
        let key = KeyPair::generate().unwrap();
        Certificate::parse(params.signed_by(&key, &self.issuer()).unwrap().der()).unwrap()
    }
}

pub(super) fn trusting(authorities: &[&Ca]) -> TrustedAuthorities {
    TrustedAuthorities::new(authorities.iter().map(|ca| (ca.der.as_slice(), None))).unwrap()
}

/// The reason of a refusal; and that it says something.
pub(super) fn refusal(result: Result<&Authority, Rejection>) -> Reason {
    let rejection = result.unwrap_err();
    assert!(!rejection.detail.is_empty());
    rejection.reason
}
