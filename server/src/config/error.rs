//! Why the configuration cannot be used: every problem at once, so that nobody has to start five times to find five typos.

use std::fmt;

/// The problems of a configuration, at least one; none of them tells a secret.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(Vec<String>);

impl ConfigError {
    /// A configuration with these problems.
    pub(super) fn of(problems: Vec<String>) -> Self {
        Self(problems)
    }

    /// A configuration with this one problem.
    pub fn one(problem: impl Into<String>) -> Self {
        Self(vec![problem.into()])
    }

    /// One line a problem.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for ConfigError {}
