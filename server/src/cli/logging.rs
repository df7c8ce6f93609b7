//! Where the log goes: standard error, so that standard output stays what a command was asked for.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;

use crate::config::{Format, LogConfig};

/// Starts the log of the process.
pub(super) fn start(config: &LogConfig) {
    // What libraries tell of their own start is of no use to operators, unless they ask for it by name.
    let filter = EnvFilter::new(format!("actix_server=warn,sea_orm_migration=warn,{}", config.level));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    match config.format {
        Format::Json => builder.json().flatten_event(true).init(),
        Format::Text => {
            let colours = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty());
            builder.with_ansi(colours).init();
        }
    }
}
