//! Grants, response types and where answers go: RFC 7591 §2 and §2.1, RFC 6749 §3.1.2.2 and §4.4.

use super::{Check, INVALID_CLIENT_METADATA, INVALID_REDIRECT_URI};
use crate::{
    auth_method::AuthMethod,
    grant_type::{GrantType, ResponseType},
    redirect_uri::validate_redirect_uri,
    violation::Violation,
};

const MAX_URIS: usize = 50;

impl Check<'_> {
    pub(super) fn flows(&mut self) {
        let client = self.client;
        self.refuse_duplicates("/grant_types", &client.grant_types);
        self.refuse_duplicates("/response_types", &client.response_types);
        for (index, grant) in client.grant_types.iter().enumerate() {
            self.grant(&format!("/grant_types/{index}"), *grant);
        }
        match (
            client.grant_types.contains(&GrantType::AuthorizationCode),
            client.response_types.contains(&ResponseType::Code),
        ) {
            (true, false) => {
                self.refuse("/response_types", "the grant authorization_code needs the response type code")
            }
            (false, true) => {
                self.refuse("/response_types", "the response type code needs the grant authorization_code")
            }
            _ => {}
        }
        self.uris("/redirect_uris", INVALID_REDIRECT_URI, &client.redirect_uris);
        self.uris("/post_logout_redirect_uris", INVALID_CLIENT_METADATA, &client.post_logout_redirect_uris);
    }

    fn grant(&mut self, pointer: &str, grant: GrantType) {
        let client = self.client;
        if !self.workspace.grant_types.contains(&grant) {
            self.refuse(pointer, format!("{grant} is not enabled in this workspace"));
        }
        match grant {
            GrantType::ClientCredentials if client.token_endpoint_auth_method == AuthMethod::None => {
                self.refuse(pointer, "client_credentials is for clients that authenticate (RFC 6749 §4.4)");
            }
            GrantType::AuthorizationCode if client.redirect_uris.is_empty() => {
                self.broken.push(Violation::new(
                    "/redirect_uris",
                    INVALID_REDIRECT_URI,
                    "authorization_code needs at least one",
                ));
            }
            GrantType::RefreshToken
                if !client
                    .grant_types
                    .iter()
                    .any(|other| matches!(other, GrantType::AuthorizationCode | GrantType::DeviceCode)) =>
            {
                self.refuse(pointer, "refresh_token goes with authorization_code or device_code");
            }
            _ => {}
        }
    }

    fn uris(&mut self, pointer: &str, code: &'static str, uris: &[String]) {
        if uris.len() > MAX_URIS {
            self.broken.push(Violation::new(pointer, code, "at most 50"));
            return;
        }
        for (index, uri) in uris.iter().enumerate() {
            if let Err(invalid) = validate_redirect_uri(uri, self.client.application_type) {
                self.broken.push(Violation::new(format!("{pointer}/{index}"), code, invalid.message()));
            }
        }
        self.refuse_duplicates(pointer, uris);
    }
}
