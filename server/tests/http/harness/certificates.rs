//! Authorities and certificates, made by rcgen, and the way in which a proxy hands them on (RFC 9440).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationListParams, DistinguishedName, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, RevokedCertParams, date_time_ymd,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The tests' own address is a proxy that hands certificates on.
pub const BEHIND_A_PROXY: [(&str, &str); 2] =
    [("CARDEA_CLIENT_CERT_HEADER", "rfc9440"), ("CARDEA_TRUSTED_PROXIES", "127.0.0.0/8, ::1")];

/// What to put into a certificate: valid through 2026, the year of the tests' clock.
pub fn params(common_name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Acme");
    params.distinguished_name.push(DnType::CommonName, common_name);
    (params.not_before, params.not_after) = (date_time_ymd(2025, 12, 1), date_time_ymd(2027, 1, 1));
    params
}

/// The same for a client, with an alternative name of each kind.
pub fn client_params(common_name: &str) -> CertificateParams {
    let mut params = params(common_name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params
}

/// An authority with its key.
pub struct Ca {
    issuer: Issuer<'static, KeyPair>,
    pub certificate: Certificate,
}

impl Ca {
    pub fn new(common_name: &str) -> Self {
        let mut params = params(common_name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self { issuer: Issuer::new(params, key), certificate }
    }

    /// Body of `POST …/trusted-cas`.
    pub fn upload(&self) -> Value {
        json!({"pem": self.certificate.pem()})
    }

    /// A revocation list with this serial number, in PEM.
    pub fn revokes(&self, serial: u64) -> String {
        self.list(serial, 1, 15)
    }

    /// The same by the list with this number, of that day of December.
    pub fn list(&self, serial: u64, number: u64, day: u8) -> String {
        let revoked = RevokedCertParams {
            serial_number: serial.into(),
            revocation_time: date_time_ymd(2025, 12, 15),
            reason_code: None,
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2025, 12, day),
            next_update: date_time_ymd(2027, 1, 1),
            crl_number: number.into(),
            issuing_distribution_point: None,
            revoked_certs: vec![revoked],
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&self.issuer).unwrap().pem().unwrap()
    }

    /// A certificate by this authority.
    pub fn signs(&self, params: &CertificateParams) -> ClientCertificate {
        let key = KeyPair::generate().unwrap();
        ClientCertificate { der: params.signed_by(&key, &self.issuer).unwrap().der().to_vec(), key }
    }
}

/// A certificate as a client has it.
pub struct ClientCertificate {
    pub der: Vec<u8>,
    key: KeyPair,
}

impl ClientCertificate {
    /// One that nobody vouches for.
    pub fn self_signed(params: &CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        Self { der: params.self_signed(&key).unwrap().der().to_vec(), key }
    }

    /// `Client-Cert`, as a proxy writes it.
    pub fn header(&self) -> String {
        format!(":{}:", STANDARD.encode(&self.der))
    }

    /// `x5t#S256`.
    pub fn thumbprint(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(&self.der))
    }

    /// A key set with its key, and itself in `x5c`.
    pub fn jwks(&self) -> Value {
        // SEC 1 §2.3.3: 4, x, y.
        let (x, y) = self.key.public_key_raw().split_at(1).1.split_at(32);
        let encoded = |octets| URL_SAFE_NO_PAD.encode(octets);
        json!({"keys": [{
            "kty": "EC", "crv": "P-256", "x": encoded(x), "y": encoded(y), "x5c": [STANDARD.encode(&self.der)],
        }]})
    }
}
