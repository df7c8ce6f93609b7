//! The people of a tenant's `admin` workspace by name: roles are held by ids.

use std::collections::BTreeMap;

use cardea_api::page::Page;
use cardea_api::path;
use cardea_api::user::UserView;
use cardea_api::workspace::WorkspaceView;
use cardea_protocol::id::{TenantId, UserPoolId, WorkspaceId};

use crate::api::{Api, Failure};

/// The pool of a workspace that names none.
const DEFAULT_POOL: &str = "default";

/// The pool that a tenant's administrators are in, and those in it who fit on one page, by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct People {
    pub(super) pool: Option<UserPoolId>,
    names: BTreeMap<String, (String, String)>,
}

impl People {
    /// What somebody is called, and how they sign in.
    pub(super) fn named(&self, user_id: &str) -> Option<(String, String)> {
        self.names.get(user_id).cloned()
    }
}

/// Asks for them: two questions, for the pool is named by the workspace.
pub(super) async fn people(api: Api, tid: TenantId) -> Result<People, Failure> {
    let admin: WorkspaceView = api.get(&path::workspace(&tid, &WorkspaceId::admin())).await?;
    let pool = admin.settings.user_pool_id.unwrap_or_else(|| DEFAULT_POOL.to_owned());
    let Ok(pool) = UserPoolId::parse(&pool) else { return Ok(People::default()) };
    let users: Page<UserView> = api.get(&format!("{}?limit=200", path::users(&tid, &pool))).await?;
    let names = users.items.into_iter().map(|user| (user.id.clone(), names(&user))).collect();
    Ok(People { pool: Some(pool), names })
}

/// What a user is called, and how they sign in where that is another name.
pub(super) fn names(user: &UserView) -> (String, String) {
    let settings = &user.settings;
    let called = settings.name.clone().unwrap_or_else(|| settings.username.clone());
    let sign_in = settings.email.clone().unwrap_or_else(|| settings.username.clone());
    let told = if sign_in == called { "Person".to_owned() } else { sign_in };
    (called, told)
}
