//! Naming what is created: an id made of the name until somebody writes one; and dialogs that a link can open.

use cardea_protocol::id::InvalidId;
use leptos::prelude::*;

use crate::data::Query;
use crate::ui::field::TextField;

const LONGEST: usize = 63;

/// An id made of a name: lower case letters, digits and single hyphens (product.md §1).
pub(crate) fn slug(name: &str) -> String {
    let mut id = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => id.push(letter),
            'ä' | 'æ' => id.push_str("ae"),
            'ö' | 'ø' | 'œ' => id.push_str("oe"),
            'ü' => id.push_str("ue"),
            'ß' => id.push_str("ss"),
            'à' | 'á' | 'â' | 'ã' | 'å' => id.push('a'),
            'è' | 'é' | 'ê' | 'ë' => id.push('e'),
            'ì' | 'í' | 'î' | 'ï' => id.push('i'),
            'ò' | 'ó' | 'ô' | 'õ' => id.push('o'),
            'ù' | 'ú' | 'û' => id.push('u'),
            'ç' => id.push('c'),
            'ñ' => id.push('n'),
            '\'' | '’' => {}
            _ if id.is_empty() || id.ends_with('-') => {}
            _ => id.push('-'),
        }
    }
    id.truncate(LONGEST);
    id.truncate(id.trim_end_matches('-').len());
    id
}

/// A name and the id that follows it until it is written by hand.
#[component]
pub(crate) fn NameAndId(
    name: RwSignal<String>,
    id: RwSignal<String>,
    /// What is wrong with the id.
    #[prop(into)]
    problem: Signal<Option<String>>,
    #[prop(into)] name_placeholder: String,
    #[prop(into)] id_hint: String,
) -> impl IntoView {
    Effect::new(move |before: Option<String>| {
        let suggested = slug(&name.get());
        if id.get_untracked() == before.unwrap_or_default() {
            id.set(suggested.clone());
        }
        suggested
    });
    view! {
        <TextField label="Name" id="name" value=name placeholder=name_placeholder required=true autofocus=true/>
        <TextField label="Id" id="id" value=id problem hint=id_hint monospaced=true required=true/>
    }
}

/// What is wrong with an id that is being written; an empty one is only not ready.
pub(crate) fn problem<T>(id: RwSignal<String>, parse: fn(&str) -> Result<T, InvalidId>) -> Signal<Option<String>>
where
    T: 'static,
{
    Signal::derive(move || id.with(|id| complaint(id, parse)))
}

fn complaint<T>(id: &str, parse: fn(&str) -> Result<T, InvalidId>) -> Option<String> {
    let invalid = parse(id).err().filter(|_| !id.is_empty())?;
    let sentence = invalid.message();
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

/// Whether a dialog is open: also when the page's URL says `?new={what}`, as the palette's links do.
pub(crate) fn opened(query: Query, what: &'static str) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if query.get("new") == what {
            open.set(true);
        }
    });
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now && query.now("new") == what {
            query.change(&[("new", "")], true);
        }
        now
    });
    open
}

#[cfg(test)]
mod tests {
    use cardea_protocol::id::{TenantId, WorkspaceId};

    use super::*;

    #[test]
    fn a_suggested_id_is_one() {
        for (name, id) in [
            ("Acme Corp.", "acme-corp"),
            ("  Müller & Söhne  ", "mueller-soehne"),
            ("L'Été 2027", "lete-2027"),
            ("--", ""),
            ("東京", ""),
            ("a__b", "a-b"),
        ] {
            assert_eq!(slug(name), id, "{name}");
            assert!(id.is_empty() || WorkspaceId::parse(&slug(name)).is_ok(), "{name}");
        }
        let long = slug(&"ab ".repeat(40));
        assert!(WorkspaceId::parse(&long).is_ok(), "{long}");
    }

    #[test]
    fn a_wrong_id_is_told_in_a_sentence_and_an_empty_one_is_not_wrong_yet() {
        assert_eq!(complaint("", TenantId::parse), None);
        assert_eq!(complaint("acme", TenantId::parse), None);
        assert_eq!(complaint("api", TenantId::parse).as_deref(), Some("This word is reserved."));
        assert!(complaint("Acme", WorkspaceId::parse).is_some());
    }
}
