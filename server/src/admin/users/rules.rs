//! Rules for users: what they sign in with, and what is said about them (OIDC Core §5.1).

use cardea_api::user::{OtherClaims, UserSettings};
use cardea_protocol::claims::standard::Address;
use cardea_protocol::violation::Violation;
use cardea_protocol::{Email, Username};
use url::Url;

use super::super::text;
use crate::http::strict;

const MAX_URL: usize = 2_000;
/// Room for every language tag that is in use (RFC 5646 §4.4.1), time zone and telephone number.
const MAX_WORD: usize = 64;

/// What somebody signs in with, read.
pub(super) struct Person {
    pub(super) username: Username,
    pub(super) email: Option<Email>,
}

/// Checks every rule.
///
/// # Errors
/// The rules that are broken.
pub(super) fn person(settings: &UserSettings) -> Result<Person, Vec<Violation>> {
    let mut violations = Vec::new();
    let mut refused = |pointer: &str, message: &str| violations.push(Violation::new(pointer, "invalid_value", message));
    let username = Username::parse(&settings.username).map_err(|why| refused("/username", why.message())).ok();
    let email = settings.email.as_deref().map(Email::parse).transpose();
    let email = email.map_err(|why| refused("/email", why.message())).ok();
    if settings.email.is_none() && settings.email_verified {
        refused("/email_verified", "there is no e-mail address that could be");
    }
    let names =
        [("/name", &settings.name), ("/given_name", &settings.given_name), ("/family_name", &settings.family_name)];
    for (pointer, name) in names {
        name.iter().for_each(|name| text::name(pointer, name, &mut violations));
    }
    word("/locale", settings.locale.as_deref(), is_tag, "a language tag such as de-CH", &mut violations);
    claims(&settings.claims, &mut violations);
    strict::none(violations)?;
    // Where one of them could not be read, that has been said.
    username.zip(email).map(|(username, email)| Person { username, email }).ok_or_else(Vec::new)
}

fn claims(claims: &OtherClaims, violations: &mut Vec<Violation>) {
    let texts = [
        ("/claims/middle_name", &claims.middle_name),
        ("/claims/nickname", &claims.nickname),
        ("/claims/gender", &claims.gender),
    ];
    for (pointer, claim) in texts {
        claim.iter().for_each(|claim| text::name(pointer, claim, violations));
    }
    let urls = [
        ("/claims/profile", &claims.profile),
        ("/claims/picture", &claims.picture),
        ("/claims/website", &claims.website),
    ];
    for (pointer, claim) in urls {
        if claim.as_ref().is_some_and(|url| !is_page(url)) {
            violations.push(Violation::new(
                pointer,
                "invalid_value",
                "an http or https URL of at most 2000 characters",
            ));
        }
    }
    let birthdate = claims.birthdate.as_deref();
    word("/claims/birthdate", birthdate, is_birthdate, "a date as YYYY-MM-DD, or a year", violations);
    word("/claims/zoneinfo", claims.zoneinfo.as_deref(), is_zone, "a time zone such as Europe/Zurich", violations);
    let phone = claims.phone_number.as_deref();
    word("/claims/phone_number", phone, is_phone, "a telephone number such as +41 44 123 45 67", violations);
    if phone.is_none() && claims.phone_number_verified == Some(true) {
        let message = "there is no telephone number that could be";
        violations.push(Violation::new("/claims/phone_number_verified", "invalid_value", message));
    }
    claims.address.iter().for_each(|lines| address(lines, violations));
}

fn address(address: &Address, violations: &mut Vec<Violation>) {
    for (pointer, line) in [
        ("/claims/address/formatted", &address.formatted),
        ("/claims/address/street_address", &address.street_address),
        ("/claims/address/locality", &address.locality),
        ("/claims/address/region", &address.region),
        ("/claims/address/postal_code", &address.postal_code),
        ("/claims/address/country", &address.country),
    ] {
        line.iter().for_each(|line| text::description(pointer, line, violations));
    }
}

fn word(pointer: &str, word: Option<&str>, is_good: fn(&str) -> bool, expected: &str, violations: &mut Vec<Violation>) {
    if word.is_some_and(|word| word.is_empty() || word.len() > MAX_WORD || !is_good(word)) {
        violations.push(Violation::new(pointer, "invalid_value", expected));
    }
}

/// RFC 5646 §2.1; some write `_` for `-` (OIDC Core §5.1).
fn is_tag(text: &str) -> bool {
    text.split(['-', '_']).all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_zone(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte))
}

fn is_phone(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-() .;=ext".contains(&byte))
}

/// The year may be one that is not told, `0000`.
fn is_birthdate(text: &str) -> bool {
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let within = |part: &str, most: u8| digits(part, 2) && part.parse::<u8>().is_ok_and(|n| (1..=most).contains(&n));
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year] => digits(year, 4),
        [year, month, day] => digits(year, 4) && within(month, 12) && within(day, 31),
        _ => false,
    }
}

fn is_page(text: &str) -> bool {
    text.len() <= MAX_URL && Url::parse(text).is_ok_and(|url| ["http", "https"].contains(&url.scheme()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_numbers_and_tags_are_what_they_are_called() {
        for bad in ["", "2000-1-1", "2000-13-01", "2000-01-32", "1.1.2000", "2000-01", "20000"] {
            assert!(!is_birthdate(bad), "{bad}");
        }
        assert!(is_birthdate("2000-02-29") && is_birthdate("0000-12-31") && is_birthdate("1970"));
        assert!(is_tag("de") && is_tag("en_US") && is_tag("zh-Hant-TW") && !is_tag("de-") && !is_tag("de CH"));
        assert!(is_phone("+1 (604) 555-1234;ext=5678") && !is_phone("call me") && !is_phone("()"));
        assert!(is_zone("America/Argentina/Buenos_Aires") && !is_zone("Europe Zurich"));
        assert!(is_page("https://a.example/x") && !is_page("javascript:alert(1)") && !is_page("a.example"));
    }
}
