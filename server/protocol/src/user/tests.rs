//! Which texts are one person.

use super::*;

fn key(text: &str) -> Option<String> {
    LoginKey::typed(text).map(|key| key.as_str().to_owned())
}

#[test]
fn spellings_of_one_name_have_one_key() {
    for (spellings, expected) in [
        (&["ann", "ANN", " Ann ", "aNN\n"][..], "ann"),
        (&["Jürgen", "Ju\u{308}rgen", "JÜRGEN"], "jürgen"),
        (&["straße", "STRASSE", "Strasse", "STRAẞE"], "strasse"),
        (&["ΣΊΣΥΦΟΣ", "Σίσυφος", "σίσυφοσ"], "σίσυφοσ"),
        (&["\u{212a}im", "kim"], "kim"),
        (&["Ann@C.example", "ann@c.EXAMPLE", " ann@c.example"], "ann@c.example"),
        (
            &["ann@BÜCHER.example", "ANN@bu\u{308}cher.example", "ann@xn--bcher-kva.example"],
            "ann@xn--bcher-kva.example",
        ),
        (&["o'brien+x@c.example", "O'Brien+X@c.example"], "o'brien+x@c.example"),
    ] {
        for spelling in spellings {
            assert_eq!(key(spelling).as_deref(), Some(expected), "{spelling:?}");
        }
    }
}

#[test]
fn letters_that_look_alike_are_not_one() {
    for (one, other) in [("ann", "аnn"), ("lilly", "liIly\u{131}"), ("ı", "i"), ("a@c.example", "a@с.example")] {
        assert_ne!(key(one), key(other), "{one} {other}");
    }
    // The dotted capital folds to two characters, and neither of them alone.
    assert_ne!(key("İ"), key("i"));
}

#[test]
fn what_is_no_name_is_refused() {
    for bad in [
        "",
        " ",
        "a b",
        "a\tb",
        "a\0",
        "a\u{200b}b",
        "a\u{202e}b",
        "\u{ad}",
        "a\u{a0}b",
        "a\u{feff}",
        "\u{e000}",
        "ann@",
        "@c.example",
        "ann@c",
    ] {
        assert!(Username::parse(bad).is_err(), "{bad:?}");
        assert_eq!(key(bad), None, "{bad:?}");
    }
    assert!(Username::parse(&"ä".repeat(MAX_USERNAME_CHARS + 1)).is_err());
    assert!(Username::parse(&"ä".repeat(MAX_USERNAME_CHARS)).is_ok());
    assert!(Username::parse(&"x".repeat(1_000_000)).is_err());
    let name = Username::parse(" Ju\u{308}rgen.K-1_ ").unwrap();
    assert_eq!((name.as_str(), name.key().as_str()), ("Jürgen.K-1_", "jürgen.k-1_"));
}

#[test]
fn what_is_no_address_is_refused() {
    for bad in [
        "",
        "ann",
        "@",
        "ann@",
        "@c.example",
        "ann@c",
        "ann@localhost",
        "ann@@c.example",
        "ann@c.example@d.example",
        "ann@c..example",
        "ann@.c.example",
        "ann@c.example.",
        "ann@-c.example",
        "ann@c-.example",
        "ann@127.0.0.1",
        "ann@0x7f.1",
        "ann@[127.0.0.1]",
        "ann@c.example:25",
        "ann@c.example/x",
        "ann@c.example%2ex",
        "ann@c_d.example",
        "ann lee@c.example",
        "ann@c. example",
        "\"ann\"@c.example",
        "ann,bob@c.example",
        "Ann <ann@c.example>",
        "ann;bob@c.example",
        "ann@c.example\r\nBcc: bob@c.example",
        "ann\0@c.example",
        "ann\u{200b}@c.example",
        &format!("{}@c.example", "a".repeat(65)),
        &format!("ann@{}.example", "a.".repeat(130)),
    ] {
        assert!(Email::parse(bad).is_err(), "{bad:?}");
    }
    for good in ["a@c.example", "ann.lee+x@mail.c.example", "ünn@c.example", "a!#$%&'*/=?^_`{|}~-@c.example"] {
        assert!(Email::parse(good).is_ok(), "{good:?}");
    }
    let email = Email::parse(" Ann@C.example ").unwrap();
    assert_eq!((email.as_str(), email.local_part(), email.key().as_str()), ("Ann@C.example", "Ann", "ann@c.example"));
}

#[test]
fn a_name_with_an_at_is_an_address() {
    let name = Username::parse("Ann@C.example").unwrap();
    assert_eq!(name.key(), Email::parse("ann@c.example").unwrap().key());
    assert!(Username::parse("ann@home").is_err());
}
