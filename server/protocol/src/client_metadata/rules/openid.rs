//! What OpenID Connect and its neighbours add: OIDC Registration §2, OIDC Core §8.1, RFC 9101 §10.5, OIDC Back-Channel Logout §2.2;
//! and the policy for refresh tokens (RFC 9700 §2.2.2).

use super::Check;
use crate::{
    algorithm::SigningAlg,
    redirect_uri::validate_web_url,
    subject::{SectorIdentifier, SubjectType},
    workspace_settings::Profile,
};

const MAX_ACR_VALUES: usize = 32;
const MAX_ACR_LEN: usize = 255;

impl Check<'_> {
    pub(super) fn openid(&mut self) {
        self.signatures();
        self.request_objects();
        self.subjects();
        self.addresses();
        let acr = &self.client.default_acr_values;
        let malformed =
            |value: &String| !(1..=MAX_ACR_LEN).contains(&value.len()) || value.contains(char::is_whitespace);
        if acr.len() > MAX_ACR_VALUES || acr.iter().any(|value| malformed(value) || value.chars().any(char::is_control))
        {
            self.refuse("/default_acr_values", "at most 32, each of 1 to 255 characters without blanks");
        }
        self.refuse_duplicates("/default_acr_values", acr);
        let method = self.client.token_endpoint_auth_method;
        match (self.client.refresh_token_rotation, self.workspace.profile) {
            (Some(policy), profile) if policy.is_allowed_for(method, profile) => {}
            (Some(_), Profile::Fapi2) => self.refuse("/refresh_token_rotation", "fapi_2 demands never"),
            (Some(_), Profile::Default) => {
                self.refuse("/refresh_token_rotation", "never is for clients that authenticate (RFC 9700 §2.2.2)");
            }
            (None, _) => {}
        }
    }

    fn signatures(&mut self) {
        let client = self.client;
        for (pointer, alg) in [
            ("/id_token_signed_response_alg", client.id_token_signed_response_alg),
            ("/userinfo_signed_response_alg", client.userinfo_signed_response_alg),
        ] {
            let Some(alg) = alg else { continue };
            if !SigningAlg::ACCESS_TOKEN.contains(&alg) {
                self.refuse(pointer, "one of ES256, RS256, PS256, ES384, EdDSA");
            } else {
                self.fapi_2_alg(pointer, alg);
            }
        }
    }

    fn request_objects(&mut self) {
        let client = self.client;
        let has_keys = client.jwks.is_some() || client.jwks_uri.is_some();
        if client.require_signed_request_object && !has_keys {
            self.refuse("/require_signed_request_object", "needs jwks or jwks_uri");
        }
        let pointer = "/request_object_signing_alg";
        match client.request_object_signing_alg {
            None => {}
            Some(alg) if alg.is_hmac() => self.refuse(pointer, "request objects need an asymmetric algorithm"),
            Some(_) if !has_keys => self.refuse(pointer, "needs jwks or jwks_uri"),
            Some(alg) => {
                self.fapi_2_alg(pointer, alg);
                // Broken keys are told of where the keys are.
                if let Ok(Some(keys)) = client.registered_keys()
                    && keys.candidates(None, alg).next().is_none()
                {
                    self.refuse(pointer, format!("no key of jwks fits {alg}: see its kty, crv, alg, use and key_ops"));
                }
            }
        }
    }

    fn subjects(&mut self) {
        let pairwise = self.client.subject_type == Some(SubjectType::Pairwise);
        if let (true, Err(missing)) = (pairwise, SectorIdentifier::of(self.client)) {
            self.refuse("/sector_identifier_uri", missing.to_string());
        }
    }

    fn addresses(&mut self) {
        let client = self.client;
        for (pointer, url) in [
            ("/sector_identifier_uri", &client.sector_identifier_uri),
            ("/initiate_login_uri", &client.initiate_login_uri),
            ("/backchannel_logout_uri", &client.backchannel_logout_uri),
        ] {
            if let Some(Err(invalid)) = url.as_deref().map(validate_web_url) {
                self.refuse(pointer, invalid.message());
            }
        }
    }

    fn fapi_2_alg(&mut self, pointer: &str, alg: SigningAlg) {
        if self.workspace.profile == Profile::Fapi2 && !SigningAlg::FAPI_2.contains(&alg) {
            self.refuse(pointer, "fapi_2 allows PS256, ES256 and EdDSA");
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::{broken_in, check, ec};
    use crate::workspace_settings::{Profile, WorkspaceSettings};

    #[test]
    fn addresses_are_https_or_loopback() {
        for name in ["sector_identifier_uri", "initiate_login_uri", "backchannel_logout_uri"] {
            let pointer = format!("/{name}");
            for bad in [
                "",
                "http://c.example/",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "\u{1}javascript:alert(1)",
                "java\tscript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "com.example.app:/logout",
                "https://c.example/#x",
                "https://user@c.example/",
                "//c.example/",
            ] {
                check(&[(json!({name: bad}), &[&pointer])]);
            }
            for good in ["https://c.example/logout?x=1", "http://localhost:3000/", "http://127.0.0.1/x"] {
                check(&[(json!({name: good}), &[])]);
            }
        }
    }

    #[test]
    fn what_we_sign_for_a_client_is_asymmetric() {
        for name in ["id_token_signed_response_alg", "userinfo_signed_response_alg"] {
            let pointer = format!("/{name}");
            for bad in ["HS256", "RS512", "PS384"] {
                check(&[(json!({name: bad}), &[&pointer])]);
            }
            check(&[(json!({name: "RS256"}), &[]), (json!({name: "EdDSA"}), &[])]);
        }
    }

    #[test]
    fn request_objects_are_signed_with_a_registered_key() {
        let jwks = json!({"keys": [ec()]});
        let alg = "request_object_signing_alg";
        check(&[
            (json!({alg: "ES256"}), &["/request_object_signing_alg"]),
            (json!({alg: "HS256", "jwks": jwks}), &["/request_object_signing_alg"]),
            (json!({alg: "RS256", "jwks": jwks}), &["/request_object_signing_alg"]),
            (json!({"require_signed_request_object": true}), &["/require_signed_request_object"]),
            (json!({alg: "ES256", "jwks": jwks}), &[]),
            (json!({alg: "PS512", "jwks_uri": "https://c.example/jwks"}), &[]),
            (json!({"require_signed_request_object": true, "jwks": jwks}), &[]),
        ]);
    }

    #[test]
    fn pairwise_subjects_need_one_sector() {
        let client = |uris: &[&str]| json!({"subject_type": "pairwise", "redirect_uris": uris});
        let mut named = client(&["https://c.example/", "https://d.example/"]);
        named["sector_identifier_uri"] = json!("https://c.example/uris.json");
        check(&[
            (client(&["https://c.example/", "https://d.example/"]), &["/sector_identifier_uri"]),
            (json!({"subject_type": "pairwise"}), &["/sector_identifier_uri"]),
            (client(&["https://c.example/a", "https://c.example/b"]), &[]),
            (named, &[]),
            (json!({"subject_type": "public", "redirect_uris": ["https://c.example/", "https://d.example/"]}), &[]),
        ]);
    }

    #[test]
    fn acr_values_are_words() {
        let values = |list: Vec<String>| json!({"default_acr_values": list});
        let many = |count: usize| (0..count).map(|n| n.to_string()).collect::<Vec<_>>();
        check(&[
            (values(vec![String::new()]), &["/default_acr_values"]),
            (values(vec!["a b".into()]), &["/default_acr_values"]),
            (values(vec!["a\u{7f}".into()]), &["/default_acr_values"]),
            (values(vec!["a".repeat(256)]), &["/default_acr_values"]),
            (values(many(33)), &["/default_acr_values"]),
            (values(vec!["a".into(), "a".into()]), &["/default_acr_values/1"]),
            (values(many(32)), &[]),
        ]);
    }

    #[test]
    fn a_client_that_proves_nothing_rotates_and_fapi_2_never_does() {
        let public = |policy: &str| {
            json!({
                "token_endpoint_auth_method": "none", "redirect_uris": ["https://c.example/"], "refresh_token_rotation": policy
            })
        };
        let confidential = |policy: &str| json!({"refresh_token_rotation": policy});
        let fapi = |policy: Value| {
            json!({
                "token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [ec()]}, "refresh_token_rotation": policy
            })
        };
        check(&[
            (public("never"), &["/refresh_token_rotation"]),
            (public("rotate"), &[]),
            (public("rotate_with_grace"), &[]),
            (confidential("never"), &[]),
            (confidential("rotate"), &[]),
        ]);
        let workspace = WorkspaceSettings::for_profile(Profile::Fapi2);
        for policy in ["rotate", "rotate_with_grace"] {
            assert_eq!(broken_in(&workspace, &fapi(json!(policy))), ["/refresh_token_rotation"], "{policy}");
        }
        for policy in [json!("never"), Value::Null] {
            assert_eq!(broken_in(&workspace, &fapi(policy.clone())), [""; 0], "{policy}");
        }
    }
}
