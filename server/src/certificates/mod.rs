//! Certificates of clients and of those who vouch for them: RFC 5280, as RFC 8705 uses it.
//!
//! | file | what is there |
//! |---|---|
//! | [`certificate`] | one certificate, read |
//! | [`authority`] | the authorities that one workspace trusts, and its revocation lists |
//! | [`revocation_list`] | a revocation list as it is uploaded |
//! | [`path_validation`] | whether a presented chain leads to one of them |
//! | [`public_key`] | the key of a certificate as a JWK |
//! | [`registered_subject`] | whether a certificate names the client that it is presented for |
//! | [`inspect`] | a certificate in plain words |

pub mod authority;
pub mod certificate;
mod extensions;
pub mod inspect;
pub mod path_validation;
mod problems;
pub mod public_key;
pub mod registered_subject;
pub mod revocation_list;
#[cfg(test)]
mod tests;
mod validity;

pub use authority::{Authority, TrustedAuthorities, UnusableAuthority};
pub use certificate::{Certificate, MalformedCertificate, sha256};
pub use extensions::{Extensions, KeyUsage};
pub use registered_subject::RegisteredSubject;
pub use revocation_list::RevocationList;
