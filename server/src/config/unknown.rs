//! What to say of a key that no section has read: which one was most likely meant.

use super::environment::{FILE, variable};

/// The problem with a key of the file that is none of `known`.
pub(super) fn in_file(key: &str, known: &[&'static str]) -> String {
    let within = known.iter().find(|of| key.strip_prefix(**of).is_some_and(|rest| rest.starts_with('.')));
    let end = known.iter().find(|of| of.rsplit_once('.').is_some_and(|(_, name)| name == key));
    let meant = within.or(end).copied().or_else(|| nearest(key, known.iter().copied()));
    problem(key, meant)
}

/// The problem with a variable that belongs to none of `known`.
pub(super) fn in_environment(name: &str, known: &[&'static str]) -> String {
    let (stem, suffix) = name.strip_suffix(FILE).map_or((name, ""), |stem| (stem, FILE));
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
}
