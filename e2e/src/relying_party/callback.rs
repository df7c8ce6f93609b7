//! The address that an application gives for its answers: a small HTTP server on 127.0.0.1, which for the browser is another site than
//! `localhost`. It notes what it is told, by query or by form.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;
use url::{Url, form_urlencoded};

const PATIENCE: Duration = Duration::from_secs(20);
/// The icon keeps browsers from asking for one.
const PAGE: &str =
    "<!DOCTYPE html><html lang=\"en\"><link rel=\"icon\" href=\"data:,\"><title>Shop</title><h1 id=\"shop\">Shop</h1>";
/// A page that does what its policy forbids: who watches for that can be tried on it.
const DISOBEDIENT: &str = "<!DOCTYPE html><html lang=\"en\"><link rel=\"icon\" href=\"data:,\"><title>Disobedient</title>\
                           <img src=\"/picture\" alt=\"\"><h1 id=\"shop\">Shop</h1>";

/// A request to one of the application's addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// `GET` or `POST`.
    pub method: String,
    /// Where.
    pub path: String,
    /// What, by name.
    params: BTreeMap<String, String>,
}

impl Told {
    /// One parameter.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.get(name).map(String::as_str)
    }
}

/// The listener; ends when dropped.
pub struct Callback {
    base: String,
    told: Mutex<mpsc::UnboundedReceiver<Told>>,
    listening: JoinHandle<()>,
}

impl Callback {
    /// Listens on a free port.
    pub async fn listen() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let base = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let (sender, told) = mpsc::unbounded_channel();
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Browsers open connections that they may not use: each is served by itself.
                tokio::spawn(serve(stream, sender.clone()));
            }
        });
        Self { base, told: Mutex::new(told), listening }
    }

    /// One of its addresses; `path` begins with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// What it was told next.
    pub async fn next(&self) -> Told {
        let mut told = self.told.lock().await;
        let next = tokio::time::timeout(PATIENCE, told.recv()).await;
        next.unwrap_or_else(|_| panic!("the application was told nothing within {PATIENCE:?}")).unwrap()
    }
}

impl Drop for Callback {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn serve(stream: TcpStream, told: mpsc::UnboundedSender<Told>) {
    let mut stream = BufReader::new(stream);
    // A connection that breaks, or is closed unused, is nobody's concern.
    let Ok(Some((method, target, body))) = read(&mut stream).await else { return };
    let url = Url::parse("http://shop.example").unwrap().join(&target).unwrap();
    let text = if method == "POST" { body } else { url.query().unwrap_or_default().as_bytes().to_vec() };
    let policy = if url.path() == "/disobedient" {
        "content-security-policy: default-src 'none'; img-src data:\r\n"
    } else {
        ""
    };
    let page = if policy.is_empty() { PAGE } else { DISOBEDIENT };
    if policy.is_empty() {
        let params = form_urlencoded::parse(&text).into_owned().collect();
        // The test may have ended.
        drop(told.send(Told { method, path: url.path().to_owned(), params }));
    }
    let head = format!("content-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n{policy}", page.len());
    let answer = format!("HTTP/1.1 200 OK\r\n{head}connection: close\r\n\r\n{page}");
    drop(stream.write_all(answer.as_bytes()).await);
}

/// Method, target and body of a request (RFC 9112); nothing when the connection ends before it.
async fn read(stream: &mut BufReader<TcpStream>) -> std::io::Result<Option<(String, String, Vec<u8>)>> {
    let mut request = String::new();
    if stream.read_line(&mut request).await? == 0 {
        return Ok(None);
    }
    let mut words = request.split_whitespace().map(str::to_owned);
    let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(None) };
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        let Some((name, value)) = line.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(Some((method, target, body)))
}
