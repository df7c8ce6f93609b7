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
        let tx = store.begin(at(0)).await.unwrap();
        for (number, end) in [(1, at(10)), (2, at(30))] {
            assert!(end_at(&tx, number, end).await);
        }
        tx.commit().await.unwrap();
        for (number, end) in [(1, at(10)), (2, at(30))] {
            assert!(store.claim_replay(&tenant, &workspace, [number; 32], end).await.unwrap());
            assert!(scoped.revoke_jwt(&format!("j{number}"), end).await.unwrap().is_inserted());
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

    async fn more_than_one_chunk_goes(db) {
        let store = db.store().await;
        let claims = (0..2500_u32).map(|number| {
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&number.to_be_bytes());
            let store = store.clone();
            async move { store.claim_replay(&tenant_id("acme"), &workspace_id("main"), hash, at(0)).await.unwrap() }
        });
        assert!(futures_util::future::join_all(claims).await.into_iter().all(|won| won));
        assert_eq!(store.delete_expired(at(1)).await.unwrap(), 2500);
    }

    async fn old_audit_events_go_from_every_workspace(db) {
        let store = db.store().await;
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
        let tx = store.begin(at(0)).await.unwrap();
        assert_eq!(tx.forget_audit_events(&tenant_id("beta"), Some(&workspace_id("b"))).await.unwrap(), 0);
        assert_eq!(tx.forget_audit_events(&tenant_id("acme"), Some(&workspace_id("b"))).await.unwrap(), 1);
        assert_eq!(tx.forget_audit_events(&tenant_id("acme"), None).await.unwrap(), 1);
        tx.commit().await.unwrap();
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
    let token = OpaqueTokenRecord {
        hash: [number; 32],
        client_id: client_id("one"),
        claims: serde_json::json!({}),
        expires_at: end,
    };
    key.is_inserted() && scoped.insert_opaque_token(&token).await.unwrap().is_inserted()
}
