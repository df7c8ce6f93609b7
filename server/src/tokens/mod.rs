//! Access tokens: how they are named ([`id`]), made ([`issue`]), read back ([`verify`]) and checked ([`verifier`]).

pub mod id;
pub mod issue;
pub mod refresh_token;
pub mod verifier;
pub mod verify;
