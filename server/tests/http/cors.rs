//! Scripts of other origins: at the endpoints of public clients, and nowhere where a cookie or an administrator's token counts.

use serde_json::json;

use crate::harness::{Answer, TestServer};

const ORIGIN: (&str, &str) = ("origin", "https://app.example");

#[actix_web::test]
async fn scripts_of_any_origin_may_ask_where_public_clients_do() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.relying_party(json!({"token_endpoint_auth_method": "none"})).await;
    for path in ["/oauth2/token", "/oauth2/revoke", "/userinfo"] {
        let preflight = server.http.request(reqwest::Method::OPTIONS, workspace.url(path));
        let preflight = preflight.header(ORIGIN.0, ORIGIN.1).header("access-control-request-method", "POST");
        let allowed = Answer::to(preflight).await.expect(204);
        assert_eq!(allowed.header("access-control-allow-origin"), "*");
        assert!(allowed.header("access-control-allow-headers").contains("authorization"));
        assert_eq!(allowed.header("access-control-allow-credentials"), "");
    }
    let form = [("grant_type", "refresh_token"), ("client_id", &*client.id), ("refresh_token", "x")];
    let request = workspace.token_request().header(ORIGIN.0, ORIGIN.1).form(&form);
    let refused = Answer::to(request).await.refused(400, "invalid_grant");
    assert_eq!(refused.header("access-control-allow-origin"), "*");
    let without = Answer::to(workspace.token_request().form(&form)).await;
    assert_eq!(without.header("access-control-allow-origin"), "");
}

#[actix_web::test]
async fn scripts_of_other_origins_read_nothing_else() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let client = workspace.relying_party(json!({})).await;
    for url in [client.authorize(&[]), workspace.url("/oidc/logout"), format!("{}/api/v1/me", server.url)] {
        let answer = Answer::to(server.http.get(&url).header(ORIGIN.0, ORIGIN.1)).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{url}");
        let preflight = server.http.request(reqwest::Method::OPTIONS, &url).header(ORIGIN.0, ORIGIN.1);
        let preflight = Answer::to(preflight.header("access-control-request-method", "GET")).await;
        assert_eq!(preflight.header("access-control-allow-origin"), "", "{url}");
    }
    let keys = Answer::to(server.http.get(workspace.url("/.well-known/jwks.json"))).await.expect(200);
    assert_eq!(keys.header("access-control-allow-origin"), "*");
}
