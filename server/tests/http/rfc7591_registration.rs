//! Clients register themselves (RFC 7591, OpenID Connect Dynamic Client Registration 1.0).

use serde_json::{Value, json};

use crate::harness::browser::Browser;
use crate::harness::key_server::{ALLOW_LOOPBACK, KeyServer};
use crate::harness::people::CALLBACK;
use crate::harness::registration::Registered;
use crate::harness::{Answer, TestServer};

fn shop() -> Value {
    json!({"client_name": "Shop", "redirect_uris": [CALLBACK]})
}

#[actix_web::test]
async fn registration_is_off_until_an_administrator_switches_it_on() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let token = workspace.initial_access_token(json!({})).await;
    let metadata = async || {
        let request = server.http.get(workspace.url("/.well-known/openid-configuration"));
        Answer::to(request).await.expect(200).json["registration_endpoint"].clone()
    };
    assert_eq!(metadata().await, Value::Null);
    workspace.register(&token, &shop()).await.refused(403, "access_denied");
    workspace.register("nonsense", &shop()).await.refused(403, "access_denied");

    workspace.set(json!({"registration": "initial_access_token"})).await;
    assert_eq!(metadata().await, workspace.url("/oauth2/register"));
    let registered = Registered::of(workspace, &workspace.register(&token, &shop()).await.expect(201));
    workspace.set(json!({"registration": "off"})).await;
    registered.read().await.refused(403, "access_denied");
    workspace.set(json!({"registration": "initial_access_token"})).await;
    registered.read().await.expect(200);
}

#[actix_web::test]
async fn clients_do_not_register_themselves_where_administrators_sign_in() {
    let server = TestServer::start().await;
    let body = json!({"registration": "initial_access_token"});
    let refused = Answer::to(server.api("PATCH", "/tenants/default/workspaces/admin").json(&body)).await.expect(400);
    assert_eq!(refused.json["errors"][0]["pointer"], "/registration");
    server.change("/tenants/default/workspaces/default", &body).await;
}

#[actix_web::test]
async fn who_registers_holds_an_initial_access_token_of_this_workspace() {
    let server = TestServer::start().await;
    let (workspace, other) = (server.registering().await, server.registering().await);
    let bare = Answer::to(server.http.post(workspace.url("/oauth2/register")).json(&shop())).await.expect(401);
    assert_eq!((bare.header("www-authenticate"), bare.body.as_str()), ("Bearer", ""));
    let now = server.clock.now();
    let (foreign, late) = tokio::join!(
        other.initial_access_token(json!({})),
        workspace.initial_access_token(json!({"expires_at": now.plus_secs(60), "max_registrations": 2})),
    );
    for token in ["nonsense", "", &foreign] {
        workspace.register(token, &shop()).await.unauthorized();
    }
    let access = workspace.client_of("client_secret_basic").await.token().await;
    workspace.register(&access, &shop()).await.unauthorized();
    let event = workspace.last_event("client.registered", "failure").await;
    assert_eq!((&event["reason"], &event["actor"]), (&json!("invalid_token"), &json!("anonymous")));

    other.register(&foreign, &shop()).await.expect(201);
    workspace.register(&late, &shop()).await.expect(201);
    server.clock.advance_secs(60);
    workspace.register(&late, &shop()).await.unauthorized();
}

#[actix_web::test]
async fn a_token_for_one_registers_one_however_many_come_with_it() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "1000")]).await;
    let workspace = server.registering().await;
    let token = workspace.initial_access_token(json!({})).await;
    // A registration that is refused takes nothing from the token.
    workspace.register(&token, &json!({})).await.refused(400, "invalid_redirect_uri");
    let metadata = shop();
    let all = futures_util::future::join_all((0..32).map(|_| workspace.register(&token, &metadata))).await;
    let registered: Vec<_> = all.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(registered.len(), 1);
    assert!(all.iter().all(|answer| [201, 401].contains(&answer.status)));
    let clients = server.read(&format!("{}/clients", workspace.path())).await;
    assert_eq!(clients["items"].as_array().unwrap().len(), 1);
    let another = workspace.initial_access_token(json!({"max_registrations": 2})).await;
    for _ in 0..2 {
        workspace.register(&another, &metadata).await.expect(201);
    }
    workspace.register(&another, &metadata).await.unauthorized();
}

#[actix_web::test]
async fn a_registered_client_signs_somebody_in() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    workspace.person("ada").await;
    let registered = workspace.registered(&shop()).await;
    let told = &registered.told;
    for (member, value) in [
        ("token_endpoint_auth_method", json!("client_secret_basic")),
        ("grant_types", json!(["authorization_code"])),
        ("response_types", json!(["code"])),
        ("redirect_uris", json!([CALLBACK])),
        ("application_type", json!("web")),
        ("scope", json!("openid offline_access profile email address phone")),
        ("client_secret_expires_at", json!(0)),
        ("client_id_issued_at", json!(server.clock.now().as_secs())),
    ] {
        assert_eq!(told[member], value, "{member}");
    }
    assert_eq!(registered.uri, workspace.url(&format!("/oauth2/register/{}", registered.client.id)));
    let code = registered.client.code("ada", &[]).await;
    registered.client.redeem(&code, &[]).await.expect(200);
    let event = workspace.last_event("client.registered", "success").await;
    assert!(event["actor"].as_str().unwrap().starts_with("initial_access_token:"), "{event}");
    assert_eq!(event["client_id"], registered.client.id.as_str());
    let stored = [told["client_secret"].as_str().unwrap(), &registered.token];
    assert!(stored.iter().all(|secret| !event.to_string().contains(*secret)));
}

#[actix_web::test]
async fn a_machine_registers_itself_and_gets_a_token_for_a_service() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    workspace.service("https://orders.example", &["orders.read"]).await;
    let metadata = json!({"grant_types": ["client_credentials"], "scope": "orders.read", "token_endpoint_auth_method": "client_secret_post"});
    let token = workspace.initial_access_token(json!({})).await;
    let mut unknown = metadata.clone();
    unknown["scope"] = json!("orders.read orders.write");
    workspace.register(&token, &unknown).await.refused(400, "invalid_client_metadata");
    let machine = Registered::of(workspace, &workspace.register(&token, &metadata).await.expect(201)).client;
    let answer = machine.token_by("client_secret_post", &[]).await.expect(200);
    assert_eq!(answer.json["scope"], "orders.read");
}

#[actix_web::test]
async fn a_public_client_gets_no_secret() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let metadata = json!({"redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none"});
    let told = workspace.registered(&metadata).await.told;
    assert!(told.get("client_secret").is_none() && told.get("client_secret_expires_at").is_none(), "{told}");
    assert!(workspace.registered(&shop()).await.told["client_secret"].is_string());
}

#[actix_web::test]
async fn the_workspaces_policy_holds_for_clients_that_register_themselves() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let token = workspace.initial_access_token(json!({"max_registrations": 2})).await;
    workspace
        .set(json!({"token_endpoint_auth_methods": ["private_key_jwt", "none"], "grant_types": ["authorization_code"]}))
        .await;
    workspace.register(&token, &shop()).await.refused(400, "invalid_client_metadata");
    let mut public = shop();
    public["token_endpoint_auth_method"] = json!("none");
    let mut refreshing = public.clone();
    refreshing["grant_types"] = json!(["authorization_code", "refresh_token"]);
    let refused = workspace.register(&token, &refreshing).await.refused(400, "invalid_client_metadata");
    assert!(refused.text("error_description").contains("grant_types/1: refresh_token is not enabled"));
    let event = workspace.last_event("client.registered", "failure").await;
    assert_eq!(event["reason"], "invalid_client_metadata");
    workspace.register(&token, &public).await.expect(201);
}

#[actix_web::test]
async fn redirect_uris_that_are_none_are_refused_by_their_own_code() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let token = workspace.initial_access_token(json!({})).await;
    for uri in [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://client.example.com/x",
        "http://client.example.com/callback",
        "https://client.example.com/callback#fragment",
        "/callback",
        "",
    ] {
        workspace.register(&token, &json!({"redirect_uris": [uri]})).await.refused(400, "invalid_redirect_uri");
    }
    for bad in [json!({"redirect_uris": "https://a.example"}), json!({"redirect_uris": [1]}), json!({})] {
        workspace.register(&token, &bad).await.refused(400, "invalid_redirect_uri");
    }
    for bad in [("logo_uri", json!("javascript:alert(1)")), ("jwks", json!([])), ("grant_types", json!(["implicit"]))] {
        let mut metadata = shop();
        metadata[bad.0] = bad.1;
        workspace.register(&token, &metadata).await.refused(400, "invalid_client_metadata");
    }
    let request = server.http.post(workspace.url("/oauth2/register")).bearer_auth(&token);
    Answer::to(request.form(&[("client_name", "Shop")])).await.refused(400, "invalid_client_metadata");
    workspace.register(&token, &shop()).await.expect(201);
}

#[actix_web::test]
async fn what_is_the_servers_to_say_is_ignored() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let mut metadata = shop();
    let said = json!({
        "client_id": "chosen", "client_secret": "chosen-by-the-client", "status": "inactive", "description": "x",
        "token_ttls": {"access_token": 86400}, "client_assertion_audience": "legacy", "refresh_token_rotation": "never",
        "client_id_issued_at": 1, "client_secret_expires_at": 1, "registration_access_token": "chosen",
        "registration_client_uri": "https://evil.example", "software_id": "unknown here", "client_name#ja": "店",
    });
    metadata.as_object_mut().unwrap().extend(said.as_object().unwrap().clone());
    let registered = workspace.registered(&metadata).await;
    for (member, value) in said.as_object().unwrap() {
        assert_ne!(registered.told.get(member), Some(value), "{member}");
    }
    let stored = server.read(&registered.client.path()).await;
    assert_eq!((&stored["status"], &stored["client_name"]), (&json!("active"), &json!("Shop")));
    assert!(["description", "token_ttls", "client_assertion_audience"].iter().all(|name| stored.get(name).is_none()));
    assert_ne!(registered.client.id, "chosen");
    workspace.person("ada").await;
    let shown = registered.client.send(&Browser::new(&server), "ada", &[]).await;
    assert!(shown.parameter("code").is_some());
}

#[actix_web::test]
async fn a_sector_is_claimed_by_who_is_named_there() {
    let server = TestServer::start_with(&[ALLOW_LOOPBACK]).await;
    let workspace = server.registering().await;
    let sector = KeyServer::start(&json!(["https://other.example/callback"]));
    let token = workspace.initial_access_token(json!({})).await;
    let mut metadata = shop();
    metadata["sector_identifier_uri"] = json!(sector.url);
    metadata["subject_type"] = json!("pairwise");
    let documents = [json!([]), json!([CALLBACK, 1]), json!({"redirect_uris": [CALLBACK]})];
    for document in documents {
        sector.says(200, &document);
        workspace.register(&token, &metadata).await.refused(400, "invalid_client_metadata");
    }
    sector.says(404, &json!([CALLBACK]));
    workspace.register(&token, &metadata).await.refused(400, "invalid_client_metadata");
    sector.says(200, &json!(["https://other.example/callback", CALLBACK]));
    let registered = Registered::of(workspace, &workspace.register(&token, &metadata).await.expect(201));
    metadata["redirect_uris"] = json!([CALLBACK, "https://client.example.com/another"]);
    registered.put(&metadata).await.refused(400, "invalid_client_metadata");
    metadata["redirect_uris"] = json!([CALLBACK]);
    registered.put(&metadata).await.expect(200);
}
