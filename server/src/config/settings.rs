//! File and environment as one: each section asks for its keys by name, with their defaults beside them. What was asked for
//! is what is known; what is left over at the end is a mistake of whoever wrote it.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use cardea_protocol::Secret;

use super::effective::{Effective, Shown};
use super::environment::{self, FILE, variable};
use super::file::{self, Written};
use super::{ConfigError, unknown};

/// The settings as written, read key by key.
pub(super) struct Settings {
    file: BTreeMap<String, Written>,
    environment: BTreeMap<String, String>,
    asked: Vec<&'static str>,
    effective: Effective,
    problems: Vec<String>,
}

/// A value as written, and where.
pub(super) struct Found {
    values: Written,
    /// A variable, or a key of the file.
    pub(super) origin: String,
}

impl Found {
    /// The one text that is written.
    pub(super) fn text(&self) -> Result<&str, String> {
        match &self.values {
            Written::One(text) if text.is_empty() => Err("is empty: leave it out instead".to_owned()),
            Written::One(text) => Ok(text),
            Written::Many(_) => Err("is a list where one value belongs".to_owned()),
            Written::Other(kind) => Err(format!("is {kind} where one value belongs")),
        }
    }

    fn texts(&self) -> Result<Vec<&str>, String> {
        match &self.values {
            Written::One(text) => Ok(text.split(',').map(str::trim).filter(|text| !text.is_empty()).collect()),
            Written::Many(texts) => Ok(texts.iter().map(String::as_str).collect()),
            Written::Other(kind) => Err(format!("is {kind} where a list of texts belongs")),
        }
    }
}

impl Settings {
    pub(super) fn new(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        Ok(Self {
            file: file.map(file::read).transpose()?.unwrap_or_default(),
            environment: environment::settings(environment),
            asked: Vec::new(),
            effective: Effective::default(),
            problems: Vec::new(),
        })
    }

    /// A value, or its default.
    pub(super) fn value<T: Display>(
        &mut self,
        key: &'static str,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> T {
        match self.optional(key, parse) {
            Some(value) => value,
            None => {
                self.default(key, &default.to_string());
                default
            }
        }
    }

    /// A number within bounds, or its default.
    pub(super) fn number(&mut self, key: &'static str, default: u32, bounds: RangeInclusive<u32>) -> u32 {
        self.value(key, default, |text| {
            text.parse()
                .ok()
                .filter(|number| bounds.contains(number))
                .ok_or_else(|| format!("{text:?} is not a whole number from {} to {}", bounds.start(), bounds.end()))
        })
    }

    /// A value that may be absent.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let found = self.find(key)?;
        let value = found.text().and_then(|text| Ok((parse(text)?, Shown::text(text))));
        self.keep(key, &found, value)
    }

    /// A secret, which is never shown.
    pub(super) fn secret(
        &mut self,
        key: &'static str,
        check: impl FnOnce(&Secret) -> Result<(), String>,
    ) -> Option<Secret> {
        let found = self.find(key)?;
        let secret = found.text().and_then(|text| {
            let secret = Secret::new(text.to_owned());
            check(&secret)?;
            Ok((secret, Shown::hidden()))
        });
        self.keep(key, &found, secret)
    }

    /// A list, empty by default.
    pub(super) fn list<T>(&mut self, key: &'static str, parse: impl Fn(&str) -> Result<T, String>) -> Vec<T> {
        let Some(found) = self.find(key) else {
            self.effective.show(key, Shown::list(&[]), None);
            return Vec::new();
        };
        let values = found.texts().and_then(|texts| {
            Ok((texts.iter().map(|text| parse(text)).collect::<Result<Vec<_>, _>>()?, Shown::list(&texts)))
        });
        self.keep(key, &found, values).unwrap_or_default()
    }

    /// What is written for a key: in the environment, or else in the file.
    pub(super) fn find(&mut self, key: &'static str) -> Option<Found> {
        self.asked.push(key);
        let name = variable(key);
        let name_of_file = format!("{name}{FILE}");
        let in_file = self.file.remove(key).map(|values| Found { values, origin: key.to_owned() });
        match (self.environment.remove(&name), self.environment.remove(&name_of_file)) {
            (Some(_), Some(_)) => {
                self.problem(format!("{name} and {name_of_file} are both set: keep one of them"));
                None
            }
            (Some(text), None) => Some(Found { values: Written::One(text), origin: name }),
            (None, Some(path)) => match content(&path) {
                Ok(text) => Some(Found { values: Written::One(text), origin: name_of_file }),
                Err(problem) => {
                    self.problem(format!("{name_of_file}: {path}: {problem}"));
                    None
                }
            },
            (None, None) => in_file,
        }
    }

    /// Takes note of a value that was understood, or of the problem.
    pub(super) fn keep<T>(&mut self, key: &'static str, found: &Found, value: Result<(T, Shown), String>) -> Option<T> {
        match value {
            Ok((value, shown)) => {
                self.effective.show(key, shown, Some(&found.origin));
                Some(value)
            }
            Err(problem) => {
                self.problem(format!("{}: {problem}", found.origin));
                None
            }
        }
    }

    /// Takes note of a default.
    pub(super) fn default(&mut self, key: &'static str, value: &str) {
        self.effective.show(key, Shown::text(value), None);
    }

    /// Whether something is wrong already.
    pub(super) fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Adds a problem.
    pub(super) fn problem(&mut self, problem: String) {
        self.problems.push(problem);
    }

    /// What is in force, once every section has asked.
    pub(super) fn finish(mut self) -> Result<Effective, ConfigError> {
        // A section that sets nothing is no mistake.
        let section =
            |key: &str| self.asked.iter().any(|of| of.split_once('.').is_some_and(|(section, _)| section == key));
        let of_file = self.file.keys().filter(|key| !section(key)).map(|key| unknown::in_file(key, &self.asked));
        let of_environment = self.environment.keys().map(|name| unknown::in_environment(name, &self.asked));
        self.problems.extend(of_file.chain(of_environment));
        if self.problems.is_empty() { Ok(self.effective) } else { Err(ConfigError::of(self.problems)) }
    }
}

/// The content of a file named by a variable, without the newline that editors and `echo` leave at its end.
fn content(path: &str) -> Result<String, String> {
    let mut text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    if text.is_empty() { Err("the file is empty".to_owned()) } else { Ok(text) }
}
