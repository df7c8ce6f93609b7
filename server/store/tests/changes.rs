//! The sequence of changes: in the order of commits, without gaps, whoever commits.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use futures_util::future::join_all;

use crate::fixtures::{at, client_id, fill, tenant_id, workspace_id};

both! {
    async fn a_reader_never_sees_a_number_before_a_smaller_one(db) {
        let nodes = [db.store().await, db.store().await];
        let done = Arc::new(AtomicBool::new(false));
        let reader = tokio::spawn({
            let (store, done) = (nodes[0].clone(), done.clone());
            async move {
                let mut seen = 0;
                loop {
                    let last_round = done.load(Ordering::SeqCst);
                    for change in store.poll_changes(seen, 1000).await.unwrap() {
                        assert_eq!(change.seq, seen + 1);
                        seen = change.seq;
                    }
                    if last_round {
                        return seen;
                    }
                }
            }
        });
        let writers = (0..8).map(|task: usize| {
            let store = nodes[task % 2].clone();
            tokio::spawn(async move {
                for round in 0..25 {
                    let mut tx = store.begin(at(round)).await.unwrap();
                    tx.changed(&tenant_id("acme"), &workspace_id("main"), Some(&client_id(&format!("c{task}"))));
                    tx.changed(&tenant_id("acme"), &workspace_id("main"), None);
                    // The same once more is no other change.
                    tx.changed(&tenant_id("acme"), &workspace_id("main"), None);
                    if round % 5 != 4 {
                        tx.commit().await.unwrap();
                    }
                }
            })
        });
        for writer in join_all(writers).await {
            writer.unwrap();
        }
        done.store(true, Ordering::SeqCst);
        assert_eq!(reader.await.unwrap(), 8 * 20 * 2);
        assert_eq!(nodes[1].changes_head().await.unwrap(), 8 * 20 * 2);
    }

    async fn a_change_says_what_to_forget(db) {
        let store = db.store().await;
        assert_eq!(store.changes_head().await.unwrap(), 0);
        let mut tx = store.begin(at(0)).await.unwrap();
        tx.changed(&tenant_id("acme"), &workspace_id("main"), Some(&client_id("one")));
        tx.tenant_changed(&tenant_id("acme"));
        tx.commit().await.unwrap();
        let changes = store.poll_changes(0, 10).await.unwrap();
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0].client_id, Some(client_id("one")));
        assert_eq!(changes[1].workspace_id, None);
        assert_eq!(store.poll_changes(0, 1).await.unwrap(), changes[..1]);
        assert!(store.poll_changes(2, 10).await.unwrap().is_empty());
    }

    async fn what_is_cleared_away_leaves_the_numbers_going_on(db) {
        let store = db.store().await;
        for time in [0, 10] {
            let mut tx = store.begin(at(time)).await.unwrap();
            tx.tenant_changed(&tenant_id("acme"));
            tx.commit().await.unwrap();
        }
        assert_eq!(store.prune_changes(at(10)).await.unwrap(), 1);
        assert_eq!(store.poll_changes(0, 10).await.unwrap()[0].seq, 2);
        assert_eq!(store.prune_changes(at(11)).await.unwrap(), 1);
        assert_eq!(store.changes_head().await.unwrap(), 2);
    }

    async fn a_transaction_without_changes_announces_none(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        assert_eq!(store.changes_head().await.unwrap(), 0);
    }
}
