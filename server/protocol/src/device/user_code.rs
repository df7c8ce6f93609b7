//! The code that a person reads on one screen and types on another: RFC 8628 §6.1.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Twenty letters, none a vowel (no code is a word) and none a digit (none is taken for a letter).
const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Eight of twenty: 34.5 bits. Guessing is bounded by the attempts that are allowed (RFC 8628 §5.1).
const LEN: usize = 8;
/// More than this is not what somebody read on a screen.
const MAX_TYPED_LEN: usize = 64;

/// A user code: eight letters of the alphabet. Shown in two groups, `WDJB-MJHT`; stored and looked up without the hyphen.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserCode(String);

impl UserCode {
    /// A code from chance; `None`, about once in 10^22 times, when so much of it had to be thrown away that more is needed. A byte is
    /// thrown away where the remainder would prefer some letters to others.
    #[must_use]
    pub fn from_random(random: &[u8; 32]) -> Option<Self> {
        let fair = |byte: &&u8| **byte < 240;
        let letter = |byte: &u8| ALPHABET.get(usize::from(byte % 20)).map(|letter| char::from(*letter));
        let code: String = random.iter().filter(fair).filter_map(letter).take(LEN).collect();
        (code.len() == LEN).then_some(Self(code))
    }

    /// What somebody typed: in any case and script width, with or without hyphen and blanks; a letter that is not in the alphabet
    /// is taken for the one it was misread from, where that can be one only.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        if text.len() > MAX_TYPED_LEN {
            return None;
        }
        let mut code = String::with_capacity(LEN);
        for c in text.nfkc().flat_map(char::to_uppercase).filter(|c| !is_separator(*c)) {
            let letter = meant(c)?;
            if code.len() >= LEN {
                return None;
            }
            code.push(letter);
        }
        (code.len() == LEN).then_some(Self(code))
    }

    /// The eight letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As the person sees it.
impl fmt::Display for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(LEN / 2) {
            Some((left, right)) => write!(f, "{left}-{right}"),
            None => f.write_str(&self.0),
        }
    }
}

/// What people and keyboards put between: blanks, all kinds of hyphens, dots and underscores, and what does not show at all.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '_' | '.' | ',' | '·' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{feff}')
}

/// The letter of the alphabet. `0` and `O` are not guessed at: they could be a D or a Q.
const fn meant(c: char) -> Option<char> {
    Some(match c {
        'B' | 'C' | 'D' | 'F' | 'G' | 'H' | 'J' | 'K' | 'L' | 'M' | 'N' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'V' | 'W'
        | 'X' | 'Z' => c,
        '8' => 'B',
        '6' => 'G',
        '1' | 'I' | '|' => 'L',
        '5' => 'S',
        '7' => 'T',
        'U' => 'V',
        '2' => 'Z',
        // Cyrillic and Greek keyboards have keys with the same picture.
        'В' | 'Β' => 'B',
        'С' => 'C',
        'Н' | 'Η' => 'H',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'Ζ' => 'Z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
