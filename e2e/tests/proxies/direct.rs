//! With a header field to believe and a listener for certificates at once; and settings that make no sense.

use cardea_e2e::{Cardea, Curl, Database};

use crate::configuration::SOURCE;
use crate::forgeries::rfc9440;
use crate::stage::{Stage, accepted};

#[tokio::test]
async fn from_a_proxy_its_own_certificate_is_not_the_clients() {
    let stage = Stage::with_listener("rfc9440").await;
    let trusted = Curl::trusting(&stage.cardea.development_certificate());
    let proxy = trusted.with(&["--interface", SOURCE]);
    let node = format!("https://127.0.0.1:{}", stage.mtls_address().port());
    let ask = |curl: &Curl, client| stage.ask_at(&node, curl, client);

    // The proxy speaks TLS with the certificate of `victim`, for a client without one, and for `own`.
    let of_proxy = proxy.showing(&stage.victim.identity);
    assert_eq!(stage.reason(&ask(&of_proxy, &stage.victim)).await, "certificate_missing");
    let for_own = of_proxy.header("Client-Cert", &rfc9440(&stage.own.identity));
    assert_eq!(stage.reason(&ask(&for_own, &stage.victim)).await, "certificate_subject");
    accepted(&ask(&for_own, &stage.own));

    // Everybody else shows certificates in the handshake, and writes what they like.
    let direct = trusted.showing(&stage.own.identity).header("Client-Cert", &rfc9440(&stage.victim.identity));
    assert_eq!(stage.reason(&ask(&direct, &stage.victim)).await, "certificate_subject");
    accepted(&ask(&direct, &stage.own));
}

#[tokio::test]
async fn a_header_field_that_anybody_could_send_stops_the_start() {
    let cardea = Cardea::start(Database::Sqlite).await;
    for command in ["serve", "check-config"] {
        let output = cardea.command(&[command]).env("CARDEA_CLIENT_CERT_HEADER", "rfc9440").output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("client_cert_header") && said.contains("trusted_proxies"), "{said}");
    }
    let checked = cardea
        .command(&["check-config"])
        .env("CARDEA_CLIENT_CERT_HEADER", "rfc9440")
        .env("CARDEA_TRUSTED_PROXIES", "127.0.0.2/32")
        .output()
        .unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}
