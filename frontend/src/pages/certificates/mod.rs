//! Trusted CAs: whose certificates clients with `tls_client_auth` may present (RFC 8705 §2.1). An authority is looked at before
//! it is trusted, and who would be shut out is said before it is not trusted any more.

use leptos::prelude::*;

use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::trusted_ca::TrustedCaView;

use crate::data::{Listing, listing, shown};
use crate::may::use_may;
use crate::shell::here::{aid, tid};
use crate::ui::icon::Icon;
use crate::ui::page::{EmptyState, PageHead, Section};
use crate::ui::table::{Pager, SearchField, Toolbar};

mod authority;
mod change;
mod expiry;
mod inspected;
mod pem;
mod removal;
mod trust;

use authority::Authority;
use change::Change;
use removal::Removal;
use trust::Trust;

/// What the parts of the page act upon.
#[derive(Clone, Copy)]
struct Authorities {
    list: Listing<TrustedCaView>,
    changing: RwSignal<Option<TrustedCaView>>,
    removing: RwSignal<Option<TrustedCaView>>,
    may_change: bool,
}

/// The page.
#[component]
pub(crate) fn Certificates() -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let may_change = use_may().in_workspace(Permission::WorkspacesWrite, &tid, &aid);
    let path = path::trusted_cas(&tid, &aid);
    let list = listing::<TrustedCaView>(move || path.clone(), &[]);
    let all = Authorities { list, changing: RwSignal::new(None), removing: RwSignal::new(None), may_change };
    view! {
        <PageHead
            title="Trusted CAs"
            about="Authorities whose certificates clients with tls_client_auth may present here. What is trusted is this very certificate, known by its SHA-256, and not a name."
        />
        {may_change.then(|| view! { <Trust all/> })}
        <Toolbar><SearchField label="Name or fingerprint" id="q" value=list.query.bound("q")/></Toolbar>
        <Section title="Authorities">
            {shown(list.load, 6, move |page| {
                if page.items.is_empty() {
                    let (title, text) = if list.is_narrowed(&[]) {
                        ("No authority fits", "No trusted authority has this in its name. Try other words.")
                    } else {
                        ("No authority is trusted yet", "Until one is, no tls_client_auth client gets in. Add the certificate of the authority that issues your clients' certificates.")
                    };
                    return view! { <EmptyState icon=Icon::Certificate title text/> }.into_any();
                }
                let rows = page.items.into_iter().map(move |authority| view! { <Authority authority all/> });
                view! { <ul class="authorities">{rows.collect_view()}</ul> }.into_any()
            })}
            <Pager
                has_previous=list.has_previous()
                has_next=list.has_next()
                on_first=list.first()
                on_next=list.next()
                shown=list.shown()
            />
        </Section>
        <Change all/>
        <Removal all/>
    }
}
