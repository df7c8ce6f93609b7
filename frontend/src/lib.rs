//! The console: a browser application on the management API (`/api/v1`), and an ordinary public client of the `admin`
//! workspace whose people sign in to it (code with PKCE).
//!
//! - `app`: the routes, and who gets to see them.
//! - `session`: signing in and out, the tokens. `api`: questions to the server and their failures.
//! - `form`: editing one object. `data`: what a page shows while it waits, when it has it, when it failed. `may`: what the person may do.
//! - `paths`: every URL of the console. `shell`: what stands around each page.
//! - `pages`: one folder a resource; `parts`: which of them travel together. `ui`: the pieces pages are made of; they know no data.
//! - [`client_form`]: what is wrong with a client before it is sent. `workspace_form`: the same of a workspace.
//! - [`methods`]: the seven methods in words.
//!
//! What a page does: it reads the URL, asks the server once or a few times, and shows; every change goes through `api` and
//! then asks again.

#![expect(unreachable_pub, reason = "the macro of components makes their properties public")]

mod api;
pub mod app;
pub mod client_form;
mod data;
mod form;
mod may;
pub mod methods;
mod pages;
mod parts;
mod paths;
mod session;
mod shell;
mod storage;
mod ui;
mod url;
mod workspace_form;
