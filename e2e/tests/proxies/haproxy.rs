//! HAProxy with `docs/proxies/haproxy.cfg`.

use cardea_e2e::certificates::{self, ExtendedKeyUsagePurpose};

use crate::configuration::{HAPROXY, reworded};
use crate::stage::{Stage, accepted};

const KIND: &str = "rfc9440";
const STRIPPING: &str = "http-request del-header \
    ^(client[-_]cert|x[-_]ssl[-_]client[-_]cert|x[-_]forwarded[-_]client[-_]cert) -m reg";

#[tokio::test]
async fn both_methods_work_through_haproxy() {
    let stage = Stage::new(KIND).await;
    let _haproxy = stage.haproxy(HAPROXY).await;
    stage.both_methods_work().await;
    stage.resumed_sessions_work();
    stage.an_intermediate_is_uploaded().await;
    stage.the_clients_address_is_known().await;
}

#[tokio::test]
async fn no_header_field_of_a_client_passes_haproxy() {
    let stage = Stage::new(KIND).await;
    let _haproxy = stage.haproxy(HAPROXY).await;
    let forgeries = stage.forgeries(KIND);
    stage.no_forgery_works(&forgeries, |_| false).await;
    stage.nobody_else_is_believed(&forgeries).await;
}

#[tokio::test]
async fn haproxy_hands_on_no_field_of_the_other_kinds() {
    for kind in ["nginx_escaped_pem", "envoy_xfcc"] {
        let stage = Stage::new(kind).await;
        let _haproxy = stage.haproxy(HAPROXY).await;
        stage.nothing_arrives(&stage.forgeries(kind)).await;
    }
}

#[tokio::test]
async fn where_haproxy_strips_the_exact_names_alone_the_senders_of_twins_are_refused() {
    let stage = Stage::new(KIND).await;
    let exact = "http-request del-header Client-Cert\n    http-request del-header Client-Cert-Chain";
    let _haproxy = stage.haproxy(&reworded(HAPROXY, STRIPPING, exact)).await;
    let forgeries = stage.forgeries(KIND);
    assert!(forgeries.iter().any(|forgery| forgery.name.contains('_')));
    stage.no_forgery_works(&forgeries, |forgery| forgery.name.contains('_')).await;
}

#[tokio::test]
async fn where_haproxy_hands_connection_on_whoever_names_the_field_in_it_is_refused() {
    let stage = Stage::new(KIND).await;
    let template = reworded(HAPROXY, "http-request del-header Connection", "");
    let _haproxy = stage.haproxy(&template).await;
    let forgeries = stage.forgeries(KIND);
    stage.no_forgery_works(&forgeries, |forgery| forgery.only_http_1).await;
}

#[tokio::test]
async fn certificates_that_have_expired_or_are_not_for_clients_pass_haproxy_and_are_refused_by_cardea() {
    let stage = Stage::new(KIND).await;
    let _haproxy = stage.haproxy(HAPROXY).await;
    let expired = certificates::valid(certificates::client("own"), -30, -1);
    let mut of_a_server = certificates::client("own");
    of_a_server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    for (params, reason) in [(expired, "certificate_expired"), (of_a_server, "certificate_untrusted")] {
        let identity = stage.authority.issue(&params);
        let refused = stage.ask(&stage.curl().showing(&identity), &stage.own);
        assert_eq!(stage.reason(&refused).await, reason);
    }
    accepted(&stage.ask(&stage.curl().showing(&stage.own.identity), &stage.own));
}
