//! One client a rule: as it must not be, and as it may.

use serde_json::{Value, json};

use super::*;
use crate::{
    algorithm::SigningAlg,
    auth_method::{AuthMethod, AuthMethods},
    grant_type::GrantType,
    workspace_settings::Profile,
};

pub(super) fn ec() -> Value {
    json!({"kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})
}

pub(super) fn ec_with(name: &str, value: Value) -> Value {
    let mut key = ec();
    key[name] = value;
    key
}

/// Where the client breaks rules, in the order they are found.
pub(super) fn broken_in(workspace: &WorkspaceSettings, client: &Value) -> Vec<String> {
    let client: ClientMetadata = serde_json::from_value(client.clone()).unwrap();
    let violations = client.validate(workspace).err().unwrap_or_default();
    violations.into_iter().map(|violation| violation.pointer).collect()
}

pub(super) fn check(cases: &[(Value, &[&str])]) {
    for (client, pointers) in cases {
        assert_eq!(broken_in(&WorkspaceSettings::default(), client), *pointers, "{client}");
    }
}

#[test]
fn the_method_must_be_enabled_in_the_workspace() {
    for method in AuthMethod::ALL {
        let mut workspace = WorkspaceSettings::default();
        workspace.token_endpoint_auth_methods.remove(*method);
        let jwks = json!({"keys": [ec_with("x5c", json!(["QQ=="]))]});
        let mut client =
            json!({"token_endpoint_auth_method": method, "jwks": jwks, "redirect_uris": ["https://c.example/"]});
        if *method == AuthMethod::TlsClientAuth {
            client["tls_client_auth_subject_dn"] = json!("CN=c");
        }
        assert_eq!(broken_in(&workspace, &client), ["/token_endpoint_auth_method"], "{method}");
        workspace.token_endpoint_auth_methods = AuthMethods::all();
        assert_eq!(broken_in(&workspace, &client), [""; 0], "{method}");
    }
}

#[test]
fn the_code_is_that_of_rfc_7591() {
    let client = json!({"redirect_uris": ["http://c.example/"], "logo_uri": "http://c.example/"});
    let client: ClientMetadata = serde_json::from_value(client).unwrap();
    let violations = client.validate(&WorkspaceSettings::default()).unwrap_err();
    let codes: Vec<_> = violations.iter().map(|violation| (violation.pointer.as_str(), &*violation.code)).collect();
    assert_eq!(codes, [("/redirect_uris/0", "invalid_redirect_uri"), ("/logo_uri", "invalid_client_metadata")]);
}

#[test]
fn a_private_key_jwt_client_has_keys_that_fit_its_algorithm() {
    let client = |members: Value| {
        let mut client = json!({"token_endpoint_auth_method": "private_key_jwt"});
        client.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        client
    };
    let jwks = json!({"keys": [ec()]});
    let alg = "token_endpoint_auth_signing_alg";
    check(&[
        (client(json!({})), &["/jwks"]),
        (client(json!({"jwks": jwks, "jwks_uri": "https://c.example/jwks"})), &["/jwks_uri"]),
        (client(json!({"jwks_uri": "http://c.example/jwks"})), &["/jwks_uri"]),
        (client(json!({"jwks_uri": "https://c.example/jwks#x"})), &["/jwks_uri"]),
        (client(json!({"jwks_uri": "file:///etc/passwd"})), &["/jwks_uri"]),
        (client(json!({"jwks": []})), &["/jwks"]),
        (client(json!({"jwks": {"keys": []}})), &["/jwks/keys"]),
        (client(json!({"jwks": {"keys": [ec_with("d", json!("AQAB"))]}})), &["/jwks/keys/0/d"]),
        (client(json!({"jwks": {"keys": [{"kty": "oct", "k": "AQAB"}]}})), &["/jwks/keys/0/k"]),
        (client(json!({"jwks": jwks, alg: "RS256"})), &["/token_endpoint_auth_signing_alg"]),
        (client(json!({"jwks": jwks, alg: "HS256"})), &["/token_endpoint_auth_signing_alg"]),
        (client(json!({"jwks_uri": "https://c.example/jwks", alg: "HS256"})), &["/token_endpoint_auth_signing_alg"]),
        (client(json!({"jwks": {"keys": [ec_with("use", json!("enc"))]}})), &["/jwks"]),
        (
            client(json!({"jwks": {"keys": [ec_with("alg", json!("ES384"))]}, alg: "ES256"})),
            &["/token_endpoint_auth_signing_alg"],
        ),
        (client(json!({"jwks": jwks})), &[]),
        (client(json!({"jwks": jwks, alg: "ES256"})), &[]),
        (client(json!({"jwks": {"keys": [ec_with("use", json!("enc")), ec()]}, alg: "ES256"})), &[]),
        (client(json!({"jwks_uri": "https://c.example/jwks", alg: "EdDSA"})), &[]),
        (client(json!({"jwks_uri": "http://localhost:9000/jwks"})), &[]),
    ]);
    let workspace = WorkspaceSettings {
        token_endpoint_auth_signing_alg_values: vec![SigningAlg::RS256, SigningAlg::HS256],
        ..WorkspaceSettings::default()
    };
    assert_eq!(broken_in(&workspace, &client(json!({"jwks": jwks}))), ["/jwks"]);
    assert_eq!(
        broken_in(&workspace, &client(json!({"jwks": jwks, alg: "ES256"}))),
        ["/token_endpoint_auth_signing_alg"]
    );
}

#[test]
fn a_client_secret_jwt_client_signs_with_hmac() {
    let client =
        |alg: &str| json!({"token_endpoint_auth_method": "client_secret_jwt", "token_endpoint_auth_signing_alg": alg});
    check(&[
        (client("ES256"), &["/token_endpoint_auth_signing_alg"]),
        (client("HS512"), &[]),
        (json!({"token_endpoint_auth_method": "client_secret_jwt"}), &[]),
    ]);
    let workspace = WorkspaceSettings {
        token_endpoint_auth_signing_alg_values: vec![SigningAlg::ES256, SigningAlg::HS256],
        ..WorkspaceSettings::default()
    };
    assert_eq!(broken_in(&workspace, &client("HS512")), ["/token_endpoint_auth_signing_alg"]);
    assert_eq!(broken_in(&workspace, &client("HS256")), [""; 0]);
}

#[test]
fn a_tls_client_names_exactly_one_way_to_recognise_its_certificate() {
    let names = [
        ("tls_client_auth_subject_dn", "CN=client,O=Example", vec!["", "client", "=x", "CN=a\u{0}b"]),
        (
            "tls_client_auth_san_dns",
            "client.example",
            vec!["", "*.client.example", "a b", "client..example", "-a.example"],
        ),
        ("tls_client_auth_san_uri", "spiffe://client.example/a", vec!["", "client.example", "/a", "spiffe://a b"]),
        ("tls_client_auth_san_ip", "2001:db8::1", vec!["", "300.1.1.1", "10.0.0.0/8", "client.example"]),
        ("tls_client_auth_san_email", "a@client.example", vec!["", "a", "@a", "a@", "a@b@c", "a b@c"]),
    ];
    for (name, good, bad) in names {
        let pointer = format!("/{name}");
        let tls = |value: &str| json!({"token_endpoint_auth_method": "tls_client_auth", name: value});
        for bad in bad {
            assert_eq!(broken_in(&WorkspaceSettings::default(), &tls(bad)), [pointer.as_str()], "{name} {bad:?}");
        }
        check(&[
            (json!({"token_endpoint_auth_method": "client_secret_post", name: good}), &[&pointer]),
            (tls(good), &[]),
        ]);
    }
    check(&[
        (json!({"token_endpoint_auth_method": "tls_client_auth"}), &["/tls_client_auth_subject_dn"]),
        (
            json!({"token_endpoint_auth_method": "tls_client_auth", "tls_client_auth_san_ip": "10.0.0.1", "tls_client_auth_san_dns": "a.example"}),
            &["/tls_client_auth_san_dns", "/tls_client_auth_san_ip"],
        ),
    ]);
}

#[test]
fn a_self_signed_client_registers_its_certificate() {
    let client = |jwks: Value| json!({"token_endpoint_auth_method": "self_signed_tls_client_auth", "jwks": jwks});
    check(&[
        (json!({"token_endpoint_auth_method": "self_signed_tls_client_auth"}), &["/jwks"]),
        (client(json!({"keys": [ec()]})), &["/jwks"]),
        (client(json!({"keys": [ec(), ec_with("x5c", json!(["QQ=="]))]})), &[]),
        (
            json!({"token_endpoint_auth_method": "self_signed_tls_client_auth", "jwks_uri": "https://c.example/jwks"}),
            &[],
        ),
    ]);
}

#[test]
fn grants_and_response_types_belong_together() {
    let uris = json!(["https://c.example/cb"]);
    check(&[
        (json!({"grant_types": ["authorization_code"]}), &["/redirect_uris"]),
        (json!({"grant_types": ["client_credentials"], "response_types": ["code"]}), &["/response_types"]),
        (json!({"grant_types": ["refresh_token"]}), &["/grant_types/0"]),
        (json!({"grant_types": ["client_credentials", "refresh_token"]}), &["/grant_types/1"]),
        (json!({"grant_types": ["client_credentials", "client_credentials"]}), &["/grant_types/1"]),
        (json!({"redirect_uris": uris, "response_types": ["code", "code"]}), &["/response_types/1"]),
        (json!({"token_endpoint_auth_method": "none", "grant_types": ["client_credentials"]}), &["/grant_types/0"]),
        (json!({"token_endpoint_auth_method": "none"}), &["/grant_types/0"]),
        (json!({"token_endpoint_auth_method": "none", "redirect_uris": uris}), &[]),
        (json!({"redirect_uris": uris, "grant_types": ["authorization_code", "refresh_token"]}), &[]),
        (json!({"grant_types": ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"]}), &[]),
        (json!({"redirect_uris": uris, "grant_types": ["authorization_code", "client_credentials"]}), &[]),
        (json!({}), &[]),
    ]);
    let bare = ClientMetadata {
        grant_types: vec![GrantType::AuthorizationCode],
        redirect_uris: vec!["https://c.example/".to_owned()],
        ..ClientMetadata::default()
    };
    assert_eq!(bare.validate(&WorkspaceSettings::default()).unwrap_err()[0].pointer, "/response_types");
    assert_eq!(bare.with_defaults().validate(&WorkspaceSettings::default()), Ok(()));
}

#[test]
fn a_grant_must_be_enabled_in_the_workspace() {
    let workspace =
        WorkspaceSettings { grant_types: vec![GrantType::ClientCredentials], ..WorkspaceSettings::default() };
    let client =
        json!({"redirect_uris": ["https://c.example/"], "grant_types": ["client_credentials", "authorization_code"]});
    assert_eq!(broken_in(&workspace, &client), ["/grant_types/1"]);
    assert_eq!(broken_in(&workspace, &json!({})), [""; 0]);
}

#[test]
fn uris_are_checked_one_by_one() {
    let many = |count: usize| (0..count).map(|n| format!("https://c.example/{n}")).collect::<Vec<_>>();
    check(&[
        (
            json!({"redirect_uris": ["https://c.example/", "JavaScript:alert(1)", "https://c.example/#x"]}),
            &["/redirect_uris/1", "/redirect_uris/2"],
        ),
        (json!({"redirect_uris": ["https://c.example/", "https://c.example/"]}), &["/redirect_uris/1"]),
        (json!({"redirect_uris": ["com.example.app:/cb"]}), &["/redirect_uris/0"]),
        (json!({"redirect_uris": many(51)}), &["/redirect_uris"]),
        (json!({"post_logout_redirect_uris": ["data:,x"]}), &["/post_logout_redirect_uris/0"]),
        (json!({"redirect_uris": ["com.example.app:/cb"], "application_type": "native"}), &[]),
        (json!({"redirect_uris": many(50), "post_logout_redirect_uris": many(50)}), &[]),
    ]);
    for page in ["logo_uri", "client_uri", "policy_uri", "tos_uri"] {
        let pointer = format!("/{page}");
        check(&[
            (json!({page: "http://c.example/"}), &[&pointer]),
            (json!({page: "\u{1}javascript:alert(1)"}), &[&pointer]),
            (json!({page: ""}), &[&pointer]),
            (json!({page: "https://c.example/"}), &[]),
        ]);
    }
}

#[test]
fn texts_and_lifetimes_have_bounds() {
    check(&[
        (json!({"client_name": ""}), &["/client_name"]),
        (json!({"client_name": " "}), &["/client_name"]),
        (json!({"client_name": "a\nb"}), &["/client_name"]),
        (json!({"client_name": "ä".repeat(201)}), &["/client_name"]),
        (json!({"description": "a\0b"}), &["/description"]),
        (json!({"description": "a".repeat(2001)}), &["/description"]),
        (json!({"contacts": ["a@b.example", "nobody"]}), &["/contacts/1"]),
        (json!({"contacts": vec!["a@b.example"; 21]}), &["/contacts"]),
        (
            json!({"token_ttls": {"access_token": 9, "id_token": 86401, "refresh_token": 59}}),
            &["/token_ttls/access_token", "/token_ttls/id_token", "/token_ttls/refresh_token"],
        ),
        (json!({"id_token_signed_response_alg": "HS256"}), &["/id_token_signed_response_alg"]),
        (json!({"id_token_signed_response_alg": "RS512"}), &["/id_token_signed_response_alg"]),
        (json!({"client_name": "ä".repeat(200), "description": "a\nb", "contacts": ["a@b.example"]}), &[]),
        (
            json!({"token_ttls": {"access_token": 10, "refresh_token": 31536000}, "id_token_signed_response_alg": "RS256"}),
            &[],
        ),
    ]);
}

#[test]
fn fapi_2_narrows_what_a_client_may_choose() {
    let fapi = WorkspaceSettings::for_profile(Profile::Fapi2);
    let client = |audience: &str, alg: &str| {
        json!({
            "token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [ec()]},
            "client_assertion_audience": audience, "id_token_signed_response_alg": alg,
        })
    };
    assert_eq!(broken_in(&fapi, &client("issuer", "ES256")), ["/client_assertion_audience"]);
    assert_eq!(
        broken_in(&fapi, &client("legacy", "RS256")),
        ["/client_assertion_audience", "/id_token_signed_response_alg"]
    );
    assert_eq!(broken_in(&fapi, &json!({})), ["/token_endpoint_auth_method"]);
    assert_eq!(broken_in(&fapi, &client("issuer_string", "PS256")), [""; 0]);
}
