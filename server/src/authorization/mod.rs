//! What the pages and the endpoints of a sign-in share: the tie between a form and its request ([`form_token`]), and what a token is
//! good for ([`target`]).

pub mod form_token;
pub mod target;
