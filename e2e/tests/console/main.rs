//! Administrators at work in the console, in a real browser, on the real binary with the console in it (`scripts/console`).
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod authorities;
mod conflict;
mod credentials;
mod dropped;
mod failures;
mod first_run;
mod keys;
mod looks;
mod methods;
mod moments;
mod people;
mod register;
mod roles;
mod scale;
mod services;
mod shell;
mod stage;
mod wizard;
mod workspaces;
