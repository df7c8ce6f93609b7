//! Why a client failed to authenticate: what the audit event says and the wire never does.

use crate::words::words;

words! {
    /// The exact reason of a failed client authentication.
    pub enum Reason {
        /// No client of this id is in the workspace.
        UnknownClient = "unknown_client",
        /// The client is inactive.
        ClientDisabled = "client_disabled",
        /// The workspace does not enable the client's method.
        MethodDisabled = "method_disabled",
        /// The client came with another method than its own.
        MethodMismatch = "method_mismatch",
        /// The request carried more than one method (RFC 6749 §2.3).
        MultipleMethods = "multiple_methods",
        /// The secret is none of the client's.
        SecretMismatch = "secret_mismatch",
        /// The secret was the client's and has expired.
        SecretExpired = "secret_expired",
        /// The assertion cannot be read.
        AssertionMalformed = "assertion_malformed",
        /// The assertion's `alg` is unknown, or not the client's.
        AssertionAlgorithm = "assertion_algorithm",
        /// None of the client's keys fits the assertion.
        AssertionKeyNotFound = "assertion_key_not_found",
        /// The signature is wrong.
        AssertionSignature = "assertion_signature",
        /// `iss` is not the client.
        AssertionIssuer = "assertion_issuer",
        /// `sub` is not the client.
        AssertionSubject = "assertion_subject",
        /// `aud` is not this workspace, or not it alone.
        AssertionAudience = "assertion_audience",
        /// `exp` has passed.
        AssertionExpired = "assertion_expired",
        /// `nbf` or `iat` lies ahead.
        AssertionNotYetValid = "assertion_not_yet_valid",
        /// `exp` lies too far ahead.
        AssertionLifetime = "assertion_lifetime",
        /// The `jti` was used before.
        AssertionReplayed = "assertion_replayed",
        /// The client's `jwks_uri` could not be read.
        JwksUnavailable = "jwks_unavailable",
        /// No client certificate came with the connection.
        CertificateMissing = "certificate_missing",
        /// The chain does not lead to an authority this workspace trusts.
        CertificateUntrusted = "certificate_untrusted",
        /// The certificate is not valid at this time.
        CertificateExpired = "certificate_expired",
        /// The subject is not the registered one.
        CertificateSubject = "certificate_subject",
        /// No subject alternative name is the registered one.
        CertificateSan = "certificate_san",
        /// The certificate is none of the registered ones.
        CertificateNotRegistered = "certificate_not_registered",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_twenty_five_reasons_with_different_names() {
        let names: std::collections::BTreeSet<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
        assert_eq!(names.len(), 25);
        assert_eq!(Reason::parse("secret_mismatch"), Some(Reason::SecretMismatch));
        assert_eq!(Reason::parse("because"), None);
    }
}
