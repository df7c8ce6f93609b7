//! A device learns what became of its code, in its own time, and gets what was agreed to once.

use cardea_protocol::Scope;
use cardea_store::{DeviceCodeRecord, DevicePoll, InsertOutcome, Store};

use crate::fixtures::{
    at, client_id,
    grants::{approval, device, main, main_of, prepare, renew_client, renew_user, scope},
    tenant_id,
};

async fn issue(store: &Store, codes: &[DeviceCodeRecord]) {
    let tx = store.begin(at(0)).await.unwrap();
    for code in codes {
        assert!(main_of(&tx).insert_device_code(code).await.unwrap().is_inserted());
    }
    tx.commit().await.unwrap();
}

async fn poll(store: &Store, number: u8, client: &str, millis: i64) -> DevicePoll {
    let tx = store.begin(at(0)).await.unwrap();
    let answer = main_of(&tx).poll_device_code(&[number; 32], &client_id(client), at(millis)).await.unwrap();
    tx.commit().await.unwrap();
    answer
}

async fn approve(store: &Store, number: u8, client: &str, millis: i64) -> bool {
    let tx = store.begin(at(0)).await.unwrap();
    let (code, client) = (device(number).user_code, client_id(client));
    let agreed = main_of(&tx).approve_device_code(&code, &client, &scope("openid"), &approval("f"), at(millis)).await;
    tx.commit().await.unwrap();
    agreed.unwrap()
}

async fn deny(store: &Store, number: u8, millis: i64) -> bool {
    let tx = store.begin(at(0)).await.unwrap();
    let denied = main_of(&tx).deny_device_code(&device(number).user_code, at(millis)).await.unwrap();
    tx.commit().await.unwrap();
    denied
}

both! {
    async fn a_device_that_asks_in_time_waits_and_one_that_does_not_waits_longer(db) {
        let store = db.store().await;
        prepare(&store).await;
        issue(&store, &[device(1)]).await;
        let slower = |answer, secs| matches!(answer, DevicePoll::SlowDown { interval_secs } if interval_secs == secs);
        assert!(matches!(poll(&store, 1, "one", 0).await, DevicePoll::Pending));
        assert!(matches!(poll(&store, 1, "one", 5_000).await, DevicePoll::Pending));
        assert!(slower(poll(&store, 1, "one", 9_999).await, 10));
        // Another client's question counts for nothing.
        assert!(matches!(poll(&store, 1, "two", 19_000).await, DevicePoll::Unknown));
        assert!(slower(poll(&store, 1, "one", 19_998).await, 15));
        assert!(matches!(poll(&store, 1, "one", 34_998).await, DevicePoll::Pending));
        assert!(matches!(poll(&store, 2, "one", 0).await, DevicePoll::Unknown));
        assert!(matches!(poll(&store, 1, "one", 599_999).await, DevicePoll::Pending));
        assert!(matches!(poll(&store, 1, "one", 600_000).await, DevicePoll::Expired));
    }

    async fn what_was_agreed_to_is_what_the_device_gets_once(db) {
        let store = db.store().await;
        prepare(&store).await;
        let bare = DeviceCodeRecord { scope: Scope::empty(), resource: vec![], ..device(2) };
        issue(&store, &[device(1), bare]).await;
        let waiting = main(&store).find_device_code("WDJB1", at(599_999)).await.unwrap().unwrap();
        assert_eq!((waiting.scope, waiting.approval), (device(1).scope, None));
        assert!(main(&store).find_device_code("WDJB1", at(600_000)).await.unwrap().is_none());
        assert!(main(&store).find_device_code("wdjb1", at(0)).await.unwrap().is_none());
        assert!(!approve(&store, 1, "two", 0).await && !approve(&store, 1, "one", 600_000).await);
        assert!(approve(&store, 1, "one", 1).await);
        assert!(!approve(&store, 1, "one", 1).await && !deny(&store, 1, 1).await);
        assert!(main(&store).find_device_code("WDJB1", at(1)).await.unwrap().is_none());
        assert!(matches!(poll(&store, 1, "two", 2).await, DevicePoll::Unknown));
        // Once it is decided, nobody asks too soon.
        let answer = poll(&store, 1, "one", 2).await;
        assert!(matches!(answer, DevicePoll::Approved(..)), "{answer:?}");
        let DevicePoll::Approved(record, agreed) = answer else { return };
        assert_eq!((record.hash, record.user_code.as_str(), record.client_id), ([1; 32], "WDJB1", client_id("one")));
        assert_eq!((record.scope, record.resource), (scope("openid"), device(1).resource));
        assert_eq!((record.interval_secs, record.created_at, record.expires_at), (5, at(0), at(600_000)));
        assert_eq!((agreed, record.approval), (approval("f"), Some(approval("f"))));
        assert!(matches!(poll(&store, 1, "one", 3).await, DevicePoll::Unknown));
        let bare = main(&store).find_device_code("WDJB2", at(0)).await.unwrap().unwrap();
        assert_eq!((bare.scope, bare.resource), (Scope::empty(), vec![]));
    }

    async fn a_refusal_is_final_and_an_approval_comes_too_late_when_it_does(db) {
        let store = db.store().await;
        prepare(&store).await;
        issue(&store, &[device(1), device(2)]).await;
        assert!(!deny(&store, 1, 600_000).await && !deny(&store, 3, 0).await);
        assert!(deny(&store, 1, 1).await);
        assert!(!deny(&store, 1, 1).await && !approve(&store, 1, "one", 1).await);
        for _ in 0..2 {
            assert!(matches!(poll(&store, 1, "one", 2).await, DevicePoll::Denied));
        }
        assert!(approve(&store, 2, "one", 1).await);
        assert!(matches!(poll(&store, 2, "one", 600_000).await, DevicePoll::Expired));
        assert!(matches!(poll(&store, 2, "one", 599_999).await, DevicePoll::Approved(..)));
    }

    async fn a_user_code_is_one_devices_alone_while_it_lives(db) {
        let store = db.store().await;
        prepare(&store).await;
        issue(&store, &[device(1)]).await;
        let tx = store.begin(at(0)).await.unwrap();
        let same = |created| DeviceCodeRecord { user_code: device(1).user_code, created_at: at(created), ..device(2) };
        let clash = main_of(&tx).insert_device_code(&same(599_999)).await.unwrap();
        assert_eq!(clash, InsertOutcome::AlreadyExists);
        assert!(main_of(&tx).insert_device_code(&same(600_000)).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        assert!(matches!(poll(&store, 1, "one", 0).await, DevicePoll::Unknown));
        assert!(matches!(poll(&store, 2, "one", 0).await, DevicePoll::Pending));
    }

    async fn what_was_agreed_to_in_a_session_ends_with_it(db) {
        let store = db.store().await;
        prepare(&store).await;
        issue(&store, &[device(1), device(2)]).await;
        assert!(approve(&store, 1, "one", 1).await);
        for (pool, sid, is_good) in [("staff", "sid2", true), ("guests", "sid1", true), ("staff", "sid1", false)] {
            let tx = store.begin(at(1)).await.unwrap();
            let _ = tx.pool(&tenant_id("acme"), pool).revoke_families_of_session(sid, at(1)).await.unwrap();
            let answer = main_of(&tx).poll_device_code(&[1; 32], &client_id("one"), at(1)).await.unwrap();
            assert_eq!(matches!(answer, DevicePoll::Approved(..)), is_good, "{pool} {sid}");
            // Else it is as if nobody had asked.
            if !is_good {
                tx.commit().await.unwrap();
            }
        }
        assert!(matches!(poll(&store, 1, "one", 2).await, DevicePoll::Unknown));
        assert!(matches!(poll(&store, 2, "one", 2).await, DevicePoll::Pending));
    }

    async fn a_device_code_goes_with_its_client_with_its_user_and_after_its_end(db) {
        let store = db.store().await;
        prepare(&store).await;
        issue(&store, &[device(1), device(2)]).await;
        assert!(approve(&store, 1, "one", 1).await);
        renew_user(&store, "u1").await;
        assert!(matches!(poll(&store, 1, "one", 2).await, DevicePoll::Unknown));
        assert!(matches!(poll(&store, 2, "one", 2).await, DevicePoll::Pending));
        renew_client(&store, "one").await;
        assert!(matches!(poll(&store, 2, "one", 3).await, DevicePoll::Unknown));
        issue(&store, &[device(3)]).await;
        assert_eq!(store.delete_expired(at(600_000).plus_secs(300)).await.unwrap(), 0);
        assert_eq!(store.delete_expired(at(600_001).plus_secs(300)).await.unwrap(), 1);
    }
}
