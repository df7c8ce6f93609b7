//! `…/workspaces/{aid}/keys`: the signing keys of a workspace.

use actix_web::{HttpResponse, get, post, web};
use cardea_api::key::{KeyState, KeyView, Rotation};
use cardea_api::page::Page;
use cardea_protocol::SigningAlg;
use cardea_store::{KeyRecord, Scoped};

use super::paths::{self, KeyPath, WorkspacePath};
use crate::app::App;
use crate::http::can::{Can, KeysRead, KeysWrite};
use crate::http::json_body::JsonBody;
use crate::http::problem::{Answer, Refusal};
use crate::http::strict;

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

async fn all(app: &App, scoped: &Scoped) -> Result<Page<KeyView>, Refusal> {
    Ok(Page::whole(scoped.key_ring(app.clock.now()).await?.into_iter().map(view).collect()))
}

/// The keys of a workspace, the newest first.
#[utoipa::path(tag = "keys", params(WorkspacePath), responses((status = 200, body = Page<KeyView>)))]
#[get("/tenants/{tid}/workspaces/{aid}/keys")]
pub(super) async fn list_keys(app: web::Data<App>, can: Can<KeysRead>) -> Answer {
    Ok(HttpResponse::Ok().json(all(&app, &can.target.scoped).await?))
}

/// Lets the next key sign, and makes another next one; what the old one signed stays valid.
#[utoipa::path(
    tag = "keys", params(WorkspacePath), request_body = Option<Rotation>,
    responses((status = 200, body = Page<KeyView>))
)]
#[post("/tenants/{tid}/workspaces/{aid}/keys/rotate")]
pub(super) async fn rotate_keys(app: web::Data<App>, can: Can<KeysWrite>, body: JsonBody) -> Answer {
    let Rotation { alg } = strict::read(body.object_or_nothing().await?)?;
    let workspace = &can.target.workspace;
    let alg = alg.unwrap_or(workspace.settings.access_token_signing_alg);
    if !SigningAlg::ACCESS_TOKEN.contains(&alg) {
        return Err(Refusal::violation("/alg", "not_allowed", "a workspace does not sign with this algorithm"));
    }
    rotate(&app, &can.author, (&workspace.tenant_id, &workspace.id), alg).await?;
    Ok(HttpResponse::Ok().json(all(&app, &can.target.scoped).await?))
}

/// Withdraws a key at once: nothing it signed is valid any more. Another takes its place.
#[utoipa::path(tag = "keys", params(WorkspacePath, KeyPath), responses((status = 200, body = KeyView)))]
#[post("/tenants/{tid}/workspaces/{aid}/keys/{kid}/revoke")]
pub(super) async fn revoke_key(app: web::Data<App>, can: Can<KeysWrite>, path: web::Path<KeyPath>) -> Answer {
    let kid = paths::name(&path.kid)?;
    let workspace = &can.target.workspace;
    revoke(&app, &can.author, (&workspace.tenant_id, &workspace.id), kid).await?;
    let ring = can.target.scoped.key_ring(app.clock.now()).await?;
    let key = ring.into_iter().find(|key| key.kid == kid).ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().json(view(key)))
}
