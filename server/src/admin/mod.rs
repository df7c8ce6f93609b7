//! The management API, `/api/v1` (product.md §5): one file a resource with its handlers, and beside it what changes it,
//! which the command line calls as well.
//!
//! A handler reads: [`Can`](crate::http::can::Can) (who, and may they), the body, the operation, the answer. The list of
//! operations below is both what is mounted and what the OpenAPI document says.

use std::time::Duration;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue, PRAGMA};
use actix_web::middleware::Next;
use actix_web::web::{Data, ServiceConfig};

use crate::app::App;

pub mod administrators;
pub mod audit_events;
pub mod certificates;
pub mod clients;
pub mod consents;
pub mod email_verification;
mod event;
pub mod expiring;
pub mod impact;
pub mod initial_access_tokens;
pub mod jwks;
pub mod keys;
mod link_page;
pub mod list;
pub mod me;
mod members;
pub mod method_usage;
pub mod openapi;
pub mod password_reset;
pub mod paths;
mod platform;
pub mod pools;
pub mod scopes;
pub mod secrets;
pub mod services;
pub mod statistics;
pub mod tenants;
mod text;
pub mod trusted_cas;
pub mod user_sessions;
pub mod users;
pub mod workspaces;

pub(crate) use platform::person_administers;

/// How often a change is tried anew when others change the same thing.
const ATTEMPTS: usize = 5;
/// How long one waits for events that are on their way to the store.
const SETTLING: Duration = Duration::from_secs(2);

macro_rules! operations {
    ($($module:ident :: $name:ident),* $(,)?) => {
        /// The operations as OpenAPI describes them.
        #[derive(utoipa::OpenApi)]
        #[openapi(paths($($module::$name),*))]
        struct Described;

        fn mount(cfg: &mut ServiceConfig) {
            $(cfg.service($module::$name);)*
        }
    };
}

operations! {
    openapi::openapi, me::me, certificates::inspect_certificate,
    tenants::list_tenants, tenants::create_tenant, tenants::read_tenant, tenants::patch_tenant, tenants::delete_tenant,
    administrators::list_administrators, administrators::create_administrator, administrators::read_administrator,
    administrators::delete_administrator,
    workspaces::list_workspaces, workspaces::create_workspace, workspaces::read_workspace, workspaces::patch_workspace,
    workspaces::delete_workspace, method_usage::list_methods, impact::impact,
    statistics::workspace_statistics, statistics::tenant_statistics, expiring::list_expiring, jwks::inspect_jwks,
    clients::list_clients, clients::create_client, clients::read_client, clients::patch_client, clients::delete_client,
    secrets::list_secrets, secrets::create_secret, secrets::delete_secret, audit_events::client_activity,
    initial_access_tokens::list_initial_access_tokens, initial_access_tokens::create_initial_access_token,
    initial_access_tokens::read_initial_access_token, initial_access_tokens::delete_initial_access_token,
    services::list_services, services::create_service, services::read_service, services::patch_service,
    services::delete_service,
    scopes::list_scopes, scopes::create_scope, scopes::read_scope, scopes::patch_scope, scopes::delete_scope,
    trusted_cas::list_trusted_cas, trusted_cas::create_trusted_ca, trusted_cas::read_trusted_ca,
    trusted_cas::patch_trusted_ca, trusted_cas::delete_trusted_ca,
    pools::list_pools, pools::create_pool, pools::read_pool, pools::patch_pool, pools::delete_pool,
    users::list_users, users::create_user, users::read_user, users::patch_user, users::delete_user,
    password_reset::create_password_reset, email_verification::create_email_verification,
    user_sessions::list_sessions, user_sessions::delete_session,
    consents::list_consents, consents::delete_consent, consents::list_consents_of_user, consents::delete_consent_of_user,
    keys::list_keys, keys::rotate_keys, keys::revoke_key, audit_events::list_audit_events,
}

/// Mounts the API; whatever else is asked below it is answered 404 or 405, as a problem.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.app_data(Data::new(openapi::Written::default()));
    mount(cfg);
    cfg.default_service(actix_web::web::to(openapi::elsewhere));
}

/// What is the same for every operation: nobody may keep an answer that does not say so itself (it may hold a secret, and
/// is true for a moment), and `HEAD` is answered as `GET` is (RFC 9110 §9.3.2; the connection leaves the body out).
///
/// # Errors
/// Those of the inner service.
pub async fn uniform(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if *request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
    }
    Ok(response)
}

/// Waits until the events that were reported before are in the store, or long enough.
async fn settle(app: &App) {
    // Without them a list is a moment behind, no more.
    let _ = tokio::time::timeout(SETTLING, app.audit.flush()).await;
}
