//! What to say of a key that no section has read: not in this version yet, or most likely meant as another.

use super::environment::{FILE, variable};

/// Settings of the product that this version does not serve yet: refused by name, never ignored.
const NOT_YET: [&str; 2] = ["bootstrap.admin_email", "bootstrap.admin_password"];

/// The problem with a key of the file that is none of `known`.
pub(super) fn in_file(key: &str, known: &[&'static str]) -> String {
    if NOT_YET.contains(&key) {
        return format!("{key} is a setting that this version of Cardea does not have yet");
    }
    let within = known.iter().find(|of| key.strip_prefix(**of).is_some_and(|rest| rest.starts_with('.')));
    let end = known.iter().find(|of| of.rsplit_once('.').is_some_and(|(_, name)| name == key));
    let meant = within.or(end).copied().or_else(|| nearest(key, known.iter().copied()));
    problem(key, meant)
}

/// The problem with a variable that belongs to none of `known`.
pub(super) fn in_environment(name: &str, known: &[&'static str]) -> String {
    let (stem, suffix) = name.strip_suffix(FILE).map_or((name, ""), |stem| (stem, FILE));
    if NOT_YET.iter().any(|key| variable(key) == stem) {
        return format!("{name} is a setting that this version of Cardea does not have yet");
    }
    let known: Vec<_> = known.iter().map(|key| variable(key)).collect();
    let known = || known.iter().map(String::as_str);
    match nearest(name, known()) {
        Some(whole) => problem(name, Some(whole)),
        None => problem(name, nearest(stem, known()).map(|stem| format!("{stem}{suffix}")).as_deref()),
    }
}

fn problem(key: &str, meant: Option<&str>) -> String {
    meant.map_or_else(
        || format!("{key} is not a setting"),
        |meant| format!("{key} is not a setting; did you mean {meant}?"),
    )
}

/// The candidate that a typo or two make of the key.
fn nearest<'a>(key: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(&key.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 3 && *distance * 3 <= candidate.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["public_url", "listen", "database.url", "log.level"];

    #[test]
    fn a_typo_is_answered_with_what_was_meant() {
        for (key, meant) in [
            ("publik_url", "public_url"),
            ("databse.url", "database.url"),
            ("url", "database.url"),
            ("listen.port", "listen"),
            ("Log.Level", "log.level"),
        ] {
            assert_eq!(in_file(key, &KNOWN), format!("{key} is not a setting; did you mean {meant}?"));
        }
        assert_eq!(in_file("colour", &KNOWN), "colour is not a setting");
    }

    #[test]
    fn a_variable_is_answered_with_a_variable() {
        for (name, meant) in [
            ("CARDEA_DATABASE_URL", "CARDEA_DATABASE__URL"),
            ("CARDEA_PUBLIC_URLS", "CARDEA_PUBLIC_URL"),
            ("CARDEA_DATABASE_URL_FILE", "CARDEA_DATABASE__URL_FILE"),
        ] {
            assert_eq!(in_environment(name, &KNOWN), format!("{name} is not a setting; did you mean {meant}?"));
        }
        assert_eq!(in_environment("CARDEA_COLOUR", &KNOWN), "CARDEA_COLOUR is not a setting");
    }

    #[test]
    fn what_this_version_does_not_serve_is_refused_by_name() {
        assert!(in_file("bootstrap.admin_email", &KNOWN).contains("does not have yet"));
        assert!(in_environment("CARDEA_BOOTSTRAP__ADMIN_PASSWORD_FILE", &KNOWN).contains("does not have yet"));
    }
}
