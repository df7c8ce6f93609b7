//! The key ring: one current key of an algorithm and one next, whoever turns it.

use cardea_protocol::SigningAlg::{ES256, RS256};
use cardea_store::{InsertOutcome, KeyState, Store};
use futures_util::future::join_all;

use crate::fixtures::{at, fill, key, tenant_id, workspace_id};

async fn ring(store: &Store) -> Vec<(String, KeyState)> {
    let ring = store.scoped(&tenant_id("acme"), &workspace_id("main")).key_ring(at(0)).await.unwrap();
    ring.into_iter().map(|key| (key.kid, key.state)).collect()
}

async fn two_keys(store: &Store) {
    fill(store, "acme", &["main"]).await;
    let tx = store.begin(at(0)).await.unwrap();
    let keys = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
    for key in [key("k1", ES256, KeyState::Current), key("k2", ES256, KeyState::Next)] {
        assert!(keys.insert_key(&key).await.unwrap().is_inserted());
    }
    tx.commit().await.unwrap();
}

async fn rotate(store: &Store, expected: Option<&str>, next: &str) -> bool {
    let tx = store.begin(at(0)).await.unwrap();
    let keys = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
    let next = key(next, ES256, KeyState::Next);
    let rotated = keys.rotate_key(ES256, expected, &next, at(0), at(5000)).await.unwrap();
    tx.commit().await.unwrap();
    rotated
}

const RETIRED: fn() -> KeyState = || KeyState::Retired { retired_at: at(0), expires_at: at(5000) };

both! {
    async fn a_place_is_taken_once(db) {
        let store = db.store().await;
        two_keys(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        let keys = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        let second = keys.insert_key(&key("k3", ES256, KeyState::Current)).await.unwrap();
        assert_eq!(second, InsertOutcome::AlreadyExists);
        // Another algorithm has places of its own, and the transaction is still good.
        assert!(keys.insert_key(&key("r1", RS256, KeyState::Current)).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        assert_eq!(ring(&store).await.len(), 3);
        let stored = store.scoped(&tenant_id("acme"), &workspace_id("main")).key_ring(at(0)).await.unwrap();
        assert_eq!(stored[0].sealed_private, [0, 1, 255]);
        assert_eq!(stored[0].public_jwk["kid"], "k1");
    }

    async fn a_rotation_retires_promotes_and_adds(db) {
        let store = db.store().await;
        two_keys(&store).await;
        assert!(!rotate(&store, Some("k2"), "k3").await);
        assert!(!rotate(&store, None, "k3").await);
        assert!(rotate(&store, Some("k1"), "k3").await);
        let expected = [("k1", RETIRED()), ("k2", KeyState::Current), ("k3", KeyState::Next)];
        assert_eq!(ring(&store).await, expected.map(|(kid, state)| (kid.to_owned(), state)));
        let later = store.scoped(&tenant_id("acme"), &workspace_id("main")).key_ring(at(5000)).await.unwrap();
        assert_eq!(later.len(), 2);
    }

    async fn of_two_nodes_that_rotate_one_does(db) {
        let nodes = [db.store().await, db.store().await];
        two_keys(&nodes[0]).await;
        let tasks = (0..8).map(|task: usize| {
            let store = nodes[task % 2].clone();
            tokio::spawn(async move { rotate(&store, Some("k1"), &format!("n{task}")).await })
        });
        let rotated = join_all(tasks).await.into_iter().filter(|rotated| *rotated.as_ref().unwrap()).count();
        assert_eq!(rotated, 1);
        assert_eq!(ring(&nodes[0]).await.len(), 3);
        assert!(rotate(&nodes[1], Some("k2"), "k9").await);
    }

    async fn a_rotation_without_a_next_key_changes_nothing(db) {
        let store = db.store().await;
        two_keys(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.scoped(&tenant_id("acme"), &workspace_id("main")).revoke_key("k2", at(1)).await.unwrap());
        tx.commit().await.unwrap();
        assert!(!rotate(&store, Some("k1"), "k3").await);
        assert_eq!(ring(&store).await[0], ("k1".to_owned(), KeyState::Current));
    }

    async fn a_revoked_current_key_makes_way_for_the_next(db) {
        let store = db.store().await;
        two_keys(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        let keys = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(keys.revoke_key("k1", at(1)).await.unwrap());
        assert!(!keys.revoke_key("k1", at(2)).await.unwrap());
        assert!(!keys.revoke_key("k9", at(2)).await.unwrap());
        let next = key("k3", ES256, KeyState::Next);
        assert!(keys.rotate_key(ES256, None, &next, at(1), at(5000)).await.unwrap());
        tx.commit().await.unwrap();
        let revoked = KeyState::Revoked { revoked_at: at(1) };
        let expected = [("k1", revoked), ("k2", KeyState::Current), ("k3", KeyState::Next)];
        assert_eq!(ring(&store).await, expected.map(|(kid, state)| (kid.to_owned(), state)));
    }
}
