//! The parts in which the console travels: what everybody needs at once, and each group of pages when somebody goes there.
//! `scripts/console` cuts the application at the functions that `part!` marks.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use crate::api::{Failure, Kind};
use crate::data::{load, shown};
use crate::pages;

/// The parts of another version are no longer served.
const MISSING: &str = "This page did not arrive. If the server was updated meanwhile, reload the page.";

type Page = fn() -> AnyView;
type Arrival = Pin<Box<dyn Future<Output = Result<Page, SplitLoaderError>>>>;

/// Pages that travel together. Each becomes a view of the same name that shows the page once its part is here.
macro_rules! part {
    ($part:ident: $($page:ident = $component:path),+ $(,)?) => {$(
        pub(crate) fn $page() -> AnyView {
            #[wasm_split($part, fallible, wasm_split_path = leptos::wasm_split)]
            fn $page() -> Result<Page, SplitLoaderError> {
                Ok(|| $component().into_any())
            }
            arriving(|| Box::pin($page()))
        }
    )+};
}

part!(administration:
    tenants = pages::tenants::Tenants,
    tenant_settings = pages::tenants::TenantSettings,
    workspaces = pages::workspaces::Workspaces,
    administrators = pages::administrators::Administrators,
    pools = pages::users::Pools,
    users = pages::users::Users,
    user = pages::users::User,
);
part!(workspace:
    overview = pages::overview::Overview,
    methods = pages::methods::Methods,
    services = pages::services::Services,
    service = pages::services::Service,
    scopes = pages::scopes::Scopes,
    workspace_settings = pages::workspaces::WorkspaceSettings,
);
part!(trust:
    certificates = pages::certificates::Certificates,
    keys = pages::keys::Keys,
    audit = pages::audit::Audit,
    decoder = pages::decoder::Decoder,
);
part!(clients:
    clients = pages::clients::Clients,
    new_client = pages::clients::NewClient,
    welcome = pages::welcome::Welcome,
    client = pages::clients::Client,
    client_overview = pages::clients::Overview,
    client_settings = pages::clients::Settings,
    client_credentials = pages::clients::Credentials,
    client_scopes = pages::clients::Scopes,
    client_tokens = pages::clients::Tokens,
    client_activity = pages::clients::Activity,
    client_consents = pages::clients::Consents,
    client_code = pages::clients::Code,
);

/// The page that `fetch` brings; its outline until then, and what to do where the connection is gone.
fn arriving(fetch: fn() -> Arrival) -> AnyView {
    let page = load(|| (), move |_, ()| async move { fetch().await.map_err(|_| Failure::of(Kind::Offline, MISSING)) });
    shown(page, 6, |page| page()).into_any()
}
