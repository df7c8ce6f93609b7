//! nginx with `docs/proxies/nginx.conf`.

use cardea_e2e::certificates::{self, ExtendedKeyUsagePurpose};

use crate::configuration::{NGINX, reworded};
use crate::stage::{Stage, accepted};

const KIND: &str = "nginx_escaped_pem";

#[tokio::test]
async fn both_methods_work_through_nginx() {
    let stage = Stage::new(KIND).await;
    let _nginx = stage.nginx(NGINX).await;
    stage.both_methods_work().await;
    stage.resumed_sessions_work();
    stage.an_intermediate_is_uploaded().await;
    stage.the_clients_address_is_known().await;
}

#[tokio::test]
async fn no_header_field_of_a_client_passes_nginx() {
    let stage = Stage::new(KIND).await;
    let _nginx = stage.nginx(NGINX).await;
    let forgeries = stage.forgeries(KIND);
    stage.no_forgery_works(&forgeries, |_| false).await;
    stage.nobody_else_is_believed(&forgeries).await;
}

#[tokio::test]
async fn where_nginx_hands_on_underscores_their_senders_are_refused() {
    let stage = Stage::new(KIND).await;
    let template = reworded(NGINX, "underscores_in_headers off;", "underscores_in_headers on;");
    let _nginx = stage.nginx(&template).await;
    let forgeries = stage.forgeries(KIND);
    assert!(forgeries.iter().any(|forgery| forgery.name.contains('_')));
    stage.no_forgery_works(&forgeries, |forgery| forgery.name.contains('_')).await;
}

#[tokio::test]
async fn nginx_hands_on_no_field_of_the_other_kinds() {
    for kind in ["rfc9440", "envoy_xfcc"] {
        let stage = Stage::new(kind).await;
        let _nginx = stage.nginx(NGINX).await;
        stage.nothing_arrives(&stage.forgeries(kind)).await;
    }
}

/// nginx passes over that nobody it knows vouches for a certificate, but not over its validity.
#[tokio::test]
async fn nginx_itself_refuses_certificates_that_are_not_valid_at_this_time_and_cardea_those_not_for_clients() {
    let stage = Stage::new(KIND).await;
    let _nginx = stage.nginx(NGINX).await;
    for (from, until) in [(-30, -1), (1, 30)] {
        let identity = stage.authority.issue(&certificates::valid(certificates::client("own"), from, until));
        let refused = stage.ask(&stage.curl().showing(&identity), &stage.own);
        assert_eq!(refused.answer.status, 400, "{}", refused.answer.text());
        assert!(refused.answer.text().contains("nginx"), "{}", refused.answer.text());
    }
    let mut of_a_server = certificates::client("own");
    of_a_server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let identity = stage.authority.issue(&of_a_server);
    let refused = stage.ask(&stage.curl().showing(&identity), &stage.own);
    assert_eq!(stage.reason(&refused).await, "certificate_untrusted");
    accepted(&stage.ask(&stage.curl().showing(&stage.own.identity), &stage.own));
}
