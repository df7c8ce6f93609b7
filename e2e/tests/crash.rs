//! A process that dies in the middle of its work, and one that is asked to end: what was answered stays true.
#![expect(clippy::unwrap_used, reason = "tests")]

mod load;

use std::path::Path;
use std::time::Duration;

use cardea_e2e::{Admin, Cardea, Client, Database, Workspace, eventually};
use load::{Load, Promises};
use sqlx::{Connection as _, SqliteConnection};

const ROUNDS: usize = 3;
const PATIENCE: Duration = Duration::from_secs(60);
/// Every replay of this test is a failed authentication, and all come from one place.
const UNSLOWED: &[(&str, &str)] = &[("CARDEA_LIMITS__FAILURES_PER_MINUTE", "1000000")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_sigkill_under_load_no_assertion_is_accepted_again_and_no_answered_change_is_lost_on_sqlite() {
    let mut cardea = Cardea::start_with(Database::Sqlite, UNSLOWED).await;
    die_and_come_back(&mut cardea).await;
    cardea.kill();
    sqlite_is_sound(cardea.data_dir()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_sigkill_under_load_no_assertion_is_accepted_again_and_no_answered_change_is_lost_on_postgresql() {
    let mut cardea = Cardea::start_with(Database::Postgres, UNSLOWED).await;
    die_and_come_back(&mut cardea).await;
}

async fn die_and_come_back(cardea: &mut Cardea) {
    let admin = cardea.admin().await;
    let workspace = Workspace::with_service(&admin).await;
    let client = Client::with_key(&admin, &workspace, "ES256").await;
    let mut promises = Promises::default();
    for _ in 0..ROUNDS {
        let before = promises.clone();
        let load = Load::start(&admin, &workspace, &client, promises);
        eventually("enough load", PATIENCE, async || load.has_done(&before, 150, 20).then_some(())).await;
        cardea.kill();
        promises = load.stop().await;
        cardea.restart().await;
        let admin = cardea.admin().await;
        none_is_accepted_again(&admin, &workspace, &client, &promises.accepted).await;
        every_change_is_there(&admin, &workspace, &promises).await;
        client.token().await;
    }
}

async fn none_is_accepted_again(admin: &Admin, workspace: &Workspace, client: &Client, accepted: &[String]) {
    for assertion in accepted {
        let replayed = client.present(assertion).await.unwrap();
        assert_eq!((replayed.status, replayed.error().as_str()), (401, "invalid_client"));
    }
    eventually("every replay in the audit log", PATIENCE, async || {
        let events = admin.audit_events(workspace, "?reason=assertion_replayed").await;
        (events.len() >= accepted.len()).then_some(())
    })
    .await;
}

async fn every_change_is_there(admin: &Admin, workspace: &Workspace, promises: &Promises) {
    let clients: Vec<cardea_api::client::ClientView> = admin.all(&workspace.path("clients"), "").await;
    let clients: Vec<_> = clients.iter().map(|client| client.client_id.as_str()).collect();
    for id in &promises.created {
        assert!(clients.contains(&id.as_str()), "the client {id} is lost");
    }
    for id in &promises.deleted {
        assert!(!clients.contains(&id.as_str()), "the client {id} has come back");
    }
    let view: cardea_api::workspace::WorkspaceView = admin.get(&workspace.itself()).await;
    let kept: u64 = view.description.parse().unwrap();
    assert!(kept >= promises.description, "description {kept} is older than the answered {}", promises.description);

    let events = admin.audit_events(workspace, "?type=client.created").await;
    let recorded: Vec<_> = events.iter().filter_map(|event| event.object.as_deref()).collect();
    for id in promises.created.iter().chain(&promises.deleted) {
        assert!(recorded.iter().any(|object| object.contains(id)), "the creation of {id} is not in the audit log");
    }
}

async fn sqlite_is_sound(data_dir: &Path) {
    let url = format!("sqlite://{}", data_dir.join("cardea.db").display());
    let mut database = SqliteConnection::connect(&url).await.unwrap();
    let verdict: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut database).await.unwrap();
    assert_eq!(verdict, ["ok"]);
    assert!(sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut database).await.unwrap().is_empty());
}

#[tokio::test]
async fn sigterm_keeps_every_success_event() {
    let mut cardea = Cardea::start(Database::Sqlite).await;
    let admin = cardea.admin().await;
    let workspace = Workspace::with_service(&admin).await;
    let client = Client::with_secret(&admin, &workspace, "client_secret_post").await;
    const TOKENS: usize = 40;
    for _ in 0..TOKENS {
        client.token().await;
    }
    let ended = cardea.terminate().await;
    assert!(ended.success(), "{ended}");
    cardea.restart().await;
    let admin = cardea.admin().await;
    let issued = admin.audit_events(&workspace, "?type=token.issued&outcome=success").await;
    assert_eq!(issued.len(), TOKENS);
    let view: cardea_api::client::ClientView = admin.get(&workspace.client(&client.client_id)).await;
    assert!(view.last_authenticated_at.is_some(), "the last use is kept too");
}
