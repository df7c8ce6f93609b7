//! `cardea check-config`: what the server would start with.

use super::Failure;
use crate::config::{Config, ConfigError};

pub(super) fn run(config: impl FnOnce() -> Result<Config, ConfigError>) -> Result<(), Failure> {
    let config = config()?;
    print!("{}", config.redacted());
    config.warnings().iter().for_each(|warning| eprintln!("cardea: warning: {warning}"));
    Ok(())
}
