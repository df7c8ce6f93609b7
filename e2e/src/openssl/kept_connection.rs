//! One TLS connection on which several HTTP/1.1 requests are made, by `openssl s_client`.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

/// An open connection; closed when dropped.
pub struct KeptConnection {
    process: Child,
    requests: ChildStdin,
    answers: Receiver<Vec<u8>>,
}

impl KeptConnection {
    pub(super) fn open(arguments: &[String]) -> Self {
        let mut command = Command::new("openssl");
        // `-quiet`: nothing but what the server sends, and no line of a request is taken for a command.
        command.args(["s_client", "-quiet"]).args(arguments);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (requests, mut output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let (sender, answers) = sync_channel(64);
        // It ends with the process.
        std::thread::spawn(move || {
            let mut part = vec![0; 16 * 1024];
            while let Ok(length @ 1..) = output.read(&mut part) {
                if sender.send(part.get(..length).unwrap_or_default().to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { process, requests, answers }
    }

    /// Sends a request and answers status and body of what comes back.
    #[track_caller]
    pub fn ask(&mut self, request: &str) -> (u16, String) {
        self.requests.write_all(request.as_bytes()).unwrap();
        self.requests.flush().unwrap();
        let mut read = Vec::new();
        loop {
            let part = self.answers.recv_timeout(PATIENCE);
            read.extend(part.unwrap_or_else(|_| panic!("no answer, only {:?}", String::from_utf8_lossy(&read))));
            if let Some(answer) = whole(&String::from_utf8_lossy(&read)) {
                return answer;
            }
        }
    }
}

/// Status and body of an answer, once all of it is there.
fn whole(text: &str) -> Option<(u16, String)> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let length = length.unwrap_or_else(|| panic!("an answer of unknown length: {head}"));
    body.get(..length).map(|body| (status, body.to_owned()))
}

impl Drop for KeptConnection {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
