//! Access tokens: how they are made ([`issue`]), read back ([`verify`]) and checked ([`verifier`]).

pub mod issue;
pub mod verifier;
pub mod verify;
