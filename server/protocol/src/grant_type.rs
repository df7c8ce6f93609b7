//! Grant types: RFC 6749 §4 and §6, RFC 8628 §3.4; and the response types that belong to them (RFC 7591 §2.1).

use crate::words::words;

words! {
    /// How a client comes by a token.
    pub enum GrantType {
        /// RFC 6749 §4.1.
        AuthorizationCode = "authorization_code",
        /// RFC 6749 §6.
        RefreshToken = "refresh_token",
        /// RFC 6749 §4.4.
        ClientCredentials = "client_credentials",
        /// RFC 8628 §3.4.
        DeviceCode = "urn:ietf:params:oauth:grant-type:device_code",
    }
}

words! {
    /// What an authorization response carries (RFC 6749 §3.1.1); the implicit ones are gone (RFC 9700 §2.1.2).
    pub enum ResponseType {
        /// An authorization code.
        Code = "code",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_type_is_known_by_its_exact_name() {
        for grant in GrantType::ALL {
            assert_eq!(GrantType::parse(grant.as_str()), Some(*grant));
        }
        for unknown in ["", "password", "implicit", "device_code", "Client_Credentials", "client_credentials "] {
            assert_eq!(GrantType::parse(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn an_unknown_grant_type_in_json_is_an_error_that_names_the_known_ones() {
        let error = serde_json::from_str::<GrantType>(r#""password""#).unwrap_err().to_string();
        assert!(error.contains("authorization_code") && error.contains("client_credentials"), "{error}");
        assert!(serde_json::from_str::<GrantType>("1").is_err());
        assert_eq!(serde_json::from_str::<GrantType>(r#""client_credentials""#).unwrap(), GrantType::ClientCredentials);
    }
}
