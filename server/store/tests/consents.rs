//! What a person agrees to adds up, is listed from both sides, and is taken back whole.

use std::sync::Arc;

use cardea_store::{ConsentFilter, ConsentRecord, DevicePoll, ListQuery, Redemption, Store};
use futures_util::future::join_all;

use crate::fixtures::{
    at, client_id,
    grants::{approval, code, device, family, main, main_of, prepare, renew_client, renew_user, scope},
    tenant_id, workspace_id,
};

async fn agree(store: &Store, user: &str, client: &str, to: &str, millis: i64) -> ConsentRecord {
    let tx = store.begin(at(0)).await.unwrap();
    let agreed = main_of(&tx).grant_consent("staff", user, &client_id(client), &scope(to), at(millis)).await.unwrap();
    tx.commit().await.unwrap();
    agreed
}

async fn withdraw(store: &Store, user: &str) -> Option<u64> {
    let tx = store.begin(at(0)).await.unwrap();
    let withdrawn = main_of(&tx).withdraw_consent(user, &client_id("one"), at(9)).await.unwrap();
    tx.commit().await.unwrap();
    withdrawn
}

async fn consent(store: &Store, user: &str, client: &str) -> Option<ConsentRecord> {
    main(store).find_consent(user, &client_id(client)).await.unwrap()
}

both! {
    async fn what_is_agreed_to_adds_up(db) {
        let store = db.store().await;
        prepare(&store).await;
        assert_eq!(consent(&store, "u1", "one").await, None);
        let first = agree(&store, "u1", "one", "openid a", 1).await;
        let expected = ConsentRecord {
            workspace_id: workspace_id("main"),
            pool_id: "staff".to_owned(),
            user_id: "u1".to_owned(),
            client_id: client_id("one"),
            scope: scope("openid a"),
            created_at: at(1),
            updated_at: at(1),
        };
        assert_eq!((first, consent(&store, "u1", "one").await), (expected.clone(), Some(expected.clone())));
        let second = agree(&store, "u1", "one", "b a", 2).await;
        let expected = ConsentRecord { scope: second.scope.clone(), updated_at: at(2), ..expected };
        let all = scope("openid a b");
        assert!(all.is_subset_of(&second.scope) && second.scope.is_subset_of(&all));
        assert_eq!((second, consent(&store, "u1", "one").await), (expected.clone(), Some(expected)));
        assert_eq!(consent(&store, "u1", "two").await, None);
        assert_eq!(consent(&store, "u2", "one").await, None);
        assert_eq!(withdraw(&store, "u2").await, None);
        assert_eq!(withdraw(&store, "u1").await, Some(0));
        assert_eq!(withdraw(&store, "u1").await, None);
        assert_eq!(agree(&store, "u1", "one", "c", 3).await.scope, scope("c"));
    }

    async fn more_than_a_scope_can_hold_keeps_what_is_new(db) {
        let store = db.store().await;
        prepare(&store).await;
        let many = |prefix: &str| (0..200).map(|number| format!("{prefix}{number}")).collect::<Vec<_>>().join(" ");
        agree(&store, "u1", "one", &many("a"), 1).await;
        let all = agree(&store, "u1", "one", &many("b"), 2).await.scope;
        assert!(scope(&many("b")).is_subset_of(&all));
        assert_eq!(all.iter().count(), 256);
    }

    async fn of_many_who_agree_at_once_nothing_is_lost(db) {
        let store = db.store().await;
        prepare(&store).await;
        for round in 0..3 {
            let start = Arc::new(tokio::sync::Barrier::new(6));
            let tasks = (0..6).map(|number| {
                let (store, start) = (store.clone(), start.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    agree(&store, "u1", "one", &format!("s{round}-{number}"), 1).await
                })
            });
            join_all(tasks).await.into_iter().for_each(|task| _ = task.unwrap());
            let found = consent(&store, "u1", "one").await.unwrap();
            assert_eq!(found.scope.iter().count(), 6 * (round + 1));
        }
    }

    async fn what_came_of_a_consent_goes_with_it(db) {
        let store = db.store().await;
        prepare(&store).await;
        agree(&store, "u1", "one", "a", 1).await;
        let tx = store.begin(at(0)).await.unwrap();
        let here = main_of(&tx);
        let mut families = [family("f"), family("g"), family("h")];
        families[1].user_id = "u2".to_owned();
        families[2].client_id = client_id("two");
        for family in &families {
            assert!(here.insert_family(family).await.unwrap().is_inserted());
        }
        let mut codes = [code(1), code(2), code(3)];
        codes[1].user_id = "u2".to_owned();
        codes[2].client_id = client_id("two");
        for code in &codes {
            assert!(here.insert_code(code).await.unwrap().is_inserted());
        }
        for number in [1, 2] {
            assert!(here.insert_device_code(&device(number)).await.unwrap().is_inserted());
        }
        assert!(here.approve_device_code("WDJB1", &client_id("one"), &scope("a"), &approval("d"), at(0)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(withdraw(&store, "u1").await, Some(1));
        let mut revoked = Vec::new();
        for id in ["f", "g", "h"] {
            revoked.push(main(&store).is_family_revoked(id).await.unwrap());
        }
        assert_eq!(revoked, [true, false, false]);
        let tx = store.begin(at(0)).await.unwrap();
        let here = main_of(&tx);
        for (code, is_good) in codes.iter().zip([false, true, true]) {
            let redeemed = here.redeem_code(&code.hash, &code.client_id, at(0), at(1)).await.unwrap();
            assert_eq!(matches!(redeemed, Redemption::Redeemed(_)), is_good);
        }
        let one = client_id("one");
        assert!(matches!(here.poll_device_code(&[1; 32], &one, at(0)).await.unwrap(), DevicePoll::Unknown));
        assert!(matches!(here.poll_device_code(&[2; 32], &one, at(0)).await.unwrap(), DevicePoll::Pending));
    }

    async fn consents_are_listed_from_all_sides_and_go_with_each(db) {
        let store = db.store().await;
        prepare(&store).await;
        // All at once: the order of what has one time is as good as any, and nothing is lost between two pages.
        for (user, client) in [("u2", "one"), ("u1", "two"), ("u1", "one"), ("u2", "two")] {
            agree(&store, user, client, "a", 1).await;
        }
        let walk = async |user: Option<&str>, client: Option<&str>, descending: bool| {
            let filter = ConsentFilter { user_id: user.map(str::to_owned), client_id: client.map(client_id) };
            let mut query = ListQuery { limit: 1, descending, ..ListQuery::default() };
            let mut seen = Vec::new();
            loop {
                let page = main(&store).list_consents(&filter, &query).await.unwrap();
                seen.extend(page.items.into_iter().map(|it| format!("{} {}", it.user_id, it.client_id)));
                let Some(next) = page.next else { return seen };
                query.after = Some(next);
            }
        };
        assert_eq!(walk(None, None, false).await, ["u1 one", "u1 two", "u2 one", "u2 two"]);
        assert_eq!(walk(None, None, true).await, ["u2 two", "u2 one", "u1 two", "u1 one"]);
        assert_eq!(walk(Some("u1"), None, false).await, ["u1 one", "u1 two"]);
        assert_eq!(walk(None, Some("one"), true).await, ["u2 one", "u1 one"]);
        assert_eq!(walk(Some("u2"), Some("one"), false).await, ["u2 one"]);
        let of_pool = async |pool: &str| {
            let mut query = ListQuery { limit: 1, ..ListQuery::default() };
            let mut seen = Vec::new();
            loop {
                let page = store.pool(&tenant_id("acme"), pool).list_consents_of_user("u1", &query).await.unwrap();
                seen.extend(page.items.into_iter().map(|it| format!("{} {}", it.workspace_id, it.client_id)));
                let Some(next) = page.next else { return seen };
                query.after = Some(next);
            }
        };
        assert!(of_pool("guests").await.is_empty());
        assert_eq!(of_pool("staff").await, ["main one", "main two"]);
        renew_user(&store, "u2").await;
        assert_eq!(walk(None, Some("one"), false).await, ["u1 one"]);
        renew_client(&store, "one").await;
        assert!(walk(None, Some("one"), false).await.is_empty());
        assert_eq!(walk(Some("u1"), None, false).await, ["u1 two"]);
        let tx = store.begin(at(0)).await.unwrap();
        let orphan = main_of(&tx).grant_consent("staff", "nobody", &client_id("one"), &scope("a"), at(0)).await;
        assert!(orphan.unwrap_err().is_parent_missing());
    }
}
