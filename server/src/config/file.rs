//! The TOML file: its tables flattened to keys with dots, its scalars to text, so that a setting reads the same from the
//! file as from the environment.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::ConfigError;

/// What is written for one key.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// A string, number or boolean.
    One(String),
    /// A list of them.
    Many(Vec<String>),
    /// Something that no setting is: a date, an empty table, a list of tables.
    Other(&'static str),
}

/// Every key of the file.
pub(super) fn read(path: &Path) -> Result<BTreeMap<String, Written>, ConfigError> {
    let text = fs::read_to_string(path).map_err(|error| ConfigError::one(format!("{}: {error}", path.display())))?;
    parse(&text).map_err(|error| ConfigError::one(format!("{}: {error}", path.display())))
}

fn parse(text: &str) -> Result<BTreeMap<String, Written>, String> {
    // The full message of the parser quotes the line, and the line may hold a secret.
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| 1 + text.get(..span.start).unwrap_or_default().matches('\n').count());
        format!("line {line}: {}", error.message())
    })?;
    let mut keys = BTreeMap::new();
    flatten("", table, &mut keys);
    Ok(keys)
}

fn flatten(prefix: &str, table: toml::Table, keys: &mut BTreeMap<String, Written>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::Table(inner) if !inner.is_empty() => flatten(&key, inner, keys),
            other => drop(keys.insert(key, written(other))),
        }
    }
}

fn written(value: toml::Value) -> Written {
    match value {
        toml::Value::Array(values) => values
            .into_iter()
            .map(scalar)
            .collect::<Option<_>>()
            .map_or(Written::Other("a list of something other than plain values"), Written::Many),
        toml::Value::Datetime(_) => Written::Other("a date"),
        other => scalar(other).map_or(Written::Other("an empty table"), Written::One),
    }
}

fn scalar(value: toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(truth) => Some(truth.to_string()),
        toml::Value::Datetime(_) | toml::Value::Array(_) | toml::Value::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_become_dotted_keys_and_scalars_text() {
        let keys = parse("a = 'x'\n[b]\nc = 7\nd = [1, 'two']\n[b.e]\nf = true\n[g]\nh = 2020-01-01\ni = [{}]\n[j]\n")
            .unwrap();
        let expected = [
            ("a", Written::One("x".into())),
            ("b.c", Written::One("7".into())),
            ("b.d", Written::Many(vec!["1".into(), "two".into()])),
            ("b.e.f", Written::One("true".into())),
            ("g.h", Written::Other("a date")),
            ("g.i", Written::Other("a list of something other than plain values")),
            ("j", Written::Other("an empty table")),
        ];
        assert_eq!(keys, expected.map(|(key, value)| (key.to_owned(), value)).into());
    }

    #[test]
    fn a_malformed_file_is_refused_without_quoting_it() {
        let error = parse("listen = '127.0.0.1:1'\nmaster_key = \"hush\n").unwrap_err();
        assert!(error.starts_with("line 2: "), "{error}");
        assert!(!error.contains("hush"), "{error}");
        assert!(parse("a = 1\na = 2\n").is_err());
        assert_eq!(parse("a = 1\n").unwrap().len(), 1);
    }
}
