//! Which passwords people may choose: NIST SP 800-63B §3.1.1.2. Length counts; there are no rules of composition, because they make
//! passwords worse. Whether one is common is another question, and how it is hashed a third.

use std::{fmt, ops::RangeInclusive};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::user::{Email, Username, folded};

/// What an administrator may demand as the shortest, in characters: whoever has a passphrase of 64 may use it.
pub const MIN_LENGTH: RangeInclusive<u8> = 8..=64;
/// The longest, in characters: enough for every passphrase, and too little to keep a server busy with.
pub const MAX_CHARS: usize = 128;
/// A shorter name is part of too many words to be forbidden in a password.
const SHORTEST_NAME: usize = 4;

/// What a pool demands of passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordPolicy {
    /// How many characters at least.
    pub min_length: u8,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self { min_length: 12 }
    }
}

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedPassword {
    /// It has fewer characters than this.
    TooShort(u8),
    /// It has more than [`MAX_CHARS`].
    TooLong,
    /// A character that no keyboard writes, such as a line break that was pasted along.
    ControlCharacter,
    /// The user name is in it.
    ContainsUsername,
    /// The e-mail address, or what is before its `@`, is in it.
    ContainsEmail,
}

impl RefusedPassword {
    /// A stable word for the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort(_) => "password_too_short",
            Self::TooLong => "password_too_long",
            Self::ControlCharacter => "password_control_character",
            Self::ContainsUsername => "password_contains_username",
            Self::ContainsEmail => "password_contains_email",
        }
    }
}

/// A sentence for the person.
impl fmt::Display for RefusedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort(least) => write!(f, "The password needs at least {least} characters."),
            Self::TooLong => write!(f, "The password has more than {MAX_CHARS} characters."),
            Self::ControlCharacter => f.write_str("The password contains a line break or another control character."),
            Self::ContainsUsername => f.write_str("The password contains the user name."),
            Self::ContainsEmail => f.write_str("The password contains the e-mail address."),
        }
    }
}

impl std::error::Error for RefusedPassword {}

/// The password as it is hashed and verified: in NFC (RFC 8265 §4.2), because one keyboard writes `ü` as one character and another
/// as two. Blanks and case count.
#[must_use]
pub fn normalised(password: &str) -> Zeroizing<String> {
    // Room for all of it from the beginning, or a part would stay behind in memory when the text grows.
    let mut text = Zeroizing::new(String::with_capacity(password.len().saturating_mul(3)));
    text.extend(password.nfc());
    text
}

impl PasswordPolicy {
    /// Whether an administrator may demand this.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        MIN_LENGTH.contains(&self.min_length)
    }

    /// Checks a password that somebody wants to have.
    ///
    /// # Errors
    /// The first rule it breaks.
    pub fn check(&self, password: &str, username: &Username, email: Option<&Email>) -> Result<(), RefusedPassword> {
        // In octets first: no text is worth normalising that is too long however it is written.
        if password.len() > 4 * MAX_CHARS {
            return Err(RefusedPassword::TooLong);
        }
        let password = normalised(password);
        let chars = password.chars().count();
        if chars < usize::from(self.min_length) {
            return Err(RefusedPassword::TooShort(self.min_length));
        }
        if chars > MAX_CHARS {
            return Err(RefusedPassword::TooLong);
        }
        if password.chars().any(char::is_control) {
            return Err(RefusedPassword::ControlCharacter);
        }
        let password = Zeroizing::new(folded(&password));
        let contains = |name: &str| {
            let name = folded(name);
            name.chars().count() >= SHORTEST_NAME && password.contains(&name)
        };
        if contains(username.as_str()) {
            return Err(RefusedPassword::ContainsUsername);
        }
        match email {
            Some(email) if contains(email.as_str()) || contains(email.local_part()) => {
                Err(RefusedPassword::ContainsEmail)
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
