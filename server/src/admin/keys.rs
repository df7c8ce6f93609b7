//! `…/workspaces/{aid}/keys`: the signing keys of a workspace.

use actix_web::{HttpResponse, get, post, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_api::key::{KeyState, KeyView, Rotation};
use cardea_api::page::{MAX_LIMIT, Page};
use cardea_protocol::SigningAlg;
use cardea_store::{KeyRecord, ListQuery, Scoped};

use super::list::{self, PageParameters};
use super::paths::{self, IfMatchHeader, KeyPath, WorkspacePath};
use crate::app::App;
use crate::http::can::{Can, KeysRead, KeysWrite};
use crate::http::etag::{IfMatch, etag_of};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::query::Query;
use crate::http::strict;
use crate::workspace::client::hash;

mod change;

pub use change::{revoke, rotate};

fn view(key: KeyRecord) -> KeyView {
    use cardea_store::KeyState as Stored;
    let (state, retired_at, expires_at) = match key.state {
        Stored::Next => (KeyState::Next, None, None),
        Stored::Current => (KeyState::Current, None, None),
        Stored::Retired { retired_at, expires_at } => (KeyState::Retired, Some(retired_at), Some(expires_at)),
        Stored::Revoked { revoked_at } => (KeyState::Revoked, Some(revoked_at), None),
    };
    KeyView {
        kid: key.kid,
        alg: key.alg,
        state,
        public_jwk: key.public_jwk,
        created_at: key.created_at,
        retired_at,
        expires_at,
    }
}

/// A page of the keys. The `ETag` is that of all of them together: a rotation moves several at once.
async fn listed(app: &App, scoped: &Scoped, query: &ListQuery) -> Answer {
    let ring = scoped.key_ring(app.clock.now()).await?;
    let etag = etag_of(&tag(&ring));
    let page =
        list::in_memory(ring, query, |key| list::Place { created_at: key.created_at, name: &key.kid, id: &key.kid });
    Ok(HttpResponse::Ok().insert_header(etag).json(list::page(page, query, view)))
}

/// Another one whenever a key is made, moves on or is gone.
fn tag(ring: &[KeyRecord]) -> String {
    let mut all = String::new();
    for key in ring {
        let state = match key.state {
            cardea_store::KeyState::Next => "next",
            cardea_store::KeyState::Current => "current",
            cardea_store::KeyState::Retired { .. } => "retired",
            cardea_store::KeyState::Revoked { .. } => "revoked",
        };
        all.extend([key.kid.as_str(), " ", state, "\n"]);
    }
    URL_SAFE_NO_PAD.encode(hash(&all))
}

/// The keys of a workspace, the newest first.
#[utoipa::path(tag = "keys", params(WorkspacePath, PageParameters), responses((status = 200, body = Page<KeyView>)))]
#[get("/tenants/{tid}/workspaces/{aid}/keys")]
pub(super) async fn list_keys(app: web::Data<App>, can: Can<KeysRead>, query: Query) -> Answer {
    let query = list::newest_first(&query.parameters(&[PageParameters::NAMES])?)?;
    listed(&app, &can.target.scoped, &query).await
}

/// Lets the next key sign, and makes another next one; what the old one signed stays valid.
#[utoipa::path(
    tag = "keys", params(WorkspacePath, IfMatchHeader), request_body = Option<Rotation>,
    responses((status = 200, body = Page<KeyView>))
)]
#[post("/tenants/{tid}/workspaces/{aid}/keys/rotate")]
pub(super) async fn rotate_keys(app: web::Data<App>, can: Can<KeysWrite>, if_match: IfMatch, body: JsonBody) -> Answer {
    let Rotation { alg } = strict::read(body.object_or_nothing().await?)?;
    let workspace = &can.target.workspace;
    let alg = alg.unwrap_or(workspace.settings.access_token_signing_alg);
    if !SigningAlg::ACCESS_TOKEN.contains(&alg) {
        return Err(Refusal::violation("/alg", "not_allowed", "a workspace does not sign with this algorithm"));
    }
    rotate(&app, &can.author, (&workspace.tenant_id, &workspace.id), alg, &if_match).await?;
    let query = ListQuery { limit: MAX_LIMIT.into(), descending: true, ..ListQuery::default() };
    listed(&app, &can.target.scoped, &query).await
}

/// Withdraws a key at once: nothing it signed is valid any more. Another takes its place. The `ETag` is that of all keys.
#[utoipa::path(tag = "keys", params(WorkspacePath, KeyPath, IfMatchHeader), responses((status = 200, body = KeyView)))]
#[post("/tenants/{tid}/workspaces/{aid}/keys/{kid}/revoke")]
pub(super) async fn revoke_key(
    app: web::Data<App>,
    can: Can<KeysWrite>,
    path: web::Path<KeyPath>,
    if_match: IfMatch,
) -> Answer {
    let kid = paths::name(&path.kid)?;
    let workspace = &can.target.workspace;
    revoke(&app, &can.author, (&workspace.tenant_id, &workspace.id), kid, &if_match).await?;
    let ring = can.target.scoped.key_ring(app.clock.now()).await?;
    let etag = etag_of(&tag(&ring));
    let key = ring.into_iter().find(|key| key.kid == kid).ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().insert_header(etag).json(view(key)))
}
