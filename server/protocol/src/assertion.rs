//! Client assertions: RFC 7521 §4.2, RFC 7523 §3, RFC 10070, OIDC Core §9.

use crate::words::words;

words! {
    /// What an assertion must name as its audience.
    pub enum AssertionAudience {
        /// The issuer and nothing else (RFC 10070); an array of one is the same.
        Issuer = "issuer",
        /// The issuer as a bare string (FAPI 2.0 Security Profile §5.3.2.1).
        IssuerString = "issuer_string",
        /// The issuer, the token endpoint or its mTLS alias, alone or among others (RFC 7523 §3).
        Legacy = "legacy",
    }
}
