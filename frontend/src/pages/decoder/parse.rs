//! Reading a pasted token: more forgiving than the server, for what is wrong with a token is what people come here to see.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// Longer texts are no tokens.
const MAX_LEN: usize = 64 * 1024;

/// A JWT taken apart, and not to be believed for that.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// What says how it is signed.
    pub(super) header: Map<String, Value>,
    /// What it claims.
    pub(super) claims: Map<String, Value>,
    /// What was signed (RFC 7515 §5.1).
    pub(super) signing_input: String,
    /// By what it was signed.
    pub(super) signature: Vec<u8>,
}

impl Token {
    /// A text in the header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.header.get(name).and_then(Value::as_str)
    }

    /// A text among the claims.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name).and_then(Value::as_str)
    }

    /// A moment among the claims, in seconds (RFC 7519 §2, NumericDate).
    pub(super) fn seconds(&self, name: &str) -> Option<i64> {
        seconds(self.claims.get(name)?)
    }

    /// The claim `name` as the texts it has, be it one or a list.
    pub(super) fn texts(&self, name: &str) -> Vec<&str> {
        match self.claims.get(name) {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }
}

/// A NumericDate in whole seconds.
#[expect(clippy::cast_possible_truncation, reason = "checked to be within the years that can be written")]
pub(super) fn seconds(value: &Value) -> Option<i64> {
    const LAST: f64 = 253_402_300_799.0;
    let number = value.as_f64()?;
    (-LAST..=LAST).contains(&number).then_some(number as i64)
}

/// Why a text cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// There is none.
    Empty,
    /// It is longer than any token.
    TooLong,
    /// It does not consist of three parts.
    NotThreeParts(usize),
    /// It is encrypted (RFC 7516).
    Encrypted,
    /// A part is not base64url.
    Encoding(&'static str),
    /// A part is not a JSON object.
    Json(&'static str),
}

impl Unreadable {
    /// What it is called.
    pub(super) const fn title(&self) -> &'static str {
        match self {
            Self::Encrypted => "This token is encrypted",
            Self::NotThreeParts(1) => "This is not a JWT",
            _ => "This cannot be decoded",
        }
    }

    /// What that means.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::TooLong => "It is longer than any token. Paste one token alone.".to_owned(),
            Self::NotThreeParts(1) => {
                "It has no dots. Opaque access tokens, refresh tokens and codes say nothing by themselves: ask the introspection endpoint about them.".to_owned()
            }
            Self::NotThreeParts(parts) => {
                format!("A signed JWT has three parts with dots between them; this has {parts}. Was it cut off when it was copied?")
            }
            Self::Encrypted => {
                "It has five parts: what it says can be read only with the private key of whom it is for.".to_owned()
            }
            Self::Encoding(part) => {
                format!("Its {part} is not base64url. A character may have been lost or changed when it was copied.")
            }
            Self::Json(part) => format!("Its {part} is not a JSON object."),
        }
    }
}

/// Takes a token apart. White space, quotes and a leading `Bearer` are taken off.
pub(super) fn read(text: &str) -> Result<Token, Unreadable> {
    if text.len() > MAX_LEN {
        return Err(Unreadable::TooLong);
    }
    let text = text.trim();
    let text = text
        .get(..7)
        .filter(|word| word.eq_ignore_ascii_case("bearer "))
        .map_or(text, |_| text.get(7..).unwrap_or_default());
    let text: String = text.trim_matches(['"', '\'', ',', ' ']).chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    let parts: Vec<&str> = text.split('.').collect();
    let (header, claims, signature) = match parts.as_slice() {
        [header, claims, signature] => (*header, *claims, *signature),
        [_, _, _, _, _] => return Err(Unreadable::Encrypted),
        other => return Err(Unreadable::NotThreeParts(other.len())),
    };
    Ok(Token {
        header: object(header, "header")?,
        claims: object(claims, "payload")?,
        signing_input: format!("{header}.{claims}"),
        signature: decoded(signature, "signature")?,
    })
}

fn object(part: &str, name: &'static str) -> Result<Map<String, Value>, Unreadable> {
    match serde_json::from_slice(&decoded(part, name)?) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Unreadable::Json(name)),
    }
}

fn decoded(part: &str, name: &'static str) -> Result<Vec<u8>, Unreadable> {
    URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).map_err(|_| Unreadable::Encoding(name))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::json;

    /// A token that says so, signed by nobody.
    pub(in crate::pages::decoder) fn token(header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.c2ln", part(header), part(claims))
    }

    #[test]
    fn a_token_is_read_however_it_was_pasted() {
        let text = token(&json!({"alg": "ES256"}), &json!({"sub": "a", "exp": 1.5, "aud": ["x", "y"]}));
        let (first, rest) = text.split_at(9);
        for pasted in
            [text.clone(), format!("  Bearer {text}\n"), format!("\"{text}\","), format!("{first}\n   {rest}")]
        {
            let read = read(&pasted).unwrap();
            assert_eq!(
                (read.header("alg"), read.text("sub"), read.seconds("exp")),
                (Some("ES256"), Some("a"), Some(1))
            );
            assert_eq!(read.texts("aud"), ["x", "y"]);
            assert_eq!(read.signature, b"sig");
            assert!(text.starts_with(&read.signing_input));
        }
    }

    #[test]
    fn what_is_no_token_is_told_apart() {
        assert_eq!(read("  \n"), Err(Unreadable::Empty));
        assert_eq!(read("abc"), Err(Unreadable::NotThreeParts(1)));
        assert_eq!(read("a.b"), Err(Unreadable::NotThreeParts(2)));
        assert_eq!(read("a.b.c.d.e"), Err(Unreadable::Encrypted));
        assert_eq!(read("a.b.c"), Err(Unreadable::Encoding("header")));
        assert_eq!(read("WzFd.e30.c2ln"), Err(Unreadable::Json("header")));
        assert_eq!(read("e30.WzFd.c2ln"), Err(Unreadable::Json("payload")));
        assert_eq!(read(&"a".repeat(MAX_LEN + 1)), Err(Unreadable::TooLong));
        assert!(read("e30.e30.c2ln").is_ok());
    }

    #[test]
    fn times_beyond_the_calendar_are_none() {
        assert_eq!(seconds(&json!(1e300)), None);
        assert_eq!(seconds(&json!("1")), None);
        assert_eq!(seconds(&json!(1_700_000_000)), Some(1_700_000_000));
    }
}
