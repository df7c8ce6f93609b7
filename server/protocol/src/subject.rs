//! Whom a token speaks of: subject identifiers, OIDC Core §8 and §8.1.

use std::{collections::BTreeSet, fmt};

use sha2::{Digest, Sha256};
use url::Url;

use crate::{client_metadata::ClientMetadata, encoding::base64url, words::words};

words! {
    /// What a client sees as `sub`.
    pub enum SubjectType {
        /// The same for every client: the user's id.
        Public = "public",
        /// Another for each sector, so that clients cannot compare what they know of somebody.
        Pairwise = "pairwise",
    }
}

/// The host that clients have in common who see the same pairwise subjects (OIDC Core §8.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectorIdentifier(String);

/// The redirect URIs do not name one host, and there is no `sector_identifier_uri` that would.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSector;

impl fmt::Display for NoSector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "pairwise subjects need a sector_identifier_uri unless all redirect_uris are of one host (OIDC Core §8.1)",
        )
    }
}

impl std::error::Error for NoSector {}

impl SectorIdentifier {
    /// The sector of a client: the host of its `sector_identifier_uri`, else the only host of its redirect URIs.
    ///
    /// # Errors
    /// When there is not exactly one.
    pub fn of(client: &ClientMetadata) -> Result<Self, NoSector> {
        let host = |uri: &str| Some(Url::parse(uri).ok()?.host_str()?.to_owned());
        if let Some(uri) = &client.sector_identifier_uri {
            return host(uri).map(Self).ok_or(NoSector);
        }
        // A URI without a host (`com.example.app:/cb`) is a sector that has no name.
        let hosts: Option<BTreeSet<String>> = client.redirect_uris.iter().map(|uri| host(uri)).collect();
        let mut hosts = hosts.unwrap_or_default().into_iter();
        match (hosts.next(), hosts.next()) {
            (Some(only), None) => Ok(Self(only)),
            _ => Err(NoSector),
        }
    }

    /// The host.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The `sub` of a user in this sector: 43 characters that tell nothing without the salt. Each workspace has a salt of its own,
    /// kept as secret as its keys and never changed: clients would take everybody for somebody new.
    #[must_use]
    pub fn pairwise_subject(&self, user_id: &str, salt: &[u8; 32]) -> String {
        let mut hash = Sha256::new();
        // The lengths part the texts: else host and id could be cut at another place and give the same.
        for text in [self.0.as_bytes(), user_id.as_bytes()] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.update(salt);
        base64url(&hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sector(uris: &[&str], sector_identifier_uri: Option<&str>) -> Option<String> {
        let client = ClientMetadata {
            redirect_uris: uris.iter().map(|uri| (*uri).to_owned()).collect(),
            sector_identifier_uri: sector_identifier_uri.map(str::to_owned),
            ..ClientMetadata::default()
        };
        SectorIdentifier::of(&client).ok().map(|sector| sector.as_str().to_owned())
    }

    #[test]
    fn a_sector_is_one_host() {
        for (uris, sector_identifier_uri, expected) in [
            (&["https://c.example/a", "https://C.example:8443/b"][..], None, Some("c.example")),
            (&["https://c.example/a", "https://d.example/b"], Some("https://s.example/uris.json"), Some("s.example")),
            (&[], Some("https://s.example/uris.json"), Some("s.example")),
            (&["https://c.example/a", "https://d.example/b"], None, None),
            (&["https://c.example/a", "com.example.app:/cb"], None, None),
            (&["com.example.app:/cb"], None, None),
            (&[], None, None),
        ] {
            assert_eq!(sector(uris, sector_identifier_uri).as_deref(), expected, "{uris:?} {sector_identifier_uri:?}");
        }
    }

    #[test]
    fn a_pairwise_subject_depends_on_all_three_and_on_nothing_else() {
        let of =
            |host: &str, user: &str, salt: u8| SectorIdentifier(host.to_owned()).pairwise_subject(user, &[salt; 32]);
        let subject = of("c.example", "u1", 7);
        assert_eq!((subject.len(), &subject), (43, &of("c.example", "u1", 7)));
        for other in
            [of("d.example", "u1", 7), of("c.example", "u2", 7), of("c.example", "u1", 8), of("c.exampleu", "1", 7)]
        {
            assert_ne!(subject, other);
        }
    }
}
