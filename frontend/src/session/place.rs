//! Where the console is: what the server calls itself, and where the browser found it.

use cardea_protocol::pkce;
use web_sys::window;

/// The server's own address and version, which it writes into the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The public URL: the beginning of each issuer.
    pub(crate) public_url: String,
    /// The version of the server.
    pub(crate) version: String,
    /// The origin that the browser is at.
    pub(crate) origin: String,
}

impl Place {
    /// Reads it from the page.
    pub(crate) fn of_page() -> Self {
        let origin = window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
        let public_url = meta("cardea-public-url").filter(|url| !url.is_empty()).unwrap_or_else(|| origin.clone());
        Self { public_url, version: meta("cardea-version").unwrap_or_default(), origin }
    }

    /// Whether the browser calls the server as the server calls itself; elsewhere nobody can sign in.
    pub(crate) fn is_public(&self) -> bool {
        self.origin == self.public_url
    }

    /// The issuer of a tenant's `admin` workspace.
    pub(crate) fn issuer(&self, realm: &str) -> String {
        format!("{}/{realm}/admin", self.public_url)
    }

    /// Where sign-in returns to.
    pub(crate) fn redirect_uri(&self) -> String {
        format!("{}{}", self.public_url, crate::paths::CALLBACK)
    }
}

/// The client the console is, in each `admin` workspace.
pub(super) const CLIENT_ID: &str = "console";
/// The one PKCE method (RFC 7636 §4.2).
pub(super) const CHALLENGE_METHOD: &str = pkce::S256;

fn meta(name: &str) -> Option<String> {
    let document = window()?.document()?;
    document.query_selector(&format!("meta[name='{name}']")).ok()??.get_attribute("content")
}
