//! Who is at the other end: the socket's address, or the one that a trusted proxy names, and its certificate.

use std::net::IpAddr;

use actix_web::HttpRequest;
use ipnet::IpNet;

use super::client_certificate::Presented;
use crate::config::Config;

/// The source of a request.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Its address; unknown on sockets without one.
    pub ip: Option<IpAddr>,
    /// Its client certificate.
    pub presented: Presented,
}

impl Peer {
    /// The source of `request`. What forwarding headers say of it is believed from trusted proxies only.
    pub fn of(request: &HttpRequest, config: &Config) -> Self {
        let trusted = &config.trusted_proxies;
        let socket = request.peer_addr().map(|address| address.ip().to_canonical());
        let is_proxy = socket.is_some_and(|socket| trusted.iter().any(|net| net.contains(&socket)));
        let presented = Presented::of(request, config.mtls.client_cert_header, is_proxy);
        if !is_proxy {
            return Self { ip: socket, presented };
        }
        let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
        Self { ip: nearest_untrusted(socket, &forwarded.collect::<Vec<_>>(), trusted), presented }
    }
}

/// Walks from the socket towards the client for as long as each hop is a trusted proxy; what lies beyond is hearsay.
fn nearest_untrusted(socket: Option<IpAddr>, forwarded: &[&str], trusted: &[IpNet]) -> Option<IpAddr> {
    let mut nearest = socket?;
    let mut hops = forwarded.iter().flat_map(|line| line.split(',')).rev();
    while trusted.iter().any(|net| net.contains(&nearest)) {
        match hops.next().map(|hop| hop.trim().parse::<IpAddr>()) {
            Some(Ok(hop)) => nearest = hop.to_canonical(),
            Some(Err(_)) | None => break,
        }
    }
    Some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let walk = |socket: &str, forwarded: &[&str]| {
            nearest_untrusted(socket.parse().ok(), forwarded, &trusted).unwrap().to_string()
        };
        assert_eq!(walk("192.0.2.9", &["198.51.100.1"]), "192.0.2.9");
        assert_eq!(walk("10.0.0.1", &["203.0.113.7, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(walk("10.0.0.1", &["203.0.113.7", "198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(walk("10.0.0.1", &["forged"]), "10.0.0.1");
        assert_eq!(walk("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(walk("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
    }
}
