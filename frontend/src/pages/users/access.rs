//! Where a user is signed in, and what they have let applications have; both can be taken away.

use leptos::prelude::*;
use leptos::task::spawn_local;

use cardea_api::consent::ConsentView;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::session::SessionView;
use cardea_protocol::id::{TenantId, UserPoolId};

use crate::api::use_api;
use crate::data::{Load, load, shown};
use crate::ui::button::Button;
use crate::ui::page::Section;
use crate::ui::table::{Cell, Column, Table};
use crate::ui::time::Ago;
use crate::ui::toast::use_toasts;

/// The sessions.
#[component]
pub(super) fn Sessions(tid: TenantId, pool: UserPoolId, user: String, may_write: bool) -> impl IntoView {
    let at = path::sessions(&tid, &pool, &user);
    let sessions = load(move || at.clone(), |api, path| async move { api.get::<Page<SessionView>>(&path).await });
    let rows = move |page: Page<SessionView>| {
        if page.items.is_empty() {
            return view! { <p class="quiet">"They are signed in nowhere."</p> }.into_any();
        }
        let row = |session: SessionView| {
            let end = path::session(&tid, &pool, &user, &session.sid);
            view! {
                <tr data-id=session.sid.clone()>
                    <Cell label="Browser" head=true>{session.user_agent.unwrap_or_else(|| "Unknown browser".to_owned())}</Cell>
                    <Cell label="Address"><code>{session.ip}</code></Cell>
                    <Cell label="Signed in"><Ago time=Some(session.auth_time)/></Cell>
                    <Cell label="Last seen"><Ago time=Some(session.last_seen_at)/></Cell>
                    <Cell label="">
                        {may_write.then(|| view! { <Remove load=sessions path=end label="Sign out" done="Signed out there." action="revoke-session"/> })}
                    </Cell>
                </tr>
            }
        };
        let items = page.items.into_iter().map(row).collect_view();
        let columns = vec![
            Column::plain("browser", "Browser"),
            Column::plain("address", "Address"),
            Column::plain("since", "Signed in"),
            Column::plain("seen", "Last seen"),
            Column::plain("actions", ""),
        ];
        view! { <Table caption="Sessions" columns>{items}</Table> }.into_any()
    };
    view! { <Section title="Sessions" id="sessions">{shown(sessions, 2, rows)}</Section> }
}

/// The consents.
#[component]
pub(super) fn Consents(tid: TenantId, pool: UserPoolId, user: String, may_write: bool) -> impl IntoView {
    let at = path::consents_of_user(&tid, &pool, &user);
    let consents = load(move || at.clone(), |api, path| async move { api.get::<Page<ConsentView>>(&path).await });
    let rows = move |page: Page<ConsentView>| {
        if page.items.is_empty() {
            return view! { <p class="quiet">"They have agreed to nothing yet."</p> }.into_any();
        }
        let row = |consent: ConsentView| {
            let end = path::consent_of_user(&tid, &pool, &user, &consent.workspace_id, &consent.client_id);
            let name = consent.client_name.clone().unwrap_or_else(|| consent.client_id.to_string());
            view! {
                <tr data-id=consent.client_id.to_string()>
                    <Cell label="Application" head=true>{name}<code class="cell-sub">{consent.workspace_id.to_string()}</code></Cell>
                    <Cell label="May have"><code>{consent.scopes.join(" ")}</code></Cell>
                    <Cell label="Since"><Ago time=Some(consent.granted_at)/></Cell>
                    <Cell label="">
                        {may_write.then(|| view! { <Remove load=consents path=end label="Withdraw" done="Withdrawn; the application's tokens are revoked." action="revoke-consent"/> })}
                    </Cell>
                </tr>
            }
        };
        let items = page.items.into_iter().map(row).collect_view();
        let columns = vec![
            Column::plain("client", "Application"),
            Column::plain("scopes", "May have"),
            Column::plain("since", "Since"),
            Column::plain("actions", ""),
        ];
        view! { <Table caption="Consents" columns>{items}</Table> }.into_any()
    };
    view! { <Section title="Consents" about="What they have let applications have." id="consents">{shown(consents, 2, rows)}</Section> }
}

/// The button that takes one of a list away.
#[component]
pub(crate) fn Remove<T: Clone + Send + Sync + 'static>(
    load: Load<T>,
    #[prop(into)] path: String,
    label: &'static str,
    done: &'static str,
    action: &'static str,
) -> impl IntoView {
    let (api, toasts, busy) = (use_api(), use_toasts(), RwSignal::new(false));
    let remove = Callback::new(move |()| {
        let path = path.clone();
        busy.set(true);
        spawn_local(async move {
            match api.delete(&path).await {
                Ok(()) => {
                    toasts.good(done);
                    load.again();
                }
                Err(failure) => {
                    busy.set(false);
                    toasts.bad(failure.message, failure.request_id);
                }
            }
        });
    });
    view! { <Button action busy on_click=remove>{label}</Button> }
}
