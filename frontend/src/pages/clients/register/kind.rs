//! What a client is, and what follows from that: grants, where it runs, and how it can prove itself.

use cardea_protocol::client_metadata::ApplicationType;
use cardea_protocol::grant_type::GrantType;
use cardea_protocol::{AuthMethod, WorkspaceSettings};

use crate::ui::field::Card;
use crate::ui::icon::Icon;
use crate::ui::page::Tone;

/// What is being registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Code in a browser.
    Browser,
    /// A web site with a server of its own.
    Server,
    /// Installed on a phone or a computer.
    Native,
    /// Without a browser: a command line, a television.
    Device,
    /// Nobody sits before it.
    Service,
}

/// The methods, the strongest first; of equals, the one that needs less around it.
pub(super) const RANKED: [AuthMethod; 7] = [
    AuthMethod::PrivateKeyJwt,
    AuthMethod::TlsClientAuth,
    AuthMethod::SelfSignedTlsClientAuth,
    AuthMethod::ClientSecretJwt,
    AuthMethod::ClientSecretBasic,
    AuthMethod::ClientSecretPost,
    AuthMethod::None,
];

impl Kind {
    pub(super) const ALL: [Self; 5] = [Self::Browser, Self::Server, Self::Native, Self::Device, Self::Service];

    /// As it stands in the URL and in ids.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Server => "server",
            Self::Native => "native",
            Self::Device => "device",
            Self::Service => "service",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Browser => "Browser app",
            Self::Server => "Server web app",
            Self::Native => "Mobile or desktop app",
            Self::Device => "CLI or TV",
            Self::Service => "Service",
        }
    }

    /// The settings that follow, as a sentence.
    const fn sentence(self) -> &'static str {
        match self {
            Self::Browser => {
                "Runs in the browser alone, as a single-page app does. Authorization code with PKCE, no secret."
            }
            Self::Server => {
                "Signs people in from its own server. Authorization code with PKCE, proves itself, refresh tokens."
            }
            Self::Native => {
                "Installed on a phone or a computer. Authorization code with PKCE through the system's browser, no secret."
            }
            Self::Device => {
                "Has no browser of its own: shows a code that a person confirms elsewhere. Device code, no secret."
            }
            Self::Service => {
                "Calls another service in its own name, without people. Client credentials, proves itself."
            }
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Browser => Icon::Browser,
            Self::Server => Icon::Server,
            Self::Native => Icon::Phone,
            Self::Device => Icon::Tv,
            Self::Service => Icon::Robot,
        }
    }

    /// The grant it begins with.
    pub(super) const fn grant(self) -> GrantType {
        match self {
            Self::Browser | Self::Server | Self::Native => GrantType::AuthorizationCode,
            Self::Device => GrantType::DeviceCode,
            Self::Service => GrantType::ClientCredentials,
        }
    }

    /// Its grants in a workspace: with people, it renews their tokens where that is enabled.
    pub(super) fn grants(self, workspace: &WorkspaceSettings) -> Vec<GrantType> {
        let refreshes = self != Self::Service && workspace.grant_types.contains(&GrantType::RefreshToken);
        std::iter::once(self.grant()).chain(refreshes.then_some(GrantType::RefreshToken)).collect()
    }

    pub(super) const fn application_type(self) -> ApplicationType {
        match self {
            Self::Native | Self::Device => ApplicationType::Native,
            Self::Browser | Self::Server | Self::Service => ApplicationType::Web,
        }
    }

    /// Whether a browser comes back to it.
    pub(super) const fn redirects(self) -> bool {
        matches!(self, Self::Browser | Self::Server | Self::Native)
    }

    /// Why it cannot authenticate by `method`, if it cannot.
    pub(super) fn unfit(self, method: AuthMethod) -> Option<&'static str> {
        let public = method == AuthMethod::None;
        match self {
            Self::Browser if !public => Some("Whatever is in a browser can be read there: it keeps no credential."),
            Self::Native | Self::Device if !public => {
                Some("Every copy of an app would hold the same credential, and anybody can read it out.")
            }
            Self::Server | Self::Service if public => Some("It runs where a credential can be kept, so it keeps one."),
            _ => None,
        }
    }

    /// Why it cannot be registered in a workspace, if it cannot.
    pub(super) fn refused(self, workspace: &WorkspaceSettings) -> Option<String> {
        if !workspace.grant_types.contains(&self.grant()) {
            return Some(format!("This workspace does not serve the grant {}.", self.grant()));
        }
        let possible = |method: &AuthMethod| refused(self, *method, workspace).is_none();
        (!RANKED.iter().any(possible)).then(|| "No method that it could use is enabled in this workspace.".to_owned())
    }

    /// The card that stands for it.
    pub(super) fn card(self, workspace: &WorkspaceSettings) -> Card {
        Card {
            value: self.as_str().to_owned(),
            title: self.title().to_owned(),
            text: self.sentence().to_owned(),
            icon: Some(self.icon()),
            badge: (self == Self::Service).then(|| (Tone::Neutral, "Machine to machine".to_owned())),
            disabled_because: self.refused(workspace),
        }
    }
}

/// Why a client of this kind cannot be registered for `method` here, if it cannot.
pub(super) fn refused(kind: Kind, method: AuthMethod, workspace: &WorkspaceSettings) -> Option<String> {
    if let Some(why) = kind.unfit(method) {
        return Some(why.to_owned());
    }
    (!workspace.token_endpoint_auth_methods.contains(method)).then(|| "Not enabled in this workspace.".to_owned())
}

/// The method that is chosen before anybody chooses: the strongest.
pub(super) fn preselected(kind: Kind, workspace: &WorkspaceSettings) -> Option<AuthMethod> {
    RANKED.into_iter().find(|method| refused(kind, *method, workspace).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cardea_protocol::Profile;

    #[test]
    fn each_kind_has_a_method_where_all_are_enabled_and_it_is_the_strongest() {
        let workspace = WorkspaceSettings::default();
        for kind in Kind::ALL {
            assert_eq!(kind.refused(&workspace), None);
            let expected = if kind.redirects() && kind != Kind::Server || kind == Kind::Device {
                AuthMethod::None
            } else {
                AuthMethod::PrivateKeyJwt
            };
            assert_eq!(preselected(kind, &workspace), Some(expected), "{kind:?}");
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert!(AuthMethod::ALL.iter().all(|method| RANKED.contains(method)));
    }

    #[test]
    fn a_workspace_without_public_clients_or_a_grant_says_so() {
        let fapi = WorkspaceSettings::for_profile(Profile::Fapi2);
        assert!(Kind::Browser.refused(&fapi).is_some() && Kind::Device.refused(&fapi).is_some());
        assert_eq!((Kind::Server.refused(&fapi), Kind::Service.refused(&fapi)), (None, None));
        let why = refused(Kind::Server, AuthMethod::ClientSecretBasic, &fapi).unwrap();
        assert!(why.contains("Not enabled"), "{why}");
        let mut few = WorkspaceSettings::default();
        few.grant_types.retain(|grant| *grant == GrantType::AuthorizationCode);
        assert!(Kind::Service.refused(&few).is_some_and(|why| why.contains("client_credentials")));
        assert_eq!(Kind::Server.grants(&few), [GrantType::AuthorizationCode]);
    }
}
