//! `[log]`: how the server tells what it does.

use std::fmt;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use super::settings::Settings;

/// The log, written to standard error.
pub struct LogConfig {
    /// For people or for machines.
    pub format: Format,
    /// A level, or directives of `tracing_subscriber::EnvFilter`: `info`, `warn,cardea=debug`.
    pub level: String,
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

impl LogConfig {
    pub(super) fn read(settings: &mut Settings) -> Self {
        Self {
            format: settings.value("log.format", Format::Text, format),
            level: settings.value("log.level", "info".to_owned(), level),
        }
    }
}

fn format(text: &str) -> Result<Format, String> {
    match text {
        "text" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        _ => Err(format!("{text:?} is neither text nor json")),
    }
}

/// The filter itself takes a lone word that is no level for a module's name, and so would be silent about a typo.
fn level(text: &str) -> Result<String, String> {
    let words = text.split(',').filter(|directive| !directive.contains(['=', '[']));
    for word in words {
        let level = word.trim().parse::<LevelFilter>().ok().filter(|_| !word.trim().is_empty());
        level.ok_or_else(|| {
            format!("{word:?} is not one of off, error, warn, info, debug, trace, nor a directive such as cardea=debug")
        })?;
    }
    EnvFilter::try_new(text).map(|_| text.to_owned()).map_err(|error| format!("{text:?}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_a_level_or_directives() {
        for wrong in ["inof", "", "info,", "cardea=loud", "warn,cardae"] {
            assert!(level(wrong).is_err(), "{wrong:?}");
        }
        for right in ["off", "info", "WARN", "warn,cardea=debug,sqlx=off"] {
            assert_eq!(level(right).unwrap(), right);
        }
    }
}
