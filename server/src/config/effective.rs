//! What is in force and where it came from, for `cardea check-config`: readable as TOML, secrets hidden.

use std::fmt;

/// Every setting in the order in which it was read.
#[derive(Default)]
pub(super) struct Effective(Vec<Line>);

struct Line {
    key: &'static str,
    shown: Shown,
    /// A variable, a key of the file, or the default.
    origin: Option<String>,
}

/// How a value is shown: a TOML literal.
pub(super) struct Shown(String);

impl Shown {
    pub(super) fn text(text: &str) -> Self {
        let bare = text.parse::<u32>().is_ok_and(|number| number.to_string() == text);
        if bare { Self(text.to_owned()) } else { Self(toml::Value::from(text).to_string()) }
    }

    pub(super) fn list(texts: &[&str]) -> Self {
        Self(toml::Value::from(texts.to_vec()).to_string())
    }

    pub(super) fn hidden() -> Self {
        Self::text("(hidden)")
    }
}

impl Effective {
    pub(super) fn show(&mut self, key: &'static str, shown: Shown, origin: Option<&str>) {
        self.0.push(Line { key, shown, origin: origin.map(str::to_owned) });
    }
}

impl fmt::Display for Effective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut section = "";
        for Line { key, shown, origin } in &self.0 {
            let (of, name) = key.rsplit_once('.').unwrap_or(("", key));
            if of != section {
                writeln!(f, "\n[{of}]")?;
                section = of;
            }
            let origin = match origin.as_deref() {
                None => "default",
                Some(origin) if origin == *key => "file",
                Some(variable) => variable,
            };
            writeln!(f, "{name} = {} # {origin}", shown.0)?;
        }
        Ok(())
    }
}
