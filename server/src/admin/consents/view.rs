//! A page of consents in plain words: with the names of the clients, and those of the users for who may see users.

use std::collections::{BTreeMap, BTreeSet};

use cardea_api::consent::ConsentView;
use cardea_api::permission::Permission;
use cardea_protocol::TenantId;
use cardea_store::{ConsentRecord, StoreError};

use crate::app::App;
use crate::http::author::Author;
use crate::http::standing::{Target, Verdict};

/// The names of all that a page of consents mentions.
pub(super) struct Names {
    clients: BTreeMap<(String, String), String>,
    users: BTreeMap<(String, String), String>,
}

/// Looks them up, as far as `author` may know them.
///
/// # Errors
/// When the store is down.
pub(super) async fn names(
    app: &App,
    author: &Author,
    tenant_id: &TenantId,
    consents: &[ConsentRecord],
) -> Result<Names, StoreError> {
    let mut names = Names { clients: BTreeMap::new(), users: BTreeMap::new() };
    for workspace_id in consents.iter().map(|consent| &consent.workspace_id).collect::<BTreeSet<_>>() {
        let here = consents.iter().filter(|consent| consent.workspace_id == *workspace_id);
        let ids: Vec<_> = here.map(|consent| &consent.client_id).collect();
        let found = app.store.scoped(tenant_id, workspace_id).client_names(&ids).await?;
        names.clients.extend(found.into_iter().map(|(id, name)| ((workspace_id.to_string(), id), name)));
    }
    if author.standing.judge(Permission::UsersRead, Target::Tenant(tenant_id)) != Verdict::Allowed {
        return Ok(names);
    }
    for pool_id in consents.iter().map(|consent| &consent.pool_id).collect::<BTreeSet<_>>() {
        let here = consents.iter().filter(|consent| consent.pool_id == *pool_id);
        let ids: Vec<_> = here.map(|consent| consent.user_id.as_str()).collect();
        let found = app.store.pool(tenant_id, pool_id).usernames(&ids).await?;
        names.users.extend(found.into_iter().map(|(id, name)| ((pool_id.clone(), id), name)));
    }
    Ok(names)
}

impl Names {
    pub(super) fn view(&self, consent: ConsentRecord) -> ConsentView {
        let client = (consent.workspace_id.to_string(), consent.client_id.to_string());
        let user = (consent.pool_id.clone(), consent.user_id.clone());
        ConsentView {
            client_name: self.clients.get(&client).cloned(),
            username: self.users.get(&user).cloned(),
            workspace_id: consent.workspace_id,
            client_id: consent.client_id,
            user_pool_id: consent.pool_id,
            user_id: consent.user_id,
            scopes: consent.scope.iter().map(str::to_owned).collect(),
            granted_at: consent.created_at,
            updated_at: consent.updated_at,
        }
    }
}
