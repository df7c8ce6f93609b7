//! Administrators at work in the console, in a real browser, on the real binary with the console in it (`scripts/console`).
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod conflict;
mod failures;
mod first_run;
mod looks;
mod methods;
mod roles;
mod stage;
mod workspaces;
