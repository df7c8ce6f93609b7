//! A trusted proxy that does not do its work: what reaches Cardea from the listed address is read strictly, or not at all. Here curl
//! is the proxy, and writes what it likes.

use cardea_e2e::{Client, Curl, Proof};

use crate::configuration::SOURCE;
use crate::forgeries::{KINDS, rfc9440, xfcc};
use crate::stage::{Stage, accepted};

fn proxy() -> Curl {
    Curl::default().with(&["--interface", SOURCE])
}

#[tokio::test]
async fn a_certificate_in_the_header_field_counts_from_the_listed_address_alone() {
    for (kind, field, value) in KINDS {
        let stage = Stage::new(kind).await;
        for client in [&stage.own, &stage.self_signed] {
            let says = |curl: &Curl| curl.header(field, &value(&client.identity));
            let ignored = stage.ask_directly(&says(&Curl::default()), client);
            assert_eq!(stage.reason(&ignored).await, "certificate_missing", "{kind}");
            let without = stage.ask_directly(&proxy(), client);
            assert_eq!(stage.reason(&without).await, "certificate_missing", "{kind}");
            accepted(&stage.ask_directly(&says(&proxy()), client));
        }
    }
}

#[tokio::test]
async fn whatever_is_not_one_field_with_one_certificate_is_refused() {
    for (kind, field, value) in KINDS {
        let stage = Stage::new(kind).await;
        for forgery in stage.forgeries(kind) {
            if is_well_formed(kind, &forgery.name) {
                continue;
            }
            let refused = stage.ask_directly(&forgery.by(&proxy()), &stage.own);
            assert_eq!(stage.reason(&refused).await, "certificate_untrusted", "{kind}: {}", forgery.name);
        }
        accepted(&stage.ask_directly(&proxy().header(field, &value(&stage.own.identity)), &stage.own));
    }
}

/// What a proxy that is believed may say: that its client is the victim, with a chain where the kind has a field for it; and
/// Envoy's field is a list.
fn is_well_formed(kind: &str, forgery: &str) -> bool {
    match forgery {
        "the field itself" | "in capitals" | "field and chain" => true,
        "a chain" => kind != "rfc9440",
        "a list, foreign first" | "a list, foreign last" | "without blanks" => kind == "envoy_xfcc",
        _ => false,
    }
}

#[tokio::test]
async fn of_several_elements_of_envoys_the_last_is_of_the_proxy_that_is_trusted() {
    let stage = Stage::new("envoy_xfcc").await;
    let field = "X-Forwarded-Client-Cert";
    let (own, victim) = (xfcc(&stage.own.identity), xfcc(&stage.victim.identity));
    for joint in [",", ", "] {
        let curl = proxy().header(field, &format!("{victim}{joint}{own}"));
        let refused = stage.ask_directly(&curl, &stage.victim);
        assert_eq!(stage.reason(&refused).await, "certificate_subject");
        accepted(&stage.ask_directly(&curl, &stage.own));
    }
    let twice = proxy().header(field, &victim).header(field, &own);
    assert_eq!(stage.reason(&stage.ask_directly(&twice, &stage.own)).await, "certificate_untrusted");
}

#[tokio::test]
async fn a_malformed_field_refuses_clients_of_every_method() {
    let stage = Stage::new("rfc9440").await;
    let client = Client::with_secret(&stage.admin, &stage.workspace, "client_secret_basic").await;
    let Proof::Basic(secret) = &client.proof else { panic!("a secret") };
    let curl = proxy().with(&["--user", &format!("{}:{secret}", client.client_id)]);
    let url = stage.workspace.at(&stage.cardea.url(""), "/oauth2/token");
    let ask = |curl: &Curl| curl.post(&url, &[("grant_type", "client_credentials")]);
    let good = rfc9440(&stage.own.identity);
    let malformed = [
        ("Client-Cert", "x"),
        ("Client_Cert", good.as_str()),
        ("Client-Cert-Chain", good.as_str()),
        ("Connection", "Client-Cert"),
        ("Client-Cert;", ""),
    ];
    for (field, value) in malformed {
        let curled = match field.strip_suffix(';') {
            // curl's way to send a field without a value.
            Some(_) => ask(&curl.with(&["--header", field])),
            None => ask(&curl.header(field, value)),
        };
        assert_eq!(stage.reason(&curled).await, "certificate_untrusted", "{field}: {value}");
    }
    assert_eq!(ask(&curl.header("Client-Cert", &good)).answer.status, 200, "a certificate that nobody asked for");
    assert_eq!(ask(&curl).answer.status, 200);
}
