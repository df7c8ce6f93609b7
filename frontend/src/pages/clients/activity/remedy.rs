//! What mends a failure with one click, where something does.

use cardea_api::audit_event::AuditEventView;

/// A way to mend a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Registers this redirect URI as well.
    RegisterRedirectUri(String),
    /// Lets the client use this method from now on.
    ChangeMethod(String),
    /// Enables the client's method in the workspace: a page of its own says whom that concerns.
    EnableMethod(String),
    /// Switches the client on.
    EnableClient,
    /// Takes assertions whose audience is the token endpoint, from this client.
    AcceptLegacyAudience,
    /// Another secret.
    AddSecret,
    /// Another authority, or another subject.
    TrustAuthority,
    /// Another grant.
    AllowGrant,
}

impl Remedy {
    /// What its button says.
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::RegisterRedirectUri(_) => "Register this redirect URI",
            Self::ChangeMethod(_) => "Let the client use the method it used",
            Self::EnableMethod(_) => "Enable this method",
            Self::EnableClient => "Enable the client",
            Self::AcceptLegacyAudience => "Accept this audience from the client",
            Self::AddSecret => "Add a secret",
            Self::TrustAuthority => "Look at the trusted CAs",
            Self::AllowGrant => "Look at the client's grants",
        }
    }

    /// What it changes, for whoever is asked to agree.
    pub(super) fn question(&self) -> String {
        match self {
            Self::RegisterRedirectUri(uri) => {
                format!("{uri} becomes a redirect URI of this client. People who sign in can then be sent there with a code: make sure that the address is the application's.")
            }
            Self::ChangeMethod(method) => {
                format!("The client's token_endpoint_auth_method becomes {method}. It has to have what that method needs, and can no longer use the one registered now.")
            }
            Self::EnableClient => "The client can get tokens again from its next request on.".to_owned(),
            Self::AcceptLegacyAudience => "The client's client_assertion_audience becomes legacy: assertions may then name the token endpoint as well as the issuer (RFC 7523). Use it for libraries that cannot name the issuer.".to_owned(),
            Self::EnableMethod(_) | Self::AddSecret | Self::TrustAuthority | Self::AllowGrant => String::new(),
        }
    }
}

/// What mends a failure of this `reason`.
pub(super) fn of(reason: &str, event: &AuditEventView) -> Option<Remedy> {
    let of_detail = |name: &str| Some(event.detail.as_ref()?.get(name)?.as_str()?.to_owned());
    match reason {
        "redirect_uri_mismatch" => {
            of_detail("presented").filter(|uri| !uri.is_empty()).map(Remedy::RegisterRedirectUri)
        }
        "method_mismatch" => of_detail("presented").map(Remedy::ChangeMethod),
        "method_disabled" => of_detail("presented").map(Remedy::EnableMethod),
        "client_disabled" => Some(Remedy::EnableClient),
        "assertion_audience" => Some(Remedy::AcceptLegacyAudience),
        "secret_expired" | "secret_mismatch" => Some(Remedy::AddSecret),
        "certificate_untrusted" => Some(Remedy::TrustAuthority),
        "unauthorized_client" => Some(Remedy::AllowGrant),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(detail: serde_json::Value) -> AuditEventView {
        let event = json!({"id": "1", "time": "2026-01-01T00:00:00Z", "type": "authorization.refused", "outcome": "failure",
            "actor": null, "object": null, "client_id": "shop", "user_id": null, "reason": null, "detail": detail, "ip": null, "request_id": null});
        serde_json::from_value(event).unwrap()
    }

    #[test]
    fn what_was_presented_can_be_registered_and_what_was_not_cannot() {
        let presented =
            event(json!({"presented": "https://shop.example/cb/", "registered": "https://shop.example/cb"}));
        assert_eq!(
            of("redirect_uri_mismatch", &presented),
            Some(Remedy::RegisterRedirectUri("https://shop.example/cb/".into()))
        );
        assert_eq!(of("redirect_uri_mismatch", &event(json!({}))), None);
        assert_eq!(of("assertion_replayed", &presented), None);
    }

    #[test]
    fn what_changes_at_once_is_asked_about_before() {
        for remedy in [
            Remedy::RegisterRedirectUri("x".into()),
            Remedy::ChangeMethod("none".into()),
            Remedy::EnableClient,
            Remedy::AcceptLegacyAudience,
        ] {
            assert!(!remedy.question().is_empty() && !remedy.label().is_empty(), "{remedy:?}");
        }
    }
}
