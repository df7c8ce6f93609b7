//! `cardea certificate inspect`: what is in a certificate, for people who want to register it (RFC 8705).

use std::fs;
use std::path::PathBuf;

use clap::Subcommand;

use super::Failure;
use crate::certificates::inspect;
use crate::clock::Clock;

#[derive(Subcommand)]
pub(super) enum Certificate {
    /// Prints subject, names, validity and fingerprints, what to register, and what will not work.
    Inspect {
        /// PEM or DER.
        file: PathBuf,
    },
}

impl Certificate {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let Self::Inspect { file } = self;
        let bytes = fs::read(file).map_err(|error| Failure::Failed(format!("{}: {error}", file.display())))?;
        let certificate = inspect::read_file(&bytes)
            .map_err(|nothing| Failure::Failed(format!("{}: {}", file.display(), nothing.0)))?;
        let view = inspect::view(&certificate, Clock::system().now());
        let text = serde_json::to_string_pretty(&view).map_err(|error| Failure::Failed(error.to_string()))?;
        println!("{text}");
        Ok(())
    }
}
