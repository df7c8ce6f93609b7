//! `/certificates/inspect`, and the names that clients of `tls_client_auth` are registered with (RFC 8705 §2.1.2).

use serde_json::json;

use crate::harness::{Answer, TestServer};

/// Made by a library that had no part in reading it.
fn certificate() -> (String, Vec<u8>) {
    let mut names = rcgen::DistinguishedName::new();
    names.push(rcgen::DnType::CountryName, "GB");
    names.push(rcgen::DnType::OrganizationName, "Acme, Ltd");
    names.push(rcgen::DnType::CommonName, "Client One");
    let mut params = rcgen::CertificateParams::new(vec!["client.example.com".to_owned()]).unwrap();
    params.distinguished_name = names;
    let key = rcgen::KeyPair::generate().unwrap();
    let made = params.self_signed(&key).unwrap();
    (made.pem(), made.der().to_vec())
}

#[actix_web::test]
async fn a_certificate_is_explained_and_its_values_can_be_registered() {
    let server = TestServer::start().await;
    let (pem, _) = certificate();
    for wrong in [json!({}), json!({"pem": "nonsense"}), json!({"der": "nonsense"}), json!({"pem": pem, "der": "x"})] {
        Answer::to(server.api("POST", "/certificates/inspect").json(&wrong)).await.expect(400);
    }
    let anonymous = server.http.post(format!("{}/api/v1/certificates/inspect", server.url)).json(&json!({"pem": pem}));
    Answer::to(anonymous).await.expect(401);
    let shown =
        Answer::to(server.api("POST", "/certificates/inspect").json(&json!({"pem": pem}))).await.expect(200).json;
    assert_eq!(shown["subject_dn"], r"CN=Client One,O=Acme\, Ltd,C=GB");
    assert_eq!(shown["subject_alternative_names"]["dns"], json!(["client.example.com"]));
    assert_eq!(shown["jwk"]["kty"], "EC");
    let workspace = server.workspace().await;
    for value in shown["registration_values"].as_array().unwrap() {
        let metadata = json!({
            "token_endpoint_auth_method": "tls_client_auth",
            value["member"].as_str().unwrap(): value["value"],
        });
        workspace.client(metadata).await;
    }
    let jwks = json!({"keys": [shown["jwk"]]});
    workspace.client(json!({"token_endpoint_auth_method": "self_signed_tls_client_auth", "jwks": jwks})).await;
}

#[actix_web::test]
async fn a_subject_is_understood_as_people_paste_it_and_stored_in_one_spelling() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let register = |subject: &str| {
        let body = json!({"token_endpoint_auth_method": "tls_client_auth", "tls_client_auth_subject_dn": subject});
        Answer::to(server.api("POST", &format!("{}/clients", workspace.path())).json(&body))
    };
    for pasted in [
        r#"subject=C = GB, O = "Acme, Ltd", CN = Client One"#,
        r"CN=Client One,O=Acme\, Ltd,C=GB",
        "/C=GB/O=Acme, Ltd/CN=Client One",
    ] {
        let stored = register(pasted).await.expect(201);
        assert_eq!(stored.json["tls_client_auth_subject_dn"], r"CN=Client One,O=Acme\, Ltd,C=GB", "{pasted}");
    }
    for wrong in ["", "Client One", "CN", "XX=unknown", "CN=a\u{1}b"] {
        let refused = register(wrong).await.expect(400);
        assert_eq!(refused.json["errors"][0]["pointer"], "/tls_client_auth_subject_dn", "{wrong}: {}", refused.body);
    }
    register("CN=Client One").await.expect(201);
}
