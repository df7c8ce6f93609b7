//! The server through HTTP, in process: one file for each rule. On SQLite, or on PostgreSQL when
//! `CARDEA_TEST_DATABASE=postgres`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
#![expect(unreachable_pub, reason = "a test has no outside")]

mod harness;

mod account;
mod admin;
mod authorization_refusals;
mod backchannel_logout;
mod console_client;
mod cors;
mod email_verification;
mod enabled_methods;
mod forgotten_password;
mod jwks_uri;
mod limits;
mod mail;
mod openid_certification;
mod openid_core;
mod openid_registration;
mod password_rehashing;
mod password_reset;
mod rfc6749_authorization_code;
mod rfc6749_client_secrets;
mod rfc6749_token_endpoint;
mod rfc7009_revocation;
mod rfc7517_keys;
mod rfc7523_assertions;
mod rfc7591_registration;
mod rfc7592_management;
mod rfc7662_introspection;
mod rfc8414_metadata;
mod rfc8628_device;
mod rfc8705_bound_tokens;
mod rfc8705_proxy_headers;
mod rfc8705_self_signed;
mod rfc8705_tls_client_auth;
mod rfc8707_resources;
mod rfc9068_access_tokens;
mod rfc9126_pushed_requests;
mod setup;
mod workspace_look;
