//! Who has let this client have what; an administrator can withdraw it.

use leptos::prelude::*;

use cardea_api::consent::ConsentView;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_protocol::id::ClientId;

use crate::data::{listing, shown};
use crate::may::use_may;
use crate::pages::users::access::Remove;
use crate::shell::here;
use crate::ui::icon::Icon;
use crate::ui::page::EmptyState;
use crate::ui::table::{Cell, Column, Pager, Table};
use crate::ui::time::Ago;
use crate::url;

/// The consents to a client.
#[component]
pub(crate) fn Consents() -> impl IntoView {
    let (tid, aid) = (here::tid(), here::aid());
    let Ok(client_id) = ClientId::parse(&here::parameter("client")) else { return ().into_any() };
    let may_write = use_may().in_workspace(Permission::ClientsWrite, &tid, &aid);
    let at = format!("{}?{}", path::consents(&tid, &aid), url::encode([("client_id", client_id.as_str())]));
    let list = listing::<ConsentView>(move || at.clone(), &[]);
    let rows = move |page: Page<ConsentView>| {
        if page.items.is_empty() {
            let text = "When somebody signs in to this application and agrees to what it asks for, it is listed here.";
            return view! { <EmptyState icon=Icon::Users title="Nobody has agreed yet" text/> }.into_any();
        }
        let row = |consent: ConsentView| {
            let end = path::consent(&tid, &aid, &consent.user_id, &client_id);
            let (id, name) = (consent.user_id.clone(), consent.username.unwrap_or_else(|| consent.user_id.clone()));
            view! {
                <tr data-id=id>
                    <Cell label="User" head=true>{name}</Cell>
                    <Cell label="May have"><code>{consent.scopes.join(" ")}</code></Cell>
                    <Cell label="Since"><Ago time=Some(consent.granted_at)/></Cell>
                    <Cell label="">
                        {may_write.then(|| view! {
                            <Remove load=list.load path=end label="Withdraw" done="Withdrawn; the application's tokens are revoked." action="revoke-consent"/>
                        })}
                    </Cell>
                </tr>
            }
        };
        let items = page.items.into_iter().map(row).collect_view();
        let columns = vec![
            Column::plain("user", "User"),
            Column::plain("scopes", "May have"),
            Column::plain("since", "Since"),
            Column::plain("actions", ""),
        ];
        view! { <Table caption="Consents" columns>{items}</Table> }.into_any()
    };
    view! {
        {shown(list.load, 4, rows)}
        <Pager
            has_previous=list.has_previous()
            has_next=list.has_next()
            on_first=list.first()
            on_next=list.next()
            shown=list.shown()
        />
    }
    .into_any()
}
