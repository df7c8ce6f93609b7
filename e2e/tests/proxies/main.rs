//! Mutual TLS behind a proxy (RFC 8705 §6.5): real nginx and real HAProxy, with the very configurations that `docs/proxies/`
//! gives to operators, and everything that a client may write into its request to be taken for another.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod behind;
mod configuration;
mod direct;
mod forgeries;
mod haproxy;
mod nginx;
mod process;
mod stage;
mod trusted_peer;
