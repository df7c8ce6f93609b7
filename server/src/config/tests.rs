//! The configuration as a whole: each refusal beside what is understood.

use std::fs;

use cardea_protocol::ClientCertHeader;

use super::*;

fn environment(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::load(None, variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn file(content: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cardea.toml");
    fs::write(&path, content).unwrap();
    Config::load(Some(&path), variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn problems(config: Result<Config, ConfigError>) -> Vec<String> {
    config.err().expect("a refusal").problems().map(str::to_owned).collect()
}

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

#[test]
fn an_empty_environment_is_enough() {
    let config = environment(&[]).unwrap();
    assert_eq!(config.public_url.as_str(), "http://localhost:8080");
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.ops_listen.to_string(), "127.0.0.1:9090");
    assert_eq!(config.database.url.expose(), "sqlite://data/cardea.db");
    assert_eq!(config.data_dir, Path::new("data"));
    assert!(config.master_key.is_none() && config.bootstrap.client.is_none() && config.outbound.ca_file.is_none());
    assert!(config.trusted_proxies.is_empty() && config.outbound.allow.is_empty());
    assert_eq!((config.audit.retention_days, config.limits.failures_per_minute), (90, 30));
    assert_eq!((config.log.format, config.log.level.as_str()), (Format::Text, "info"));
    assert_eq!(config.mtls.listen.unwrap().to_string(), "127.0.0.1:8443");
    assert_eq!(config.mtls.published_url().unwrap().as_str(), "https://localhost:8443");
    assert!(config.mtls.identity.is_none() && config.mtls.client_cert_header.is_none());
    assert!(config.tls.identity.is_none() && config.smtp.is_none());
    assert!(config.warnings().is_empty());
}

#[test]
fn every_setting_is_read_from_the_file_and_from_the_environment() {
    let ca = tempfile::NamedTempFile::new().unwrap();
    let ca = ca.path().to_str().unwrap();
    let content = format!(
        "public_url = 'https://id.example'\nlisten = '0.0.0.0:1'\nops_listen = '[::]:2'\ndata_dir = '/srv'\n\
         master_key = '{KEY}'\ntrusted_proxies = ['10.0.0.0/8', '192.0.2.7']\nclient_cert_header = 'envoy_xfcc'\n\
         [tls]\ncert = '/c'\nkey = '/k'\n\
         [mtls]\nlisten = '0.0.0.0:3'\npublic_url = 'https://mtls.id.example'\ncert = '/mc'\nkey = '/mk'\n[database]\nurl = 'postgres://a:b@c/d'\n\
         [bootstrap]\nclient_id = 'robot'\nclient_secret = 'a secret of the robot'\n\
         [outbound]\nallow = ['172.16.0.0/12']\nca_file = '{ca}'\n[audit]\nretention_days = 7\n\
         [smtp]\nurl = 'smtps://u:p@mail.example'\nfrom = 'Example <id@example.com>'\n\
         [log]\nformat = 'json'\nlevel = 'warn'\n[limits]\nfailures_per_minute = 5\n"
    );
    let variables = [
        ("CARDEA_PUBLIC_URL", "https://id.example"),
        ("CARDEA_LISTEN", "0.0.0.0:1"),
        ("CARDEA_OPS_LISTEN", "[::]:2"),
        ("CARDEA_DATA_DIR", "/srv"),
        ("CARDEA_MASTER_KEY", KEY),
        ("CARDEA_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.7"),
        ("CARDEA_CLIENT_CERT_HEADER", "envoy_xfcc"),
        ("CARDEA_TLS__CERT", "/c"),
        ("CARDEA_TLS__KEY", "/k"),
        ("CARDEA_MTLS__LISTEN", "0.0.0.0:3"),
        ("CARDEA_MTLS__PUBLIC_URL", "https://mtls.id.example"),
        ("CARDEA_MTLS__CERT", "/mc"),
        ("CARDEA_MTLS__KEY", "/mk"),
        ("CARDEA_DATABASE__URL", "postgres://a:b@c/d"),
        ("CARDEA_BOOTSTRAP__CLIENT_ID", "robot"),
        ("CARDEA_BOOTSTRAP__CLIENT_SECRET", "a secret of the robot"),
        ("CARDEA_OUTBOUND__ALLOW", "172.16.0.0/12"),
        ("CARDEA_OUTBOUND__CA_FILE", ca),
        ("CARDEA_SMTP__URL", "smtps://u:p@mail.example"),
        ("CARDEA_SMTP__FROM", "Example <id@example.com>"),
        ("CARDEA_AUDIT__RETENTION_DAYS", "7"),
        ("CARDEA_LOG__FORMAT", "json"),
        ("CARDEA_LOG__LEVEL", "warn"),
        ("CARDEA_LIMITS__FAILURES_PER_MINUTE", "5"),
    ];
    for config in [file(&content, &[]).unwrap(), environment(&variables).unwrap()] {
        assert_eq!(config.public_url.as_str(), "https://id.example");
        assert_eq!(config.listen.to_string(), "0.0.0.0:1");
        assert_eq!(config.ops_listen.to_string(), "[::]:2");
        assert_eq!(config.data_dir, Path::new("/srv"));
        assert!(config.master_key.as_ref().unwrap().matches(KEY));
        let proxies: Vec<_> = config.trusted_proxies.iter().map(ToString::to_string).collect();
        assert_eq!(proxies, ["10.0.0.0/8", "192.0.2.7/32"]);
        let files = |cert: &str, key: &str| Some(IdentityFiles { cert: cert.into(), key: key.into() });
        assert_eq!(config.tls.identity, files("/c", "/k"));
        assert_eq!(config.mtls.identity, files("/mc", "/mk"));
        assert_eq!(config.mtls.listen.unwrap().to_string(), "0.0.0.0:3");
        assert_eq!(config.mtls.public_url.as_str(), "https://mtls.id.example");
        assert_eq!(config.mtls.client_cert_header, Some(ClientCertHeader::EnvoyXfcc));
        assert_eq!(config.database.url.expose(), "postgres://a:b@c/d");
        let client = config.bootstrap.client.as_ref().unwrap();
        assert_eq!(client.client_id.as_str(), "robot");
        assert!(client.client_secret.matches("a secret of the robot"));
        assert_eq!(config.outbound.allow.iter().map(ToString::to_string).collect::<Vec<_>>(), ["172.16.0.0/12"]);
        assert_eq!(config.outbound.ca_file.as_deref(), Some(Path::new(ca)));
        let smtp = config.smtp.as_ref().unwrap();
        assert_eq!(
            (smtp.url.expose(), smtp.from.email.to_string().as_str()),
            ("smtps://u:p@mail.example", "id@example.com")
        );
        assert_eq!((config.audit.retention_days, config.limits.failures_per_minute), (7, 5));
        assert_eq!((config.log.format, config.log.level.as_str()), (Format::Json, "warn"));
        assert!(config.warnings().is_empty());
    }
}

#[test]
fn the_environment_wins_over_the_file_and_an_empty_variable_is_unset() {
    let content = "listen = '127.0.0.1:1'\nops_listen = '127.0.0.1:2'\n";
    let config = file(content, &[("CARDEA_LISTEN", "127.0.0.1:3"), ("CARDEA_OPS_LISTEN", "")]).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.ops_listen.port(), 2);
}

#[test]
fn a_value_may_lie_in_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (content, url) in [
        ("postgres://a:b@c/d\n", "postgres://a:b@c/d"),
        ("postgres://a:b@c/d\r\n", "postgres://a:b@c/d"),
        ("postgres://a:b@c/d", "postgres://a:b@c/d"),
    ] {
        fs::write(path("url"), content).unwrap();
        let config = environment(&[("CARDEA_DATABASE__URL_FILE", &path("url"))]).unwrap();
        assert_eq!(config.database.url.expose(), url);
    }
    let both = [("CARDEA_DATABASE__URL_FILE", &*path("url")), ("CARDEA_DATABASE__URL", "sqlite://x.db")];
    assert_eq!(
        problems(environment(&both)),
        ["CARDEA_DATABASE__URL and CARDEA_DATABASE__URL_FILE are both set: keep one of them"]
    );
    let empty = [("CARDEA_DATABASE__URL_FILE", &*path("url")), ("CARDEA_DATABASE__URL", "")];
    assert!(environment(&empty).is_ok());

    let missing = problems(environment(&[("CARDEA_MASTER_KEY_FILE", &path("none"))]));
    assert!(missing.len() == 1 && missing[0].starts_with("CARDEA_MASTER_KEY_FILE: "), "{missing:?}");
    fs::write(path("empty"), "\n").unwrap();
    assert!(environment(&[("CARDEA_MASTER_KEY_FILE", &path("empty"))]).is_err());
    fs::write(path("ca"), path("url")).unwrap();
    let config = environment(&[("CARDEA_OUTBOUND__CA_FILE_FILE", &path("ca"))]).unwrap();
    assert_eq!(config.outbound.ca_file.unwrap().to_str().unwrap(), path("url"));
}

#[test]
fn unknown_keys_are_refused_with_what_was_meant() {
    assert_eq!(problems(file("lisen = 'x'\n", &[])), ["lisen is not a setting; did you mean listen?"]);
    assert_eq!(
        problems(file("[bootstrap]\nadmin_mail = 'x'\n", &[])),
        ["bootstrap.admin_mail is not a setting; did you mean bootstrap.admin_email?"]
    );
    assert_eq!(problems(file("[colours]\n", &[])), ["colours is not a setting"]);
    assert_eq!(
        problems(environment(&[("CARDEA_DATABASE_URL", "sqlite://x.db"), ("CARDEA_BOOTSTRAP__ADMIN_MAIL", "x")])),
        [
            "CARDEA_BOOTSTRAP__ADMIN_MAIL is not a setting; did you mean CARDEA_BOOTSTRAP__ADMIN_EMAIL?",
            "CARDEA_DATABASE_URL is not a setting; did you mean CARDEA_DATABASE__URL?"
        ]
    );
    assert!(file("listen = '127.0.0.1:1'\n[log]\n", &[("CARDEA_TEST_POSTGRES_URL", "x")]).is_ok());
}

#[test]
fn malformed_values_are_refused_all_at_once_and_named_by_where_they_stand() {
    let content =
        "public_url = 'ftp://x'\nlisten = ['127.0.0.1:1']\ntrusted_proxies = ['10.0.0.0/40']\n[log]\nformat = ''\n";
    let found = problems(file(content, &[("CARDEA_AUDIT__RETENTION_DAYS", "0"), ("CARDEA_LOG__LEVEL", "inof")]));
    let expected = [
        "public_url:",
        "listen:",
        "trusted_proxies:",
        "CARDEA_AUDIT__RETENTION_DAYS:",
        "log.format:",
        "CARDEA_LOG__LEVEL:",
    ];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (problem, origin) in found.iter().zip(expected) {
        assert!(problem.starts_with(origin), "{problem}");
    }
    for (name, value) in [
        ("CARDEA_LIMITS__FAILURES_PER_MINUTE", "-1"),
        ("CARDEA_LOG__FORMAT", "xml"),
        ("CARDEA_OUTBOUND__CA_FILE", "/does/not/exist"),
        ("CARDEA_BOOTSTRAP__CLIENT_ID", "usr_x"),
        ("CARDEA_BOOTSTRAP__ADMIN_EMAIL", "root"),
        ("CARDEA_SMTP__FROM", "root"),
        ("CARDEA_SMTP__FROM", "a@b.example, c@d.example"),
    ] {
        let found = problems(environment(&[(name, value)]));
        assert!(found.len() == 1 && found[0].starts_with(name), "{found:?}");
    }
    assert!(Config::load(Some(Path::new("/does/not/exist")), std::iter::empty()).is_err());
    assert!(file("listen = '127.0.0.1:1'\n", &[("CARDEA_AUDIT__RETENTION_DAYS", "1")]).is_ok());
}

#[test]
fn a_malformed_secret_is_refused_without_telling_it() {
    for (name, value) in [
        ("CARDEA_MASTER_KEY", "hush"),
        ("CARDEA_DATABASE__URL", "mysql://root:hush@db"),
        ("CARDEA_BOOTSTRAP__CLIENT_SECRET", "hush\u{e9}"),
        ("CARDEA_SMTP__URL", "https://me:hush@mail.example"),
    ] {
        let found = problems(environment(&[(name, value)])).join("\n");
        assert!(found.starts_with(name) && !found.contains("hush"), "{found}");
    }
    assert!(environment(&[("CARDEA_MASTER_KEY", KEY)]).is_ok());
}

#[test]
fn the_bootstrap_client_needs_both_its_id_and_its_secret() {
    assert_eq!(
        problems(environment(&[("CARDEA_BOOTSTRAP__CLIENT_ID", "robot")])),
        ["bootstrap.client_id is set without bootstrap.client_secret"]
    );
    assert_eq!(
        problems(environment(&[("CARDEA_BOOTSTRAP__CLIENT_SECRET", "of a robot")])),
        ["bootstrap.client_secret is set without bootstrap.client_id"]
    );
    let config =
        environment(&[("CARDEA_BOOTSTRAP__CLIENT_ID", "robot"), ("CARDEA_BOOTSTRAP__CLIENT_SECRET", "short")]).unwrap();
    assert!(config.bootstrap.client.is_some());
    assert_eq!(config.warnings().len(), 1);
}

#[test]
fn the_first_administrator_needs_both_an_address_and_a_password() {
    assert_eq!(
        problems(environment(&[("CARDEA_BOOTSTRAP__ADMIN_EMAIL", "root@example.com")])),
        ["bootstrap.admin_email is set without bootstrap.admin_password"]
    );
    let alone = problems(environment(&[("CARDEA_BOOTSTRAP__ADMIN_PASSWORD", "hush-hush-hush-hush")]));
    assert_eq!(alone, ["bootstrap.admin_password is set without bootstrap.admin_email"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("password");
    fs::write(&path, "hush-hush-hush-hush\n").unwrap();
    let variables = [
        ("CARDEA_BOOTSTRAP__ADMIN_EMAIL", "root@example.com"),
        ("CARDEA_BOOTSTRAP__ADMIN_PASSWORD_FILE", path.to_str().unwrap()),
    ];
    let config = environment(&variables).unwrap();
    let admin = config.bootstrap.admin.as_ref().unwrap();
    assert_eq!((admin.email.as_str(), admin.password.expose()), ("root@example.com", "hush-hush-hush-hush"));
    let shown = config.redacted();
    assert!(shown.contains("admin_password = \"(hidden)\" # CARDEA_BOOTSTRAP__ADMIN_PASSWORD_FILE"), "{shown}");
    assert!(shown.contains("admin_email = \"root@example.com\"") && !shown.contains("hush"), "{shown}");
}

#[test]
fn mail_needs_both_a_server_and_a_sender() {
    let (url, from) = (("CARDEA_SMTP__URL", "smtp://me:hush@mail.example"), ("CARDEA_SMTP__FROM", "id@example.com"));
    assert_eq!(problems(environment(&[url])), ["smtp.url is set without smtp.from"]);
    assert_eq!(problems(environment(&[from])), ["smtp.from is set without smtp.url"]);
    let config = environment(&[url, from]).unwrap();
    let shown = config.redacted();
    assert!(shown.contains("url = \"smtp://me:hidden@mail.example\" # CARDEA_SMTP__URL"), "{shown}");
    let warnings = config.warnings().join("\n");
    assert!(warnings.contains("smtp.url demands no TLS") && !warnings.contains("hush"), "{warnings}");
    let guarded = ("CARDEA_SMTP__URL", "smtp://me:hush@mail.example:587?tls=required");
    assert!(environment(&[guarded, from]).unwrap().warnings().is_empty());
}

#[test]
fn a_public_url_without_tls_is_warned_of_unless_it_is_this_machine() {
    for (url, warnings) in [
        ("http://id.example", 1),
        ("http://192.0.2.1:8080", 1),
        ("http://localhost.example", 1),
        ("https://id.example", 0),
        ("http://127.0.0.1:8080", 0),
        ("http://[::1]:8080", 0),
        ("http://id.localhost", 0),
    ] {
        let variables = [("CARDEA_PUBLIC_URL", url), ("CARDEA_MTLS__LISTEN", "off")];
        assert_eq!(environment(&variables).unwrap().warnings().len(), warnings, "{url}");
    }
}

#[test]
fn a_listener_for_certificates_that_only_this_machine_reaches_is_warned_of() {
    let elsewhere = ("CARDEA_PUBLIC_URL", "https://id.example");
    assert_eq!(environment(&[elsewhere]).unwrap().warnings().len(), 1);
    let reachable = environment(&[elsewhere, ("CARDEA_MTLS__PUBLIC_URL", "https://mtls.id.example")]).unwrap();
    assert!(reachable.warnings().is_empty());
    let off = environment(&[elsewhere, ("CARDEA_MTLS__LISTEN", "off")]).unwrap();
    assert!(off.warnings().is_empty() && off.mtls.published_url().is_none());
    let moved = environment(&[("CARDEA_MTLS__LISTEN", "127.0.0.1:9443")]).unwrap();
    assert_eq!(moved.mtls.public_url.as_str(), "https://localhost:9443");
}

#[test]
fn certificates_from_a_proxy_need_a_list_of_proxies() {
    let header = ("CARDEA_CLIENT_CERT_HEADER", "rfc9440");
    let found = problems(environment(&[header]));
    assert!(found.len() == 1 && found[0].contains("trusted_proxies"), "{found:?}");
    let found = problems(environment(&[("CARDEA_CLIENT_CERT_HEADER", "apache"), ("CARDEA_TRUSTED_PROXIES", "::1")]));
    assert!(found.len() == 1 && found[0].contains("rfc9440, nginx_escaped_pem, envoy_xfcc"), "{found:?}");
    let listed = [header, ("CARDEA_TRUSTED_PROXIES", "10.0.0.1"), ("CARDEA_MTLS__LISTEN", "off")];
    assert!(environment(&listed).unwrap().mtls.published_url().is_some());
}

#[test]
fn a_certificate_and_its_key_come_together() {
    for (one, other) in [("CARDEA_TLS__CERT", "tls.key"), ("CARDEA_MTLS__KEY", "mtls.cert")] {
        let found = problems(environment(&[(one, "/x")]));
        assert!(found.len() == 1 && found[0].ends_with(&format!("without {other}")), "{found:?}");
    }
    let found = problems(environment(&[("CARDEA_MTLS__PUBLIC_URL", "http://localhost:8443")]));
    assert!(found.len() == 1 && found[0].starts_with("CARDEA_MTLS__PUBLIC_URL"), "{found:?}");
}

#[test]
fn what_is_in_force_is_shown_with_its_origin_and_without_secrets() {
    let shown = file(
        "listen = '127.0.0.1:1'\ntrusted_proxies = ['10.0.0.0/8']\n[bootstrap]\nclient_id = 'robot'\nclient_secret = 'hush-hush-hush-hush'\n",
        &[("CARDEA_MASTER_KEY", KEY), ("CARDEA_DATABASE__URL", "postgres://cardea:hush@db/cardea")],
    )
    .unwrap()
    .redacted();
    assert!(!shown.contains("hush") && !shown.contains(KEY), "{shown}");
    for line in [
        "public_url = \"http://localhost:8080\" # default",
        "listen = \"127.0.0.1:1\" # file",
        "master_key = \"(hidden)\" # CARDEA_MASTER_KEY",
        "trusted_proxies = [\"10.0.0.0/8\"] # file",
        "[database]",
        "url = \"postgres://cardea:hidden@db/cardea\" # CARDEA_DATABASE__URL",
        "client_secret = \"(hidden)\" # file",
        "retention_days = 90 # default",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line} is not in\n{shown}");
    }
    shown.parse::<toml::Table>().unwrap();
}
