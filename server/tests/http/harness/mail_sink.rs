//! A mail server that keeps what it is given: as much of SMTP (RFC 5321) as it takes to be given it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// Longer than the first retry of a letter takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The server.
pub struct MailSink {
    pub url: String,
    kept: Arc<Kept>,
}

#[derive(Default)]
struct Kept {
    letters: Mutex<Vec<Received>>,
    /// What the next recipients are answered instead of 250.
    refusals: Mutex<VecDeque<String>>,
    came: Notify,
}

/// A letter.
#[derive(Clone, Debug)]
pub struct Received {
    /// `RCPT TO`.
    pub to: Vec<String>,
    /// As it came, each line ended by `\r\n`.
    pub source: String,
}

impl MailSink {
    /// Starts one on a port of its own.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let kept = Arc::<Kept>::default();
        let keeping = kept.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let kept = keeping.clone();
                tokio::spawn(async move { drop(talk(stream, &kept).await) });
            }
        });
        Self { url, kept }
    }

    /// The variables of a server that sends its mail here.
    pub fn variables(&self) -> [(&str, &str); 2] {
        [("CARDEA_SMTP__URL", &self.url), ("CARDEA_SMTP__FROM", "Example <id@example.com>")]
    }

    /// The next recipient is refused with this line.
    pub fn refuse(&self, line: &str) {
        self.kept.refusals.lock().unwrap().push_back(line.to_owned());
    }

    /// What came so far.
    pub fn letters(&self) -> Vec<Received> {
        self.kept.letters.lock().unwrap().clone()
    }

    /// What came, once these are so many.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let waiting = async {
            loop {
                let came = self.kept.came.notified();
                let letters = self.letters();
                if letters.len() >= count {
                    return letters;
                }
                came.await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("no letter came")
    }
}

async fn talk(stream: TcpStream, kept: &Kept) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut to = Vec::new();
    stream.write_all(b"220 sink.example ESMTP\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.split([' ', '\r']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
            "RCPT" => match kept.refusals.lock().unwrap().pop_front() {
                Some(refusal) => refusal,
                None => {
                    to.push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
                    "250 OK".to_owned()
                }
            },
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let source = data(&mut stream).await?;
                kept.letters.lock().unwrap().push(Received { to: std::mem::take(&mut to), source });
                kept.came.notify_waiters();
                "250 kept".to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            "MAIL" | "RSET" | "NOOP" => "250 OK".to_owned(),
            _ => "502 what?".to_owned(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut source = String::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.strip_prefix('.') {
            Some("\r\n") | None if line == ".\r\n" || line.is_empty() => return Ok(source),
            Some(stuffed) => source.push_str(stuffed),
            None => source.push_str(&line),
        }
    }
}

impl Received {
    /// A header.
    pub fn header(&self, name: &str) -> &str {
        let head = self.source.split("\r\n\r\n").next().unwrap();
        let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("no {name} in {head}"))
    }

    /// What it says.
    pub fn text(&self) -> String {
        let body = self.source.split_once("\r\n\r\n").unwrap().1;
        match self.header("Content-Transfer-Encoding") {
            "quoted-printable" => decoded(&body.replace("=\r\n", "")),
            "7bit" | "8bit" => body.to_owned(),
            other => panic!("{other}"),
        }
    }

    /// The one address in it.
    pub fn link(&self) -> String {
        let text = self.text();
        let links: Vec<_> = text.split_whitespace().filter(|word| word.starts_with("http")).collect();
        assert_eq!(links.len(), 1, "{text}");
        links[0].to_owned()
    }
}

fn decoded(text: &str) -> String {
    let mut octets = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' {
            octets.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            octets.push(*first);
            rest = after;
        }
    }
    String::from_utf8(octets).unwrap()
}
