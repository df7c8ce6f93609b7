//! The cookies of a browser (RFC 6265): which browser it is, for the forms that it is shown, and who is signed in there.
//!
//! They are a tenant's alone (`Path`), and a session is one user pool's. On https they are `Secure` by their very names.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use cardea_protocol::PublicUrl;

use crate::random;
use crate::workspace::Workspace;

const BROWSER: &str = "cardea-browser";
const SESSION: &str = "cardea-session";

/// The cookies of one workspace's users.
pub struct Browser<'a> {
    request: &'a HttpRequest,
    path: String,
    prefix: &'static str,
    pool: String,
}

impl<'a> Browser<'a> {
    /// The browser that sent `request`.
    pub fn of(request: &'a HttpRequest, public_url: &PublicUrl, workspace: &Workspace) -> Self {
        Self {
            request,
            path: format!("{}/{}", public_url.path(), workspace.tenant_id),
            prefix: if public_url.is_https() { "__Secure-" } else { "" },
            pool: workspace.pool_id().to_owned(),
        }
    }

    /// Which browser it is; `None` before it was told.
    pub fn id(&self) -> Option<String> {
        self.value(&self.name(BROWSER))
    }

    /// What says who is signed in.
    pub fn session(&self) -> Option<String> {
        self.value(&self.session_name())
    }

    /// Tells a browser which one it is.
    pub fn introduce(&self) -> (String, Cookie<'static>) {
        let id = random::token_id();
        (id.clone(), self.cookie(self.name(BROWSER), id))
    }

    /// Tells a browser who is signed in.
    pub fn sign_in(&self, session: String) -> Cookie<'static> {
        self.cookie(self.session_name(), session)
    }

    /// Tells a browser that nobody is.
    pub fn sign_out(&self) -> Cookie<'static> {
        let mut cookie = self.cookie(self.session_name(), String::new());
        cookie.make_removal();
        cookie
    }

    fn name(&self, name: &str) -> String {
        [self.prefix, name].concat()
    }

    fn session_name(&self) -> String {
        [self.prefix, SESSION, "-", &self.pool].concat()
    }

    /// A cookie that is there once: of two, one was planted by somebody.
    fn value(&self, name: &str) -> Option<String> {
        let cookies = self.request.cookies().ok()?;
        let mut values = cookies.iter().filter(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned());
        let value = values.next().filter(|value| (1..=64).contains(&value.len()))?;
        values.next().is_none().then_some(value)
    }

    fn cookie(&self, name: String, value: String) -> Cookie<'static> {
        Cookie::build(name, value)
            .path(self.path.clone())
            .http_only(true)
            .secure(!self.prefix.is_empty())
            // A sign-in begins with a link from another site; nothing that changes anything does.
            .same_site(SameSite::Lax)
            .finish()
    }
}
