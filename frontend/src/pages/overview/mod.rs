//! Overview of a workspace: where applications find it, what was issued and refused lately, what is about to expire.

use leptos::prelude::*;

use cardea_api::expiring::ExpiringCredentials;
use cardea_api::method_usage::MethodUsage;
use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::permission::Permission;
use cardea_api::statistics::Statistics;

use crate::data::{load, shown, use_query};
use crate::may::use_may;
use crate::paths;
use crate::shell::here::{aid, tid};
use crate::ui::button::{ButtonLink, Weight};
use crate::ui::icon::Icon;
use crate::ui::page::{EmptyState, PageHead, Section, Tab, Tabs};

mod charts;
mod endpoints;
mod expiring;
mod failures;
mod numbers;

use charts::Charts;
use endpoints::Endpoints;
use expiring::Expiring;
use failures::Failures;

/// The page.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let may_see_events = use_may().in_workspace(Permission::AuditRead, &tid, &aid);
    let used = path::in_workspace(&tid, &aid, "token-endpoint-auth-methods");
    let usage = load(
        move || used.clone(),
        |api, path| async move { api.get::<Page<MethodUsage>>(&path).await.map(|page| page.items) },
    );
    let soon = path::in_workspace(&tid, &aid, "expiring-credentials");
    let expiring = load(move || soon.clone(), |api, path| async move { api.get::<ExpiringCredentials>(&path).await });
    let title = format!("{aid}");
    view! {
        <PageHead title about="Where applications find this workspace, and how it has been doing."/>
        {shown(usage, 3, |usage| view! { <First usage/> })}
        <Endpoints/>
        {may_see_events.then(|| view! { <Use/> })}
        {shown(expiring, 3, |expiring| view! { <Expiring expiring/> })}
    }
}

/// What stands first while there is no client, and the numbers once there are.
#[component]
fn First(usage: Vec<MethodUsage>) -> impl IntoView {
    let (tid, aid) = (tid(), aid());
    let clients: u64 = usage.iter().map(|usage| usage.clients).sum();
    if clients > 0 {
        let enabled = usage.iter().filter(|usage| usage.enabled).count();
        let last = usage.iter().filter_map(|usage| usage.last_authenticated_at).max();
        return view! { <numbers::Numbers clients enabled last/> }.into_any();
    }
    let may_register = use_may().in_workspace(Permission::ClientsWrite, &tid, &aid);
    let register = may_register.then(|| {
        let href = paths::of_workspace(&tid, &aid, "new-client");
        view! { <ButtonLink href weight=Weight::Primary action="new-client">"Register a client"</ButtonLink> }
    });
    let methods = paths::of_workspace(&tid, &aid, "methods");
    view! {
        <Section title="Get started">
            <EmptyState
                icon=Icon::Client
                title="No client yet"
                text="A client is an application that gets tokens here. Registering one takes a minute: say what it is, choose how it proves itself, and try it."
            >
                {register}
                <ButtonLink href=methods>"Choose the methods first"</ButtonLink>
            </EmptyState>
        </Section>
    }
    .into_any()
}

/// What was issued and refused in the last day or week.
#[component]
fn Use() -> impl IntoView {
    let here = paths::workspace(&tid(), &aid());
    let query = use_query();
    let week = Memo::new(move |_| query.get("hours") == "168");
    let path = path::in_workspace(&tid(), &aid(), "statistics");
    let statistics = load(
        move || format!("{path}?hours={}", if week.get() { 168 } else { 24 }),
        |api, path| async move { api.get::<Statistics>(&path).await },
    );
    let tabs = vec![
        Tab { label: "Last 24 hours".to_owned(), href: here.clone(), count: None },
        Tab { label: "Last 7 days".to_owned(), href: format!("{here}?hours=168"), count: None },
    ];
    view! {
        <Tabs tabs/>
        {shown(statistics, 14, move |statistics| {
            let failures = statistics.totals.failures_by_reason.clone();
            view! { <Charts statistics/> <Failures failures hours=if week.get_untracked() { 168 } else { 24 }/> }
        })}
    }
}
