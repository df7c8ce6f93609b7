//! A client manages its own registration (RFC 7592).

use serde_json::{Value, json};

use crate::harness::people::CALLBACK;
use crate::harness::registration::Registered;
use crate::harness::{Answer, TestServer};

fn shop() -> Value {
    json!({"client_name": "Shop", "redirect_uris": [CALLBACK]})
}

#[actix_web::test]
async fn a_client_reads_what_it_has_registered() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let registered = workspace.registered(&shop()).await;
    let read = registered.read().await.expect(200);
    assert_eq!((read.header("cache-control"), read.header("pragma")), ("no-store", "no-cache"));
    let mut expected = registered.told.clone();
    for shown_once in ["client_secret", "client_secret_expires_at"] {
        expected.as_object_mut().unwrap().remove(shown_once);
    }
    assert_eq!(read.json, expected);
    let wrong = registered.ask("PATCH", &registered.token, None).await.expect(405);
    assert_eq!(wrong.header("allow"), "GET, HEAD, PUT, DELETE");
}

#[actix_web::test]
async fn an_update_resets_what_it_leaves_out_and_changes_the_token() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let mut metadata = shop();
    metadata["client_uri"] = json!("https://client.example.com");
    metadata["grant_types"] = json!(["authorization_code", "refresh_token"]);
    let registered = workspace.registered(&metadata).await;
    server.change(&registered.client.path(), &json!({"description": "ours", "token_ttls": {"access_token": 60}})).await;
    let mut renamed = shop();
    renamed["client_name"] = json!("Bakery");
    renamed["logo_uri"] = Value::Null;
    renamed["client_secret"] = registered.told["client_secret"].clone();
    let answer = registered.put(&renamed).await.expect(200);
    assert_eq!((answer.text("client_name"), answer.json.get("client_uri")), ("Bakery".to_owned(), None));
    assert_eq!(answer.json["grant_types"], json!(["authorization_code"]));
    assert_eq!(answer.json["client_secret"], registered.told["client_secret"]);
    assert_eq!(answer.json["client_id_issued_at"], registered.told["client_id_issued_at"]);
    let stored = server.read(&registered.client.path()).await;
    assert_eq!((&stored["description"], &stored["token_ttls"]["access_token"]), (&json!("ours"), &json!(60)));
    let event = workspace.last_event("client.updated", "success").await;
    assert_eq!(event["detail"]["client_name"], json!({"from": "Shop", "to": "Bakery"}));
    assert!(event["actor"].as_str().unwrap().ends_with(&registered.client.id), "{event}");

    registered.read().await.unauthorized();
    registered.put(&renamed).await.unauthorized();
    let again = Registered::of(workspace, &answer);
    assert_ne!(again.token, registered.token);
    assert_eq!(again.read().await.expect(200).text("client_name"), "Bakery");
    workspace.person("ada").await;
    registered.client.redeem(&registered.client.code("ada", &[]).await, &[]).await.expect(200);
}

#[actix_web::test]
async fn an_update_names_its_client_and_nothing_that_is_the_servers() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let (registered, other) = (workspace.registered(&shop()).await, workspace.registered(&shop()).await);
    for (member, value) in [
        ("client_id", json!("another")),
        ("client_id", json!(other.client.id)),
        ("client_id", Value::Null),
        ("registration_access_token", json!(registered.token)),
        ("registration_client_uri", json!(registered.uri)),
        ("client_secret_expires_at", json!(0)),
        ("client_id_issued_at", registered.told["client_id_issued_at"].clone()),
        ("client_secret", json!("chosen-by-the-client")),
        ("client_secret", other.told["client_secret"].clone()),
        ("client_secret", json!(1)),
        ("scope", json!("unknown")),
    ] {
        let mut metadata = shop();
        metadata[member] = value;
        registered.put(&metadata).await.refused(400, "invalid_client_metadata");
    }
    registered.put(&json!({"redirect_uris": ["javascript:alert(1)"]})).await.refused(400, "invalid_redirect_uri");
    // The token is as good as it was, and the metadata as they were.
    let mut unchanged = registered.read().await.expect(200).json;
    assert_eq!(unchanged["client_name"], "Shop");
    for name in ["registration_access_token", "registration_client_uri", "client_id_issued_at"] {
        unchanged.as_object_mut().unwrap().remove(name);
    }
    registered.put(&unchanged).await.expect(200);
}

#[actix_web::test]
async fn the_policy_of_today_holds_for_an_update() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let registered = workspace.registered(&shop()).await;
    workspace.set(json!({"token_endpoint_auth_methods": ["client_secret_jwt", "none"]})).await;
    registered.read().await.expect(200);
    registered.put(&shop()).await.refused(400, "invalid_client_metadata");
    let mut metadata = shop();
    metadata["token_endpoint_auth_method"] = json!("client_secret_jwt");
    let answer = registered.put(&metadata).await.expect(200);
    assert_eq!(answer.json["client_secret_expires_at"], 0);
    assert_ne!(answer.json["client_secret"], registered.told["client_secret"], "it is stored in another way");
    metadata["token_endpoint_auth_method"] = json!("none");
    let public = Registered::of(workspace, &answer).put(&metadata).await.expect(200);
    assert!(public.json.get("client_secret").is_none());
    let secrets = server.read(&format!("{}/secrets", registered.client.path())).await;
    assert_eq!(secrets["items"], json!([]));
}

#[actix_web::test]
async fn a_client_that_is_deleted_leaves_nothing_behind() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    workspace.person("ada").await;
    let mut metadata = shop();
    metadata["grant_types"] = json!(["authorization_code", "refresh_token"]);
    let registered = workspace.registered(&metadata).await;
    let code = registered.client.code("ada", &[]).await;
    let tokens = registered.client.redeem(&code, &[]).await.expect(200);
    let access = tokens.text("access_token");
    registered.client.userinfo(&access).await.expect(200);
    let gone = registered.ask("DELETE", &registered.token, None).await.expect(204);
    assert_eq!((gone.header("cache-control"), gone.body.as_str()), ("no-store", ""));
    registered.read().await.unauthorized();
    registered.ask("DELETE", &registered.token, None).await.unauthorized();
    registered.client.userinfo(&access).await.expect(401);
    registered.client.refresh(&tokens.text("refresh_token"), &[]).await.refused(401, "invalid_client");
    Answer::to(server.api("GET", &registered.client.path())).await.expect(404);
    let event = workspace.last_event("client.deleted", "success").await;
    assert_eq!(event["client_id"], registered.client.id.as_str());
    // Whoever is given the id again is another, and its token opens nothing.
    let again = json!({"client_id": registered.client.id, "redirect_uris": [CALLBACK]});
    server.create(&format!("{}/clients", workspace.path()), &again).await;
    registered.read().await.unauthorized();
    workspace.registered(&shop()).await.read().await.expect(200);
}

#[actix_web::test]
async fn a_registration_token_is_good_for_its_client_in_its_workspace_alone() {
    let server = TestServer::start().await;
    let (workspace, elsewhere) = (server.registering().await, server.registering().await);
    let (one, two) = (workspace.registered(&shop()).await, workspace.registered(&shop()).await);
    let foreign = elsewhere.registered(&shop()).await;
    let by_hand = workspace.client(shop()).await;
    let initial = workspace.initial_access_token(json!({})).await;
    let mut body = shop();
    body["client_id"] = json!(one.client.id);
    for method in ["GET", "PUT", "DELETE"] {
        let body = (method == "PUT").then_some(&body);
        for token in [&two.token, &foreign.token, &initial, "nonsense"] {
            one.ask(method, token, body).await.unauthorized();
        }
    }
    // A client that nobody knows, one that did not register itself, and one of another workspace are all the same.
    for id in ["unknown", &by_hand.id, &foreign.client.id, "%00", "x%2Fy"] {
        let url = workspace.url(&format!("/oauth2/register/{id}"));
        Answer::to(server.http.get(url).bearer_auth(&one.token)).await.unauthorized();
    }
    let bare = Answer::to(server.http.get(&one.uri)).await.expect(401);
    assert_eq!((bare.header("www-authenticate"), bare.body.as_str()), ("Bearer", ""));
    server.change(&one.client.path(), &json!({"status": "inactive"})).await;
    one.read().await.unauthorized();
    server.change(&one.client.path(), &json!({"status": "active"})).await;
    for registered in [&one, &two, &foreign] {
        registered.read().await.expect(200);
    }
}

#[actix_web::test]
async fn of_many_updates_with_one_token_one_happens() {
    let server = TestServer::start().await;
    let workspace = server.registering().await;
    let registered = workspace.registered(&shop()).await;
    let metadata = shop();
    let all = futures_util::future::join_all((0..16).map(|_| registered.put(&metadata))).await;
    assert!(all.iter().all(|answer| [200, 401, 429].contains(&answer.status)), "{all:?}");
    let done: Vec<_> = all.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(done.len(), 1);
    Registered::of(workspace, done[0]).read().await.expect(200);
}

#[actix_web::test]
async fn who_guesses_is_slowed_and_nobody_else() {
    let server = TestServer::start_with(&[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "3")]).await;
    let workspace = server.registering().await;
    let (one, two) = (workspace.registered(&shop()).await, workspace.registered(&shop()).await);
    for _ in 0..3 {
        one.ask("GET", "guess", None).await.unauthorized();
    }
    let slowed = one.ask("GET", "guess", None).await.refused(429, "invalid_request");
    assert!(!slowed.header("retry-after").is_empty());
    two.ask("GET", "guess", None).await.unauthorized();
    one.read().await.expect(200);
}
