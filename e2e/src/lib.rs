//! Cardea from outside: the real binary, its management API, and clients that prove themselves in every way it serves.
//!
//! Support for the tests in `tests/` and for the benchmark. Nothing here knows the server or the store: what a test learns,
//! it learns as the world does, by HTTP.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "test support: what fails here fails a test"
)]

pub mod admin;
pub mod assertion;
pub mod browser;
pub mod certificates;
pub mod client;
pub mod curl;
pub mod database;
pub mod http;
mod installation;
pub mod issued;
pub mod mutual_tls;
pub mod openssl;
pub mod patience;
pub mod people;
pub mod ports;
pub mod process;
pub mod relying_party;
pub mod rustls_client;
pub mod seed;
pub mod text_browser;
pub mod workspace;

pub use admin::Admin;
pub use assertion::{AssertionKey, now};
pub use browser::{Browser, JavaScript};
pub use certificates::{Authority, Identity};
pub use client::{Client, Proof};
pub use curl::Curl;
pub use database::Database;
pub use http::{Answer, Http};
pub use patience::eventually;
pub use process::Cardea;
pub use relying_party::RelyingParty;
pub use text_browser::TextBrowser;
pub use workspace::Workspace;
