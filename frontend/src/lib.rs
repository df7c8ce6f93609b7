//! The console, as far as it exists: the rules that its forms run, the very ones of the server, compiled to WebAssembly.
//! Pages come with the console itself; until then the server has nothing at `/console`.
//!
//! - [`client_form`]: what is wrong with a client before it is sent.
//! - [`methods`]: the seven client authentication methods in words.

pub mod client_form;
pub mod methods;
