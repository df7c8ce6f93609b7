//! Where one is: the tenant and the workspace that the URL names.

use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_params_map};

use cardea_protocol::id::{TenantId, WorkspaceId};

use crate::pages::not_found::NotFound;

/// The tenant of this page. A page is made anew when it changes.
pub(crate) fn tid() -> TenantId {
    use_context().unwrap_or_else(TenantId::system)
}

/// The workspace of this page. A page is made anew when it changes.
pub(crate) fn aid() -> WorkspaceId {
    use_context().unwrap_or_else(WorkspaceId::admin)
}

/// The parameter `name` of the URL's path, as it is now.
pub(crate) fn parameter(name: &str) -> String {
    use_params_map().with_untracked(|map| map.get_str(name).unwrap_or_default().to_owned())
}

/// The tenant and the workspace that the URL names, followed.
pub(crate) fn whereabouts() -> Signal<(Option<TenantId>, Option<WorkspaceId>)> {
    let path = use_location().pathname;
    Memo::new(move |_| path.with(|path| named(path))).into()
}

fn named(path: &str) -> (Option<TenantId>, Option<WorkspaceId>) {
    let mut segments = path.split('/').skip(2);
    let tid = segments.next().filter(|word| *word == "t").and_then(|_| TenantId::parse(segments.next()?).ok());
    let aid = segments.next().filter(|word| *word == "w").and_then(|_| WorkspaceId::parse(segments.next()?).ok());
    (tid, aid)
}

/// The pages of one tenant.
#[component]
pub(crate) fn InTenant() -> impl IntoView {
    let params = use_params_map();
    let tid = Memo::new(move |_| params.with(|map| TenantId::parse(map.get_str("tid")?).ok()));
    move || match tid.get() {
        Some(tid) => {
            provide_context(tid);
            view! { <Outlet/> }.into_any()
        }
        None => view! { <NotFound/> }.into_any(),
    }
}

/// The pages of one workspace.
#[component]
pub(crate) fn InWorkspace() -> impl IntoView {
    let params = use_params_map();
    let aid = Memo::new(move |_| params.with(|map| WorkspaceId::parse(map.get_str("aid")?).ok()));
    move || match aid.get() {
        Some(aid) => {
            provide_context(aid);
            view! { <Outlet/> }.into_any()
        }
        None => view! { <NotFound/> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_says_where_one_is() {
        let ids = |path| {
            let (tid, aid) = named(path);
            (tid.map(|id| id.to_string()), aid.map(|id| id.to_string()))
        };
        let acme = Some("acme".to_owned());
        assert_eq!(ids("/console/t/acme/w/shop/clients/a%2Fb"), (acme.clone(), Some("shop".to_owned())));
        assert_eq!(ids("/console/t/acme/pools"), (acme.clone(), None));
        assert_eq!(ids("/console/t/acme"), (acme, None));
        assert_eq!(ids("/console/tenants"), (None, None));
        assert_eq!(ids("/console/"), (None, None));
    }
}
