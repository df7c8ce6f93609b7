//! Pool A is asked every question about a person of pool B: of another tenant, and of the same one. It never knows them, never
//! changes them; and at the end B, asked the same, does.

use cardea_protocol::{Status, TenantId};
use cardea_store::{ListQuery, PasswordHash, Store, UserLinkRecord, UserOutcome};

use crate::fixtures::{
    at, fill,
    people::{fill_pool, link, pool, session, user},
    tenant_id,
};

const PURPOSE: &str = "set_password";

/// How many of all reading questions found something.
async fn known(store: &Store, tenant: &TenantId, id: &str) -> Vec<bool> {
    let here = store.pool(tenant, id);
    let all = ListQuery::default();
    vec![
        here.find_user("one").await.unwrap().is_some(),
        here.find_user_by_login("one-name", "one@example.com").await.unwrap().is_some(),
        !here.list_users(&all).await.unwrap().items.is_empty(),
        here.find_session(&[1; 32], at(0)).await.unwrap().is_some(),
        !here.list_sessions("one", at(0), &all).await.unwrap().items.is_empty(),
        here.find_link(&[1; 32], PURPOSE, at(0)).await.unwrap().is_some(),
    ]
}

/// Whether each of all changing questions changed something.
async fn changed(store: &Store, tenant: &TenantId, id: &str) -> Vec<bool> {
    let (old, new) = (user("one").password.unwrap(), PasswordHash::new("new".to_owned()));
    let touched = store.pool(tenant, id).touch_session(&[1; 32], at(1)).await.unwrap();
    let tx = store.begin(at(0)).await.unwrap();
    let here = tx.pool(tenant, id);
    let changed = vec![
        touched,
        here.find_user("one").await.unwrap().is_some(),
        here.lock_user("one").await.unwrap().is_some(),
        here.update_user(&user("one")).await.unwrap() == UserOutcome::Written,
        here.set_user_status("one", Status::Inactive, at(0)).await.unwrap(),
        here.touch_last_signed_in("one", at(0)).await.unwrap(),
        here.verify_email("one", "one@Example.COM", at(0)).await.unwrap(),
        here.rehash_password("one", &old, &new).await.unwrap(),
        here.set_password("one", None, at(0)).await.unwrap(),
        here.reauthenticate_session(&[1; 32], "one", &[], at(0)).await.unwrap(),
        here.delete_session(&[1; 32]).await.unwrap(),
        here.delete_session_of("one", "sid2").await.unwrap(),
        !here.delete_sessions_of("one", None).await.unwrap().is_empty(),
        here.claim_link(&[1; 32], PURPOSE, at(0)).await.unwrap().is_some(),
        here.delete_links_of("one", PURPOSE).await.unwrap() > 0,
        here.delete_mailed_links_of("one").await.unwrap() > 0,
        here.delete_user("one").await.unwrap(),
    ];
    changed
}

async fn furnish(store: &Store, tenant: &str, id: &str) {
    fill_pool(store, tenant, id, &["one"]).await;
    let tx = store.begin(at(0)).await.unwrap();
    let there = tx.pool(&tenant_id(tenant), id);
    for number in 1..4 {
        assert!(there.insert_session(&session(number, "one")).await.unwrap().is_inserted());
    }
    assert!(there.insert_link(&link(1, "one")).await.unwrap().is_inserted());
    let other = UserLinkRecord { purpose: "other".to_owned(), ..link(2, "one") };
    assert!(there.insert_link(&other).await.unwrap().is_inserted());
    tx.commit().await.unwrap();
}

both! {
    async fn a_pool_sees_and_changes_nobody_of_another(db) {
        let store = db.store().await;
        fill(&store, "acme", &[]).await;
        fill(&store, "beta", &[]).await;
        furnish(&store, "acme", "b").await;
        for (tenant, id) in [("acme", "a"), ("beta", "a"), ("beta", "b")] {
            fill_pool(&store, tenant, id, &[]).await;
        }
        // The same tenant, the same pool id in another tenant, and neither.
        for (tenant, id) in [("acme", "a"), ("beta", "b"), ("beta", "a")] {
            let seen = known(&store, &tenant_id(tenant), id).await;
            assert!(!seen.contains(&true), "{tenant}/{id} sees {seen:?}");
            let touched = changed(&store, &tenant_id(tenant), id).await;
            assert!(!touched.contains(&true), "{tenant}/{id} changes {touched:?}");
        }
        // The positive control: the same questions, asked where the people are.
        let seen = known(&store, &tenant_id("acme"), "b").await;
        assert!(!seen.contains(&false), "{seen:?}");
        let touched = changed(&store, &tenant_id("acme"), "b").await;
        assert!(!touched.contains(&false), "{touched:?}");
    }

    async fn the_same_person_may_be_in_several_pools(db) {
        let store = db.store().await;
        for tenant in ["acme", "beta"] {
            fill(&store, tenant, &[]).await;
            for id in ["a", "b"] {
                // The same ids, names, sids and hashes.
                furnish(&store, tenant, id).await;
            }
        }
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.pool(&tenant_id("acme"), "a").delete_user("one").await.unwrap());
        tx.commit().await.unwrap();
        for (tenant, id, expected) in [("acme", "a", false), ("acme", "b", true), ("beta", "a", true)] {
            let seen = known(&store, &tenant_id(tenant), id).await;
            assert!(!seen.contains(&!expected), "{tenant}/{id} sees {seen:?}");
        }
    }

    async fn a_tenant_sees_and_changes_no_pool_of_another(db) {
        let store = db.store().await;
        fill(&store, "acme", &[]).await;
        fill(&store, "beta", &[]).await;
        fill_pool(&store, "acme", "a", &[]).await;
        for (tenant, expected) in [("beta", false), ("acme", true)] {
            let id = tenant_id(tenant);
            assert_eq!(store.find_pool(&id, "a").await.unwrap().is_some(), expected);
            assert_eq!(!store.list_pools(&id, &ListQuery::default()).await.unwrap().items.is_empty(), expected);
            let tx = store.begin(at(0)).await.unwrap();
            assert_eq!(tx.find_pool(&id, "a").await.unwrap().is_some(), expected);
            assert_eq!(tx.update_pool(&pool(tenant, "a")).await.unwrap(), expected);
            assert_eq!(tx.delete_pool(&id, "a").await.unwrap(), expected);
        }
    }
}
