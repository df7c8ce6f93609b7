//! chromedriver as a child process, and the part of the WebDriver protocol that is needed here (W3C WebDriver §6: each command is a
//! request, each answer an object with the member `value`).

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::http::{Answer, Http};

/// For the browser to end when it is told to.
const FAREWELL: Duration = Duration::from_secs(10);
const STARTED: &str = "started successfully on port ";

/// A driver with one session.
pub(super) struct Driver {
    process: Child,
    port: u16,
    http: Http,
    session: String,
}

impl Driver {
    /// Starts a driver, and a browser with these capabilities.
    pub(super) async fn start(capabilities: &Value) -> Self {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process =
            command.spawn().unwrap_or_else(|error| panic!("chromedriver: {error}; `scripts/need` installs it"));
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let port = loop {
            let mut line = String::new();
            assert!(said.read_line(&mut line).unwrap() > 0, "chromedriver ended before it served");
            if let Some((_, port)) = line.split_once(STARTED) {
                break port.trim().trim_end_matches('.').parse().unwrap();
            }
        };
        // What it says later is thrown away, so that it never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        let mut driver = Self { process, port, http: Http::default(), session: String::new() };
        let asked = json!({"capabilities": {"alwaysMatch": capabilities}});
        let session = driver.command(Method::POST, "/session", Some(&asked)).await.unwrap();
        driver.session = session.get("sessionId").and_then(Value::as_str).unwrap().to_owned();
        driver
    }

    /// What the session is asked for.
    pub(super) async fn get(&self, what: &str) -> Value {
        self.try_get(what).await.unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    /// The same, where it may be gone.
    pub(super) async fn try_get(&self, what: &str) -> Result<Value, String> {
        self.in_session(Method::GET, what, None).await
    }

    /// What the session is told to do.
    pub(super) async fn post(&self, what: &str, body: &Value) -> Value {
        self.ask(what, body).await.unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    /// The same, where it may be impossible.
    pub(super) async fn ask(&self, what: &str, body: &Value) -> Result<Value, String> {
        self.in_session(Method::POST, what, Some(body)).await
    }

    async fn in_session(&self, method: Method, what: &str, body: Option<&Value>) -> Result<Value, String> {
        self.command(method, &format!("/session/{}/{what}", self.session), body).await
    }

    async fn command(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let mut request = self.http.client().request(method, format!("http://127.0.0.1:{}{path}", self.port));
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = Answer::to(request).await.unwrap();
        let value = answer.json().get_mut("value").map(Value::take).unwrap_or_default();
        if answer.status == 200 { Ok(value) } else { Err(value.to_string()) }
    }

    /// Tells the driver to end, which ends the browser first; who only ends the driver leaves the browser behind.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        connection.set_read_timeout(Some(FAREWELL))?;
        connection.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        connection.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let began = Instant::now();
        if self.shut_down().is_ok() {
            while began.elapsed() < FAREWELL && matches!(self.process.try_wait(), Ok(None)) {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        // It has ended already, unless something is wrong with it.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
