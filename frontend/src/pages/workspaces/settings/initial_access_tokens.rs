//! What lets others register clients: initial access tokens (RFC 7591 §3), made here and handed on.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::initial_access_token::{InitialAccessTokenView, InitialAccessTokenWithValue, NewInitialAccessToken};
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::id::{TenantId, WorkspaceId};
use cardea_protocol::time::Timestamp;

use crate::api::{Failure, use_api};
use crate::data::{Failed, Load, load, shown};
use crate::may::use_may;
use crate::ui::button::{Button, IconButton, Weight};
use crate::ui::code::Reveal;
use crate::ui::dialog::Dialog;
use crate::ui::field::{DurationField, TextField};
use crate::ui::icon::Icon;
use crate::ui::page::{Notice, SubSection, Tone};
use crate::ui::table::{Cell, Column, Table};
use crate::ui::time::{Ago, Until, now};
use crate::ui::toast::use_toasts;

type Tokens = Load<Page<InitialAccessTokenView>>;

/// Those there are, and a new one.
#[component]
pub(super) fn InitialAccessTokens(tid: TenantId, aid: WorkspaceId) -> impl IntoView {
    let may_write = use_may().in_workspace(Permission::ClientsWrite, &tid, &aid);
    let list = path::in_workspace(&tid, &aid, "initial-access-tokens");
    let at = format!("{list}?limit=50");
    let tokens: Tokens = load(move || at.clone(), |api, path| async move { api.get(&path).await });
    let creating = RwSignal::new(false);
    view! {
        <SubSection title="Initial access tokens" about="Each registers as many clients as it says, until it expires.">
            {shown(tokens, 2, move |page| {
                if page.items.is_empty() {
                    return view! { <p class="quiet">"There is none, so nobody registers clients yet."</p> }.into_any();
                }
                let columns = vec![
                    Column::plain("name", "For"),
                    Column::plain("registrations", "Used"),
                    Column::plain("expires_at", "Expires"),
                    Column::plain("created_at", "Created"),
                    Column::plain("", ""),
                ];
                let (tid, aid) = (tid.clone(), aid.clone());
                let row = move |token| view! { <Row tid=tid.clone() aid=aid.clone() token tokens may_write/> };
                view! {
                    <Table caption="Initial access tokens" columns>{page.items.into_iter().map(row).collect_view()}</Table>
                }
                .into_any()
            })}
            {may_write.then(|| view! {
                <Button action="new-initial-access-token" on_click=move |()| creating.set(true)>"Create a token"</Button>
                <Dialog open=creating title="Create an initial access token" id="initial-access-token-dialog">
                    <Create open=creating list=list.clone() tokens/>
                </Dialog>
            })}
        </SubSection>
    }
}

#[component]
fn Row(
    tid: TenantId,
    aid: WorkspaceId,
    token: InitialAccessTokenView,
    tokens: Tokens,
    may_write: bool,
) -> impl IntoView {
    let (api, toasts) = (use_api(), use_toasts());
    let object = path::initial_access_token(&tid, &aid, &token.id);
    let delete = move |()| {
        let object = object.clone();
        spawn_local(async move {
            match api.delete(&object).await {
                Ok(()) => {
                    toasts.good("Deleted. What it has registered stays.");
                    tokens.again();
                }
                Err(failure) => toasts.bad(format!("{} {}", failure.message, failure.remedy()), failure.request_id),
            }
        });
    };
    let (id, name, label) = (token.id, token.name.clone(), format!("Delete {}", token.name));
    view! {
        <tr data-id=id>
            <Cell label="For" head=true>{name}</Cell>
            <Cell label="Used">{format!("{} of {}", token.registrations, token.max_registrations)}</Cell>
            <Cell label="Expires">{match token.expires_at {
                Some(time) => view! { <Until time/> }.into_any(),
                None => "Never".into_any(),
            }}</Cell>
            <Cell label="Created"><Ago time=Some(token.created_at)/></Cell>
            <Cell label="">
                {may_write.then(|| view! { <IconButton icon=Icon::Trash label action="delete-token" on_click=delete/> })}
            </Cell>
        </tr>
    }
}

#[component]
fn Create(open: RwSignal<bool>, list: String, tokens: Tokens) -> impl IntoView {
    let api = use_api();
    let name = RwSignal::new(String::new());
    let most = RwSignal::new("1".to_owned());
    let lives = RwSignal::new(Some(604_800_u64));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let made = RwSignal::new(None::<String>);
    let not_ready = Signal::derive(move || {
        name.with(|name| name.trim().is_empty()) || most.with(|most| most.parse::<u32>().is_err())
    });
    let at = move |pointer: &'static str| {
        Signal::derive(move || failure.with(|failure| failure.as_ref().and_then(|failure| failure.at(pointer))))
    };
    let create = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Ok(max_registrations) = most.get_untracked().parse() else { return };
        if busy.get_untracked() || not_ready.get_untracked() {
            return;
        }
        let expires_at = lives.get_untracked().and_then(|seconds| expiry(now(), seconds));
        let new = NewInitialAccessToken { name: name.get_untracked().trim().to_owned(), expires_at, max_registrations };
        let list = list.clone();
        busy.set(true);
        spawn_local(async move {
            let answer = api.post::<InitialAccessTokenWithValue>(&list, &new).await;
            busy.set(false);
            match answer {
                Ok(token) => {
                    made.set(Some(token.initial_access_token));
                    tokens.again();
                }
                Err(problem) => failure.set(Some(problem)),
            }
        });
    };
    let form = StoredValue::new(create);
    move || {
        match made.get() {
        Some(value) => view! {
            <Notice tone=Tone::Warn title="Copy the token now">"It is shown this once. It is the bearer token of the registration endpoint."</Notice>
            <Reveal secret=Signal::stored(value) label="Initial access token"/>
            <div class="actions end"><Button action="done" weight=Weight::Primary on_click=move |()| open.set(false)>"Done"</Button></div>
        }
        .into_any(),
        None => view! {
            <form class="stack" novalidate on:submit=move |event| form.with_value(|create| create(event))>
                <TextField label="For whom" id="token-name" value=name problem=at("/name") required=true autofocus=true placeholder="The mobile team"/>
                <TextField label="How many clients" id="max_registrations" name="max_registrations" kind="number" value=most problem=at("/max_registrations") hint="1 to 10000."/>
                <DurationField label="Expires after" id="expires" seconds=lives problem=at("/expires_at") hint="Empty: it does not expire."/>
                {move || failure.get().map(|failure| view! { <Failed failure/> })}
                <div class="actions end">
                    <Button action="cancel" on_click=move |()| open.set(false)>"Cancel"</Button>
                    <Button action="create-token" weight=Weight::Primary submit=true busy disabled=not_ready>"Create token"</Button>
                </div>
            </form>
        }
        .into_any(),
    }
    }
}

/// The moment `seconds` after `now`, which is in milliseconds.
fn expiry(now: i64, seconds: u64) -> Option<Timestamp> {
    let millis = i64::try_from(seconds).ok()?.checked_mul(1000)?;
    now.checked_add(millis).map(Timestamp::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_ends_so_many_seconds_from_now_or_nowhere() {
        assert_eq!(expiry(1_000, 60), Some(Timestamp::from_millis(61_000)));
        assert_eq!(expiry(0, u64::MAX), None);
    }
}
