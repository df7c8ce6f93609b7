//! How two texts are made comparable: RFC 5280 §7.1, which is the string preparation of RFC 4518 with the case folding of RFC 3454
//! App. B.2 and white space compressed.
//!
//! One step is stricter than the standard. RFC 4518 §2.2 *deletes* control and invisible characters, so that `adm<U+200B>in` would be
//! the same name as `admin`. Such a text is no text for us: it is refused at registration, and in a certificate it equals
//! nothing but its own octets.

use stringprep::tables::case_fold_for_nfkc;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Whether the text has a character that does not show (RFC 4518 §2.2, mapped to nothing), or none that means the same to
/// everybody (§2.4, prohibited).
pub(crate) fn is_deceptive(text: &str) -> bool {
    text.chars().any(|c| c.is_control() || is_invisible(c) || is_private(c))
}

/// Soft hyphens, joiners, directions, selectors, tags: RFC 4518 §2.2.
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{6dd}' | '\u{70f}' | '\u{1806}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffc}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Private use, non-characters and the replacement character: RFC 3454 App. C.3, C.4.
const fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. | '\u{fdd0}'..='\u{fdef}' | '\u{fffd}')
        || c as u32 & 0xfffe == 0xfffe
}

/// The text as it is compared.
pub(super) fn prepared(text: &str) -> String {
    if text.is_ascii() {
        return squeezed(text.to_ascii_lowercase().chars());
    }
    let spaced = text.chars().map(|c| if is_space(c) { ' ' } else { c });
    squeezed(spaced.flat_map(case_fold_for_nfkc).nfkc())
}

/// What RFC 4518 §2.2 maps to SPACE and is no control character.
const fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// RFC 4518 §2.6.1: none at the ends, one between words. A space that carries an accent is a letter, not a space.
fn squeezed(chars: impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    let mut chars = chars.peekable();
    let mut gap = false;
    while let Some(c) = chars.next() {
        if c == ' ' && !chars.peek().is_some_and(|next| is_combining_mark(*next)) {
            gap = true;
            continue;
        }
        if gap && !text.is_empty() {
            text.push(' ');
        }
        gap = false;
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_folds_and_white_space_shrinks() {
        for (text, result) in [
            ("", ""),
            ("   ", ""),
            ("  Acme   LTD ", "acme ltd"),
            ("Straße", "strasse"),
            ("ÄÖÜ", "äöü"),
            ("A\u{308}", "ä"),
            ("ﬁ", "fi"),
            ("Ａ\u{3000}Ｂ", "a b"),
            ("a\u{a0}\u{2003} b", "a b"),
            ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
            ("\u{212a}", "k"),
            ("a \u{301}b", "a \u{301}b"),
        ] {
            assert_eq!(prepared(text), result, "{text:?}");
        }
    }

    #[test]
    fn letters_that_look_alike_stay_different() {
        for (latin, other) in [("a", "а"), ("o", "ο"), ("i", "ı"), ("l", "1"), ("rn", "m")] {
            assert_ne!(prepared(latin), prepared(other));
        }
    }

    #[test]
    fn what_does_not_show_is_found() {
        for bad in ["\0", "a\tb", "a\nb", "\u{7f}", "\u{85}", "\u{ad}", "\u{200b}", "\u{202e}", "\u{feff}", "\u{e000}"]
        {
            assert!(is_deceptive(bad), "{bad:?}");
        }
        for bad in ["\u{fffd}", "\u{ffff}", "\u{1fffe}", "\u{fdd0}", "\u{e0041}", "\u{10fffd}", "\u{2060}"] {
            assert!(is_deceptive(bad), "{bad:?}");
        }
        for good in ["", "Acme, Ltd", "Ärger", "中文", "🔑", "a\u{301}", "\u{a0}", "\u{10330}"] {
            assert!(!is_deceptive(good), "{good:?}");
        }
    }

    #[test]
    fn preparation_is_done_once_and_for_all() {
        for text in ["Ａ ﬁ  ß", "İstanbul", "\u{1e9e}", "ǅ", "㎏", "ΐ"] {
            assert_eq!(prepared(&prepared(text)), prepared(text), "{text}");
        }
    }
}
