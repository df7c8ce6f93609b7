//! Which addresses may be asked: public ones over TLS, and those that the operator allows.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::FetchError;

/// The rule.
pub struct Guard {
    allow: Vec<IpNet>,
}

impl Guard {
    /// Public addresses, and those in `allow`.
    pub fn new(allow: Vec<IpNet>) -> Self {
        Self { allow }
    }

    /// Checks what can be seen of an address before its name is resolved: scheme, literal IP addresses, port.
    ///
    /// # Errors
    /// [`FetchError::Refused`] with the rule that it breaks.
    pub fn check(&self, url: &Url) -> Result<(), FetchError> {
        let secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(FetchError::Refused("only https is asked")),
        };
        // The resolver is not asked for literal addresses.
        let literal = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            Some(Host::Domain("localhost")) => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            Some(Host::Domain(_)) => None,
            None => return Err(FetchError::Refused("it names no host")),
        };
        if literal.is_some_and(|ip| !self.allows(ip)) {
            return Err(FetchError::Refused("it is a private address (CARDEA_OUTBOUND__ALLOW lists exceptions)"));
        }
        if !secure && !literal.is_some_and(|ip| self.listed(ip)) {
            return Err(FetchError::Refused("plain http is for addresses in CARDEA_OUTBOUND__ALLOW alone"));
        }
        Ok(())
    }

    /// Whether `ip` may be connected to.
    pub fn allows(&self, ip: IpAddr) -> bool {
        self.listed(ip) || is_public(ip)
    }

    fn listed(&self, ip: IpAddr) -> bool {
        self.allow.iter().any(|net| net.contains(&ip.to_canonical()))
    }
}

/// Resolves names to the addresses that the guard allows, so that no name leads inwards (DNS rebinding).
pub struct GuardedResolver(pub Arc<Guard>);

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.0.clone();
        Box::pin(async move {
            // No matter why there is none: names of the inside are not for everybody to find out.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.into_iter().flatten();
            let allowed: Vec<SocketAddr> = found.filter(|address| guard.allows(address.ip())).collect();
            if allowed.is_empty() {
                return Err("the name has no address that may be asked".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Whether an address belongs to the public internet (IANA special-purpose registries).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match embedded_v4(ip) {
            Some(ip) => is_public_v4(ip),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

/// Everything outside of 2000::/3 is local, reserved or unassigned; within it, what is for documentation or protocols.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let documentation = (a == 0x2001 && b == 0x0db8) || (a == 0x3fff && b < 0x1000);
    let protocols = a == 0x2001 && b < 0x0200;
    (a & 0xe000) == 0x2000 && !documentation && !protocols
}

/// The IPv4 address that an IPv6 one stands for: mapped, compatible, NAT64 (64:ff9b::/96), 6to4.
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let join = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match (a, b, c, d, e, f) {
        (0, 0, 0, 0, 0, 0 | 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0) => Some(join(g, h)),
        (0x2002, ..) => Some(join(b, c)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIVATE: [&str; 30] = [
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://localhost/",
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://172.31.255.255/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://192.0.0.1/",
        "https://198.18.0.1/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::1]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[fd12::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:db8::1]/",
        "https://[ff02::1]/",
        "https://[2001::1]/",
        "https://203.0.113.9/",
    ];

    fn check(guard: &Guard, url: &str) -> bool {
        guard.check(&Url::parse(url).unwrap()).is_ok()
    }

    #[test]
    fn private_addresses_are_refused_in_every_spelling() {
        let guard = Guard::new(Vec::new());
        for url in PRIVATE {
            assert!(!check(&guard, url), "{url}");
        }
        for url in ["https://93.184.215.14/", "https://[2606:2800:21f::1]/", "https://client.example.com/jwks"] {
            assert!(check(&guard, url), "{url}");
        }
    }

    #[test]
    fn other_schemes_are_refused() {
        let guard = Guard::new(Vec::new());
        for url in ["http://client.example.com/", "ftp://client.example.com/", "file:///etc/passwd", "data:,x"] {
            assert!(!check(&guard, url), "{url}");
        }
        assert!(check(&guard, "https://client.example.com/"));
    }

    #[test]
    fn the_operator_may_allow_a_network() {
        let guard = Guard::new(vec!["127.0.0.0/8".parse().unwrap()]);
        assert!(check(&guard, "http://127.0.0.1:9/jwks"));
        assert!(check(&guard, "https://localhost/jwks"));
        assert!(guard.allows("::ffff:127.0.0.1".parse().unwrap()));
        assert!(!check(&guard, "https://10.0.0.1/jwks"));
        assert!(!check(&guard, "http://93.184.215.14/jwks"));
    }

    #[tokio::test]
    async fn a_name_that_leads_inwards_has_no_address() {
        let resolver = GuardedResolver(Arc::new(Guard::new(Vec::new())));
        assert!(resolver.resolve("localhost".parse().unwrap()).await.is_err());
        let resolver = GuardedResolver(Arc::new(Guard::new(vec!["127.0.0.0/8".parse().unwrap()])));
        assert!(resolver.resolve("localhost".parse().unwrap()).await.is_ok());
    }
}
