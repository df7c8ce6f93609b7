//! What differs: between two versions of one object, and between two texts that were meant to be one.

use leptos::prelude::*;
use serde_json::Value;

/// A member that differs; `None` where one side has none.
#[derive(Clone, Debug, PartialEq)]
struct Difference {
    member: String,
    mine: Option<Value>,
    theirs: Option<Value>,
}

/// Member by member, only what differs.
#[component]
pub(crate) fn JsonDiff(#[prop(into)] mine: Signal<Value>, #[prop(into)] theirs: Signal<Value>) -> impl IntoView {
    move || {
        let found = mine.with(|mine| theirs.with(|theirs| differences(mine, theirs)));
        if found.is_empty() {
            return view! { <p class="quiet">"Nothing differs."</p> }.into_any();
        }
        let row = |difference: Difference| {
            view! {
                <tr>
                    <th scope="row" data-label="Member"><code>{difference.member}</code></th>
                    <td data-label="Yours"><code class="diff-mine">{written(difference.mine.as_ref())}</code></td>
                    <td data-label="Theirs"><code class="diff-theirs">{written(difference.theirs.as_ref())}</code></td>
                </tr>
            }
        };
        view! {
            <div class="table-frame">
                <table class="table diff">
                    <caption class="visually-hidden">"What differs"</caption>
                    <thead><tr><th scope="col">"Member"</th><th scope="col">"Yours"</th><th scope="col">"Theirs"</th></tr></thead>
                    <tbody>{found.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

fn written(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "not set".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}

fn differences(mine: &Value, theirs: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", Some(mine), Some(theirs), &mut found);
    found
}

/// Lists are compared as a whole: their order matters, and a place in them has no name.
fn compare(member: &str, mine: Option<&Value>, theirs: Option<&Value>, found: &mut Vec<Difference>) {
    if let (Some(Value::Object(ours)), Some(Value::Object(others))) = (mine, theirs) {
        let mut names: Vec<&String> =
            ours.keys().chain(others.keys().filter(|name| !ours.contains_key(*name))).collect();
        names.sort();
        for name in names {
            let inner = if member.is_empty() { name.clone() } else { format!("{member}.{name}") };
            compare(&inner, ours.get(name), others.get(name), found);
        }
    } else if mine.unwrap_or(&Value::Null) != theirs.unwrap_or(&Value::Null) {
        found.push(Difference { member: member.to_owned(), mine: mine.cloned(), theirs: theirs.cloned() });
    }
}

/// What was registered above what was presented, with the run that differs marked and said.
#[component]
pub(crate) fn TextCompare(#[prop(into)] registered: String, #[prop(into)] presented: String) -> impl IntoView {
    let said = spoken(&registered, &presented);
    let Compared { before, registered, presented, after } = difference(&registered, &presented);
    let line = |label: &'static str, class: &'static str, own: String| {
        let marked = (!own.is_empty()).then(|| view! { <mark class=class>{own}</mark> });
        view! {
            <div class="compare-line">
                <span class="compare-label">{label}</span>
                <code>{before.clone()}{marked}{after.clone()}</code>
            </div>
        }
    };
    view! {
        <div class="compare">
            {line("Registered", "mark-good", registered)} {line("Presented", "mark-bad", presented)}
            <p class="compare-said">{said}</p>
        </div>
    }
}

/// Two texts: what they begin and end with alike, and what is between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    /// The same beginning.
    pub(crate) before: String,
    /// What only the registered one has.
    pub(crate) registered: String,
    /// What only the presented one has.
    pub(crate) presented: String,
    /// The same end.
    pub(crate) after: String,
}

/// Where `registered` and `presented` part and where they meet again.
pub(crate) fn difference(registered: &str, presented: &str) -> Compared {
    if are_several(registered) {
        let (before, after) = (String::new(), String::new());
        return Compared { before, registered: registered.to_owned(), presented: presented.to_owned(), after };
    }
    let alike = |(a, b): &(char, char)| a == b;
    let before: String = registered.chars().zip(presented.chars()).take_while(alike).map(|(a, _)| a).collect();
    let ours = registered.get(before.len()..).unwrap_or_default();
    let theirs = presented.get(before.len()..).unwrap_or_default();
    let after: usize = ours.chars().rev().zip(theirs.chars().rev()).take_while(alike).map(|(a, _)| a.len_utf8()).sum();
    let cut = |text: &str| text.get(..text.len() - after).unwrap_or_default().to_owned();
    Compared {
        before,
        registered: cut(ours),
        presented: cut(theirs),
        after: ours.get(ours.len() - after..).unwrap_or_default().to_owned(),
    }
}

/// Whether this is a list of what would do, of which no single one was meant. A distinguished name is none.
fn are_several(registered: &str) -> bool {
    registered.contains(", ") && registered.split(", ").all(|one| !one.contains(['=', ' ']))
}

/// The same in words.
fn spoken(registered: &str, presented: &str) -> String {
    if registered == presented {
        return "The two are the same.".to_owned();
    }
    if are_several(registered) {
        return format!("“{presented}” is none of these.");
    }
    let Compared { before, registered, presented, .. } = difference(registered, presented);
    let at = before.chars().count() + 1;
    match (registered.is_empty(), presented.is_empty()) {
        (true, _) => format!("What was presented has “{presented}” at character {at}, which is not registered."),
        (_, true) => format!("What was presented lacks “{registered}” at character {at}."),
        _ => format!("At character {at}, “{presented}” was presented where “{registered}” is registered."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parts(registered: &str, presented: &str) -> [String; 4] {
        let Compared { before, registered, presented, after } = difference(registered, presented);
        [before, registered, presented, after]
    }

    #[test]
    fn the_run_that_differs_is_found() {
        assert_eq!(parts("https://a.example/cb", "https://a.example/cb/"), ["https://a.example/cb", "", "/", ""]);
        assert_eq!(parts("http://a/", "https://a/"), ["http", "", "s", "://a/"]);
        assert_eq!(parts("https://a:1/x", "https://a:2/x"), ["https://a:", "1", "2", "/x"]);
        assert_eq!(parts("aa", "aaa"), ["aa", "", "a", ""]);
        assert_eq!(parts("same", "same"), ["same", "", "", ""]);
        assert_eq!(parts("", "é"), ["", "", "é", ""]);
        assert_eq!(parts("/ä", "/ö"), ["/", "ä", "ö", ""]);
    }

    #[test]
    fn it_is_said_in_words() {
        assert!(spoken("https://a/cb", "https://a/cb/").contains("“/” at character 13"));
        assert!(spoken("https://a/cb/", "https://a/cb").contains("lacks “/”"));
        assert!(spoken("https://a:1/", "https://a:2/").contains("“2” was presented where “1”"));
        assert_eq!(spoken("a", "a"), "The two are the same.");
        assert_eq!(spoken("tls_a, tls_b", "tls_c"), "“tls_c” is none of these.");
        assert_eq!(parts("tls_a, tls_b", "tls_c"), ["", "tls_a, tls_b", "tls_c", ""]);
        assert!(spoken("CN=a, O=x", "CN=b, O=x").contains("“b” was presented where “a”"));
    }

    #[test]
    fn only_members_that_differ_are_named_and_absent_is_null() {
        let found = differences(
            &json!({"name": "a", "same": 1, "tls": {"dn": "x", "san": null}, "list": [1, 2]}),
            &json!({"name": "b", "same": 1, "tls": {"dn": "y"}, "list": [2, 1], "new": true}),
        );
        let members: Vec<&str> = found.iter().map(|difference| difference.member.as_str()).collect();
        assert_eq!(members, ["list", "name", "new", "tls.dn"]);
        assert!(differences(&json!({"a": 1}), &json!({"a": 1})).is_empty());
    }
}
