//! To whom a letter goes: an address that was registered, as mail servers take it.

use lettre::Address;
use url::Host;

/// One mailbox.
#[derive(Clone)]
pub struct Recipient(Address);

impl Recipient {
    /// Reads an address of a user. Its domain is written in A-labels (RFC 5890 §2.3.2.1), so that a server need not know RFC 6531
    /// for its sake; the local part stays as it was registered.
    pub fn parse(email: &str) -> Option<Self> {
        let (local, domain) = email.rsplit_once('@')?;
        let Ok(Host::Domain(domain)) = Host::parse(domain) else { return None };
        Address::new(local, domain).ok().map(Self)
    }

    pub(super) fn address(&self) -> &Address {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_written_as_every_server_takes_it() {
        let address = |email| Recipient::parse(email).map(|to| to.address().to_string());
        assert_eq!(address("Ann.Lee+x@Bücher.example").as_deref(), Some("Ann.Lee+x@xn--bcher-kva.example"));
        assert_eq!(address("ann@c.example").as_deref(), Some("ann@c.example"));
        for bad in
            ["ann", "@c.example", "ann@", "a b@c.example", "ann@c.example\r\nBcc: eve@evil.example", "ann@127.0.0.1"]
        {
            assert_eq!(address(bad), None, "{bad:?}");
        }
    }
}
