//! Issuer identifiers: RFC 8414 §2, one a workspace, made from the configured public URL and never from a request.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};
use url::Url;

use crate::id::{TenantId, WorkspaceId};

/// The URL under which the world reaches this server: http or https, maybe with a path, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PublicUrl {
    url: Arc<str>,
    /// Where the path begins in `url`.
    path_at: usize,
}

/// Why a text cannot be the public URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPublicUrl(&'static str);

impl fmt::Display for InvalidPublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidPublicUrl {}

impl PublicUrl {
    /// Reads the public URL from configuration.
    ///
    /// # Errors
    /// When it is no http(s) URL, or carries credentials, a query or a fragment (RFC 8414 §2).
    pub fn parse(text: &str) -> Result<Self, InvalidPublicUrl> {
        let url = Url::parse(text).map_err(|_| InvalidPublicUrl("not an absolute URL"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(InvalidPublicUrl("the scheme must be http or https"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidPublicUrl("user name and password must not stand in it"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(InvalidPublicUrl("query and fragment must not stand in it"));
        }
        let text = url.as_str().trim_end_matches('/');
        let path_at = text.len().saturating_sub(url.path().trim_end_matches('/').len());
        Ok(Self { url: Arc::from(text), path_at })
    }

    /// The URL, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The path of the URL without a trailing slash: empty for most.
    #[must_use]
    pub fn path(&self) -> &str {
        self.url.get(self.path_at..).unwrap_or_default()
    }

    /// Scheme, host and port: the URL without its path.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.url.get(..self.path_at).unwrap_or_default()
    }

    /// Whether the world speaks TLS to us.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.starts_with("https:")
    }

    /// The audience of tokens for the management API, `{public_url}/api/v1`.
    #[must_use]
    pub fn management_audience(&self) -> String {
        format!("{}/api/v1", self.url)
    }

    /// The tenant and the workspace this issuer identifier belongs to, when it is one of ours to the letter.
    #[must_use]
    pub fn split_issuer(&self, issuer: &str) -> Option<(TenantId, WorkspaceId)> {
        let (tenant, workspace) = issuer.strip_prefix(&*self.url)?.strip_prefix('/')?.split_once('/')?;
        Some((TenantId::parse(tenant).ok()?, WorkspaceId::parse(workspace).ok()?))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.url)
    }
}

/// The issuer identifier of a workspace, `{public_url}/{tid}/{aid}`; compared as a string, never normalised (RFC 3986 §6.2.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Issuer(Arc<str>);

impl Issuer {
    /// The issuer of a workspace.
    #[must_use]
    pub fn new(public_url: &PublicUrl, tenant: &TenantId, workspace: &WorkspaceId) -> Self {
        Self(Arc::from(format!("{}/{tenant}/{workspace}", public_url.url)))
    }

    /// The identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The URL of one of its endpoints; `path` begins with a slash.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        let mut url = String::with_capacity(self.0.len() + path.len());
        url.push_str(&self.0);
        url.push_str(path);
        url
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Issuer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_loses_its_trailing_slash_and_keeps_its_path() {
        for (text, url, origin, path) in [
            ("http://localhost:8080", "http://localhost:8080", "http://localhost:8080", ""),
            ("http://localhost:8080/", "http://localhost:8080", "http://localhost:8080", ""),
            ("https://ID.example:443/", "https://id.example", "https://id.example", ""),
            ("https://id.example/auth/", "https://id.example/auth", "https://id.example", "/auth"),
            ("https://[::1]:8443/a/b", "https://[::1]:8443/a/b", "https://[::1]:8443", "/a/b"),
        ] {
            let public = PublicUrl::parse(text).unwrap();
            assert_eq!((public.as_str(), public.origin(), public.path()), (url, origin, path), "{text}");
            assert_eq!(public.is_https(), text.starts_with("https"));
        }
    }

    #[test]
    fn a_public_url_with_more_than_an_address_is_refused() {
        for bad in [
            "",
            "localhost",
            "localhost:8080",
            "/auth",
            "ftp://id.example",
            "https://",
            "https://user@id.example",
            "https://:secret@id.example",
            "https://id.example?x=1",
            "https://id.example/?",
            "https://id.example/#",
            "javascript:alert(1)",
        ] {
            assert!(PublicUrl::parse(bad).is_err(), "{bad}");
        }
        assert!(PublicUrl::parse("https://id.example").is_ok());
    }

    #[test]
    fn an_issuer_is_split_only_when_it_is_ours_to_the_letter() {
        let public = PublicUrl::parse("https://id.example/auth").unwrap();
        let (tenant, workspace) = (TenantId::parse("acme").unwrap(), WorkspaceId::parse("shop").unwrap());
        let issuer = Issuer::new(&public, &tenant, &workspace);
        assert_eq!(issuer.as_str(), "https://id.example/auth/acme/shop");
        assert_eq!(issuer.url("/oauth2/token"), "https://id.example/auth/acme/shop/oauth2/token");
        for foreign in [
            "https://id.example/auth/acme/shop/",
            "https://id.example/auth/acme",
            "https://id.example/auth//acme/shop",
            "https://id.example/auth/acme/shop/x",
            "https://id.example/authacme/shop",
            "https://id.example/acme/shop",
            "https://ID.example/auth/acme/shop",
            "http://id.example/auth/acme/shop",
            "https://id.example.evil/auth/acme/shop",
            "https://id.example/auth/api/v1",
            "",
        ] {
            assert_eq!(public.split_issuer(foreign), None, "{foreign}");
        }
        assert_eq!(public.split_issuer(issuer.as_str()), Some((tenant, workspace)));
        assert_eq!(public.management_audience(), "https://id.example/auth/api/v1");
    }
}
