//! What ties a form to the browser that it was shown to and to the request that it belongs to, and tells when that request began:
//! the token against cross-site request forgery, for which nothing has to be stored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_protocol::Timestamp;
use subtle::ConstantTimeEq as _;

use crate::vault::Vault;

const PURPOSE: &str = "form";
/// Seconds for which a form can be sent.
const LIFETIME: i64 = 3_600;
const MAC: usize = 32;
const CHOSEN: u8 = 1;
const SIGNED: u8 = 2;

/// When a request began in this browser, and whether the person has chosen an account since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// When.
    pub at: Timestamp,
    /// Whether the person has said who they are, or that they want to go on as who they are.
    pub chosen: bool,
    /// Whether the request came in a request object whose signature was verified then.
    pub signed: bool,
}

/// To what a form is tied.
#[derive(Clone, Copy)]
pub struct Tie<'a> {
    /// The workspace, `{tid}/{aid}`.
    pub workspace: &'a str,
    /// The browser, by its cookie.
    pub browser: &'a str,
    /// The request, as it is carried along.
    pub request: &'a str,
}

impl Begun {
    /// A request that begins now.
    pub const fn now(at: Timestamp, signed: bool) -> Self {
        Self { at, chosen: false, signed }
    }

    /// The token.
    pub fn write(self, vault: &Vault, tie: Tie<'_>) -> String {
        let head = self.head();
        URL_SAFE_NO_PAD.encode([&head[..], &mac(vault, tie, &head)].concat())
    }

    /// Reads a token that is tied to the same and was made within the last hour.
    pub fn read(text: &str, vault: &Vault, tie: Tie<'_>, now: Timestamp) -> Option<Self> {
        let octets = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (head, theirs) = octets.split_at_checked(octets.len().checked_sub(MAC)?)?;
        let (at, flags) = head.split_at_checked(8)?;
        let at = Timestamp::from_millis(i64::from_be_bytes(at.try_into().ok()?));
        let flags = *flags.first()?;
        let begun = Self { at, chosen: flags & CHOSEN != 0, signed: flags & SIGNED != 0 };
        let is_ours = bool::from(mac(vault, tie, &begun.head()).ct_eq(theirs)) && head == begun.head();
        (is_ours && at <= now && now < at.plus_secs(LIFETIME)).then_some(begun)
    }

    fn head(self) -> [u8; 9] {
        let flags = if self.chosen { CHOSEN } else { 0 } | if self.signed { SIGNED } else { 0 };
        let mut head = [flags; 9];
        head.iter_mut().zip(self.at.as_millis().to_be_bytes()).for_each(|(to, from)| *to = from);
        head
    }
}

fn mac(vault: &Vault, tie: Tie<'_>, head: &[u8]) -> [u8; MAC] {
    vault.mac(PURPOSE, &[tie.workspace.as_bytes(), tie.browser.as_bytes(), tie.request.as_bytes(), head])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_good_for_its_browser_its_request_and_an_hour() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(None, folder.path()).unwrap();
        let tie = Tie { workspace: "acme/main", browser: "b", request: "client_id=c" };
        let at = Timestamp::from_secs(1_767_225_600);
        let begun = Begun::now(at, false);
        let token = begun.write(&vault, tie);
        let read = |tie, now| Begun::read(&token, &vault, tie, now);
        assert_eq!(read(Tie { workspace: "acme/other", ..tie }, at), None);
        assert_eq!(read(Tie { browser: "c", ..tie }, at), None);
        assert_eq!(read(Tie { request: "client_id=d", ..tie }, at), None);
        assert_eq!(read(tie, at.plus_secs(3_600)), None);
        assert_eq!(read(tie, at.plus_secs(-1)), None);
        for altered in ["", "A", &token[1..], &format!("{token}A"), &token.replacen('A', "B", 1)] {
            assert_eq!(Begun::read(altered, &vault, tie, at), None, "{altered}");
        }
        assert_eq!(read(tie, at.plus_secs(3_599)), Some(begun));
        let chosen = Begun { chosen: true, signed: true, ..begun };
        assert_eq!(Begun::read(&chosen.write(&vault, tie), &vault, tie, at), Some(chosen));
    }
}
