//! The endpoints of a workspace, one file or folder each.

pub mod authorize;
pub mod client_auth;
pub mod device;
pub mod discovery;
pub mod end_session;
pub mod introspect;
pub mod jwks;
pub mod par;
pub mod register;
pub mod request;
pub mod revoke;
pub mod token;
pub mod userinfo;
