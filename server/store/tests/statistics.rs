//! Statistics: counted with the events, by every node, and gone with what they are of.

use cardea_protocol::{AuthMethod, GrantType, Timestamp};
use cardea_store::statistics::{Counted, hour_of};
use cardea_store::{AuditLog, NewAuditEvent, Outcome, Store, TokenUse};

use crate::fixtures::{at, fill, tenant_id, workspace_id};

fn event(workspace: &str, time: Timestamp, outcome: Outcome) -> NewAuditEvent {
    NewAuditEvent::new(&tenant_id("acme"), &workspace_id(workspace), time, "token.issued", outcome)
}

fn issued(workspace: &str, time: Timestamp) -> NewAuditEvent {
    let token = Some(TokenUse { grant_type: GrantType::ClientCredentials, method: AuthMethod::PrivateKeyJwt });
    NewAuditEvent { token, ..event(workspace, time, Outcome::Success) }
}

async fn counted(store: &Store, workspace: &str, kind: Counted) -> Vec<(i64, String, u64)> {
    let scoped = store.scoped(&tenant_id("acme"), &workspace_id(workspace));
    let records = scoped.statistics(at(0)).await.unwrap().into_iter().filter(|record| record.kind == kind);
    let hour = hour_of(at(0)).as_millis();
    records.map(|record| ((record.hour.as_millis() - hour) / 3_600_000, record.key, record.count)).collect()
}

both! {
    async fn several_nodes_add_up(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main", "other"]).await;
        let nodes = [AuditLog::start(store.clone()), AuditLog::start(db.store().await)];
        for node in &nodes {
            for _ in 0..3 {
                node.record_success(issued("main", at(0)));
            }
            node.record_success(issued("main", at(3_600_000)));
            node.record_success(issued("other", at(0)));
            let failure = event("main", at(0), Outcome::Failure);
            node.record_failure(NewAuditEvent { reason: Some("secret_\0mismatch".into()), ..failure });
            node.record_failure(event("main", at(0), Outcome::Failure));
            node.flush().await;
        }
        let grant = "client_credentials".to_owned();
        let expected = [(0, grant.clone(), 6), (1, grant.clone(), 2)];
        assert_eq!(counted(&store, "main", Counted::TokenByGrantType).await, expected);
        let failed = [(0, "secret_\u{fffd}mismatch".to_owned(), 2)];
        assert_eq!(counted(&store, "main", Counted::Failure).await, failed);
        let whole = store.tenant_statistics(&tenant_id("acme"), at(0)).await.unwrap();
        let whole: Vec<_> = whole.iter().filter(|one| one.kind == Counted::TokenByMethod).map(|one| one.count).collect();
        assert_eq!(whole, [8, 2]);
        assert!(store.tenant_statistics(&tenant_id("other"), at(0)).await.unwrap().is_empty());
    }

    async fn statistics_go_with_their_workspace_their_tenant_and_their_time(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main", "other"]).await;
        let log = AuditLog::start(store.clone());
        for workspace in ["main", "other"] {
            log.record_success(issued(workspace, at(0)));
            log.record_success(issued(workspace, at(7_200_000)));
        }
        log.flush().await;
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.delete_workspace(&tenant_id("acme"), &workspace_id("main")).await.unwrap());
        tx.commit().await.unwrap();
        assert!(counted(&store, "main", Counted::TokenByMethod).await.is_empty());
        assert_eq!(counted(&store, "other", Counted::TokenByMethod).await.len(), 2);
        assert!(store.delete_statistics(hour_of(at(3_600_000))).await.unwrap() > 0);
        assert_eq!(counted(&store, "other", Counted::TokenByMethod).await.len(), 1);
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.delete_tenant(&tenant_id("acme")).await.unwrap());
        tx.commit().await.unwrap();
        assert!(store.tenant_statistics(&tenant_id("acme"), at(0)).await.unwrap().is_empty());
    }
}
