//! A real browser: Debian's Chromium, driven by the WebDriver protocol (W3C) through its own driver.
//!
//! | file | what is there |
//! |---|---|
//! | `driver` | the driver as a process, and its protocol |
//! | `application` | what an application that draws its pages itself needs |
//! | `axe` | what the axe accessibility rules say of a page |
//! | this | what somebody does who sits before the browser |

mod application;
mod axe;
mod driver;

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use crate::eventually;
use driver::Driver;

const PATIENCE: Duration = Duration::from_secs(20);
/// How the protocol names a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// No window, no sandbox (tests may run as root in a container), and nobody is asked for news.
const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
];

/// What the console shows in one line.
#[derive(Deserialize)]
struct Entry {
    level: String,
    source: String,
    message: String,
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JavaScript {
    /// As browsers come.
    On,
    /// As somebody has set it who trusts no script.
    Off,
}

/// A browser with a profile of its own; ended when dropped.
pub struct Browser {
    // Fields are dropped in this order: the profile after the browser that writes to it.
    driver: Driver,
    _profile: TempDir,
}

impl Browser {
    /// Opens an empty window.
    pub async fn start(javascript: JavaScript) -> Self {
        let profile = tempfile::Builder::new().prefix("cardea-e2e-browser").tempdir().unwrap();
        let folder = format!("--user-data-dir={}", profile.path().display());
        let arguments: Vec<_> = ARGUMENTS.iter().copied().chain([folder.as_str()]).collect();
        let preferences = match javascript {
            JavaScript::On => json!({}),
            JavaScript::Off => json!({"profile.managed_default_content_settings.javascript": 2}),
        };
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments, "prefs": preferences},
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        Self { driver: Driver::start(&capabilities).await, _profile: profile }
    }

    /// Goes to an address, and wherever that leads.
    pub async fn open(&self, url: impl AsRef<str>) {
        self.driver.post("url", &json!({"url": url.as_ref()})).await;
    }

    /// Where it is.
    pub async fn url(&self) -> Url {
        Url::parse(self.driver.get("url").await.as_str().unwrap()).unwrap()
    }

    /// Waits until it is at an address that begins so, whatever is loaded on the way.
    pub async fn arrives(&self, beginning: &str) -> Url {
        let there = async || Some(self.url().await).filter(|url| url.as_str().starts_with(beginning));
        eventually(beginning, PATIENCE, there).await.0
    }

    /// Waits until the page has an element (by a CSS selector), and answers its text.
    pub async fn shows(&self, selector: &str) -> String {
        let text = async || {
            let element = self.find(selector).await?;
            // The page may have gone meanwhile.
            let text = self.driver.try_get(&format!("element/{element}/text")).await.ok()?;
            text.as_str().map(str::to_owned)
        };
        eventually(selector, PATIENCE, text).await.0
    }

    /// Whether the page has an element now.
    pub async fn has(&self, selector: &str) -> bool {
        self.find(selector).await.is_some()
    }

    /// Types into an empty field, by its id.
    pub async fn fill(&self, id: &str, text: &str) {
        let (element, _) = eventually(id, PATIENCE, async || self.find(&format!("#{id}")).await).await;
        self.driver.post(&format!("element/{element}/clear"), &json!({})).await;
        self.driver.post(&format!("element/{element}/value"), &json!({"text": text})).await;
    }

    /// Clicks on what has this id and leads to another page, and waits until this one is gone.
    pub async fn click(&self, id: &str) {
        let (element, _) = eventually(id, PATIENCE, async || self.find(&format!("#{id}")).await).await;
        self.driver.post(&format!("element/{element}/click"), &json!({})).await;
        let gone = async || self.driver.try_get(&format!("element/{element}/name")).await.is_err().then_some(());
        eventually("another page", PATIENCE, gone).await;
    }

    /// Fills in the sign-in page and sends it.
    pub async fn sign_in(&self, username: &str, password: &str) {
        self.fill("username", username).await;
        self.fill("password", password).await;
        self.click("sign-in").await;
    }

    /// Goes on in another tab than this one, once there is one.
    pub async fn turn_to_another_tab(&self) {
        let here = self.driver.get("window").await;
        let another = async || self.tabs().await.into_iter().find(|tab| *tab != here);
        let (tab, _) = eventually("another tab", PATIENCE, another).await;
        self.driver.post("window", &json!({"handle": tab})).await;
    }

    /// Goes on in the only tab, once the one it was in has closed itself.
    pub async fn turn_back(&self) {
        let only = async || <[Value; 1]>::try_from(self.tabs().await).ok();
        let ([tab], _) = eventually("one tab", PATIENCE, only).await;
        self.driver.post("window", &json!({"handle": tab})).await;
    }

    async fn tabs(&self) -> Vec<Value> {
        serde_json::from_value(self.driver.get("window/handles").await).unwrap()
    }

    /// What a script says that is not the page's own, so that no policy of the page concerns it.
    pub async fn evaluate(&self, script: &str) -> Value {
        self.driver.post("execute/sync", &json!({"script": script, "args": []})).await
    }

    /// A window as wide as the narrowest telephone that pages have to be readable on, and with the colours of the night.
    pub async fn be_narrow_and_dark(&self) {
        let narrow = json!({"width": 320, "height": 640, "deviceScaleFactor": 1, "mobile": true});
        let dark = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
        for (cmd, params) in [("Emulation.setDeviceMetricsOverride", narrow), ("Emulation.setEmulatedMedia", dark)] {
            self.driver.post("goog/cdp/execute", &json!({"cmd": cmd, "params": params})).await;
        }
    }

    /// What the console shows that is no mere information, since it was last asked: violations of a content security policy, files
    /// that could not be had, errors of scripts.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.driver.post("se/log", &json!({"type": "browser"})).await;
        let entries: Vec<Entry> = serde_json::from_value(entries).unwrap();
        let complaints = entries.into_iter().filter(|entry| !matches!(entry.level.as_str(), "INFO" | "DEBUG" | "FINE"));
        complaints.map(|Entry { level, source, message }| format!("{level} {source}: {message}")).collect()
    }

    /// Nothing was wrong with any page so far.
    pub async fn had_no_complaint(&self) {
        let complaints = self.complaints().await;
        assert!(complaints.is_empty(), "{complaints:#?}");
    }

    /// The page is there although the server refused what was sent, with this status: all that the console says.
    pub async fn was_refused(&self, status: u16) {
        let complaints = self.complaints().await;
        let [only] = complaints.as_slice() else { panic!("{complaints:#?}") };
        assert!(only.contains(" network: ") && only.contains(&format!("status of {status}")), "{only}");
    }

    async fn find(&self, selector: &str) -> Option<String> {
        let asked = json!({"using": "css selector", "value": selector});
        let found = self.driver.ask("element", &asked).await.ok()?;
        Some(found.get(ELEMENT)?.as_str()?.to_owned())
    }
}
