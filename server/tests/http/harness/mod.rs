//! A server, a database and a clock for each test, and the people who use it as types.

mod actors;
mod answer;
mod assertions;
pub mod browser;
pub mod certificates;
mod database;
pub mod devices;
pub mod key_server;
pub mod logout_listener;
pub mod mail_sink;
pub mod people;
pub mod registration;
mod server;

pub use actors::{ClientActor, WorkspaceActor};
pub use answer::Answer;
pub use assertions::{Assertion, KeyPair};
pub use server::TestServer;
