//! Redirect URIs: checked while they are typed, and compared with the one that an app really sends.

use leptos::prelude::*;

use cardea_protocol::client_metadata::ApplicationType;
use cardea_protocol::redirect_uri::RedirectUri;
use cardea_protocol::violation::Violation;

use crate::ui::diff::TextCompare;
use crate::ui::field::{ListField, TextField};
use crate::ui::page::{Notice, Tone};

/// The URIs, with what the validator says of each, and the tester.
#[component]
pub(in crate::pages::clients) fn RedirectUris(
    values: RwSignal<Vec<String>>,
    /// What the validator says of the client.
    problems: Signal<Vec<Violation>>,
    application_type: Signal<ApplicationType>,
    /// Whether to say that there is none.
    #[prop(into)]
    tried: Signal<bool>,
) -> impl IntoView {
    // What is wrong with the list as a whole is said by its first line.
    let of_all = move || {
        let all = problems.get();
        let problem = all.into_iter().find(|problem| problem.pointer == "/redirect_uris");
        let text = |message: &str| match message {
            "authorization_code needs at least one" => "Add at least one: without it nobody can come back.".to_owned(),
            message => sentence(message),
        };
        problem.filter(|_| tried.get()).map(|problem| (0, text(&problem.message)))
    };
    let of_lines = Signal::derive(move || {
        let each = problems.with(|problems| values.with(|lines| by_line("/redirect_uris", lines, problems)));
        of_all().into_iter().chain(each).collect::<Vec<_>>()
    });
    let hint = move || match application_type.get_untracked() {
        ApplicationType::Web => "https, or http on localhost while it is being made. Compared letter by letter.",
        ApplicationType::Native => {
            "https, http://127.0.0.1 (any port counts), or a scheme of your own such as com.example.app:/callback."
        }
    };
    view! {
        <ListField
            label="Redirect URIs"
            id="redirect_uris"
            name="redirect_uris"
            values
            problems=of_lines
            placeholder="https://app.example.com/callback"
            add_label="Add a redirect URI"
            hint=hint()
        />
        <Tester registered=values application_type/>
    }
}

/// Problems by the line on the screen: empty lines are not sent, so they count for nothing there.
fn by_line(member: &str, lines: &[String], problems: &[Violation]) -> Vec<(usize, String)> {
    let sent: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(|(at, _)| at).collect();
    let of_line = |problem: &Violation| {
        let index: usize = problem.pointer.strip_prefix(member)?.strip_prefix('/')?.parse().ok()?;
        Some((*sent.get(index)?, sentence(&problem.message)))
    };
    problems.iter().filter_map(of_line).collect()
}

/// A message of the validator as a sentence.
pub(in crate::pages::clients) fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().unwrap_or_default();
    // Names of the standards keep their spelling.
    let word = message.split([' ', ':']).next().unwrap_or_default();
    let is_name = word.contains('_') || ["http", "https", "jwks", "none"].contains(&word);
    let first = if is_name { first.to_string() } else { first.to_uppercase().to_string() };
    format!("{first}{}.", characters.as_str().trim_end_matches('.'))
}

#[component]
fn Tester(registered: RwSignal<Vec<String>>, application_type: Signal<ApplicationType>) -> impl IntoView {
    let sent = RwSignal::new(String::new());
    let judged = move || {
        let text = sent.get();
        let presented = presented(&text)?;
        let lines = registered.with(|lines| super::chosen::trimmed(lines));
        if RedirectUri::find(&presented, &lines, application_type.get()).is_some() {
            return Some(view! { <Notice tone=Tone::Good title="It matches">"A request with this redirect_uri is accepted."</Notice> }.into_any());
        }
        let add = presented.clone();
        let offer = view! {
            <button
                type="button"
                class="button small"
                data-action="use-presented"
                on:click=move |_| registered.update(|lines| {
                    lines.retain(|line| !line.trim().is_empty());
                    lines.push(add.clone());
                })
            >
                "Add this URI to the list"
            </button>
        };
        Some(match RedirectUri::nearest(&presented, &lines).map(str::to_owned) {
            Some(nearest) => view! {
                <Notice tone=Tone::Warn title="It does not match">
                    <TextCompare registered=nearest presented=presented.clone()/>
                    {offer}
                </Notice>
            }
            .into_any(),
            None => {
                view! { <Notice tone=Tone::Warn title="No redirect URI is registered yet">{offer}</Notice> }.into_any()
            }
        })
    };
    view! {
        <details class="tester">
            <summary>"Test the URL your app sends"</summary>
            <TextField
                label="URL your app sends"
                id="presented"
                value=sent
                monospaced=true
                hint="The redirect_uri itself, or the whole address of the authorization request."
            />
            <div role="status">{judged}</div>
        </details>
    }
}

/// The `redirect_uri` in what was pasted: an authorization request has it as a parameter.
fn presented(pasted: &str) -> Option<String> {
    let pasted = pasted.trim();
    let query = pasted.split_once('?').map(|(_, query)| query.split('#').next().unwrap_or_default());
    let parameter = query.and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("redirect_uri=")));
    match parameter {
        Some(value) => decoded(value),
        None => (!pasted.is_empty()).then(|| pasted.to_owned()),
    }
}

/// A value of a form (RFC 6749 App. B).
fn decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uri_is_found_in_a_whole_request() {
        let request =
            "https://id.example/t/w/oauth2/authorize?client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb&scope=x";
        assert_eq!(presented(request).as_deref(), Some("https://a.example/cb"));
        assert_eq!(presented(" https://a.example/cb?x=1 ").as_deref(), Some("https://a.example/cb?x=1"));
        assert_eq!((presented(" "), presented("https://x/?redirect_uri=%zz")), (None, None));
    }

    #[test]
    fn a_problem_stands_at_its_line_though_empty_ones_are_not_sent() {
        let lines = ["".to_owned(), "https://a.example/".to_owned(), " ".to_owned(), "http://b.example/".to_owned()];
        let problems = [Violation::new("/redirect_uris/1", "invalid_redirect_uri", "http is bad")];
        assert_eq!(by_line("/redirect_uris", &lines, &problems), [(3, "http is bad.".to_owned())]);
    }
}
