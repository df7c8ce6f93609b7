//! Refresh tokens (RFC 6749 §1.5): the family that they descend from, which of its tokens they are, and a MAC that nobody else can
//! make. The store keeps no token, and nothing of which one could be made: it knows the family and the number of its last token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;

use crate::vault::Vault;
use crate::workspace::Workspace;

const PURPOSE: &str = "refresh token";
const MAC: usize = 32;
const GENERATION: usize = 8;
/// Longer than any of ours.
const MAX_LENGTH: usize = 512;

/// A refresh token that was made here, whatever has become of its family since.
#[derive(Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// The family.
    pub family_id: String,
    /// Its number in the family, from 1.
    pub generation: i64,
}

impl RefreshToken {
    /// The token as it is sent. The same family and number always make the same token.
    pub fn write(&self, vault: &Vault, workspace: &Workspace) -> String {
        let mut octets = self.mac(vault, workspace).to_vec();
        octets.extend(self.generation.to_be_bytes());
        octets.extend(self.family_id.as_bytes());
        URL_SAFE_NO_PAD.encode(octets)
    }

    /// Reads a token of this workspace; `None` for whatever was not made here.
    pub fn read(text: &str, vault: &Vault, workspace: &Workspace) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let octets = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (mac, rest) = octets.split_at_checked(MAC)?;
        let (generation, family_id) = rest.split_at_checked(GENERATION)?;
        let token = Self {
            family_id: String::from_utf8(family_id.to_vec()).ok()?,
            generation: i64::from_be_bytes(generation.try_into().ok()?),
        };
        bool::from(token.mac(vault, workspace).ct_eq(mac)).then_some(token)
    }

    fn mac(&self, vault: &Vault, workspace: &Workspace) -> [u8; MAC] {
        let incarnation = workspace.incarnation.to_be_bytes();
        let parts: [&[u8]; 4] =
            [workspace.key.as_bytes(), &incarnation, self.family_id.as_bytes(), &self.generation.to_be_bytes()];
        vault.mac(PURPOSE, &parts)
    }
}
