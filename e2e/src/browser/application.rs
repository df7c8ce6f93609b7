//! What an application that draws its pages itself needs of a browser: waiting for what it draws, and touching it without the page
//! being another afterwards.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::Browser;
use crate::patience::eventually;

/// Drawing takes its time where a debugging build of the application runs on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

impl Browser {
    /// Clicks what `selector` finds, once it is there.
    pub async fn press(&self, selector: &str) {
        let what = format!("a click on {selector}");
        let clicked = async || self.run(CLICK, selector, "").await.as_bool().filter(|done| *done);
        eventually(&what, PATIENCE, clicked).await;
    }

    /// Puts text into a field of the application, in place of what it holds.
    pub async fn write(&self, selector: &str, text: &str) {
        let what = format!("a field {selector}");
        let written = async || self.run(WRITE, selector, text).await.as_bool().filter(|done| *done);
        eventually(&what, PATIENCE, written).await;
    }

    /// Waits until what `selector` finds says `text`.
    pub async fn says(&self, selector: &str, text: &str) {
        let what = format!("{selector} with {text:?}");
        let said = async || self.text(selector).await.filter(|said| said.contains(text)).map(drop);
        eventually(&what, PATIENCE, said).await;
    }

    /// Waits until nothing is found by `selector`.
    pub async fn loses(&self, selector: &str) {
        let gone = async || self.text(selector).await.is_none().then_some(());
        eventually(&format!("no {selector}"), PATIENCE, gone).await;
    }

    /// What is written in the first element that `selector` finds, also where it is scrolled away.
    pub async fn text(&self, selector: &str) -> Option<String> {
        self.run(
            "const e = document.querySelector(arguments[0]); return e && (e.value || e.textContent);",
            selector,
            "",
        )
        .await
        .as_str()
        .map(str::to_owned)
    }

    /// Waits for an element and answers its text or value.
    pub async fn reads(&self, selector: &str) -> String {
        let text = async || self.text(selector).await.filter(|text| !text.trim().is_empty());
        eventually(&format!("a text in {selector}"), PATIENCE, text).await.0
    }

    /// How many elements `selector` finds.
    pub async fn count(&self, selector: &str) -> u64 {
        self.run("return document.querySelectorAll(arguments[0]).length;", selector, "").await.as_u64().unwrap()
    }

    /// Gives a file to a file field.
    pub async fn give_file(&self, id: &str, file: &Path) {
        let found = async || self.find(&format!("#{id}")).await;
        let (element, _) = eventually(id, PATIENCE, found).await;
        let text = file.to_str().unwrap();
        self.driver.post(&format!("element/{element}/value"), &json!({"text": text})).await;
    }

    /// What the page hands over as a file is put into `folder`, without a question.
    pub async fn keep_downloads_in(&self, folder: &Path) {
        let params = json!({"behavior": "allow", "downloadPath": folder});
        let command = json!({"cmd": "Browser.setDownloadBehavior", "params": params});
        self.driver.post("goog/cdp/execute", &command).await;
    }

    /// Waits until a file is there and whole, and answers what it says.
    pub async fn downloaded(&self, file: &Path) -> String {
        let text = async || std::fs::read_to_string(file).ok().filter(|text| !text.is_empty());
        eventually(&file.display().to_string(), PATIENCE, text).await.0
    }

    /// A window of this width, with the theme `light` or `dark` chosen in the console.
    pub async fn look(&self, width: u32, theme: &str) {
        let window = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600});
        let command = json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": window});
        self.driver.post("goog/cdp/execute", &command).await;
        self.evaluate(&format!("localStorage.setItem('cardea.theme', '{theme}');")).await;
    }

    /// Whether the network is there.
    pub async fn network(&self, is_there: bool) {
        let conditions = json!({"offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        for (cmd, params) in [("Network.enable", json!({})), ("Network.emulateNetworkConditions", conditions)] {
            self.driver.post("goog/cdp/execute", &json!({"cmd": cmd, "params": params})).await;
        }
    }

    /// Runs a script at the beginning of each page that is opened from now on.
    pub async fn before_each_page(&self, script: &str) {
        let command = json!({"cmd": "Page.addScriptToEvaluateOnNewDocument", "params": {"source": script}});
        self.driver.post("goog/cdp/execute", &command).await;
    }

    /// Whether the page is wider than its window.
    pub async fn scrolls_sideways(&self) -> bool {
        self.evaluate("return document.documentElement.scrollWidth > innerWidth;").await == Value::Bool(true)
    }

    /// Keeps a picture of the page as `target/screenshots/{name}.png`.
    pub async fn keep_picture(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.driver.get("screenshot").await;
        let file = folder.join(format!("{name}.png"));
        std::fs::write(&file, BASE64_STANDARD.decode(picture.as_str().unwrap()).unwrap()).unwrap();
        file
    }

    async fn run(&self, script: &str, selector: &str, text: &str) -> Value {
        self.driver.post("execute/sync", &json!({"script": script, "args": [selector, text]})).await
    }
}

/// What cannot be clicked by a person is not clicked here.
const CLICK: &str = "
const e = document.querySelector(arguments[0]);
if (!e || e.disabled || e.getAttribute('aria-disabled') === 'true' || e.getAttribute('aria-busy') === 'true') return false;
e.scrollIntoView({block: 'center'});
e.click();
return true;
";

/// As if it were typed: the application hears of it.
const WRITE: &str = "
const e = document.querySelector(arguments[0]);
if (!e || e.disabled || e.readOnly) return false;
e.focus();
e.value = arguments[1];
e.dispatchEvent(new Event('input', {bubbles: true}));
e.dispatchEvent(new Event('change', {bubbles: true}));
return e.value === arguments[1];
";
