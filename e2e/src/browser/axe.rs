//! What the axe accessibility rules (WCAG 2 and best practices) say of a page.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::Browser;

/// Looks at everything, and answers what is wrong: rule and element.
const RUN: &str = "
const done = arguments[arguments.length - 1];
const told = found => found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`));
axe.run(document).then(found => done(told(found)), error => done([String(error)]));
";

/// The source of axe, which `scripts/axe` fetches once.
fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/axe");
        let output = Command::new(&script).stderr(Stdio::inherit()).output();
        let output = output.unwrap_or_else(|error| panic!("{}: {error}", script.display()));
        assert!(output.status.success(), "{} failed", script.display());
        std::fs::read_to_string(String::from_utf8(output.stdout).unwrap().trim()).unwrap()
    })
}

impl Browser {
    /// What breaks a rule on the page that is shown.
    pub async fn barriers(&self) -> Vec<String> {
        let script = format!("{}\n{RUN}", source());
        let found: Value = self.driver.post("execute/async", &json!({"script": script, "args": []})).await;
        serde_json::from_value(found).unwrap()
    }
}
