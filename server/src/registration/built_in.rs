//! The client that Cardea brings itself: the console, `console` in every workspace `admin`, an ordinary public client (RFC 6749 §2.1)
//! with PKCE. Its row holds its place in the store; what it is registered with follows from the settings, so that it moves with the
//! public URL and gets better with the version.

use cardea_protocol::{
    AuthMethod, ClientId, ClientMetadata, GrantType, PublicUrl, RefreshTokenRotation, ResponseType, SigningAlg,
    Timestamp, TokenTtls, WorkspaceId,
};
use cardea_store::ClientRecord;

use crate::http::problem::Refusal;

/// Seconds that an access token lives in a browser, where a script that got in could read it.
const ACCESS_TOKEN_TTL: u32 = 600;

/// Whether this client is Cardea's own.
pub fn is_built_in(workspace_id: &WorkspaceId, client_id: &ClientId) -> bool {
    *workspace_id == WorkspaceId::admin() && *client_id == ClientId::console()
}

/// The console as it is stored: its addresses are not known before the settings are.
pub(crate) fn console(now: Timestamp) -> ClientRecord {
    ClientRecord {
        client_id: ClientId::console(),
        metadata: without_addresses(),
        version: 1,
        created_at: now,
        updated_at: now,
        last_authenticated_at: None,
    }
}

/// What a client is registered with: what is stored, save for our own.
pub(crate) fn metadata(
    workspace_id: &WorkspaceId,
    client: &ClientId,
    stored: ClientMetadata,
    url: &PublicUrl,
) -> ClientMetadata {
    if !is_built_in(workspace_id, client) {
        return stored;
    }
    ClientMetadata {
        redirect_uris: vec![format!("{url}/console/callback")],
        post_logout_redirect_uris: vec![format!("{url}/console/")],
        ..without_addresses()
    }
}

fn without_addresses() -> ClientMetadata {
    ClientMetadata {
        client_name: Some("Console".to_owned()),
        description: Some("The browser application of Cardea itself".to_owned()),
        token_endpoint_auth_method: AuthMethod::None,
        grant_types: vec![GrantType::AuthorizationCode, GrantType::RefreshToken],
        response_types: vec![ResponseType::Code],
        // Of this algorithm every workspace has keys from the beginning.
        id_token_signed_response_alg: Some(SigningAlg::ES256),
        // Two tabs may refresh at the same time, and an answer may be lost when a page is left.
        refresh_token_rotation: Some(RefreshTokenRotation::RotateWithGrace),
        token_ttls: TokenTtls { access_token: Some(ACCESS_TOKEN_TTL), ..TokenTtls::default() },
        ..ClientMetadata::default()
    }
}

/// Refuses to change or delete what is Cardea's own.
///
/// # Errors
/// [`Refusal::protected`].
pub(crate) fn check_own(workspace_id: &WorkspaceId, client_id: &ClientId) -> Result<(), Refusal> {
    if is_built_in(workspace_id, client_id) {
        return Err(Refusal::protected(
            "the console is built in and follows the server's settings; it cannot be changed or deleted",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_console_follows_the_public_url_and_other_clients_do_not() {
        let url = PublicUrl::parse("https://id.example/auth/").unwrap();
        let stored = console(Timestamp::from_millis(0)).metadata;
        let read = metadata(&WorkspaceId::admin(), &ClientId::console(), ClientMetadata::default(), &url);
        assert_eq!(read.redirect_uris, ["https://id.example/auth/console/callback"]);
        assert_eq!(read.post_logout_redirect_uris, ["https://id.example/auth/console/"]);
        assert!(stored.redirect_uris.is_empty() && stored.token_endpoint_auth_method == AuthMethod::None);
        for (workspace, client) in [("default", "console"), ("admin", "konsole")] {
            let (workspace, client) = (WorkspaceId::parse(workspace).unwrap(), ClientId::parse(client).unwrap());
            assert_eq!(metadata(&workspace, &client, ClientMetadata::default(), &url), ClientMetadata::default());
            assert!(check_own(&workspace, &client).is_ok());
        }
        assert!(check_own(&WorkspaceId::admin(), &ClientId::console()).is_err());
    }
}
