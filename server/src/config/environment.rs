//! The environment: which variables are settings, and how a setting's variable is called.

use std::collections::BTreeMap;

const PREFIX: &str = "CARDEA_";
/// The suffix of a variable that names a file whose content is the value.
pub(super) const FILE: &str = "_FILE";

/// The variable of a key: `database.url` is `CARDEA_DATABASE__URL`.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_ascii_uppercase())
}

/// The variables that are meant as settings. An empty one counts as unset: compose files and shells cannot always leave a
/// variable out.
pub(super) fn settings(all: impl Iterator<Item = (String, String)>) -> BTreeMap<String, String> {
    all.filter(|(name, value)| !value.is_empty() && is_setting(name)).collect()
}

/// Whether the name is Cardea's own. The tests' variables are not, and neither are those that Kubernetes puts into every
/// pod beside a service called `cardea`.
fn is_setting(name: &str) -> bool {
    let Some(rest) = name.strip_prefix(PREFIX) else { return false };
    let of_kubernetes = ["SERVICE_HOST", "PORT"].contains(&rest)
        || ["SERVICE_PORT", "PORT_"].iter().any(|prefix| rest.starts_with(prefix));
    !of_kubernetes && !rest.starts_with("TEST_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cardeas_own_variables_are_settings() {
        let all = [
            ("HOME", "/root"),
            ("CARDEA_LISTEN", "127.0.0.1:1"),
            ("CARDEA_LISTNE", "127.0.0.1:1"),
            ("CARDEA_MASTER_KEY", ""),
            ("CARDEA_TEST_POSTGRES_URL", "postgres://x"),
            ("CARDEA_SERVICE_HOST", "10.0.0.1"),
            ("CARDEA_SERVICE_PORT_HTTP", "8080"),
            ("CARDEA_PORT", "tcp://10.0.0.1:8080"),
            ("CARDEA_PORT_8080_TCP_ADDR", "10.0.0.1"),
        ];
        let names: Vec<_> =
            settings(all.into_iter().map(|(name, value)| (name.into(), value.into()))).into_keys().collect();
        assert_eq!(names, ["CARDEA_LISTEN", "CARDEA_LISTNE"]);
    }

    #[test]
    fn sections_are_joined_by_two_underscores() {
        assert_eq!(variable("public_url"), "CARDEA_PUBLIC_URL");
        assert_eq!(variable("database.url"), "CARDEA_DATABASE__URL");
    }
}
