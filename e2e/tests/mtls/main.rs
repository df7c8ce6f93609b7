//! Mutual TLS (RFC 8705) as the world does it: `curl --cert` and `openssl s_client` against the running server.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod authorities;
mod bound_tokens;
mod certificates;
mod handshake;
mod matrix;
mod names;
mod renewal;
mod resumption;
mod stage;
mod two_nodes;
