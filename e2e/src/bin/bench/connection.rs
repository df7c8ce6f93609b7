//! As little HTTP/1.1 as a load generator needs (RFC 9112): requests that are bytes already, answers of which the status and
//! the length are read. One connection, kept alive.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::tls::Tls;

/// More than any answer measured here.
const BUFFER: usize = 64 * 1024;

/// A connection to a server.
pub(crate) struct Connection {
    stream: Box<dyn Stream>,
    buffer: Vec<u8>,
}

/// TCP, with TLS above it or without.
trait Stream: AsyncRead + AsyncWrite + Unpin {}

impl<S: AsyncRead + AsyncWrite + Unpin> Stream for S {}

/// What came back; the body is borrowed from the connection.
pub(crate) struct Answer<'a> {
    /// The status code.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: &'a [u8],
}

impl Connection {
    /// Connects, and shakes hands where the server speaks TLS.
    pub(crate) async fn open(server: SocketAddr, tls: Option<&Tls>) -> io::Result<Self> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        let stream: Box<dyn Stream> = match tls {
            Some(tls) => Box::new(tls.shake_hands(stream).await?),
            None => Box::new(stream),
        };
        Ok(Self { stream, buffer: vec![0; BUFFER] })
    }

    /// Sends a request and reads the answer to its end.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        let mut filled = 0;
        let (status, body) = loop {
            let rest = self.buffer.get_mut(filled..).filter(|rest| !rest.is_empty());
            let read = self.stream.read(rest.ok_or(ErrorKind::FileTooLarge)?).await?;
            if read == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
            filled += read;
            let Some(head) = self.buffer.get(..filled).and_then(Head::parse) else { continue };
            let end = head.length + head.content_length;
            if filled >= end {
                break (head.status, head.length..end);
            }
        };
        let body = self.buffer.get(body).unwrap_or_default();
        Ok(Answer { status, body })
    }
}

struct Head {
    status: u16,
    length: usize,
    content_length: usize,
}

impl Head {
    /// The head, once it is there as a whole.
    fn parse(bytes: &[u8]) -> Option<Self> {
        const END: &[u8] = b"\r\n\r\n";
        let length = bytes.windows(END.len()).position(|window| window == END)? + END.len();
        let head = std::str::from_utf8(bytes.get(..length)?).ok()?;
        let status = head.get(9..12)?.parse().ok()?;
        let field = |line: &str| {
            let (name, value) = line.split_once(':')?;
            if name.eq_ignore_ascii_case("content-length") { value.trim().parse().ok() } else { None }
        };
        let content_length = head.lines().find_map(field).unwrap_or(0);
        Some(Self { status, length, content_length })
    }
}
