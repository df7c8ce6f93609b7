//! What people call themselves when they sign in: user names and e-mail addresses, and the one key under which both are looked
//! up. RFC 8265 §3.3 (`UsernameCaseMapped`) in spirit: NFC, case folded, nothing that does not show.

use std::fmt;

use stringprep::tables::case_fold_for_nfkc;
use unicode_normalization::UnicodeNormalization;
use url::Host;

use crate::distinguished_name::preparation::is_deceptive;

/// The longest user name, in characters.
pub const MAX_USERNAME_CHARS: usize = 128;
/// The longest e-mail address, in octets (RFC 5321 §4.5.3.1.3).
pub const MAX_EMAIL_LEN: usize = 254;
/// RFC 5321 §4.5.3.1.1.
const MAX_LOCAL_LEN: usize = 64;

/// Why a text is no user name or e-mail address: a sentence for the one who gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidLogin(&'static str);

impl InvalidLogin {
    /// The sentence.
    #[must_use]
    pub const fn message(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for InvalidLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidLogin {}

/// What two texts have in common that mean the same person: unique in a pool, for names and addresses together. Else somebody could
/// take another's address for a name, or the same address in another spelling, and be taken for them. Never shown, and never
/// written to: mail goes to the address as it was registered, or a look-alike of it would get another's reset link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LoginKey(String);

impl LoginKey {
    /// The key of what somebody typed, be it a name or an address; `None` when it can be neither, so nobody has it.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        Email::parse(text).map(|email| email.key).or_else(|_| Username::parse(text).map(|name| name.key)).ok()
    }

    /// The key, to be stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A user name: as it was given, in NFC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username {
    text: String,
    key: LoginKey,
}

impl Username {
    /// Reads a user name; blanks around it are dropped.
    ///
    /// # Errors
    /// Unless it has 1 to 128 characters that all show, no blank among them; with an `@` it must be an e-mail address, so that it
    /// cannot be taken for one that it is not.
    pub fn parse(text: &str) -> Result<Self, InvalidLogin> {
        let text = trimmed(text)?;
        if text.contains('@') {
            let Email { text, key } = Email::parse(&text)?;
            return Ok(Self { text, key });
        }
        if !(1..=MAX_USERNAME_CHARS).contains(&text.chars().count()) {
            return Err(InvalidLogin("a user name has 1 to 128 characters"));
        }
        let key = LoginKey(folded(&text));
        Ok(Self { text, key })
    }

    /// The name as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it is looked up by.
    #[must_use]
    pub const fn key(&self) -> &LoginKey {
        &self.key
    }
}

/// An e-mail address: as it was given, in NFC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    text: String,
    key: LoginKey,
}

impl Email {
    /// Reads an e-mail address; blanks around it are dropped. In its key both halves are folded, and the domain is written in its
    /// A-labels (RFC 5890 §2.3.2.1), so that `ann@bücher.example` and `ANN@xn--bcher-kva.example` are one.
    ///
    /// # Errors
    /// Unless it is a local part of 1 to 64 octets, one `@` and a domain name, all of characters that show and are no blank.
    pub fn parse(text: &str) -> Result<Self, InvalidLogin> {
        let text = trimmed(text)?;
        let refused = Err(InvalidLogin("an e-mail address has something before its @ and a domain name behind it"));
        let Some((local, domain)) = text.split_once('@') else { return refused };
        // Quotes, commas and brackets would let one address become two in a mail header.
        let odd = |c: char| "\"(),:;<>[\\]@".contains(c);
        if text.len() > MAX_EMAIL_LEN || !(1..=MAX_LOCAL_LEN).contains(&local.len()) || local.contains(odd) {
            return refused;
        }
        let Some(domain) = domain_name(domain) else { return refused };
        let key = LoginKey(format!("{}@{domain}", folded(local)));
        Ok(Self { text, key })
    }

    /// The address as it is shown and written to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.text.split('@').next().unwrap_or_default()
    }

    /// What it is looked up by.
    #[must_use]
    pub const fn key(&self) -> &LoginKey {
        &self.key
    }
}

/// In NFC, without blanks around, and without any inside.
fn trimmed(text: &str) -> Result<String, InvalidLogin> {
    // Before anything is computed for it.
    if text.len() > 4 * MAX_EMAIL_LEN {
        return Err(InvalidLogin("too long"));
    }
    let text: String = text.trim().nfc().collect();
    if is_deceptive(&text) || text.contains(char::is_whitespace) {
        return Err(InvalidLogin("blanks and characters that do not show are not allowed"));
    }
    Ok(text)
}

/// Two letters that differ in case alone are one: `ß` and `SS` too. Letters that look alike stay different.
pub(crate) fn folded(text: &str) -> String {
    // The table is of Unicode 3.2; letters that came later (`ẞ`) are lowered first.
    text.chars().flat_map(char::to_lowercase).flat_map(case_fold_for_nfkc).nfc().collect()
}

/// A name of at least two labels, in its A-labels; no address in numbers.
fn domain_name(text: &str) -> Option<String> {
    let odd = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '-' && c != '.';
    let Ok(Host::Domain(name)) = Host::parse(text) else { return None };
    let labels = name.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    (name.contains('.') && labels && !text.contains(odd)).then_some(name)
}

#[cfg(test)]
mod tests;
