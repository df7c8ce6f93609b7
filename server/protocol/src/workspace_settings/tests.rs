//! Defaults, reading and the rules of a workspace's policy.

use serde_json::{Value, json};

use super::*;

/// Where the policy breaks rules, in the order they are found.
fn broken(settings: Value) -> Vec<String> {
    let settings: WorkspaceSettings = serde_json::from_value(settings).unwrap();
    let violations = settings.validate().err().unwrap_or_default();
    violations.into_iter().map(|violation| violation.pointer).collect()
}

#[test]
fn the_defaults_of_each_profile_keep_its_rules() {
    for profile in Profile::ALL {
        let settings = WorkspaceSettings::for_profile(*profile);
        assert_eq!(settings.validate(), Ok(()), "{profile}");
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<WorkspaceSettings>(&text).unwrap(), settings);
    }
    assert_eq!(WorkspaceSettings::default().token_endpoint_auth_methods, AuthMethods::all());
}

#[test]
fn what_is_left_out_has_the_default_of_the_profile() {
    let read = |settings: Value| serde_json::from_value::<WorkspaceSettings>(settings).unwrap();
    assert_eq!(read(json!({})), WorkspaceSettings::default());
    assert_eq!(read(json!({"profile": "fapi_2"})), WorkspaceSettings::for_profile(Profile::Fapi2));
    let settings = read(json!({"profile": "fapi_2", "access_token_ttl": 60, "user_pool_id": "p"}));
    assert_eq!((settings.access_token_ttl, settings.user_pool_id.as_deref()), (60, Some("p")));
    assert!(settings.require_pushed_authorization_requests);
}

#[test]
fn every_member_is_kept_and_named() {
    let settings = json!({
        "profile": "default", "token_endpoint_auth_methods": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values": ["EdDSA"], "client_assertion_audience": "legacy",
        "grant_types": ["refresh_token"], "require_pkce": "public_clients", "require_pushed_authorization_requests": true,
        "access_token_format": "opaque", "access_token_signing_alg": "PS256", "access_token_ttl": 1, "id_token_ttl": 2,
        "refresh_token_ttl": 3, "authorization_code_ttl": 4, "pushed_authorization_request_ttl": 5,
        "registration": "initial_access_token", "user_pool_id": "p", "accent_color": "#3A4bb4",
        "logo_uri": "https://cdn.example/logo.png",
    });
    let read: WorkspaceSettings = serde_json::from_value(settings.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), settings);
    let mut known = WorkspaceSettings::MEMBERS.to_vec();
    known.sort_unstable();
    let members: Vec<_> = settings.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, known);
    for name in known {
        let mut bad = settings.clone();
        bad[name] = json!({});
        assert!(serde_json::from_value::<WorkspaceSettings>(bad).is_err(), "{name}");
    }
}

#[test]
fn at_least_one_method_and_one_grant_stay_enabled() {
    assert_eq!(broken(json!({"token_endpoint_auth_methods": []})), ["/token_endpoint_auth_methods"]);
    assert_eq!(broken(json!({"grant_types": []})), ["/grant_types"]);
    assert_eq!(broken(json!({"grant_types": ["refresh_token", "refresh_token"]})), ["/grant_types/1"]);
    assert_eq!(broken(json!({"token_endpoint_auth_methods": ["none"], "grant_types": ["refresh_token"]})), [""; 0]);
}

#[test]
fn a_method_that_signs_needs_an_algorithm_of_its_kind() {
    let algs = "/token_endpoint_auth_signing_alg_values";
    for (methods, values, pointers) in [
        (json!(["private_key_jwt"]), json!([]), vec![algs]),
        (json!(["private_key_jwt"]), json!(["HS256"]), vec![algs]),
        (json!(["client_secret_jwt"]), json!(["ES256"]), vec![algs]),
        (json!(["client_secret_jwt", "private_key_jwt"]), json!([]), vec![algs, algs]),
        (json!(["private_key_jwt"]), json!(["ES256"]), vec![]),
        (json!(["client_secret_jwt", "private_key_jwt"]), json!(["ES256", "HS256"]), vec![]),
        (json!(["client_secret_basic"]), json!([]), vec![]),
    ] {
        let settings =
            json!({"token_endpoint_auth_methods": methods, "token_endpoint_auth_signing_alg_values": values});
        assert_eq!(broken(settings.clone()), pointers, "{settings}");
    }
    let twice = json!({"token_endpoint_auth_signing_alg_values": ["ES256", "HS256", "EdDSA", "Ed25519"]});
    assert_eq!(broken(twice), ["/token_endpoint_auth_signing_alg_values/3"]);
    assert_eq!(broken(json!({"access_token_signing_alg": "HS256"})), ["/access_token_signing_alg"]);
    assert_eq!(broken(json!({"access_token_signing_alg": "RS512"})), ["/access_token_signing_alg"]);
    assert_eq!(broken(json!({"access_token_signing_alg": "RS256"})), [""; 0]);
}

#[test]
fn lifetimes_have_bounds() {
    for (name, least, most) in [
        ("access_token_ttl", 10, 86_400),
        ("id_token_ttl", 10, 86_400),
        ("refresh_token_ttl", 60, 31_536_000),
        ("authorization_code_ttl", 5, 600),
        ("pushed_authorization_request_ttl", 5, 600),
    ] {
        for (secs, kept) in
            [(0, false), (least - 1, false), (least, true), (most, true), (most + 1, false), (u32::MAX, false)]
        {
            assert_eq!(broken(json!({name: secs})).is_empty(), kept, "{name} {secs}");
        }
        assert!(serde_json::from_value::<WorkspaceSettings>(json!({name: -1})).is_err());
        assert!(serde_json::from_value::<WorkspaceSettings>(json!({name: 60.5})).is_err());
    }
}

#[test]
fn fapi_2_demands_its_rules_together() {
    for (name, value, pointer) in [
        ("token_endpoint_auth_methods", json!(["private_key_jwt", "none"]), "/token_endpoint_auth_methods"),
        (
            "token_endpoint_auth_signing_alg_values",
            json!(["ES256", "RS256"]),
            "/token_endpoint_auth_signing_alg_values/1",
        ),
        ("access_token_signing_alg", json!("RS256"), "/access_token_signing_alg"),
        ("client_assertion_audience", json!("issuer"), "/client_assertion_audience"),
        ("require_pkce", json!("public_clients"), "/require_pkce"),
        ("require_pushed_authorization_requests", json!(false), "/require_pushed_authorization_requests"),
        ("authorization_code_ttl", json!(61), "/authorization_code_ttl"),
        ("pushed_authorization_request_ttl", json!(600), "/pushed_authorization_request_ttl"),
    ] {
        assert_eq!(broken(json!({"profile": "fapi_2", name: value})), [pointer], "{name}");
    }
    let free = json!({
        "token_endpoint_auth_methods": ["private_key_jwt", "none"], "access_token_signing_alg": "RS256",
        "token_endpoint_auth_signing_alg_values": ["ES256", "RS256"], "require_pkce": "public_clients",
        "authorization_code_ttl": 61, "pushed_authorization_request_ttl": 600,
    });
    assert_eq!(broken(free), [""; 0]);
    assert_eq!(broken(json!({"profile": "fapi_2"})), [""; 0]);
}

#[test]
fn a_colour_is_six_digits_and_nothing_that_a_stylesheet_would_read_on() {
    for colour in ["#000000", "#C0ffee"] {
        assert_eq!(broken(json!({"accent_color": colour})), [""; 0], "{colour}");
    }
    for colour in
        ["", "#", "red", "#fff", "#1234567", "123456", "#12345g", "#fff;}", "#１２", "#12345\u{0}", " #123456"]
    {
        assert_eq!(broken(json!({"accent_color": colour})), ["/accent_color"], "{colour}");
    }
    assert!(serde_json::from_value::<WorkspaceSettings>(json!({"accent_color": 3})).is_err());
}

#[test]
fn a_logo_is_a_picture_on_https_whose_origin_a_policy_can_name() {
    for address in ["https://cdn.example/l.png", "https://CDN.example:8443/a/l.svg?v=1;2", "https://192.0.2.1/l"] {
        assert_eq!(broken(json!({"logo_uri": address})), [""; 0], "{address}");
    }
    let long = format!("https://cdn.example/{}", "a".repeat(2048));
    for address in [
        "",
        "l.png",
        "//cdn.example/l.png",
        "http://cdn.example/l.png",
        "HTTPS:cdn.example/l.png",
        "https:/cdn.example/l.png",
        "https://",
        "data:image/png;base64,AA",
        "javascript:alert(1)",
        "https://*/l.png",
        "https://a;b/l.png",
        "https://a'b/l.png",
        "https://[::1]/l.png",
        "https://user:pw@cdn.example/l.png",
        "https://user@cdn.example/l.png",
        "https://cdn.example/l.png#x",
        "https://cdn.example\\l.png",
        "https://cdn.exa\tmple/l.png",
        " https://cdn.example/l.png",
        "https://cdn.example/l\".png ",
        "https://b\u{fc}cher.example/l.png",
        &long,
    ] {
        assert_eq!(broken(json!({"logo_uri": address})), ["/logo_uri"], "{address:?}");
    }
}
