//! The one door for chance: ids and secrets from the operating system's generator.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `N` unpredictable bytes.
///
/// Aborts the process when the operating system has no randomness to give: nothing safe can be issued then.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0_u8; N];
    if aws_lc_rs::rand::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}

/// A secret of 256 bits: 43 characters of `[A-Za-z0-9_-]`, which no client library has to escape.
pub fn secret() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// A secret that is long enough for HS512 (RFC 7518 §3.2): 64 characters that carry 384 bits.
pub fn recoverable_secret() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<48>())
}

/// An identifier that cannot be guessed, for tokens: 128 bits in 22 characters.
pub fn token_id() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<16>())
}

/// An id for a row, ordered by time (UUID version 7).
pub fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A client identifier (RFC 6749 §2.2) that no client library has to escape: 22 characters.
pub fn client_id() -> String {
    // A leading `-` makes command lines unpleasant.
    loop {
        let id = token_id();
        if !id.starts_with('-') {
            return id;
        }
    }
}

/// A slug such as `ws-3k9d0f2a7b` for a tenant or workspace that was given no id.
pub fn slug(prefix: &str) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let tail: String = bytes::<10>()
        .iter()
        .map(|byte| char::from(ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or(b'0')))
        .collect();
    format!("{prefix}-{tail}")
}
