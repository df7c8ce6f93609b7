//! Sessions last as long as they were given and go with their user; a one-time link is good once, for one thing.

use std::sync::Arc;

use cardea_store::{InsertOutcome, ListQuery, SessionRecord, SetupLinkRecord, Store, UserLinkRecord};
use futures_util::future::join_all;

use crate::fixtures::{
    at, fill,
    people::{fill_pool, link, session},
    tenant_id,
};

async fn staff(store: &Store) {
    fill(store, "acme", &[]).await;
    fill_pool(store, "acme", "staff", &["one", "two"]).await;
}

/// All of a session, to be compared.
fn all_of(session: &SessionRecord) -> impl PartialEq + std::fmt::Debug + use<> {
    let it = session.clone();
    let times = (it.auth_time, it.created_at, it.last_seen_at, it.expires_at);
    (it.hash, it.sid, it.user_id, it.amr, times, it.ip, it.user_agent)
}

both! {
    async fn a_session_comes_back_until_it_expires(db) {
        let store = db.store().await;
        staff(&store).await;
        let bare = SessionRecord { ip: None, user_agent: None, amr: vec![], ..session(2, "two") };
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.pool(&tenant_id("acme"), "staff");
        for record in [&session(1, "one"), &bare] {
            assert!(writing.insert_session(record).await.unwrap().is_inserted());
        }
        let same_sid = SessionRecord { sid: "sid1".to_owned(), ..session(3, "one") };
        assert_eq!(writing.insert_session(&same_sid).await.unwrap(), InsertOutcome::AlreadyExists);
        tx.commit().await.unwrap();
        let pool = store.pool(&tenant_id("acme"), "staff");
        let found = pool.find_session(&[1; 32], at(999)).await.unwrap().unwrap();
        assert_eq!(all_of(&found), all_of(&session(1, "one")));
        let found = pool.find_session(&[2; 32], at(999)).await.unwrap().unwrap();
        assert_eq!(all_of(&found), all_of(&bare));
        assert!(pool.find_session(&[1; 32], at(1000)).await.unwrap().is_none());
        assert!(pool.find_session(&[3; 32], at(0)).await.unwrap().is_none());
        assert_eq!(store.delete_expired(at(1000)).await.unwrap(), 0);
        assert_eq!(store.delete_expired(at(1001)).await.unwrap(), 2);
    }

    async fn a_session_is_used_and_proved_again_by_its_own_user_while_it_lives(db) {
        let store = db.store().await;
        staff(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.pool(&tenant_id("acme"), "staff");
        assert!(writing.insert_session(&session(1, "one")).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        let pool = store.pool(&tenant_id("acme"), "staff");
        assert!(pool.touch_session(&[1; 32], at(10)).await.unwrap());
        assert!(!pool.touch_session(&[1; 32], at(1000)).await.unwrap());
        assert!(!pool.touch_session(&[2; 32], at(10)).await.unwrap());
        let amr = ["pwd".to_owned(), "otp".to_owned()];
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.pool(&tenant_id("acme"), "staff");
        for (hash, user, now) in [(1, "two", 20), (2, "one", 20), (1, "one", 1000)] {
            assert!(!writing.reauthenticate_session(&[hash; 32], user, &amr, at(now)).await.unwrap());
        }
        assert!(writing.reauthenticate_session(&[1; 32], "one", &amr, at(20)).await.unwrap());
        tx.commit().await.unwrap();
        let found = pool.find_session(&[1; 32], at(20)).await.unwrap().unwrap();
        assert_eq!((found.auth_time, found.last_seen_at, found.amr), (at(20), at(20), amr.to_vec()));
        assert_eq!((found.created_at, found.expires_at), (at(1), at(1000)));
    }

    async fn sessions_are_listed_and_ended(db) {
        let store = db.store().await;
        staff(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.pool(&tenant_id("acme"), "staff");
        for number in 1..6 {
            assert!(writing.insert_session(&session(number, "one")).await.unwrap().is_inserted());
        }
        assert!(writing.insert_session(&session(9, "two")).await.unwrap().is_inserted());
        let over = SessionRecord { expires_at: at(50), ..session(6, "one") };
        assert!(writing.insert_session(&over).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        let list = async || {
            let pool = store.pool(&tenant_id("acme"), "staff");
            let mut query = ListQuery { limit: 2, descending: true, ..ListQuery::default() };
            let mut seen = Vec::new();
            loop {
                let page = pool.list_sessions("one", at(50), &query).await.unwrap();
                seen.extend(page.items.into_iter().map(|session| session.sid));
                let Some(next) = page.next else { return seen };
                query.after = Some(next);
            }
        };
        assert_eq!(list().await, ["sid5", "sid4", "sid3", "sid2", "sid1"]);
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.pool(&tenant_id("acme"), "staff");
        assert!(writing.delete_session(&[5; 32]).await.unwrap());
        assert!(!writing.delete_session(&[5; 32]).await.unwrap());
        assert!(!writing.delete_session_of("two", "sid4").await.unwrap());
        assert!(writing.delete_session_of("one", "sid4").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(list().await, ["sid3", "sid2", "sid1"]);
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.pool(&tenant_id("acme"), "staff");
        let mut ended = writing.delete_sessions_of("one", Some(&[2; 32])).await.unwrap();
        ended.sort();
        assert_eq!(ended, ["sid1", "sid3", "sid6"]);
        tx.commit().await.unwrap();
        assert_eq!(list().await, ["sid2"]);
        let tx = store.begin(at(0)).await.unwrap();
        assert_eq!(tx.pool(&tenant_id("acme"), "staff").delete_sessions_of("one", None).await.unwrap(), ["sid2"]);
        // A user takes theirs along.
        assert!(tx.pool(&tenant_id("acme"), "staff").delete_user("two").await.unwrap());
        tx.commit().await.unwrap();
        fill_pool(&store, "acme", "other", &["two"]).await;
        let pool = store.pool(&tenant_id("acme"), "staff");
        assert!(pool.find_session(&[9; 32], at(0)).await.unwrap().is_none());
        let tx = store.begin(at(0)).await.unwrap();
        let gone = tx.pool(&tenant_id("acme"), "staff").insert_session(&session(9, "two")).await.unwrap_err();
        assert!(gone.is_parent_missing());
    }

    async fn a_link_is_good_for_one_thing_until_it_expires(db) {
        let store = db.store().await;
        staff(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.pool(&tenant_id("acme"), "staff");
        for record in [link(1, "one"), link(2, "one"), UserLinkRecord { email: None, ..link(3, "two") }] {
            assert!(writing.insert_link(&record).await.unwrap().is_inserted());
        }
        for (hash, purpose, now) in [(1, "verify_email", 0), (1, "set_password", 1000), (9, "set_password", 0)] {
            assert!(writing.claim_link(&[hash; 32], purpose, at(now)).await.unwrap().is_none());
        }
        let pool = store.pool(&tenant_id("acme"), "staff");
        tx.commit().await.unwrap();
        let shown = async |hash: u8| pool.find_link(&[hash; 32], "set_password", at(999)).await.unwrap();
        assert!(shown(1).await.is_some());
        assert!(pool.find_link(&[1; 32], "verify_email", at(0)).await.unwrap().is_none());
        assert!(pool.find_link(&[1; 32], "set_password", at(1000)).await.unwrap().is_none());
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.pool(&tenant_id("acme"), "staff");
        let claimed = writing.claim_link(&[1; 32], "set_password", at(999)).await.unwrap().unwrap();
        assert_eq!((claimed.hash, claimed.purpose.as_str(), claimed.user_id.as_str()), ([1; 32], "set_password", "one"));
        assert_eq!((claimed.email.as_deref(), claimed.expires_at), (Some("one@Example.COM"), at(1000)));
        assert!(writing.claim_link(&[1; 32], "set_password", at(999)).await.unwrap().is_none());
        assert_eq!(writing.delete_links_of("one", "verify_email").await.unwrap(), 0);
        assert_eq!(writing.delete_links_of("one", "set_password").await.unwrap(), 2);
        tx.commit().await.unwrap();
        assert!(shown(1).await.is_none() && shown(2).await.is_none());
        assert_eq!(shown(3).await.unwrap().email, None);
        assert_eq!(store.delete_expired(at(1001)).await.unwrap(), 1);
    }

    async fn of_many_who_claim_a_link_at_once_one_gets_it(db) {
        let store = db.store().await;
        staff(&store).await;
        for round in 0..5 {
            let tx = store.begin(at(0)).await.unwrap();
            let inserted = tx.pool(&tenant_id("acme"), "staff").insert_link(&link(round, "one")).await.unwrap();
            assert!(inserted.is_inserted());
            tx.commit().await.unwrap();
            let start = Arc::new(tokio::sync::Barrier::new(16));
            let tasks = (0..16).map(|_| {
                let (store, start) = (store.clone(), start.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    let tx = store.begin(at(0)).await.unwrap();
                    let pool = tx.pool(&tenant_id("acme"), "staff");
                    let claimed = pool.claim_link(&[round; 32], "set_password", at(1)).await.unwrap();
                    tx.commit().await.unwrap();
                    claimed.is_some()
                })
            });
            assert_eq!(join_all(tasks).await.into_iter().filter(|won| *won.as_ref().unwrap()).count(), 1);
        }
    }

    async fn a_setup_link_is_nobodys_and_claimed_once(db) {
        let store = db.store().await;
        let link = |hash, by_operator| SetupLinkRecord { hash: [hash; 32], by_operator, expires_at: at(1000) };
        let tx = store.begin(at(0)).await.unwrap();
        for link in [link(1, true), link(2, false), link(3, false)] {
            assert!(tx.insert_setup_link(&link).await.unwrap().is_inserted());
        }
        tx.commit().await.unwrap();
        let found = async |hash, now| store.find_setup_link(&[hash; 32], at(now)).await.unwrap();
        assert_eq!((found(1, 999).await, found(2, 0).await), (Some(link(1, true)), Some(link(2, false))));
        assert_eq!((found(1, 1000).await, found(9, 0).await), (None, None));
        let tx = store.begin(at(0)).await.unwrap();
        for (hash, now, is_claimed) in [(9, 0, false), (1, 1000, false), (1, 999, true), (1, 999, false)] {
            assert_eq!(tx.claim_setup_link(&[hash; 32], at(now)).await.unwrap(), is_claimed, "{hash} at {now}");
        }
        tx.commit().await.unwrap();
        assert_eq!((found(1, 0).await, found(2, 0).await), (None, Some(link(2, false))));
        let tx = store.begin(at(0)).await.unwrap();
        assert_eq!(tx.delete_setup_links().await.unwrap(), 2);
        drop(tx);
        assert_eq!(store.delete_expired(at(1001)).await.unwrap(), 2);
        assert_eq!(found(2, 0).await, None);
    }
}
