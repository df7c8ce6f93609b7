//! Audit events: written in batches, at once when asked, whatever was presented, and however the database is.

use cardea_protocol::Timestamp;
use cardea_store::{AuditEvent, AuditFilter, AuditLog, ListQuery, NewAuditEvent, Outcome, Store, WorkspaceRecord};

use crate::fixtures::{at, client, client_id, fill, register, tenant_id, workspace, workspace_id};

fn event(kind: &'static str, millis: i64) -> NewAuditEvent {
    NewAuditEvent::new(&tenant_id("acme"), &workspace_id("main"), at(millis), kind, Outcome::Success)
}

async fn list(store: &Store, filter: AuditFilter) -> Vec<AuditEvent> {
    let scoped = store.scoped(&tenant_id("acme"), &workspace_id("main"));
    let mut query = ListQuery { limit: 7, ..ListQuery::default() };
    let mut events = Vec::new();
    loop {
        let page = scoped.list_audit_events(&filter, &query).await.unwrap();
        events.extend(page.items);
        query.after = page.next;
        if query.after.is_none() {
            return events;
        }
    }
}

fn times(events: &[AuditEvent]) -> Vec<Timestamp> {
    events.iter().map(|event| event.time).collect()
}

both! {
    async fn what_is_handed_over_is_there_after_a_flush(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let log = AuditLog::start(store.clone());
        for millis in 0..1234 {
            log.record_success(event("token.issued", millis));
        }
        log.flush().await;
        let events = list(&store, AuditFilter::default()).await;
        // Each once, the newest first.
        assert_eq!(times(&events), (0..1234).rev().map(at).collect::<Vec<_>>());
        log.record_success(event("token.issued", 2000));
        log.shutdown().await;
        assert_eq!(list(&store, AuditFilter::default()).await.len(), 1235);
        // After the end nothing waits for anyone.
        log.record_success(event("token.issued", 2001));
        log.flush().await;
        log.shutdown().await;
    }

    async fn an_event_keeps_all_it_was_given_save_what_no_database_keeps(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let log = AuditLog::start(store.clone());
        log.record_failure(NewAuditEvent {
            actor: Some("client:one".to_owned()),
            object: Some("object".to_owned()),
            client_id: Some("no\0body".to_owned()),
            user_id: Some("user".to_owned()),
            reason: Some("unknown_client".into()),
            detail: Some(serde_json::json!({ "presented": ["x\0y", 1], "k\0": "ü" }).into()),
            ip: Some("::1".to_owned()),
            request_id: Some("r1".to_owned()),
            ..event("client.authenticated", 5)
        });
        log.flush().await;
        let filter = AuditFilter { client_id: Some("no\0body".to_owned()), ..AuditFilter::default() };
        let events = list(&store, filter).await;
        assert_eq!(events.len(), 1);
        let AuditEvent { id, ref detail, .. } = events[0].clone();
        assert_eq!(id.len(), 36);
        assert_eq!(detail.as_ref().unwrap()["presented"][0], "x\0y");
        assert_eq!(events[0].outcome, Outcome::Failure);
        assert_eq!(events[0].reason.as_deref(), Some("unknown_client"));
        assert_eq!(events[0].kind, "client.authenticated");
    }

    async fn events_are_filtered(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let tx = store.begin(at(0)).await.unwrap();
        for millis in 0..20 {
            let outcome = if millis % 2 == 0 { Outcome::Success } else { Outcome::Failure };
            tx.record(NewAuditEvent {
                outcome,
                client_id: Some(format!("c{}", millis % 5)),
                user_id: (millis == 3).then(|| "u".to_owned()),
                reason: (outcome == Outcome::Failure).then(|| "secret_mismatch".into()),
                ..event(if millis < 10 { "first" } else { "second" }, millis)
            })
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        let all = AuditFilter::default;
        let ask = async |filter| times(&list(&store, filter).await);
        assert_eq!(ask(all()).await.len(), 20);
        assert_eq!(ask(AuditFilter { kind: Some("second".to_owned()), ..all() }).await.len(), 10);
        assert_eq!(ask(AuditFilter { outcome: Some(Outcome::Failure), ..all() }).await.len(), 10);
        assert_eq!(ask(AuditFilter { reason: Some("secret_mismatch".to_owned()), ..all() }).await.len(), 10);
        assert_eq!(ask(AuditFilter { user_id: Some("u".to_owned()), ..all() }).await, [at(3)]);
        assert_eq!(ask(AuditFilter { client_id: Some("c1".to_owned()), ..all() }).await, [16, 11, 6, 1].map(at));
        assert_eq!(ask(AuditFilter { from: Some(at(5)), to: Some(at(8)), ..all() }).await, [7, 6, 5].map(at));
        assert!(ask(AuditFilter { from: Some(at(20)), ..all() }).await.is_empty());
    }

    async fn activity_shows_failures_first_and_leaves_room_for_successes(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let tx = store.begin(at(0)).await.unwrap();
        for millis in 0..20 {
            let (kind, outcome) = if millis < 15 {
                ("client.authenticated", Outcome::Failure)
            } else {
                ("token.issued", Outcome::Success)
            };
            let event = NewAuditEvent { outcome, client_id: Some("one".to_owned()), ..event(kind, millis) };
            tx.record(event).await.unwrap();
        }
        // What was done to the client is nothing it did.
        for (kind, outcome) in [("client.updated", Outcome::Success), ("token.revoked", Outcome::Failure)] {
            let event = NewAuditEvent { outcome, client_id: Some("one".to_owned()), ..event(kind, 30) };
            tx.record(event).await.unwrap();
        }
        tx.commit().await.unwrap();
        let scoped = store.scoped(&tenant_id("acme"), &workspace_id("main"));
        let one = client_id("one");
        let activity = async |limit| times(&scoped.activity(&one, at(0), limit).await.unwrap());
        assert_eq!(activity(6).await, [14, 13, 12, 19, 18, 17].map(at));
        assert_eq!(activity(1).await, [at(14)]);
        assert_eq!(activity(100).await.len(), 20);
        // A client made at this moment, under the id of one deleted before.
        let since = times(&scoped.activity(&one, at(14), 100).await.unwrap());
        assert_eq!(since, [14, 19, 18, 17, 16, 15].map(at));
        assert!(scoped.activity(&client_id("two"), at(0), 6).await.unwrap().is_empty());
    }

    async fn a_workspace_made_anew_shows_nothing_of_the_one_before(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let again = |at| WorkspaceRecord { created_at: at, updated_at: at, ..workspace("acme", "main") };
        let tx = store.begin(at(0)).await.unwrap();
        tx.record(event("old", 7)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(times(&list(&store, AuditFilter::default()).await), [at(7)]);
        let tx = store.begin(at(8)).await.unwrap();
        assert!(tx.delete_workspace(&tenant_id("acme"), &workspace_id("main")).await.unwrap());
        tx.commit().await.unwrap();
        assert!(list(&store, AuditFilter::default()).await.is_empty());
        let tx = store.begin(at(9)).await.unwrap();
        assert!(tx.insert_workspace(&again(at(9))).await.unwrap().is_inserted());
        tx.record(event("new", 9)).await.unwrap();
        // Handed over before the deletion, written after it.
        tx.record(event("late", 8)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(times(&list(&store, AuditFilter::default()).await), [at(9)]);
        // The old ones are there until they are old.
        assert_eq!(store.delete_audit_events(at(9)).await.unwrap(), 2);
    }

    async fn only_the_last_use_counts(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        register(&store, "acme", "main", &[client("one")]).await;
        let log = AuditLog::start(store.clone());
        let scoped = store.scoped(&tenant_id("acme"), &workspace_id("main"));
        for (touches, expected) in [([3, 9, 4], 9), ([1, 2, 3], 9), ([10, 10, 11], 11)] {
            for millis in touches {
                log.touch(scoped.tenant_id(), scoped.workspace_id(), &client_id("one"), None, at(millis));
                log.touch(scoped.tenant_id(), scoped.workspace_id(), &client_id("gone"), Some("s"), at(millis));
            }
            log.flush().await;
            let client = scoped.find_client(&client_id("one")).await.unwrap().unwrap();
            assert_eq!(client.last_authenticated_at, Some(at(expected)));
            assert_eq!(client.version, 1);
        }
    }

    async fn what_finds_no_room_is_counted_and_failures_find_room_longer(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let log = AuditLog::start(store.clone());
        fill(&store, "system", &["admin"]).await;
        // Before the writer gets a turn: nothing here awaits, and on one thread more than the queue holds comes.
        let handed = 60_000;
        let (successes, failures) = (log.clone(), log.clone());
        std::thread::spawn(move || (0..handed).for_each(|n| successes.record_success(event("s", n)))).join().unwrap();
        failures.record_failure(event("f", handed));
        log.flush().await;
        log.flush().await;
        let scoped = store.scoped(&tenant_id("system"), &workspace_id("admin"));
        let told = scoped.list_audit_events(&AuditFilter::default(), &ListQuery::default()).await.unwrap().items;
        let dropped: i64 = told.iter().map(|event| event.detail.as_ref().unwrap()["count"].as_i64().unwrap()).sum();
        let stored = i64::try_from(list(&store, AuditFilter { kind: Some("s".to_owned()), ..AuditFilter::default() }).await.len());
        assert_eq!(stored.unwrap() + dropped, handed);
        assert_eq!(list(&store, AuditFilter { kind: Some("f".to_owned()), ..AuditFilter::default() }).await.len(), 1);
    }

    async fn a_database_that_was_away_gets_everything_in_the_end(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let log = AuditLog::start(store.clone());
        log.record_success(event("before", 0));
        log.flush().await;
        let gone = db.away(true).await;
        for millis in 1..50 {
            log.record_failure(event("meanwhile", millis));
        }
        if gone {
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            let scoped = store.scoped(&tenant_id("acme"), &workspace_id("main"));
            assert!(scoped.is_revoked("j").await.unwrap_err().is_unavailable());
            assert!(store.ping().await.is_err());
            assert!(store.begin(at(0)).await.unwrap_err().is_unavailable());
            db.away(false).await;
        }
        log.flush().await;
        assert_eq!(list(&store, AuditFilter::default()).await.len(), 50);
    }

    async fn a_shutdown_does_not_wait_for_ever(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let log = AuditLog::start(store.clone());
        log.record_success(event("lost", 0));
        store.close().await;
        log.shutdown().await;
        assert!(list(&db.store().await, AuditFilter::default()).await.is_empty());
    }
}
