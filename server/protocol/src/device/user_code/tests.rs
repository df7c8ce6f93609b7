//! Chance, and what people type.

use super::*;

#[test]
fn a_code_is_shown_in_two_groups_and_read_back() {
    let code = UserCode::from_random(&[7; 32]).unwrap();
    assert_eq!((code.as_str(), code.to_string().as_str()), ("KKKKKKKK", "KKKK-KKKK"));
    assert_eq!(UserCode::typed(&code.to_string()), Some(code));
}

#[test]
fn chance_is_used_without_preference() {
    let mut seen = std::collections::BTreeMap::new();
    for byte in 0..=255_u8 {
        if let Some(code) = UserCode::from_random(&[byte; 32]) {
            assert!(code.as_str().bytes().all(|letter| ALPHABET.contains(&letter)));
            *seen.entry(code.to_string()).or_insert(0) += 1;
        } else {
            assert!(byte >= 240);
        }
    }
    assert_eq!(seen.len(), ALPHABET.len());
    assert!(seen.values().all(|count| *count == 12));
    // What is thrown away does not shorten the code, as long as enough is left.
    let mut random = [255; 32];
    random[24..].copy_from_slice(&[0, 1, 2, 3, 19, 20, 21, 239]);
    assert_eq!(UserCode::from_random(&random).unwrap().as_str(), "BCDFZBCZ");
    random[24] = 240;
    assert_eq!(UserCode::from_random(&random), None);
}

#[test]
fn what_people_type_is_understood() {
    for typed in [
        "WDJB-SLXT",
        "WDJBSLXT",
        "wdjb-slxt",
        " wdjb slxt ",
        "w d j b s l x t",
        "WDJB–SLXT",
        "WDJB—SLXT",
        "WDJB\u{2011}SLXT",
        "WDJB\u{a0}SLXT",
        "\u{200b}WDJB\u{feff}SLXT",
        "W.D.J.B_S.L.X.T",
        "ＷＤＪＢ－ＳＬＸＴ",
        "wdjb-51x7",
        "WDJ8-SIXT",
        "wdj8-slхt",
        "WDJВ-SLXТ",
        "WDJΒ-SLΧT",
    ] {
        assert_eq!(UserCode::typed(typed).as_ref().map(UserCode::as_str), Some("WDJBSLXT"), "{typed:?}");
    }
}

#[test]
fn what_is_no_code_is_not_guessed_at() {
    for typed in [
        "",
        "-",
        "WDJB-SLX",
        "WDJB-SLXTT",
        "WDJB-SLX0",
        "WDJB-SLXO",
        "WDJB-SLXA",
        "WDJB-SLX%",
        "WDJB-SLXT\0",
        "WDJB/SLXT",
        "WDJB-SLX3",
        "WDJB-SLXÄ",
        "WDJB-SLX\u{301}T",
        &"-".repeat(65),
        &format!("WDJBSLXT{}", " ".repeat(57)),
    ] {
        assert_eq!(UserCode::typed(typed), None, "{typed:?}");
    }
    assert!(UserCode::typed(&format!("WDJBSLXT{}", " ".repeat(56))).is_some());
}
