//! `cardea demo` beside a running server, and then each command line that it prints, pasted into a shell.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::process::Command;
use std::time::Duration;

use cardea_e2e::text_browser::TextBrowser;
use cardea_e2e::workspace::Workspace;
use cardea_e2e::{Cardea, Database, eventually, issued};
use cardea_protocol::{TenantId, WorkspaceId};
use jsonwebtoken::jwk::JwkSet;
use serde_json::Value;

/// Where the last story's client asks: its method was switched off.
const REFUSING: &str = "method-disabled";
const AUDIENCE: &str = "https://orders.example.com";

struct Line {
    command: String,
    answer: Value,
}

/// Runs a line as a person would who pasted it.
fn pasted(command: &str) -> Line {
    let output = Command::new("sh").args(["-c", command]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {} {said}", output.status);
    let answer = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{command}: {error}: {}", String::from_utf8_lossy(&output.stdout)));
    Line { command: command.to_owned(), answer }
}

/// What stands where the code is to be put.
const CODE: &str = "-d code=CODE ";

/// All that it prints.
fn printed(cardea: &Cardea) -> String {
    let output = cardea.command(&["demo"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The command lines that can be pasted as they are.
fn demo(cardea: &Cardea) -> Vec<String> {
    let text = printed(cardea);
    let ready = |line: &&str| line.starts_with("curl ") && !line.contains(CODE);
    let lines: Vec<_> = text.lines().filter(ready).map(str::to_owned).collect();
    assert!(lines.len() >= 8, "six methods and more stories:\n{text}");
    lines
}

/// Waits until the server has seen the tenant, which another process made: within a second.
async fn seen(cardea: &Cardea) {
    let known = format!("{}/demo/every-method/.well-known/openid-configuration", cardea.public_url());
    let seen = async || (cardea.http().get(&known).await.status == 200).then_some(());
    eventually("the tenant demo", Duration::from_secs(1), seen).await;
}

/// The workspace that a command line asks.
fn workspace(cardea: &Cardea, line: &Line) -> Workspace {
    let mtls = cardea.mtls_url("");
    let end = |url: &str| line.command.find(url).map(|start| start + url.len());
    let path = line.command.get(end(cardea.public_url()).or_else(|| end(&mtls)).unwrap()..).unwrap();
    let mut segments = path.split('/').skip(1);
    let tenant = TenantId::parse(segments.next().unwrap()).unwrap();
    let id = WorkspaceId::parse(segments.next().unwrap()).unwrap();
    let issuer = format!("{}/{tenant}/{id}", cardea.public_url());
    Workspace { tenant, id, issuer }
}

#[tokio::test]
async fn each_line_that_the_demonstration_prints_gets_a_token_when_it_is_pasted() {
    let cardea = Cardea::start(Database::Sqlite).await;
    let lines = demo(&cardea);
    seen(&cardea).await;

    let (mut tokens, mut refused) = (0, 0);
    for line in &lines {
        let line = pasted(line);
        let workspace = workspace(&cardea, &line);
        let Some(token) = line.answer.get("access_token").and_then(Value::as_str) else {
            assert_eq!(workspace.id.as_str(), REFUSING, "{}: {}", line.command, line.answer);
            assert_eq!(line.answer.get("error").and_then(Value::as_str), Some("invalid_client"));
            refused += 1;
            continue;
        };
        tokens += 1;
        if token.contains('.') {
            let keys: JwkSet = issued::jwks(cardea.http(), &workspace, cardea.public_url()).await;
            issued::verified(token, &keys, &workspace.issuer, AUDIENCE).unwrap();
        }
    }
    assert_eq!((tokens, refused), (lines.len() - 1, 1));
}

#[tokio::test]
async fn the_demonstration_can_be_asked_for_again_and_prints_the_same_clients() {
    let cardea = Cardea::start(Database::Sqlite).await;
    let first = demo(&cardea);
    assert_eq!(demo(&cardea), first);
    for line in first.iter().filter(|line| !line.contains(REFUSING)) {
        let line = pasted(line);
        assert!(line.answer.get("access_token").is_some(), "{}: {}", line.command, line.answer);
    }
}

#[tokio::test]
async fn the_person_of_the_demonstration_signs_in_and_the_code_becomes_tokens() {
    let cardea = Cardea::start(Database::Sqlite).await;
    let text = printed(&cardea);
    seen(&cardea).await;
    let lines: Vec<_> = text.lines().collect();
    let at = lines.iter().position(|line| line.contains(CODE)).unwrap();
    let [told, address, command] = lines[at - 2..=at] else { panic!("{text}") };
    let (_, credentials) = told.split_once("sign in as ").unwrap();
    let (username, rest) = credentials.split_once(" with ").unwrap();
    let (password, _) = rest.split_once(',').unwrap();
    let end = TextBrowser::default().through_with(address, username, password).await;
    let end = end.unwrap_or_else(|page| panic!("{}", page.text()));
    let code = end.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    let answer = pasted(&command.replace(CODE, &format!("-d code={code} "))).answer;
    assert!(answer["access_token"].is_string() && answer["id_token"].is_string(), "{answer}");
    let used = pasted(&command.replace(CODE, &format!("-d code={code} "))).answer;
    assert_eq!(used["error"], "invalid_grant");
}
