//! What was found about a token, the signature first, for without it nothing else counts.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Workspace;
use super::judge::{Finding, judge};
use super::kind::Kind;
use super::parse::Token;
use super::signature::{Plan, plan};
use super::webcrypto::{Verdict, verify};
use crate::ui::page::{Badge, Tone};
use crate::ui::time::now;

/// The findings about `token`.
#[component]
pub(super) fn Findings(token: Token, kind: Kind, workspace: Workspace) -> impl IntoView {
    let others = workspace.issuer.with_value(|issuer| judge(&token, kind, issuer, now()));
    let signature = signature(token, kind, workspace);
    view! {
        <ul class="findings">
            {move || view! { <One finding=signature.get()/> }}
            {others.into_iter().map(|finding| view! { <One finding/> }).collect_view()}
        </ul>
    }
}

#[component]
fn One(finding: Finding) -> impl IntoView {
    let word = match finding.tone {
        Tone::Good => "Good",
        Tone::Bad => "Bad",
        Tone::Warn => "Careful",
        Tone::Info | Tone::Neutral => "Note",
    };
    view! {
        <li>
            <span class="finding-word"><Badge tone=finding.tone>{word}</Badge></span>
            <strong>{finding.title}</strong>
            <span class="finding-text">{finding.text}</span>
        </li>
    }
}

/// What is known of the signature, as soon as it is.
fn signature(token: Token, kind: Kind, workspace: Workspace) -> RwSignal<Finding> {
    let said = |tone, text: &str| Finding { tone, title: "Signature", text: text.to_owned() };
    let found = RwSignal::new(said(Tone::Neutral, "Fetching this workspace's keys…"));
    Effect::new(move |_| {
        let keys = match workspace.keys.get() {
            None => return,
            Some(Ok(keys)) => keys,
            Some(Err(why)) => {
                let text = format!("Not checked: this workspace's keys could not be fetched. {why}");
                return found.set(said(Tone::Warn, &text));
            }
        };
        match plan(&token, kind, &keys) {
            Plan::Bad(text) => found.set(said(Tone::Bad, &text)),
            Plan::Elsewhere(text) => found.set(said(Tone::Neutral, &format!("Not checked. {text}"))),
            Plan::Ask(check) => {
                let (kid, input, signature) = (check.kid.clone(), token.signing_input.clone(), token.signature.clone());
                spawn_local(async move {
                    let finding = match verify(*check, input, signature).await {
                        Verdict::Right => said(Tone::Good, &format!("Signed by this workspace, with its key {kid}.")),
                        Verdict::Wrong => said(
                            Tone::Bad,
                            &format!(
                                "Not made by this workspace's key {kid}: the token was changed, or somebody else has signed it. Nobody may believe it."
                            ),
                        ),
                        Verdict::Insecure => said(
                            Tone::Warn,
                            "Not checked: open the console over HTTPS to check signatures. Do not take the token for genuine.",
                        ),
                        Verdict::Unable => said(
                            Tone::Warn,
                            "Not checked: this browser does not know the algorithm. Do not take the token for genuine.",
                        ),
                    };
                    let _ = found.try_set(finding);
                });
            }
        }
    });
    found
}
