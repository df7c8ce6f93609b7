//! The edge with actix: how requests come in ([`workspace`], [`form`], [`peer`]) and how refusals go out ([`failure`]).

pub mod author;
pub mod bearer;
pub mod browser;
pub mod can;
pub mod client_certificate;
pub mod cors;
pub mod etag;
pub mod failure;
pub mod form;
pub mod headers;
pub mod json_body;
pub mod merge_patch;
pub mod peer;
pub mod problem;
pub mod query;
pub mod request_id;
pub mod standing;
pub mod strict;
pub mod workspace;
