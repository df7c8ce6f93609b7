//! Which passwords are refused, and which are not.

use super::*;

fn check(password: &str) -> Result<(), RefusedPassword> {
    let (username, email) = (Username::parse("Jürgen").unwrap(), Email::parse("Ann.Lee@c.example").unwrap());
    PasswordPolicy::default().check(password, &username, Some(&email))
}

#[test]
fn a_password_that_breaks_a_rule_hears_which() {
    let long = "x".repeat(MAX_CHARS + 1);
    let very_long = "x".repeat(1_000_000);
    for (password, refusal) in [
        ("", RefusedPassword::TooShort(12)),
        ("elevenchars", RefusedPassword::TooShort(12)),
        // Eleven characters in more octets and code points.
        (
            "u\u{308}u\u{308}u\u{308}u\u{308}u\u{308}u\u{308}u\u{308}u\u{308}u\u{308}u\u{308}u\u{308}",
            RefusedPassword::TooShort(12),
        ),
        (&long, RefusedPassword::TooLong),
        (&very_long, RefusedPassword::TooLong),
        ("correct horse\n", RefusedPassword::ControlCharacter),
        ("correct\0horse", RefusedPassword::ControlCharacter),
        ("my jürgen is here", RefusedPassword::ContainsUsername),
        ("JU\u{308}RGEN-2026-x", RefusedPassword::ContainsUsername),
        ("xx ann.lee 2026", RefusedPassword::ContainsEmail),
        ("ANN.LEE@C.EXAMPLE", RefusedPassword::ContainsEmail),
    ] {
        assert_eq!(check(password), Err(refusal), "{password:?}");
        assert!(!refusal.to_string().is_empty() && refusal.code().starts_with("password_"));
    }
}

#[test]
fn there_are_no_rules_of_composition() {
    let longest = "ü".repeat(MAX_CHARS);
    for good in [
        "aaaaaaaaaaaa",
        "123456789012",
        "correct horse battery",
        "            x",
        "ひらがなひらがなひらがな",
        &longest,
        "🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑",
    ] {
        assert_eq!(check(good), Ok(()), "{good}");
    }
}

#[test]
fn a_short_name_is_no_reason() {
    let username = Username::parse("al").unwrap();
    assert_eq!(PasswordPolicy::default().check("always correct", &username, None), Ok(()));
    let username = Username::parse("alwa").unwrap();
    let refused = PasswordPolicy::default().check("always correct", &username, None);
    assert_eq!(refused, Err(RefusedPassword::ContainsUsername));
}

#[test]
fn an_administrator_chooses_the_length_within_bounds() {
    for (min_length, valid) in [(0, false), (7, false), (8, true), (12, true), (64, true), (65, false)] {
        assert_eq!(PasswordPolicy { min_length }.is_valid(), valid, "{min_length}");
    }
    let username = Username::parse("jurgen").unwrap();
    assert_eq!(PasswordPolicy { min_length: 8 }.check("eightchr", &username, None), Ok(()));
    assert_eq!(serde_json::from_str::<PasswordPolicy>("{}").unwrap(), PasswordPolicy::default());
}

#[test]
fn one_password_typed_on_two_keyboards_is_one() {
    assert_eq!(*normalised("u\u{308}ber"), *normalised("über"));
    assert_ne!(*normalised("Über "), *normalised("über"));
    assert_eq!(*normalised("ﬁ"), "ﬁ");
}
