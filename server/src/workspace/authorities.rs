//! The authorities that a workspace trusts (RFC 8705 §2.1), from what is stored.

use cardea_store::TrustedCaRecord;

use crate::certificates::TrustedAuthorities;

/// The authorities of the workspace `workspace`. All were good when they were uploaded; one that no longer is vouches for nobody, and the
/// workspace works on without it.
pub(super) fn trusted(workspace: &str, records: &[TrustedCaRecord]) -> TrustedAuthorities {
    let mut trusted = TrustedAuthorities::default();
    for record in records {
        if let Err(error) = trusted.add(&record.certificate, record.revocation_list.as_deref()) {
            tracing::error!(workspace, trusted_ca = %record.id, %error, "a stored authority cannot be used");
        }
    }
    trusted
}

#[cfg(test)]
mod tests {
    use cardea_protocol::time::Timestamp;
    use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};

    use super::*;

    fn record(certificate: &[u8], revocation_list: Option<&[u8]>) -> TrustedCaRecord {
        let time = Timestamp::from_millis(0);
        TrustedCaRecord {
            id: "01".to_owned(),
            name: "CA".to_owned(),
            certificate: certificate.to_vec(),
            revocation_list: revocation_list.map(<[u8]>::to_vec),
            version: 1,
            created_at: time,
            updated_at: time,
        }
    }

    #[test]
    fn what_cannot_be_used_is_left_out_and_the_rest_is_trusted() {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        let good = certificate.der();
        let records = [record(b"no certificate", None), record(good, Some(b"no list")), record(good, None)];
        assert!(trusted("acme/main", &records[..2]).is_empty());
        let trusted = trusted("acme/main", &records);
        assert_eq!(trusted.iter().count(), 1);
        assert!(trusted.weight() > 1_000 && TrustedAuthorities::default().weight() == 0);
    }
}
