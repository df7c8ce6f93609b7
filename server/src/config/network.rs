//! Addresses and networks as people write them.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

/// An address to listen on, `127.0.0.1:8080` or `[::1]:8080`.
pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("{text:?} is not an IP address with a port, such as 127.0.0.1:8080"))
}

/// A network in CIDR notation (RFC 4632 §3.1), or one address.
pub(super) fn network(text: &str) -> Result<IpNet, String> {
    let net = match text.parse::<IpAddr>() {
        Ok(address) => IpNet::from(address),
        Err(_) => text.parse().map_err(|_| format!("{text:?} is not a network, such as 10.0.0.0/8"))?,
    };
    // Whoever writes 10.1.2.3/8 has mistaken either the address or the length; which, nobody can tell.
    if net.addr() != net.network() {
        return Err(format!("{text:?} has bits set beyond its prefix; the network is {}", net.trunc()));
    }
    Ok(net)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_a_cidr_or_one_address() {
        for wrong in ["", "10.0.0.0/33", "10.1.2.3/8", "localhost", "10.0.0.0/", "::1/129"] {
            assert!(network(wrong).is_err(), "{wrong}");
        }
        assert_eq!(network("10.0.0.0/8").unwrap().to_string(), "10.0.0.0/8");
        assert_eq!(network("::1").unwrap().to_string(), "::1/128");
    }

    #[test]
    fn an_address_has_a_port() {
        for wrong in ["", "127.0.0.1", "localhost:8080", ":8080", "127.0.0.1:65536"] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
        assert_eq!(address("[::1]:0").unwrap().to_string(), "[::1]:0");
    }
}
