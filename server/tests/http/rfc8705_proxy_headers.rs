//! Certificates from a proxy (RFC 8705 §6.5, RFC 9440): believed from listed peers, in one shape, or not at all.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::harness::certificates::{BEHIND_A_PROXY, ClientCertificate, client_params};
use crate::harness::{Answer, ClientActor, TestServer};

const METHOD: &str = "self_signed_tls_client_auth";

async fn ask(client: &ClientActor<'_>, headers: &[(&str, &str)]) -> Answer {
    let form = [("grant_type", "client_credentials"), ("client_id", &*client.id)];
    let mut request = client.workspace.token_request().form(&form);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::to(request).await
}

fn pem(certificate: &ClientCertificate) -> String {
    let body = STANDARD.encode(&certificate.der).into_bytes();
    let lines: Vec<_> = body.chunks(64).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[actix_web::test]
async fn each_kind_of_header_is_read() {
    for kind in ["rfc9440", "nginx_escaped_pem", "envoy_xfcc"] {
        let server = TestServer::start_with(&[("CARDEA_CLIENT_CERT_HEADER", kind), BEHIND_A_PROXY[1]]).await;
        let client = server.workspace().await.client_of(METHOD).await;
        let certificate = client.certificate.clone().unwrap();
        let pem = escaped(&pem(&certificate));
        let (name, value) = match kind {
            "rfc9440" => ("Client-Cert", certificate.header()),
            "nginx_escaped_pem" => ("X-SSL-Client-Cert", pem),
            _ => ("X-Forwarded-Client-Cert", format!("By=spiffe://proxy;Cert=\"{pem}\"")),
        };
        for (other, _) in [("Client-Cert", ""), ("X-SSL-Client-Cert", ""), ("X-Forwarded-Client-Cert", "")] {
            let expected = if other == name { 200 } else { 401 };
            assert_eq!(ask(&client, &[(other, &value)]).await.status, expected, "{kind} {other}");
        }
    }
}

#[actix_web::test]
async fn from_anybody_but_a_listed_proxy_the_header_is_ignored() {
    for variables in [
        [("CARDEA_CLIENT_CERT_HEADER", "rfc9440"), ("CARDEA_TRUSTED_PROXIES", "192.0.2.1")].as_slice(),
        &[("CARDEA_TRUSTED_PROXIES", "127.0.0.0/8")],
        &[],
    ] {
        let server = TestServer::start_with(variables).await;
        let workspace = server.workspace().await;
        let client = workspace.client_of(METHOD).await;
        let header = client.certificate.as_ref().unwrap().header();
        // Nobody is listed by saying so.
        let headers = [("client-cert", &*header), ("x-forwarded-for", "192.0.2.1")];
        ask(&client, &headers).await.refused(401, "invalid_client");
        assert_eq!(workspace.last_reason().await, "certificate_missing");
        // Nor is a malformed one anybody's business.
        let other = workspace.client_of("client_secret_post").await;
        let (mut form, _) = other.proof("client_secret_post");
        form.push(("grant_type".to_owned(), "client_credentials".to_owned()));
        Answer::to(workspace.token_request().header("client-cert", "?").form(&form)).await.expect(200);
    }
}

#[actix_web::test]
async fn a_header_that_somebody_else_wrote_along_in_is_refused_whatever_the_method() {
    let server = TestServer::start_with(&BEHIND_A_PROXY).await;
    let workspace = server.workspace().await;
    let client = workspace.client_of(METHOD).await;
    let own = client.certificate.as_ref().unwrap().header();
    let foreign = ClientCertificate::self_signed(&client_params("foreign")).header();
    let (listed, listed_last) = (format!("{own}, {foreign}"), format!("{foreign}, {own}"));
    let bound = json!({"token_endpoint_auth_method": "client_secret_basic"});
    let basic = workspace.client(bound).await;
    let cases: &[&[(&str, &str)]] = &[
        &[("client-cert", &own), ("client-cert", &foreign)],
        &[("client-cert", &own), ("client-cert", &own)],
        &[("client-cert", &listed)],
        &[("client-cert", &listed_last)],
        &[("client-cert", &own), ("client_cert", &foreign)],
        &[("client-cert", &own), ("client-cert_chain", &foreign)],
        &[("client-cert", &own), ("connection", "client-cert")],
        &[("client-cert", &own), ("connection", "close, Client-Cert-Chain")],
        &[("client-cert", "")],
        &[("client-cert", "::")],
        &[("client-cert", ":AAAA:")],
        &[("client-cert", own.trim_matches(':'))],
        &[("client-cert-chain", &own)],
    ];
    for headers in cases {
        ask(&client, headers).await.refused(401, "invalid_client");
        let event = workspace.last_event("client.authenticated", "failure").await;
        assert_eq!(
            (&event["reason"], &event["client_id"]),
            (&json!("certificate_untrusted"), &json!(client.id)),
            "{headers:?}"
        );

        let form = [("grant_type", "client_credentials")];
        let mut request = workspace.token_request().basic_auth(&basic.id, basic.secret.as_deref()).form(&form);
        for (name, value) in *headers {
            request = request.header(*name, *value);
        }
        Answer::to(request).await.refused(401, "invalid_client");
        assert_eq!(workspace.last_reason().await, "certificate_untrusted");

        let mut request = server.api("GET", "/me");
        for (name, value) in *headers {
            request = request.header(*name, *value);
        }
        assert_eq!(Answer::to(request).await.expect(400).json["code"], "invalid_request");
    }
    ask(&client, &[("client-cert", &own)]).await.expect(200);
    basic.token().await;
    Answer::to(server.api("GET", "/me")).await.expect(200);
}

#[actix_web::test]
async fn metadata_tells_where_certificates_are_taken() {
    let server = TestServer::start_with(&[("CARDEA_MTLS__PUBLIC_URL", "https://mtls.example")]).await;
    let workspace = server.workspace().await;
    let base = workspace.issuer().replace(&server.url, "https://mtls.example");
    let path = "/.well-known/openid-configuration";
    let metadata = Answer::to(server.http.get(workspace.url(path))).await.expect(200).json;
    assert_eq!(metadata["tls_client_certificate_bound_access_tokens"], true);
    let aliases = metadata["mtls_endpoint_aliases"].as_object().unwrap();
    for name in ["token_endpoint", "introspection_endpoint", "revocation_endpoint", "userinfo_endpoint"] {
        assert!(aliases.contains_key(name), "{name}");
    }
    for (name, alias) in aliases {
        let own = metadata[name].as_str().unwrap().replace(&workspace.issuer(), &base);
        assert_eq!(alias.as_str(), Some(own.as_str()), "{name}");
    }
    assert_eq!(metadata["issuer"], workspace.issuer(), "the issuer does not change with the listener");

    let without = TestServer::start_with(&[("CARDEA_MTLS__LISTEN", "off")]).await;
    let metadata = Answer::to(without.http.get(without.workspace().await.url(path))).await.expect(200).json;
    assert!(metadata.get("mtls_endpoint_aliases").is_none());
    assert!(metadata.get("tls_client_certificate_bound_access_tokens").is_none());
}

#[actix_web::test]
async fn an_assertion_may_name_the_mtls_alias_where_the_audience_is_legacy() {
    let server = TestServer::start_with(&[("CARDEA_MTLS__PUBLIC_URL", "https://mtls.example")]).await;
    let workspace = server.workspace().await;
    let client = workspace.client_of("private_key_jwt").await;
    let alias = workspace.url("/oauth2/token").replace(&server.url, "https://mtls.example");
    let ask = async || {
        let assertion = client.assertion().claim("aud", json!(alias)).sign(client.key.as_ref().unwrap());
        client.token_with(&assertion).await
    };
    ask().await.refused(401, "invalid_client");
    assert_eq!(workspace.last_reason().await, "assertion_audience");
    workspace.set(json!({"client_assertion_audience": "legacy"})).await;
    ask().await.expect(200);
}
