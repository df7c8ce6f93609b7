//! The server's own certificate: given or made for development, and renewed without a restart.

use std::fs;
use std::path::Path;
use std::time::Duration;

use cardea_e2e::openssl::SClient;
use cardea_e2e::{Authority, Cardea, Curl, Database, Identity, certificates, eventually};

const PATIENCE: Duration = Duration::from_secs(30);
const HEALTH: &str = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Puts a certificate and its key where the server looks for them, as a renewal does: one after the other.
fn put(identity: &Identity, folder: &Path) {
    for (from, name) in [(identity.cert(), "server.crt"), (identity.key(), "server.key")] {
        let unfinished = folder.join("unfinished");
        fs::copy(from, &unfinished).unwrap();
        fs::rename(&unfinished, folder.join(name)).unwrap();
    }
}

/// curl, trusting one authority.
fn trusting(authority: &Authority, folder: &Path, name: &str) -> Curl {
    let file = folder.join(name);
    fs::write(&file, authority.pem()).unwrap();
    Curl::trusting(&file)
}

#[tokio::test]
async fn a_renewed_certificate_is_shown_without_a_restart_and_open_connections_stay_open() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (old, new) = (Authority::root("Old server CA"), Authority::root("New server CA"));
    put(&old.issue(&certificates::server()), folder);
    let file = |name: &str| folder.join(name).display().to_string();
    let (cert, key) = (file("server.crt"), file("server.key"));
    let settings = [
        ("CARDEA_MTLS__CERT", cert.as_str()),
        ("CARDEA_MTLS__KEY", &key),
        ("CARDEA_TLS__CERT", &cert),
        ("CARDEA_TLS__KEY", &key),
    ];
    let cardea = Cardea::start_with(Database::Sqlite, &settings).await;
    let (by_old, by_new) = (trusting(&old, folder, "old.pem"), trusting(&new, folder, "new.pem"));
    let main = format!("https://localhost:{}/health", cardea.address().port());
    for url in [&cardea.mtls_url("/health"), &main] {
        assert_eq!(by_old.run(url).answer.status, 200, "{url}");
        assert_eq!(by_new.run(url).exit, 60, "curl: the certificate cannot be verified");
    }
    let mut kept = SClient::new(cardea.mtls_address(), &folder.join("old.pem")).open();
    assert_eq!(kept.ask(HEALTH).0, 200);

    put(&new.issue(&certificates::server()), folder);
    for url in [&cardea.mtls_url("/health"), &main] {
        eventually("the new certificate", PATIENCE, async || (by_new.run(url).answer.status == 200).then_some(()))
            .await;
        assert_eq!(by_old.run(url).exit, 60);
    }
    assert_eq!(kept.ask(HEALTH).0, 200, "a connection from before");
}

#[tokio::test]
async fn half_of_a_renewal_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let authority = Authority::root("Server CA");
    let (first, second) = (authority.issue(&certificates::server()), authority.issue(&certificates::server()));
    put(&first, folder);
    let file = |name: &str| folder.join(name).display().to_string();
    let (cert, key) = (file("server.crt"), file("server.key"));
    let settings = [("CARDEA_MTLS__CERT", cert.as_str()), ("CARDEA_MTLS__KEY", &key)];
    let cardea = Cardea::start_with(Database::Sqlite, &settings).await;
    let curl = trusting(&authority, folder, "ca.pem");

    fs::copy(second.cert(), &cert).unwrap();
    let noticed = async || cardea.log().contains("the certificate stays as it was").then_some(());
    eventually("a word in the log", PATIENCE, noticed).await;
    assert_eq!(curl.run(&cardea.mtls_url("/health")).answer.status, 200);

    fs::copy(second.key(), &key).unwrap();
    let noticed = async || cardea.log().contains("a new certificate is shown").then_some(());
    eventually("the renewal", PATIENCE, noticed).await;
    assert_eq!(curl.run(&cardea.mtls_url("/health")).answer.status, 200);
}

#[tokio::test]
async fn the_development_certificate_is_made_once_and_its_key_is_nobody_elses() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut cardea = Cardea::start(Database::Sqlite).await;
    let made = fs::read(cardea.development_certificate()).unwrap();
    let key = cardea.development_certificate().with_extension("key");
    assert_eq!(fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
    let curl = Curl::trusting(&cardea.development_certificate());
    let by_address = format!("https://{}/health", cardea.mtls_address());
    for url in [&cardea.mtls_url("/health"), &by_address] {
        assert_eq!(curl.run(url).answer.status, 200, "{url}");
    }
    cardea.terminate().await;
    cardea.restart().await;
    assert_eq!(fs::read(cardea.development_certificate()).unwrap(), made);
    assert_eq!(curl.run(&cardea.mtls_url("/health")).answer.status, 200);
}
