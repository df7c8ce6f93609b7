//! Config OP (`oidcc-discovery-endpoint-verification`), and what the other plans look up first.

use serde_json::{Value, json};

use crate::harness::{Answer, TestServer};

const PUBLIC: &str = "https://id.example.com";

/// The metadata of a workspace that the world sees on https.
async fn metadata(server: &TestServer) -> Value {
    let workspace = server.workspace().await;
    let answer = Answer::to(server.http.get(workspace.url("/.well-known/openid-configuration"))).await.expect(200);
    assert_eq!(answer.header("content-type").split(';').next(), Some("application/json"));
    let issuer = workspace.issuer().replace(&server.url, PUBLIC);
    assert_eq!(answer.json["issuer"], json!(issuer), "without a slash at its end, as in the address asked");
    answer.json
}

fn has(list: &Value, member: &str) -> bool {
    list.as_array().unwrap().contains(&json!(member))
}

#[actix_web::test]
async fn the_metadata_names_what_openid_connect_demands_on_https() {
    let server = TestServer::start_with(&[("CARDEA_PUBLIC_URL", PUBLIC)]).await;
    let metadata = metadata(&server).await;
    for required in
        ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint"]
    {
        assert!(metadata[required].is_string(), "{required}");
    }
    let addresses = metadata.as_object().unwrap().iter().filter(|(name, _)| name.ends_with("_endpoint"));
    for (name, address) in addresses.chain([(&"jwks_uri".to_owned(), &metadata["jwks_uri"])]) {
        assert!(address.as_str().unwrap().starts_with("https://"), "{name}: {address}");
    }
    for (list, member) in [
        ("response_types_supported", "code"),
        ("response_modes_supported", "form_post"),
        ("grant_types_supported", "authorization_code"),
        ("grant_types_supported", "refresh_token"),
        ("subject_types_supported", "public"),
        ("id_token_signing_alg_values_supported", "RS256"),
        ("userinfo_signing_alg_values_supported", "RS256"),
        ("request_object_signing_alg_values_supported", "RS256"),
        ("token_endpoint_auth_methods_supported", "client_secret_basic"),
        ("token_endpoint_auth_methods_supported", "client_secret_post"),
        ("code_challenge_methods_supported", "S256"),
    ] {
        assert!(has(&metadata[list], member), "{list}: {member}");
    }
    for scope in ["openid", "profile", "email", "address", "phone", "offline_access"] {
        assert!(has(&metadata["scopes_supported"], scope), "{scope}");
    }
    for claim in ["sub", "iss", "auth_time", "acr", "name", "email", "address", "phone_number"] {
        assert!(has(&metadata["claims_supported"], claim), "{claim}");
    }
}

#[actix_web::test]
async fn the_metadata_says_what_is_not_supported() {
    let server = TestServer::start_with(&[("CARDEA_PUBLIC_URL", PUBLIC)]).await;
    let metadata = metadata(&server).await;
    assert_eq!(metadata["claims_parameter_supported"], true);
    assert_eq!(metadata["request_parameter_supported"], true);
    assert_eq!(metadata["request_uri_parameter_supported"], false);
    for (name, list) in metadata.as_object().unwrap().iter().filter(|(name, _)| name.contains("_alg_values_")) {
        assert!(!has(list, "none"), "{name}");
    }
    assert!(metadata.get("registration_endpoint").is_none());
    assert!(metadata.get("check_session_iframe").is_none());
}

/// `oidcc-rp-initiated-logout-discovery-endpoint-verification` and
/// `oidcc-backchannel-logout-discovery-endpoint-verification`.
#[actix_web::test]
async fn the_metadata_says_how_sessions_end() {
    let server = TestServer::start_with(&[("CARDEA_PUBLIC_URL", PUBLIC)]).await;
    let metadata = metadata(&server).await;
    assert_eq!(metadata["backchannel_logout_supported"], true);
    assert_eq!(metadata["backchannel_logout_session_supported"], true);
    assert!(metadata["end_session_endpoint"].as_str().unwrap().ends_with("/oidc/logout"));
}

/// `ValidateServerJWKs`, `CheckForKeyIdInServerJWKs` and `EnsureServerJwksDoesNotContainPrivateOrSymmetricKeys` of every module.
#[actix_web::test]
async fn each_published_key_is_public_whole_and_has_a_name_of_its_own() {
    let server = TestServer::start().await;
    let suite = super::Suite::start(&server).await;
    suite.signs_in(&[]).await;
    let published = Answer::to(server.http.get(suite.workspace.url("/.well-known/jwks.json"))).await.expect(200);
    let keys = published.json["keys"].as_array().unwrap();
    let mut names: Vec<_> = keys.iter().map(|key| key["kid"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), keys.len());
    for key in keys {
        let members: &[&str] = match key["kty"].as_str().unwrap() {
            "RSA" => &["n", "e"],
            "EC" => &["crv", "x", "y"],
            "OKP" => &["crv", "x"],
            kty => panic!("{kty} is not a public key"),
        };
        assert!(["d", "p", "q", "dp", "dq", "qi", "k"].iter().all(|private| key.get(private).is_none()));
        assert_eq!(key["use"], "sig");
        for member in members {
            let text = key[member].as_str().unwrap();
            assert!(!text.contains(['=', '+', '/']), "unpadded base64url: {text}");
        }
        let bits = key["n"].as_str().map_or(2048, |n| n.len() * 6);
        assert!(bits >= 2048, "{bits}");
    }
    assert!(keys.iter().any(|key| key["kty"] == "RSA" && key["alg"] == "RS256"));
}
