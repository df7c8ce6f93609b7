//! People sign in, in a real browser with JavaScript and without, to an application that the `openidconnect` crate is.
#![expect(clippy::unwrap_used, reason = "tests")]

mod console;
mod form_post;
mod journey;
mod looks;
mod prompts;
mod signing_out;
mod stage;
