//! What registers a client, by whatever door it comes, the management API or the registration endpoint (RFC 7591): the rules that its
//! metadata must keep, and the secrets that are made for it; and the client that nobody registers, because it is built in.

pub mod built_in;
pub mod credential;
pub mod rules;
