//! Cardea: a self-hosted, multi-tenant OAuth 2.0 / OpenID Connect authorization platform.
//!
//! # A request's way through the house
//!
//! A token request reads as five verbs: [`http::workspace::find`] the workspace, [`oauth::client_auth::authenticate`] the
//! client, exchange the grant and issue the tokens ([`oauth::token`], [`tokens::issue`]), answer. Whatever goes wrong on
//! the way leaves by one door, [`http::failure`].
//!
//! # The map
//!
//! | room | what is there |
//! |---|---|
//! | [`routes`] | every URL on one screen |
//! | [`oauth`] | the endpoints of a workspace, one file or folder each |
//! | [`hosted`] | the pages that people see in a browser |
//! | [`admin`] | the management API, one file a resource |
//! | [`console`] | the files of the browser application on it |
//! | [`http`] | the edge with actix: extractors and failures |
//! | [`workspace`], [`cache`], [`freshness`], [`follower`] | workspaces and clients as requests see them, kept and never stale |
//! | [`authorization`] | what the pages and endpoints of a sign-in share: the request, the session, the decision |
//! | [`tokens`], [`keys`], [`client_keys`], [`passwords`], [`vault`] | what is signed, hashed and sealed |
//! | [`certificates`] | certificates of clients, and the authorities that vouch for them |
//! | [`tls`] | the server's own certificates, and asking for those of clients |
//! | [`outbound`] | requests that this server makes |
//! | [`registration`] | the rules and secrets of clients, by whatever door they come |
//! | [`audit`], [`throttle`] | what failed, and how often |
//! | [`app`], [`clock`], [`random`], [`config`] | what everything is built from |
//! | [`serve`](mod@serve), [`bootstrap`], [`jobs`], [`logout_delivery`], [`ops`], [`cli`] | how the process lives |
//! | [`setup`], [`password_reset`], [`forgotten_password`], [`email_verification`] | what one-time links are good for: the first administrator, a new password, an address that is shown to be one's own |
//! | [`mail`] | letters to people, and the one task that sends them |
//! | [`demo`] | a tenant to try things out in |
//!
//! `cardea-protocol` holds the words and rules of the standards, `cardea-store` all that touches the database.

pub mod admin;
pub mod app;
pub mod audit;
pub mod authorization;
pub mod bootstrap;
pub mod cache;
pub mod certificates;
pub mod cli;
pub mod client_keys;
pub mod clock;
pub mod config;
pub mod console;
pub mod demo;
pub mod email_verification;
pub mod failure;
pub mod follower;
pub mod forgotten_password;
pub mod freshness;
pub mod hosted;
pub mod http;
pub mod jobs;
pub mod keys;
pub mod logout_delivery;
pub mod mail;
pub mod oauth;
pub mod ops;
pub mod outbound;
pub mod password_reset;
pub mod passwords;
pub mod random;
pub mod registration;
pub mod routes;
pub mod serve;
pub mod setup;
pub mod throttle;
pub mod tls;
pub mod tokens;
pub mod vault;
pub mod workspace;

pub use serve::{migrate, serve};
