//! What holds behind every proxy.

use cardea_e2e::openssl::SClient;
use cardea_e2e::{Authority, Curl, certificates};

use crate::configuration::SOURCE;
use crate::forgeries::Forgery;
use crate::stage::{Registered, Stage, accepted};

const PROTOCOLS: [&str; 2] = ["--http1.1", "--http2"];
const VERSIONS: [&[&str]; 2] = [&["--tlsv1.2", "--tls-max", "1.2"], &["--tlsv1.3"]];

impl Stage {
    /// Both methods, over both versions of TLS and of HTTP; and nobody without a certificate, or with another's.
    pub(crate) async fn both_methods_work(&self) {
        for client in [&self.own, &self.self_signed] {
            for protocol in PROTOCOLS {
                for version in VERSIONS {
                    let curl = self.curl().with(&[protocol]).with(version);
                    let without = self.ask(&curl, client);
                    assert_eq!(self.reason(&without).await, "certificate_missing");
                    let foreign = self.ask(&curl.showing(&self.victim.identity), client);
                    let reason = self.reason(&foreign).await;
                    assert!(
                        matches!(reason.as_str(), "certificate_subject" | "certificate_not_registered"),
                        "{reason}"
                    );
                    accepted(&self.ask(&curl.showing(&client.identity), client));
                }
            }
        }
    }

    /// A session that is resumed keeps the certificate that it began with, though the client shows it no more.
    pub(crate) fn resumed_sessions_work(&self) {
        for (option, version) in [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")] {
            let folder = tempfile::tempdir().unwrap();
            let session = folder.path().join("session.pem").display().to_string();
            let client = SClient::new(self.mtls_address(), &self.server_certificate()).with(&[option]);
            let request = self.request();
            let first = client.with(&["-sess_out", &session]).showing(&self.own.identity).ask(&request);
            assert_eq!(first.status(), 200, "{first:?}");
            let resumed = client.with(&["-sess_in", &session]).ask(&request);
            assert!(resumed.says(&format!("Reused, {version}")), "{resumed:?}");
            assert_eq!(resumed.status(), 200, "{resumed:?}");
        }
    }

    fn request(&self) -> String {
        let body = format!("grant_type=client_credentials&client_id={}", self.own.client_id);
        format!(
            "POST {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.workspace.at("", "/oauth2/token"),
            body.len(),
        )
    }

    /// No forgery makes anybody of a client but whose certificate it shows. Those that `is_refused` names end the request with
    /// `certificate_untrusted`; all others change nothing.
    pub(crate) async fn no_forgery_works(&self, forgeries: &[Forgery], is_refused: impl Fn(&Forgery) -> bool) {
        for forgery in forgeries {
            for protocol in PROTOCOLS {
                if forgery.only_http_1 && protocol == "--http2" {
                    continue;
                }
                let what = format!("{} with {protocol}", forgery.name);
                let curl = forgery.by(&self.curl().with(&[protocol]));
                let own = curl.showing(&self.own.identity);
                let (without, with) = (self.ask(&curl, &self.victim), self.ask(&own, &self.victim));
                let expected = if is_refused(forgery) {
                    ["certificate_untrusted"; 2]
                } else {
                    ["certificate_missing", "certificate_subject"]
                };
                assert_eq!([self.reason(&without).await, self.reason(&with).await], expected, "{what}");

                let ourselves = self.ask(&own, &self.own);
                if is_refused(forgery) {
                    assert_eq!(self.reason(&ourselves).await, "certificate_untrusted", "{what}");
                } else {
                    assert_eq!(ourselves.answer.status, 200, "{what}: {}", ourselves.answer.text());
                }
            }
        }
        accepted(&self.ask(&self.curl().showing(&self.victim.identity), &self.victim));
    }

    /// The proxy hands on no intermediates: an authority that issues is trusted itself, or its clients are not.
    pub(crate) async fn an_intermediate_is_uploaded(&self) {
        let below: Authority = self.authority.below("Issuing CA");
        let identity = below.issue(&certificates::client("own"));
        let client = Registered { client_id: self.own.client_id.clone(), identity };
        let curl = self.curl().showing(&client.identity);
        assert_eq!(self.reason(&self.ask(&curl, &client)).await, "certificate_untrusted");
        self.workspace.trust(&self.admin, &below).await;
        accepted(&self.ask(&curl, &client));
    }

    /// The audit log has the client's address as the proxy saw it, whatever the client says.
    pub(crate) async fn the_clients_address_is_known(&self) {
        let curl = self.curl().header("X-Forwarded-For", "198.51.100.7");
        let refused = self.ask(&curl, &self.own);
        let event = self.workspace.failure(&self.admin, &refused.answer).await;
        assert_eq!(event.ip.as_deref(), Some("127.0.0.1"));
    }

    /// Where Cardea believes a field that this proxy does not write, the proxy lets none through.
    pub(crate) async fn nothing_arrives(&self, forgeries: &[Forgery]) {
        for forgery in forgeries {
            let refused = self.ask(&forgery.by(&self.curl().with(&["--http1.1"])), &self.victim);
            assert_eq!(self.reason(&refused).await, "certificate_missing", "{}", forgery.name);
        }
        let said_by_the_proxy = Curl::default().with(&["--interface", SOURCE]);
        let forgery = forgeries.first().unwrap().by(&said_by_the_proxy);
        accepted(&self.ask_directly(&forgery, &self.victim));
    }

    /// Past the proxy, from an address that nobody trusts, the header fields are nothing.
    pub(crate) async fn nobody_else_is_believed(&self, forgeries: &[Forgery]) {
        for forgery in forgeries {
            let refused = self.ask_directly(&forgery.by(&Curl::default()), &self.victim);
            assert_eq!(self.reason(&refused).await, "certificate_missing", "{}", forgery.name);
        }
        accepted(&self.ask(&self.curl().showing(&self.victim.identity), &self.victim));
    }
}
