//! Revocation lists (RFC 5280 §5) of trusted CAs, and what has ended.

use serde_json::{Value, json};

use super::super::operator;
use super::{own, post};
use crate::harness::TestServer;
use crate::harness::certificates::Ca;

const YEAR: i64 = 366 * 24 * 60 * 60;

#[actix_web::test]
async fn a_revocation_list_is_its_own_authoritys_and_can_be_taken_away() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (ca, impostor) = (Ca::new("Acme CA"), Ca::new("Acme CA"));
    let (pem, other) = (ca.certificate.pem(), Ca::new("Other"));
    for (crl, why) in [
        (other.revokes(1), "another authority issued it"),
        (impostor.revokes(1), "did not sign it"),
        (format!("{}{}", ca.revokes(1), ca.revokes(2)), "more than one"),
        (pem.clone(), "no revocation list"),
        (pem.replace("CERTIFICATE", "X509 CRL"), "not a full certificate revocation list"),
    ] {
        let refused =
            post(&workspace, json!({"pem": pem, "crl_pem": crl})).await.complains("/crl_pem", "invalid_value");
        assert!(refused.body.contains(why), "{}", refused.body);
    }
    let made = post(&workspace, json!({"pem": pem, "crl_pem": ca.revokes(1)})).await.expect(201).json;
    let list = &made["revocation_list"];
    assert_eq!((&list["revoked_certificates"], &list["this_update"]), (&json!(1), &json!("2025-12-15T00:00:00.000Z")));
    let at = own(&workspace, &made);
    let refused = operator(&server, "PATCH", &at, Some(json!({"crl_pem": other.revokes(1)}))).await;
    refused.complains("/crl_pem", "invalid_value");
    let readonly = operator(&server, "PATCH", &at, Some(json!({"revocation_list": null}))).await;
    readonly.complains("/revocation_list", "read_only");
    operator(&server, "PATCH", &at, Some(json!({"pem": other.certificate.pem()}))).await.complains("/pem", "read_only");
    operator(&server, "PATCH", &at, Some(json!({"name": null}))).await.complains("/name", "required");
    assert_eq!(server.read(&at).await, made, "a refusal changes nothing");
    assert_eq!(server.change(&at, &json!({"name": "Ours"})).await["revocation_list"], *list);
    let newer = server.change(&at, &json!({"crl_pem": ca.revokes(2)})).await;
    assert_ne!(newer["revocation_list"]["sha256"], list["sha256"]);
    assert_eq!(server.change(&at, &json!({"crl_pem": null})).await["revocation_list"], Value::Null);
}

#[actix_web::test]
async fn what_has_ended_is_shown_in_plain_words() {
    let mut server = TestServer::start().await;
    let ca = Ca::new("Acme CA");
    let body = json!({"pem": ca.certificate.pem(), "crl_pem": ca.revokes(1)});
    let (first, second) = {
        let workspace = server.workspace().await;
        let made = post(&workspace, body.clone()).await.expect(201).json;
        assert_eq!(made["problems"], json!([]));
        (own(&workspace, &made), server.workspace().await.path())
    };
    server.clock.advance_secs(YEAR);
    server.sign_in().await;
    let codes = |shown: &Value| -> Vec<String> {
        shown["problems"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    };
    let shown = server.read(&first).await;
    assert_eq!(codes(&shown), ["expired", "revocation_list_lapsed"]);
    assert_eq!(shown["problems"][0]["methods"], json!(["tls_client_auth"]));
    // What vouches for nobody may be uploaded, but a list that has lapsed already is nobody's wish.
    let path = format!("{second}/trusted-cas");
    let refused = operator(&server, "POST", &path, Some(body)).await.complains("/crl_pem", "invalid_value");
    assert!(refused.body.contains("lapsed"), "{}", refused.body);
    assert_eq!(codes(&server.create(&path, &ca.upload()).await), ["expired"]);
    assert_eq!(codes(&server.change(&first, &json!({"name": "Old", "crl_pem": null})).await), ["expired"]);
}

#[actix_web::test]
async fn an_older_list_does_not_replace_a_newer_one() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    let body = json!({"pem": ca.certificate.pem(), "crl_pem": ca.list(1, 0x100, 15)});
    let made = post(&workspace, body).await.expect(201).json;
    let at = own(&workspace, &made);
    // By number, whatever the dates say; by date, where the number is the same.
    for older in [ca.list(2, 0xff, 15), ca.list(2, 0xff, 16), ca.list(2, 0x100, 14), ca.list(2, 0, 15)] {
        let refused = operator(&server, "PATCH", &at, Some(json!({"crl_pem": older}))).await;
        let refused = refused.complains("/crl_pem", "older");
        assert!(refused.body.contains("older than the list that is held here"), "{}", refused.body);
    }
    assert_eq!(server.read(&at).await, made, "a refusal changes nothing");
    for newer in [ca.list(2, 0x100, 15), ca.list(2, 0x100, 16), ca.list(2, 0x101, 15), ca.list(2, 0x1_0000, 14)] {
        let changed = server.change(&at, &json!({"crl_pem": newer})).await;
        assert_ne!(changed["revocation_list"]["sha256"], made["revocation_list"]["sha256"]);
    }
    // Who takes the list away first has said so.
    server.change(&at, &json!({"crl_pem": null})).await;
    server.change(&at, &json!({"crl_pem": ca.list(2, 1, 14)})).await;
}
