//! `cardea healthcheck`: one request to `/health/ready` where operators are served, for containers without curl.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use super::Failure;
use crate::config::{Config, ConfigError};

/// For each of connecting, writing and reading.
const PATIENCE: Duration = Duration::from_secs(2);
/// More than any status line needs.
const HEAD: u64 = 512;

pub(super) fn run(config: impl FnOnce() -> Result<Config, ConfigError>) -> Result<(), Failure> {
    let address = reachable(config()?.ops_listen);
    match status(address) {
        Ok(status) if status == "200" => {
            println!("ready");
            Ok(())
        }
        Ok(status) => Err(Failure::Failed(format!("not ready: {address} answered {status}"))),
        Err(error) => Err(Failure::Failed(format!("not ready: {address}: {error}"))),
    }
}

/// Who listens on every address is asked on the loopback one.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen {
        SocketAddr::V4(at) if at.ip().is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        SocketAddr::V6(at) if at.ip().is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        other => other.ip(),
    };
    SocketAddr::new(ip, listen.port())
}

fn status(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET /health/ready HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut head = Vec::new();
    stream.take(HEAD).read_to_end(&mut head)?;
    let head = String::from_utf8_lossy(&head);
    let status = head.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.split([' ', '\r']).next());
    status.map(str::to_owned).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no HTTP/1.1 answer"))
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// Answers one request with `answer`, and then asks `healthcheck` for its opinion of it.
    fn outcome(answer: &'static str) -> Result<(), Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            // To its end: what is left unread when a connection closes resets it.
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut octet = [0];
                stream.read_exact(&mut octet).unwrap();
                request.extend(octet);
            }
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8(request).unwrap()
        });
        let variable = ("CARDEA_OPS_LISTEN".to_owned(), address);
        let outcome = run(|| Config::load(None, std::iter::once(variable)));
        assert!(server.join().unwrap().starts_with("GET /health/ready HTTP/1.1\r\n"));
        outcome
    }

    #[test]
    fn only_200_is_ready() {
        for answer in ["HTTP/1.1 503 Service Unavailable\r\n\r\n", "HTTP/1.1 2000 x\r\n\r\n", "SSH-2.0-x\r\n", ""] {
            assert!(matches!(outcome(answer), Err(Failure::Failed(_))), "{answer}");
        }
        assert!(outcome("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").is_ok());
    }

    #[test]
    fn who_listens_everywhere_is_asked_here() {
        for (listen, asked) in [
            ("0.0.0.0:1", "127.0.0.1:1"),
            ("[::]:1", "[::1]:1"),
            ("192.0.2.1:1", "192.0.2.1:1"),
            ("[::1]:1", "[::1]:1"),
        ] {
            assert_eq!(reachable(listen.parse().unwrap()).to_string(), asked);
        }
    }
}
