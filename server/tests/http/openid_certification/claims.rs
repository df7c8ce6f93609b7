//! Basic OP: what a client learns of a person, and where.

use serde_json::{Value, json};

use super::Suite;
use crate::harness::{Answer, TestServer};

const PROFILE: [&str; 14] = [
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "updated_at",
    "preferred_username",
];

/// `oidcc-userinfo-get`, `oidcc-userinfo-post-header` and `oidcc-userinfo-post-body`.
#[actix_web::test]
async fn userinfo_takes_the_token_in_the_header_by_both_methods_and_in_a_form() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let token = suite.signs_in(&[]).await.text("access_token");
    let url = suite.workspace.url("/userinfo");
    for (what, request) in [
        ("get", server.http.get(&url).bearer_auth(&token)),
        ("post header", server.http.post(&url).bearer_auth(&token)),
        ("post header, empty form", server.http.post(&url).bearer_auth(&token).form::<[(&str, &str); 0]>(&[])),
        ("post body", server.http.post(&url).form(&[("access_token", &token)])),
    ] {
        let answer = Answer::to(request).await.expect(200);
        assert_eq!(answer.header("content-type").split(';').next(), Some("application/json"), "{what}");
        assert_eq!(answer.json, json!({"sub": suite.ada}), "{what}");
    }
}

/// `oidcc-scope-profile`, `-email`, `-address`, `-phone` and `-all`.
#[actix_web::test]
async fn each_scope_tells_all_of_its_claims_at_userinfo_and_nothing_else() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let (email, address, phone) =
        (["email", "email_verified"].as_slice(), ["address"].as_slice(), ["phone_number", "phone_number_verified"]);
    for (scope, claims) in [
        ("openid profile", PROFILE.to_vec()),
        ("openid email", email.to_vec()),
        ("openid address", address.to_vec()),
        ("openid phone", phone.to_vec()),
        ("openid profile email address phone", [&PROFILE, email, address, &phone].concat()),
    ] {
        let tokens = suite.signs_in(&[("scope", scope)]).await;
        let info = suite.client.userinfo(&tokens.text("access_token")).await.expect(200).json;
        let mut told: Vec<_> = info.as_object().unwrap().keys().map(String::as_str).collect();
        let mut wanted = [&claims[..], &["sub"]].concat();
        told.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(told, wanted, "{scope}");
        assert_eq!(info["sub"], suite.ada.as_str());
        well_typed(&info);
        let id_token = suite.id_token(&tokens).await;
        assert!(claims.iter().all(|claim| id_token.get(claim).is_none()), "{id_token}");
    }
}

/// OpenID Connect Core §5.1.
fn well_typed(info: &Value) {
    for (claim, value) in info.as_object().unwrap() {
        let right = match claim.as_str() {
            "email_verified" | "phone_number_verified" => value.is_boolean(),
            "updated_at" => value.as_i64().is_some_and(|secs| secs > 631_152_000),
            "address" => value.as_object().unwrap().values().all(Value::is_string),
            _ => value.is_string(),
        };
        assert!(right, "{claim}: {value}");
    }
}

/// `oidcc-claims-essential`.
#[actix_web::test]
async fn an_essential_claim_is_told_at_userinfo_where_it_was_asked_for() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    let tokens = suite.signs_in(&[("claims", r#"{"userinfo":{"name":{"essential":true}}}"#)]).await;
    let info = suite.client.userinfo(&tokens.text("access_token")).await.expect(200).json;
    assert_eq!(info, json!({"sub": suite.ada, "name": "Ada King"}));
    assert!(suite.id_token(&tokens).await.get("name").is_none());
}

/// `oidcc-claims-locales`.
#[actix_web::test]
async fn languages_of_claims_are_a_wish() {
    let server = TestServer::start().await;
    let suite = Suite::start(&server).await;
    suite.signs_in(&[("claims_locales", "se")]).await;
}
