//! What the listener speaks, and which certificates end before a request is made.

use cardea_e2e::certificates::{self, KeyPair, PKCS_RSA_SHA256};
use cardea_e2e::openssl::SClient;
use cardea_e2e::rustls_client;
use cardea_e2e::{Authority, Cardea, Database, Identity};

use crate::resumption::{request, s_client};
use crate::stage::{Stage, ordinary, stage};

/// Why OpenSSL ends, when the server sends the alert that says there is nothing in common.
const NO_SHARED_CIPHER: &str = "handshake failure";

/// Asks for the health of the server, and answers what `openssl s_client` printed.
fn negotiated(client: &SClient, arguments: &[&str]) -> cardea_e2e::openssl::Transcript {
    client.with(arguments).ask("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

fn speaks(client: &SClient, key: &str) {
    for suite in ["AES128-GCM-SHA256", "AES256-GCM-SHA384"] {
        let suite = format!("ECDHE-{key}-{suite}");
        let said = negotiated(client, &["-tls1_2", "-cipher", &suite]);
        assert!(said.says(&format!("New, TLSv1.2, Cipher is {suite}")), "{said:?}");
        assert_eq!(said.status(), 200, "{said:?}");
    }
    for suite in ["AES128-SHA256", "AES256-SHA384", "AES128-SHA", "CHACHA20-POLY1305"] {
        let said = negotiated(client, &["-tls1_2", "-cipher", &format!("ECDHE-{key}-{suite}:@SECLEVEL=0")]);
        assert!(said.says(NO_SHARED_CIPHER), "ECDHE-{key}-{suite}: {said:?}");
        assert_eq!(said.status(), 0);
    }
    for suite in ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"] {
        let said = negotiated(client, &["-tls1_3", "-ciphersuites", suite]);
        assert!(said.says(&format!("New, TLSv1.3, Cipher is {suite}")), "{said:?}");
        assert_eq!(said.status(), 200, "{said:?}");
    }
}

#[tokio::test]
async fn it_speaks_the_recommended_suites_and_no_others() {
    let stage = stage().await;
    speaks(&s_client(&stage), "ECDSA");

    let authority = Authority::root("Server CA");
    let rsa = authority.issue_for(&certificates::server(), KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap());
    let (cert, key) = (rsa.cert().display().to_string(), rsa.key().display().to_string());
    let settings = [("CARDEA_MTLS__CERT", cert.as_str()), ("CARDEA_MTLS__KEY", key.as_str())];
    let cardea = Cardea::start_with(Database::Sqlite, &settings).await;
    let folder = tempfile::tempdir().unwrap();
    let trusted = folder.path().join("ca.pem");
    std::fs::write(&trusted, authority.pem()).unwrap();
    let client = SClient::new(cardea.mtls_address(), &trusted);
    speaks(&client, "RSA");
    let said = negotiated(&client, &["-tls1_2", "-cipher", "AES128-GCM-SHA256:@SECLEVEL=0"]);
    assert!(said.says(NO_SHARED_CIPHER), "without forward secrecy: {said:?}");
}

#[tokio::test]
async fn it_speaks_nothing_before_tls_1_2() {
    let stage = stage().await;
    for version in ["-tls1", "-tls1_1"] {
        let said = negotiated(&s_client(&stage), &[version, "-cipher", "ALL:@SECLEVEL=0"]);
        assert!(said.says("SSL alert number"), "{version}: {said:?}");
        assert_eq!(said.status(), 0);
    }
    assert_eq!(negotiated(&s_client(&stage), &["-tls1_2"]).status(), 200);
}

#[tokio::test]
async fn it_agrees_on_http_2_or_1_1_and_takes_no_early_data() {
    let stage = stage().await;
    for (offered, agreed) in [("h2,http/1.1", "h2"), ("http/1.1", "http/1.1"), ("h2", "h2")] {
        // Closed at once: what follows would have to be HTTP/2.
        let said = s_client(&stage).with(&["-alpn", offered]).ask("\r\n");
        assert!(said.says(&format!("ALPN protocol: {agreed}")), "{said:?}");
    }
    let said = negotiated(&s_client(&stage), &["-tls1_3"]);
    assert!(said.says("Max Early Data: 0"), "{said:?}");
    assert!(said.says("No client certificate CA names sent"), "it names no authority: {said:?}");
}

#[tokio::test]
async fn a_certificate_of_version_1_ends_the_handshake() {
    let stage = stage().await;
    let old = certificates::version_1(&certificates::client("billing"));
    let described = cardea_e2e::openssl::run(&["x509", "-noout", "-text", "-in", &old.cert().display().to_string()]);
    assert!(described.contains("Version: 1 (0x0)"), "{described}");
    let client_id = stage.register_dn("billing").await;
    for version in ["-tls1_2", "-tls1_3"] {
        let said = s_client(&stage).with(&[version]).showing(&old).ask(&request(&stage, &client_id, "close"));
        assert!(said.says("SSL alert number"), "{said:?}");
        assert_eq!(said.status(), 0, "{said:?}");
    }
    stage.accepted(&stage.curl().showing(&ordinary(&stage.authority, "billing")), &client_id);
}

#[tokio::test]
async fn a_certificate_without_its_key_ends_the_handshake() {
    let stage = stage().await;
    let (billing, other) = (ordinary(&stage.authority, "billing"), ordinary(&stage.authority, "other"));
    let client_id = stage.register_dn("billing").await;
    // curl and openssl see for themselves that the two do not belong together, and send nothing.
    let local = stage.curl().with(&["--cert", &text(&billing.cert()), "--key", &text(&other.key())]);
    assert_eq!(stage.ask(&local, &client_id).answer.status, 0);

    let ask = |stage: &Stage, key: &Identity, version| {
        let trusted = std::fs::read(stage.cardea.development_certificate()).unwrap();
        let request = request(stage, &client_id, "close");
        rustls_client::ask(stage.cardea.mtls_address(), &trusted, (&billing, key), version, &request)
    };
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let refused = ask(&stage, &other, version).unwrap_err();
        assert!(refused.contains("alert") && refused.to_lowercase().contains("decrypt"), "{refused}");
        let answer = ask(&stage, &billing, version).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

fn text(path: &std::path::Path) -> String {
    path.display().to_string()
}
