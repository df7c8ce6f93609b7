//! `[database]`: where the data is.

use std::path::Path;

use cardea_protocol::Secret;
use url::Url;

use super::effective::Shown;
use super::settings::Settings;

/// Where the data is.
pub struct DatabaseConfig {
    /// `sqlite://path` or `postgres://…`; secret, because a password may stand in it.
    pub url: Secret,
}

impl DatabaseConfig {
    pub(super) fn read(settings: &mut Settings, data_dir: &Path) -> Self {
        const KEY: &str = "database.url";
        let given = settings.find(KEY).and_then(|found| {
            let url = found.text().and_then(|text| Ok((Secret::new(text.to_owned()), Shown::text(&shown(text)?))));
            settings.keep(KEY, &found, url)
        });
        let url = given.unwrap_or_else(|| {
            let path = data_dir.join("cardea.db").display().to_string();
            let default = format!("sqlite://{}", path.replace('%', "%25").replace('?', "%3F"));
            settings.default(KEY, &default);
            Secret::new(default)
        });
        Self { url }
    }
}

/// The URL without its passwords.
fn shown(url: &str) -> Result<String, String> {
    if url.starts_with("sqlite:") {
        return Ok(url.to_owned());
    }
    let malformed = || {
        "is not a database URL: sqlite://path/to/file or postgres://user:password@host/database, with every special \
         character of the password percent-encoded"
    };
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "postgres" | "postgresql"));
    let mut url = url.ok_or_else(malformed)?;
    if url.password().is_some() {
        url.set_password(Some("hidden")).map_err(|()| malformed())?;
    }
    if url.query().is_some() {
        let pairs: Vec<_> = url.query_pairs().into_owned().collect();
        url.query_pairs_mut().clear().extend_pairs(
            pairs.iter().map(|(name, value)| {
                (name.as_str(), if name.contains("password") { "hidden" } else { value.as_str() })
            }),
        );
    }
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_hidden_wherever_the_url_carries_them() {
        for (url, expected) in [
            ("sqlite://data/cardea.db", "sqlite://data/cardea.db"),
            ("postgres://db/cardea", "postgres://db/cardea"),
            ("postgres://cardea:hush@db:5432/cardea", "postgres://cardea:hidden@db:5432/cardea"),
            (
                "postgresql://db/cardea?user=me&password=hush&sslmode=require",
                "postgresql://db/cardea?user=me&password=hidden&sslmode=require",
            ),
        ] {
            assert_eq!(shown(url).unwrap(), expected);
        }
    }

    #[test]
    fn other_databases_are_refused_without_quoting_the_url() {
        for url in ["mysql://root:hush@db/x", "hush", "postgres://a:hu/sh@db/x"] {
            assert!(!shown(url).unwrap_err().contains("hu"), "{url}");
        }
    }
}
