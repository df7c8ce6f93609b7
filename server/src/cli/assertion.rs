//! `cardea assertion`: what a client would sign, for trying things out by hand.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::clock::Clock;
use crate::demo::credentials::ClientFile;

/// Prints a client assertion (RFC 7523), good for one use within a minute.
#[derive(Args)]
pub(super) struct Assertion {
    /// File with the client's credentials, as `cardea demo` writes them.
    #[arg(long, value_name = "FILE")]
    client: PathBuf,
}

impl Assertion {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let client = ClientFile::read(&self.client).map_err(|error| Failure::Failed(error.to_string()))?;
        println!("{}", client.assertion(Clock::system().now().as_secs()).map_err(Failure::Failed)?);
        Ok(())
    }
}
