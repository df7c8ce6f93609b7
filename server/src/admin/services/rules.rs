//! Rules for services: audiences (RFC 8707 §2) and scope tokens (RFC 6749 §3.3).

use std::collections::HashSet;

use cardea_api::service::ServiceSettings;
use cardea_protocol::scope::is_scope_token;
use cardea_protocol::violation::Violation;

use super::super::text;
use crate::http::strict;

/// A database indexes audiences.
const MAX_AUDIENCE: usize = 1_000;
const MAX_SCOPE: usize = 100;
const MAX_SCOPES: usize = 1_000;
const MAX_CLIENTS: usize = 200;
/// OpenID Connect Core §5.4 and §11: these mean the same at every authorization server.
const RESERVED: [&str; 6] = ["openid", "profile", "email", "address", "phone", "offline_access"];

/// Checks every rule; `management` is the audience of this API, which is no service's.
///
/// # Errors
/// The rules that are broken.
pub(super) fn validate(settings: &ServiceSettings, management: &str) -> Result<(), Vec<Violation>> {
    let mut violations = Vec::new();
    text::name("/name", &settings.name, &mut violations);
    if !is_audience(&settings.audience) {
        let message = "an audience is an absolute URI without a fragment, of at most 1000 characters";
        violations.push(Violation::new("/audience", "invalid_value", message));
    } else if settings.audience == management {
        violations.push(Violation::new("/audience", "reserved", "this is the audience of the management API"));
    }
    scopes(settings, &mut violations);
    if settings.introspection_client_ids.len() > MAX_CLIENTS {
        violations.push(Violation::new("/introspection_client_ids", "too_many", format!("at most {MAX_CLIENTS}")));
    }
    strict::none(violations)
}

fn is_audience(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| matches!(byte, b'!'..=b'~') && byte != b'#');
    is_plain && text.len() <= MAX_AUDIENCE && url::Url::parse(text).is_ok()
}

fn scopes(settings: &ServiceSettings, violations: &mut Vec<Violation>) {
    if settings.scopes.len() > MAX_SCOPES {
        violations.push(Violation::new("/scopes", "too_many", format!("at most {MAX_SCOPES}")));
    }
    let mut seen = HashSet::new();
    for (index, scope) in settings.scopes.iter().enumerate() {
        let pointer = format!("/scopes/{index}/name");
        if !is_scope_token(&scope.name) || scope.name.len() > MAX_SCOPE {
            let message = format!(
                "a scope is 1 to {MAX_SCOPE} printable ASCII characters without spaces, quotes and backslashes"
            );
            violations.push(Violation::new(pointer, "invalid_value", message));
        } else if RESERVED.contains(&scope.name.as_str()) {
            violations.push(Violation::new(pointer, "reserved", "OpenID Connect gives this scope its meaning"));
        } else if !seen.insert(scope.name.as_str()) {
            violations.push(Violation::new(pointer, "duplicate", "this scope is named twice"));
        }
        if !scope.display_name.is_empty() {
            text::name(&format!("/scopes/{index}/display_name"), &scope.display_name, violations);
        }
        text::description(&format!("/scopes/{index}/description"), &scope.description, violations);
    }
}

#[cfg(test)]
mod tests {
    use cardea_api::service::ServiceScope;

    use super::*;

    const MANAGEMENT: &str = "https://id.example/api/v1";

    fn service(audience: &str, scopes: &[&str]) -> ServiceSettings {
        let scope = |name: &&str| ServiceScope {
            name: (*name).to_owned(),
            display_name: String::new(),
            description: String::new(),
        };
        ServiceSettings {
            name: "Orders".to_owned(),
            audience: audience.to_owned(),
            scopes: scopes.iter().map(scope).collect(),
            introspection_client_ids: Vec::new(),
        }
    }

    #[test]
    fn an_audience_is_an_absolute_uri_without_a_fragment() {
        for bad in
            ["", "orders", "/orders", "https://api.example/#a", "https://api.example/ü", "https://a b", MANAGEMENT]
        {
            assert!(validate(&service(bad, &[]), MANAGEMENT).is_err(), "{bad}");
        }
        for good in
            ["https://api.example", "https://api.example/orders?v=1", "urn:example:orders", "http://localhost:1"]
        {
            assert!(validate(&service(good, &[]), MANAGEMENT).is_ok(), "{good}");
        }
    }

    #[test]
    fn a_scope_is_a_token_and_named_once() {
        for (scopes, pointer) in [
            (&["a b"][..], "/scopes/0/name"),
            (&["a", "\""], "/scopes/1/name"),
            (&["a", "b", "a"], "/scopes/2/name"),
            (&["openid"], "/scopes/0/name"),
            (&[""], "/scopes/0/name"),
        ] {
            let violations = validate(&service("urn:x:y", scopes), MANAGEMENT).unwrap_err();
            assert_eq!(violations[0].pointer, pointer, "{scopes:?}");
        }
        assert!(validate(&service("urn:x:y", &["orders:read", "orders/write"]), MANAGEMENT).is_ok());
    }
}
