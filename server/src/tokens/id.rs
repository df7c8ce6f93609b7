//! Names of tokens (`jti`): unpredictable, and marked with the registration that they were issued to, so that a client made
//! anew under an old name does not inherit the old one's tokens. Where a person stands behind a token, its family comes after a dot:
//! what revokes the family revokes the token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_protocol::Timestamp;

use crate::random;

const MARK: usize = 4;

/// A new name for a token of a client that was registered at `registered`: 96 random bits and the mark, in 22 characters.
pub fn new(registered: Timestamp, family_id: Option<&str>) -> String {
    let mut octets = random::bytes::<16>();
    octets.iter_mut().zip(mark(registered)).for_each(|(octet, mark)| *octet = mark);
    let mut id = URL_SAFE_NO_PAD.encode(octets);
    if let Some(family_id) = family_id {
        id.extend([".", family_id]);
    }
    id
}

/// The family of the token named `id`.
pub fn family(id: &str) -> Option<&str> {
    id.split_once('.').map(|(_, family_id)| family_id)
}

/// Whether the token named `id` was issued to the client that was registered at `registered`.
pub fn belongs_to(id: &str, registered: Timestamp) -> bool {
    let own = id.split_once('.').map_or(id, |(own, _)| own);
    let octets = URL_SAFE_NO_PAD.decode(own).unwrap_or_default();
    octets.len() == 16 && octets.starts_with(&mark(registered))
}

/// The last 49 days of the time, to the millisecond.
fn mark(registered: Timestamp) -> [u8; MARK] {
    let [.., a, b, c, d] = registered.as_millis().to_be_bytes();
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_the_registration_it_was_issued_to() {
        let registered = Timestamp::from_millis(1_767_225_600_123);
        let id = new(registered, None);
        assert_eq!((id.len(), family(&id)), (22, None));
        assert_ne!(id, new(registered, None));
        let of_family = new(registered, Some("f"));
        assert_eq!(family(&of_family), Some("f"));
        assert!(belongs_to(&of_family, registered) && !belongs_to(&of_family, registered.plus_millis(1)));
        assert!(!belongs_to(&id, registered.plus_millis(1)));
        assert!(!belongs_to("x", registered) && !belongs_to("", registered));
        assert!(belongs_to(&id, registered));
    }
}
