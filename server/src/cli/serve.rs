//! `cardea serve`.

use super::{Failure, logging};
use crate::config::{Config, ConfigError};

pub(super) fn run(config: impl FnOnce() -> Result<Config, ConfigError>) -> Result<(), Failure> {
    let config = config()?;
    logging::start(&config.log);
    crate::serve(config).map_err(|error| Failure::Failed(error.to_string()))
}
