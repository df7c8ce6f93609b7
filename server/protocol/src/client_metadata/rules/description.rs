//! What people read about a client, and the rest of its settings: RFC 7591 §2, OIDC Registration §2.

use std::ops::RangeInclusive;

use super::{Check, tls::is_email};
use crate::{
    redirect_uri::validate_web_url,
    workspace_settings::{REFRESH_TOKEN_TTL, TOKEN_TTL},
};

const MAX_NAME: usize = 200;
const MAX_DESCRIPTION: usize = 2000;
const MAX_CONTACTS: usize = 20;

impl Check<'_> {
    pub(super) fn description(&mut self) {
        self.texts();
        self.pages();
        self.lifetimes();
    }

    fn texts(&mut self) {
        let client = self.client;
        if let Some(name) = &client.client_name {
            let blank = name.trim().is_empty() || name.chars().any(char::is_control);
            if blank || name.chars().count() > MAX_NAME {
                self.refuse("/client_name", "1 to 200 characters, not all blank, on one line");
            }
        }
        // A line break is fine here, but no database stores a null character.
        if client.description.as_ref().is_some_and(|text| text.chars().count() > MAX_DESCRIPTION || text.contains('\0'))
        {
            self.refuse("/description", "at most 2000 characters");
        }
        if client.contacts.len() > MAX_CONTACTS {
            self.refuse("/contacts", "at most 20");
        }
        for (index, contact) in client.contacts.iter().enumerate() {
            if !is_email(contact) {
                self.refuse(format!("/contacts/{index}"), "must be an email address");
            }
        }
    }

    fn pages(&mut self) {
        let client = self.client;
        for (pointer, url) in [
            ("/logo_uri", &client.logo_uri),
            ("/client_uri", &client.client_uri),
            ("/policy_uri", &client.policy_uri),
            ("/tos_uri", &client.tos_uri),
        ] {
            if let Some(Err(invalid)) = url.as_deref().map(validate_web_url) {
                self.refuse(pointer, invalid.message());
            }
        }
    }

    fn lifetimes(&mut self) {
        let ttls = self.client.token_ttls;
        let members: [(&str, Option<u32>, RangeInclusive<u32>); 3] = [
            ("/token_ttls/access_token", ttls.access_token, TOKEN_TTL),
            ("/token_ttls/id_token", ttls.id_token, TOKEN_TTL),
            ("/token_ttls/refresh_token", ttls.refresh_token, REFRESH_TOKEN_TTL),
        ];
        for (pointer, ttl, range) in members {
            if ttl.is_some_and(|ttl| !range.contains(&ttl)) {
                self.refuse(pointer, format!("between {} and {} seconds", range.start(), range.end()));
            }
        }
    }
}
