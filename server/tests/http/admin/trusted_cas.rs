//! Trusted CAs of a workspace (RFC 8705 §2.1), as those who administer it meet them.

use cardea_protocol::pem::certificate_text;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Administrator, operator};
use crate::harness::certificates::{Ca, client_params};
use crate::harness::{Answer, TestServer, WorkspaceActor};

mod revocation_lists;

fn path(workspace: &WorkspaceActor<'_>) -> String {
    format!("{}/trusted-cas", workspace.path())
}

fn own(workspace: &WorkspaceActor<'_>, ca: &Value) -> String {
    format!("{}/{}", path(workspace), ca["id"].as_str().unwrap())
}

async fn post(workspace: &WorkspaceActor<'_>, body: Value) -> Answer {
    operator(workspace.server, "POST", &path(workspace), Some(body)).await
}

async fn stored(workspace: &WorkspaceActor<'_>) -> Vec<Value> {
    workspace.server.read(&format!("{}?limit=200", path(workspace))).await["items"].as_array().unwrap().clone()
}

fn bundle(cas: &[&Ca]) -> Value {
    json!({"pem": cas.iter().map(|ca| ca.certificate.pem()).collect::<Vec<_>>().join("\n")})
}

#[actix_web::test]
async fn an_authority_is_trusted_renamed_and_distrusted() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    let made = post(&workspace, ca.upload()).await.expect(201);
    let at = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    let id = Sha256::digest(ca.certificate.der()).iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    assert_eq!((made.text("id"), made.header("etag")), (id, "\"1\""));
    assert_eq!((made.text("name"), made.text("subject_dn")), ("Acme CA".to_owned(), "CN=Acme CA,O=Acme".to_owned()));
    assert_eq!((&made.json["revocation_list"], &made.json["problems"]), (&Value::Null, &json!([])));
    assert_eq!(made.text("pem"), certificate_text(ca.certificate.der()));
    let inspected = server.api("POST", "/certificates/inspect").json(&json!({"pem": made.json["pem"]}));
    let inspected = Answer::to(inspected).await.expect(200).json;
    for member in ["subject_dn", "issuer_dn", "serial_number", "not_before", "not_after", "fingerprints"] {
        assert_eq!(inspected[member], made.json[member], "{member}");
    }
    assert_eq!(server.read(&at).await, made.json);
    assert_eq!(stored(&workspace).await, std::slice::from_ref(&made.json));

    let renamed = operator(&server, "PATCH", &at, Some(json!({"name": "Ours"}))).await.expect(200);
    assert_eq!((renamed.text("name"), renamed.header("etag")), ("Ours".to_owned(), "\"2\""));
    assert_eq!(server.read(&format!("{}?q=our", path(&workspace))).await["items"][0], renamed.json);
    operator(&server, "DELETE", &at, None).await.expect(204);
    operator(&server, "GET", &at, None).await.problem(404, "not_found");
    operator(&server, "DELETE", &at, None).await.problem(404, "not_found");
    assert_eq!(post(&workspace, json!({"pem": ca.certificate.pem(), "name": "Again"})).await.text("name"), "Again");
}

#[actix_web::test]
async fn each_change_is_in_the_audit_log_with_the_subject() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    let made = post(&workspace, ca.upload()).await.expect(201).json;
    server.change(&own(&workspace, &made), &json!({"name": "Ours", "crl_pem": ca.revokes(7)})).await;
    operator(&server, "DELETE", &own(&workspace, &made), None).await.expect(204);
    for kind in ["trusted_ca.created", "trusted_ca.updated", "trusted_ca.deleted"] {
        let event = workspace.last_event(kind, "success").await;
        assert_eq!((&event["detail"]["id"], &event["detail"]["subject_dn"]), (&made["id"], &made["subject_dn"]));
        assert!(event["object"].as_str().unwrap().ends_with(made["id"].as_str().unwrap()), "{event}");
    }
    let event = workspace.last_event("trusted_ca.updated", "success").await;
    assert_eq!(event["detail"]["name"], json!({"from": "Acme CA", "to": "Ours"}));
    assert_eq!(event["detail"]["revocation_list"]["to"]["revoked_certificates"], 1);
}

#[actix_web::test]
async fn two_authorities_of_one_name_stay_two() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (one, twin) = (Ca::new("Acme CA"), Ca::new("Acme CA"));
    let first = post(&workspace, one.upload()).await.expect(201).json;
    let second = post(&workspace, twin.upload()).await.expect(201).json;
    assert_eq!(first["subject_dn"], second["subject_dn"]);
    assert_ne!(first["id"], second["id"]);
    operator(&server, "DELETE", &own(&workspace, &first), None).await.expect(204);
    assert_eq!(stored(&workspace).await, [second]);
}

#[actix_web::test]
async fn what_cannot_be_trusted_is_refused_by_its_place_and_subject() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    let leaf = certificate_text(&ca.signs(&client_params("client")).der);
    let refused = post(&workspace, json!({"pem": leaf})).await.complains("/pem", "invalid_value");
    assert!(refused.body.contains("certificate 1 (CN=client,O=Acme): not the certificate of an authority"));
    let mixed = format!("{}{leaf}{}", ca.certificate.pem(), certificate_text(b"nonsense"));
    let refused = post(&workspace, json!({"pem": mixed})).await.complains("/pem", "invalid_value");
    let errors = refused.json["errors"].as_array().unwrap();
    assert!(errors[0]["message"].as_str().unwrap().starts_with("certificate 2 (CN=client,O=Acme): "), "{errors:?}");
    assert_eq!(errors[1]["message"], "certificate 3: not an X.509 certificate");
    for (body, pointer, code) in [
        (json!({}), "/pem", "required"),
        (json!({"pem": ""}), "/pem", "invalid_value"),
        (json!({"pem": ca.revokes(1)}), "/pem", "invalid_value"),
        (json!({"pem": ca.certificate.pem(), "name": "a\nb"}), "/name", "invalid_value"),
        (json!({"pem": ca.certificate.pem(), "id": "x"}), "/id", "unknown_member"),
        (json!({"pem": ca.certificate.pem().repeat(101)}), "/pem", "too_many"),
    ] {
        post(&workspace, body).await.complains(pointer, code);
    }
    assert_eq!(stored(&workspace).await, [] as [Value; 0]);
    post(&workspace, ca.upload()).await.expect(201);
}

#[actix_web::test]
async fn a_private_key_is_refused_and_repeated_nowhere() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
    let secret = key.lines().nth(1).unwrap().to_owned();
    for pem in [key.clone(), format!("{}{key}", ca.certificate.pem()), format!("{key}{}", ca.certificate.pem())] {
        let refused = post(&workspace, json!({"pem": pem})).await.complains("/pem", "invalid_value");
        assert!(refused.body.contains("private key") && !refused.body.contains(&secret), "{}", refused.body);
    }
    let body = json!({"pem": ca.certificate.pem(), "crl_pem": key});
    let refused = post(&workspace, body).await.complains("/crl_pem", "invalid_value");
    assert!(refused.body.contains("private key") && !refused.body.contains(&secret), "{}", refused.body);
    server.app.audit.flush().await;
    let events = server.read(&format!("{}/audit-events", workspace.path())).await.to_string();
    assert!(!events.contains(&secret));
    post(&workspace, ca.upload()).await.expect(201);
}

#[actix_web::test]
async fn a_bundle_is_trusted_as_a_whole_or_not_at_all() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let (one, two, three) = (Ca::new("One"), Ca::new("Two"), Ca::new("Three"));
    for member in ["name", "crl_pem"] {
        let mut body = bundle(&[&one, &two]);
        body[member] = json!("x");
        post(&workspace, body).await.complains(&format!("/{member}"), "not_allowed");
    }
    let mut explained = bundle(&[&one, &two, &one]);
    explained["pem"] = json!(format!("# our authorities\n{}bye\n", explained["pem"].as_str().unwrap()));
    let made = post(&workspace, explained).await.expect(201).json;
    let names = |items: &Value| -> Vec<String> {
        items.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&made["items"]), ["One", "Two"]);
    assert_eq!(server.read(&own(&workspace, &made["items"][1])).await, made["items"][1]);

    let refused = post(&workspace, bundle(&[&three, &two])).await.problem(409, "already_exists");
    assert!(refused.text("detail").contains("CN=Two,O=Acme (") && !refused.body.contains("CN=Three"));
    post(&workspace, one.upload()).await.problem(409, "already_exists");
    assert_eq!(names(&server.read(&format!("{}?sort=name", path(&workspace))).await["items"]), ["One", "Two"]);
    let twice = post(&workspace, bundle(&[&three, &three])).await.expect(201);
    assert_eq!((twice.text("name"), twice.header("etag")), ("Three".to_owned(), "\"1\""), "one certificate is one");
}

#[actix_web::test]
async fn a_workspace_trusts_a_hundred() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let cas: Vec<_> = (0..102).map(|number| Ca::new(&format!("CA {number}"))).collect();
    let all: Vec<_> = cas.iter().collect();
    let made = post(&workspace, bundle(&all[..99])).await.expect(201).json;
    // Of several who are the hundredth at once, one is.
    let (one, two, three) = tokio::join!(
        post(&workspace, all[99].upload()),
        post(&workspace, all[100].upload()),
        post(&workspace, all[101].upload()),
    );
    let mut answers = [one.status, two.status, three.status];
    answers.sort_unstable();
    assert_eq!(answers, [201, 409, 409]);
    assert_eq!(stored(&workspace).await.len(), 100);
    let more = Ca::new("One more");
    post(&workspace, more.upload()).await.problem(409, "too_many_trusted_cas");
    operator(&server, "DELETE", &own(&workspace, &made["items"][0]), None).await.expect(204);
    post(&workspace, more.upload()).await.expect(201);
}

#[actix_web::test]
async fn another_workspace_knows_nothing_of_it() {
    let server = TestServer::start().await;
    let (one, other) = (server.workspace().await, server.workspace().await);
    server.create("/tenants", &json!({"id": "acme"})).await;
    let foreign = Administrator::of(&server, "acme", Some(("tenant_admin", None))).await;
    let auditor = Administrator::of(&server, "default", Some(("tenant_auditor", None))).await;
    let ca = Ca::new("Acme CA");
    let made = post(&one, ca.upload()).await.expect(201).json;
    for (method, body) in [("GET", None), ("PATCH", Some(json!({"name": "x"}))), ("DELETE", None)] {
        let elsewhere = format!("{}/{}", path(&other), made["id"].as_str().unwrap());
        operator(&server, method, &elsewhere, body.clone()).await.problem(404, "not_found");
        foreign.ask(method, &own(&one, &made), body.clone()).await.problem(404, "not_found");
        if method != "GET" {
            auditor.ask(method, &own(&one, &made), body).await.problem(403, "insufficient_permission");
        }
    }
    foreign.ask("POST", &path(&one), Some(Ca::new("x").upload())).await.problem(404, "not_found");
    auditor.ask("POST", &path(&one), Some(Ca::new("x").upload())).await.problem(403, "insufficient_permission");
    assert_eq!(auditor.ask("GET", &own(&one, &made), None).await.expect(200).json, made);
    post(&other, ca.upload()).await.expect(201);
}

#[actix_web::test]
async fn a_workspace_takes_its_authorities_along() {
    let server = TestServer::start().await;
    let workspace = server.workspace().await;
    let ca = Ca::new("Acme CA");
    post(&workspace, ca.upload()).await.expect(201);
    let id = workspace.path().rsplit('/').next().unwrap().to_owned();
    operator(&server, "DELETE", &workspace.path(), None).await.expect(204);
    operator(&server, "GET", &path(&workspace), None).await.problem(404, "not_found");
    server.create("/tenants/default/workspaces", &json!({"id": id})).await;
    assert_eq!(stored(&workspace).await, [] as [Value; 0]);
    post(&workspace, ca.upload()).await.expect(201);
}
