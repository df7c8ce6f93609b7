//! Ports for servers, taken from below the range out of which the kernel serves outgoing connections, so that none of those
//! takes a port between two starts of the same server.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

const FIRST: u32 = 10_000;
/// `scripts/with-postgres` begins at 20000.
const COUNT: u32 = 10_000;

/// An address of this machine on which nobody listens.
#[must_use]
pub fn free() -> SocketAddr {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        // Each test binary begins elsewhere; within one, no port is given out twice.
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = FIRST + std::process::id().wrapping_mul(61).wrapping_add(step) % COUNT;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, u16::try_from(port).unwrap()));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}
