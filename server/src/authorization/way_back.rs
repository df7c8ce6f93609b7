//! The way back to an application, for somebody whom a page of ours cannot send there: to where the application begins a sign-in itself
//! (OpenID Connect Core §4, `initiate_login_uri` with our `iss`), else to its own page. Only what is registered, and nothing of a request.

use url::Url;

use crate::workspace::{Client, Workspace};

/// The address, if the application takes part and has registered one that a link may lead to.
pub fn address(workspace: &Workspace, client: &Client) -> Option<String> {
    if !client.is_active() {
        return None;
    }
    let metadata = &client.metadata;
    let Some(initiate) = metadata.initiate_login_uri.as_deref().and_then(|uri| Url::parse(uri).ok()) else {
        return metadata.client_uri.clone();
    };
    let mut initiate = initiate;
    initiate.query_pairs_mut().append_pair("iss", workspace.issuer.as_str());
    Some(initiate.into())
}
