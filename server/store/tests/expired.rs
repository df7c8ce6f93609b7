//! What time has made meaningless is cleared away, and nothing else.

use cardea_protocol::SigningAlg::ES256;
use cardea_store::{AuditFilter, KeyState, ListQuery, NewAuditEvent, OpaqueTokenRecord, Outcome};

use crate::fixtures::{at, client, client_id, fill, key, register, tenant_id, workspace_id};

both! {
    async fn what_has_ended_goes_and_what_has_not_stays(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        register(&store, "acme", "main", &[client("one")]).await;
        let (tenant, workspace) = (tenant_id("acme"), workspace_id("main"));
        let scoped = store.scoped(&tenant, &workspace);
        for (number, end) in [(1, at(10)), (2, at(30))] {
            let tx = store.begin(at(0)).await.unwrap();
            assert!(end_at(&tx, number, end).await);
            tx.commit().await.unwrap();
            let token = token(number, end);
            assert!(scoped.insert_opaque_token(&token).await.unwrap().is_inserted());
            assert!(store.claim_replay(&tenant, &workspace, [number; 32], end.plus_secs(-300)).await.unwrap());
        }
        assert_eq!(store.delete_expired(at(20)).await.unwrap(), 4);
        assert_eq!(store.delete_expired(at(20)).await.unwrap(), 0);
        assert!(!scoped.is_revoked("j1").await.unwrap());
        assert!(scoped.is_revoked("j2").await.unwrap());
        assert!(scoped.find_opaque_token(&[1; 32]).await.unwrap().is_none());
        assert!(scoped.find_opaque_token(&[2; 32]).await.unwrap().is_some());
        assert_eq!(scoped.key_ring(at(0)).await.unwrap().len(), 1);
        assert!(!store.claim_replay(&tenant, &workspace, [2; 32], at(30)).await.unwrap());
    }

    async fn an_assertion_is_remembered_for_all_clocks(db) {
        let store = db.store().await;
        let (tenant, workspace) = (tenant_id("acme"), workspace_id("main"));
        let claim = async || store.claim_replay(&tenant, &workspace, [1; 32], at(0)).await.unwrap();
        assert!(claim().await);
        assert_eq!(store.delete_expired(at(0).plus_secs(300)).await.unwrap(), 0);
        assert!(!claim().await);
        assert_eq!(store.delete_expired(at(1).plus_secs(300)).await.unwrap(), 1);
        assert!(claim().await);
    }

    async fn a_revoked_key_is_shown_for_a_day_and_then_goes(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let tx = store.begin(at(0)).await.unwrap();
        let keys = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(keys.insert_key(&key("k1", ES256, KeyState::Current)).await.unwrap().is_inserted());
        assert!(keys.insert_key(&key("k2", ES256, KeyState::Next)).await.unwrap().is_inserted());
        assert!(keys.revoke_key("k1", at(0)).await.unwrap());
        tx.commit().await.unwrap();
        let shown = async |hours: i64| {
            let scoped = store.scoped(&tenant_id("acme"), &workspace_id("main"));
            scoped.key_ring(at(0).plus_secs(hours * 3600)).await.unwrap().len()
        };
        assert_eq!((shown(24).await, shown(25).await), (2, 1));
        assert_eq!(store.delete_expired(at(0).plus_secs(24 * 3600)).await.unwrap(), 0);
        assert_eq!(store.delete_expired(at(1).plus_secs(25 * 3600)).await.unwrap(), 1);
        assert_eq!((shown(0).await, shown(1000).await), (1, 1));
    }

    async fn more_than_one_chunk_goes(db) {
        let store = db.store().await;
        let claims = (0..2500_u32).map(|number| {
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&number.to_be_bytes());
            let store = store.clone();
            async move { store.claim_replay(&tenant_id("acme"), &workspace_id("main"), hash, at(0)).await.unwrap() }
        });
        assert!(futures_util::future::join_all(claims).await.into_iter().all(|won| won));
        assert_eq!(store.delete_expired(at(1).plus_secs(300)).await.unwrap(), 2500);
    }

    async fn old_audit_events_go_from_every_workspace(db) {
        let store = db.store().await;
        fill(&store, "beta", &["a"]).await;
        let tx = store.begin(at(0)).await.unwrap();
        for (tenant, workspace) in [("acme", "a"), ("acme", "b"), ("beta", "a")] {
            for millis in [0, 5, 10] {
                let (tenant, workspace) = (tenant_id(tenant), workspace_id(workspace));
                let event = NewAuditEvent::new(&tenant, &workspace, at(millis), "x", Outcome::Success);
                tx.record(event).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        assert_eq!(store.delete_audit_events(at(10)).await.unwrap(), 6);
        assert_eq!(store.delete_audit_events(at(10)).await.unwrap(), 0);
        let scoped = store.scoped(&tenant_id("beta"), &workspace_id("a"));
        let left = scoped.list_audit_events(&AuditFilter::default(), &ListQuery::default()).await.unwrap();
        assert_eq!(left.items.len(), 1);
        assert_eq!(left.items[0].time, at(10));
    }
}

async fn end_at(tx: &cardea_store::Tx, number: u8, end: cardea_protocol::Timestamp) -> bool {
    let scoped = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
    let state = KeyState::Retired { retired_at: at(0), expires_at: end };
    let key = scoped.insert_key(&key(&format!("k{number}"), ES256, state)).await.unwrap();
    key.is_inserted() && scoped.revoke_jwt(&format!("j{number}"), end).await.unwrap().is_inserted()
}

fn token(number: u8, end: cardea_protocol::Timestamp) -> OpaqueTokenRecord {
    let claims = serde_json::json!({});
    OpaqueTokenRecord { hash: [number; 32], client_id: client_id("one"), claims, expires_at: end }
}
