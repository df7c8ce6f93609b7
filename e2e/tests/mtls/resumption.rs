//! A resumed session brings the certificate that it began with; it is judged anew at each request.

use cardea_e2e::Identity;
use cardea_e2e::certificates::{CertificateParams, client};
use cardea_e2e::openssl::SClient;

use crate::stage::{Stage, ordinary, stage};

/// A token request that asks the server to close the connection.
pub(crate) fn request(stage: &Stage, client_id: &str, connection: &str) -> String {
    let body = format!("grant_type=client_credentials&client_id={client_id}");
    format!(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nConnection: {connection}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        stage.workspace.at("", "/oauth2/token"),
        body.len(),
    )
}

/// `openssl s_client` to the mTLS listener.
pub(crate) fn s_client(stage: &Stage) -> SClient {
    SClient::new(stage.cardea.mtls_address(), &stage.cardea.development_certificate())
}

#[tokio::test]
async fn a_resumed_session_still_authenticates() {
    let stage = stage().await;
    let params: CertificateParams = client("shipping");
    let own = Identity::self_signed(&params);
    let issued = ordinary(&stage.authority, "billing");
    let clients = [
        (stage.register_dn("billing").await, &issued),
        (stage.workspace.register_certificate(&stage.admin, &own).await, &own),
    ];
    for (client_id, identity) in &clients {
        for (option, version) in [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")] {
            let folder = tempfile::tempdir().unwrap();
            let session = folder.path().join("session.pem").display().to_string();
            let first = s_client(&stage).with(&[option, "-sess_out", &session]).showing(identity);
            let first = first.ask(&request(&stage, client_id, "close"));
            assert!(first.says(&format!("New, {version}")), "{first:?}");
            assert_eq!(first.status(), 200, "{first:?}");

            // The client shows no certificate again: what the server knows, it knows from the session.
            let again = s_client(&stage).with(&[option, "-sess_in", &session]);
            let again = again.ask(&request(&stage, client_id, "close"));
            assert!(again.says(&format!("Reused, {version}")), "{again:?}");
            assert_eq!(again.status(), 200, "{again:?}");
        }
    }
}

#[tokio::test]
async fn a_session_that_began_without_a_certificate_stays_without_one() {
    let stage = stage().await;
    let identity = ordinary(&stage.authority, "billing");
    let client_id = stage.register_dn("billing").await;
    for (option, version) in [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")] {
        let folder = tempfile::tempdir().unwrap();
        let session = folder.path().join("session.pem").display().to_string();
        let first = s_client(&stage).with(&[option, "-sess_out", &session]);
        assert_eq!(first.ask(&request(&stage, &client_id, "close")).status(), 401);

        let resumed = s_client(&stage).with(&[option, "-sess_in", &session]).showing(&identity);
        let resumed = resumed.ask(&request(&stage, &client_id, "close"));
        assert!(resumed.says(&format!("Reused, {version}")), "{resumed:?}");
        assert_eq!(resumed.status(), 401, "{resumed:?}");

        let anew = s_client(&stage).with(&[option]).showing(&identity);
        assert_eq!(anew.ask(&request(&stage, &client_id, "close")).status(), 200);
    }
}

#[tokio::test]
async fn a_resumed_session_is_of_no_use_when_its_authority_is_trusted_no_longer() {
    let stage = stage().await;
    let other = cardea_e2e::Authority::root("Other CA");
    let trusted = stage.workspace.trust(&stage.admin, &other).await;
    let identity = ordinary(&other, "billing");
    let client_id = stage.register_dn("billing").await;
    let folder = tempfile::tempdir().unwrap();
    let session = folder.path().join("session.pem").display().to_string();
    let first = s_client(&stage).with(&["-sess_out", &session]).showing(&identity);
    assert_eq!(first.ask(&request(&stage, &client_id, "close")).status(), 200);

    stage.workspace.distrust(&stage.admin, &trusted).await;
    let resumed = s_client(&stage).with(&["-sess_in", &session]).ask(&request(&stage, &client_id, "close"));
    assert!(resumed.says("Reused, "), "{resumed:?}");
    assert_eq!(resumed.status(), 401, "{resumed:?}");

    stage.accepted(&stage.curl().showing(&ordinary(&stage.authority, "billing")), &client_id);
}
