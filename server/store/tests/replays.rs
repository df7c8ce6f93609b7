//! An assertion is used once: among many at once, across nodes and across restarts (RFC 7523 §3).

use std::sync::Arc;

use cardea_store::Store;
use futures_util::{FutureExt, future::join_all};

use crate::fixtures::{at, fill, tenant_id, workspace_id};

async fn claim(store: &Store, workspace: &str, hash: [u8; 32]) -> bool {
    store.claim_replay(&tenant_id("acme"), &workspace_id(workspace), hash, at(60_000)).await.unwrap()
}

async fn winners(stores: Vec<Store>, tasks: usize, hash: [u8; 32]) -> usize {
    let start = Arc::new(tokio::sync::Barrier::new(tasks));
    let tasks = stores.into_iter().cycle().take(tasks).map(|store| {
        let start = start.clone();
        tokio::spawn(async move {
            start.wait().await;
            claim(&store, "main", hash).await
        })
    });
    join_all(tasks).await.into_iter().filter(|won| *won.as_ref().unwrap()).count()
}

both! {
    async fn of_many_claims_at_once_exactly_one_wins(db) {
        let store = db.store().await;
        for round in 0..20 {
            assert_eq!(winners(vec![store.clone()], 32, [round; 32]).await, 1);
        }
        assert!(claim(&store, "main", [200; 32]).await);
    }

    async fn of_many_claims_on_two_nodes_exactly_one_wins(db) {
        let nodes = vec![db.store().await, db.store().await];
        for round in 0..20 {
            assert_eq!(winners(nodes.clone(), 32, [round; 32]).await, 1);
        }
        assert!(claim(&nodes[1], "main", [200; 32]).await);
    }

    async fn different_claims_at_once_all_win(db) {
        let nodes = [db.store().await, db.store().await];
        let claims = (0..2000_u32).map(|number| {
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&number.to_be_bytes());
            let store = nodes[number as usize % 2].clone();
            tokio::spawn(async move { claim(&store, "main", hash).await })
        });
        assert!(join_all(claims).await.into_iter().all(|won| won.unwrap()));
    }

    async fn what_is_new_wins_beside_what_is_not(db) {
        let nodes = [db.store().await, db.store().await];
        for round in 0..20_u8 {
            assert!(claim(&nodes[0], "main", [round; 32]).await);
            let mut other = [round; 32];
            other[31] = 255;
            // The old one twice, and the new one from two nodes, all at once.
            let (first, again, here, there) = tokio::join!(
                claim(&nodes[0], "main", [round; 32]),
                claim(&nodes[0], "main", [round; 32]),
                claim(&nodes[0], "main", other),
                claim(&nodes[1], "main", other),
            );
            assert!(!first && !again);
            assert!(here ^ there);
        }
    }

    async fn a_worker_that_dies_takes_no_later_claim_along(db) {
        let store = db.store().await;
        let dying = store.clone();
        let unanswered = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            runtime.block_on(async { claim(&dying, "main", [1; 32]).now_or_never() })
        });
        assert_eq!(unanswered.join().unwrap(), None);
        assert!(claim(&store, "main", [2; 32]).await);
        assert!(claim(&store, "main", [1; 32]).await);
        assert!(!claim(&store, "main", [1; 32]).await);
    }

    async fn a_claim_outlives_a_restart(db) {
        let store = db.store().await;
        assert!(claim(&store, "main", [1; 32]).await);
        store.close().await;
        drop(store);
        let store = db.store().await;
        assert!(!claim(&store, "main", [1; 32]).await);
        assert!(claim(&store, "main", [2; 32]).await);
    }

    async fn a_claim_is_one_workspaces_own_and_needs_none(db) {
        let store = db.store().await;
        // Neither workspace exists (one deleted meanwhile must not fail those it shares a statement with).
        let (first, second) = tokio::join!(claim(&store, "main", [1; 32]), claim(&store, "other", [1; 32]));
        assert!(first && second);
        fill(&store, "acme", &["main"]).await;
        assert!(!claim(&store, "main", [1; 32]).await);
        assert!(claim(&store, "main", [2; 32]).await);
    }

    async fn a_closed_database_answers_nobody_and_says_so(db) {
        let store = db.store().await;
        store.close().await;
        let claimed = store.claim_replay(&tenant_id("acme"), &workspace_id("main"), [1; 32], at(0)).await;
        assert!(claimed.unwrap_err().is_unavailable());
        assert!(claim(&db.store().await, "main", [1; 32]).await);
    }
}
