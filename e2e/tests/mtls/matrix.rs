//! Both methods, with HTTP/1.1 and HTTP/2, over TLS 1.2 and 1.3; and what discovery says of them.

use cardea_e2e::{Curl, Identity, certificates};
use serde_json::{Value, json};

use crate::stage::{ordinary, stage};

const VERSIONS: [(&str, &[&str]); 2] = [("TLSv1.2", &["--tlsv1.2", "--tls-max", "1.2"]), ("TLSv1.3", &["--tlsv1.3"])];
const PROTOCOLS: [(&str, &str); 2] = [("1.1", "--http1.1"), ("2", "--http2")];

#[tokio::test]
async fn both_methods_work_with_http_1_and_2_over_tls_1_2_and_1_3() {
    let stage = stage().await;
    let issued = ordinary(&stage.authority, "billing");
    let own = Identity::self_signed(&certificates::client("shipping"));
    let clients = [
        ("tls_client_auth", stage.register_dn("billing").await, &issued),
        ("self_signed_tls_client_auth", stage.workspace.register_certificate(&stage.admin, &own).await, &own),
    ];
    for (method, client_id, identity) in &clients {
        for (tls, tls_arguments) in VERSIONS {
            for (http, protocol) in PROTOCOLS {
                let curl = stage.curl().with(tls_arguments).with(&[protocol]);
                let refused = stage.ask(&curl, client_id);
                assert_eq!(refused.answer.error(), "invalid_client", "{method}: without a certificate");
                let curled = stage.ask(&curl.showing(identity), client_id);
                assert_eq!(curled.answer.status, 200, "{method}: {}", curled.answer.text());
                assert_eq!((curled.tls_version.as_str(), curled.http_version.as_str()), (tls, http), "{method}");
                assert_eq!(curled.answer.json().get("token_type"), Some(&json!("Bearer")));
            }
        }
    }
}

#[tokio::test]
async fn discovery_publishes_the_listener_at_both_listeners_alike() {
    let stage = stage().await;
    let of = |node: &str| stage.workspace.at(node, "/.well-known/openid-configuration");
    let here: Value = stage.cardea.http().get(&of(&stage.cardea.url(""))).await.expect(200);
    let there: Value = stage.curl().run(&of(&stage.cardea.mtls_url(""))).answer.expect(200);
    assert_eq!(here, there, "the issuer does not change with the listener");
    let member = |name: &str| here.get(name).unwrap_or_else(|| panic!("no {name} in {here}"));
    assert_eq!(member("issuer"), &json!(stage.workspace.issuer));
    assert_eq!(member("tls_client_certificate_bound_access_tokens"), true);
    for method in ["tls_client_auth", "self_signed_tls_client_auth"] {
        let methods = member("token_endpoint_auth_methods_supported").as_array().unwrap();
        assert!(methods.contains(&json!(method)), "{methods:?}");
    }
    let aliases = member("mtls_endpoint_aliases");
    for (name, path) in
        [("token_endpoint", "token"), ("introspection_endpoint", "introspect"), ("revocation_endpoint", "revoke")]
    {
        let url = stage.workspace.at(&stage.cardea.mtls_url(""), &format!("/oauth2/{path}"));
        assert_eq!(aliases.get(name), Some(&json!(url)));
    }
}

#[tokio::test]
async fn the_other_endpoints_authenticate_by_certificate_too() {
    let stage = stage().await;
    let identity = ordinary(&stage.authority, "billing");
    let client_id = stage.register_dn("billing").await;
    let curl = stage.curl().showing(&identity);
    let token = stage.accepted(&curl, &client_id);
    let post = |curl: &Curl, endpoint: &str| {
        let url = stage.workspace.at(&stage.cardea.mtls_url(""), endpoint);
        curl.post(&url, &[("client_id", &client_id), ("token", &token)]).answer
    };
    for endpoint in ["/oauth2/introspect", "/oauth2/revoke"] {
        assert_eq!(post(&stage.curl(), endpoint).status, 401, "{endpoint}: without a certificate");
    }
    assert_eq!(post(&curl, "/oauth2/introspect").json().get("active"), Some(&json!(true)));
    assert_eq!(post(&curl, "/oauth2/revoke").status, 200);
    assert_eq!(post(&curl, "/oauth2/introspect").json(), json!({"active": false}));
}
