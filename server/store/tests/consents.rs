//! What a person agrees to adds up, is listed from both sides, and is taken back whole.

use std::sync::Arc;

use cardea_store::{ConsentRecord, ListQuery, Store};
use futures_util::future::join_all;

use crate::fixtures::{
    at, client_id,
    grants::{main, main_of, prepare, renew_client, renew_user, scope},
};

async fn agree(store: &Store, user: &str, client: &str, to: &str, millis: i64) -> ConsentRecord {
    let tx = store.begin(at(0)).await.unwrap();
    let agreed = main_of(&tx).grant_consent("staff", user, &client_id(client), &scope(to), at(millis)).await.unwrap();
    tx.commit().await.unwrap();
    agreed
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
        let tx = store.begin(at(0)).await.unwrap();
        assert!(!main_of(&tx).delete_consent("u2", &client_id("one")).await.unwrap());
        assert!(main_of(&tx).delete_consent("u1", &client_id("one")).await.unwrap());
        assert!(!main_of(&tx).delete_consent("u1", &client_id("one")).await.unwrap());
        tx.commit().await.unwrap();
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

    async fn consents_are_listed_from_both_sides_and_go_with_either(db) {
        let store = db.store().await;
        prepare(&store).await;
        for (number, (user, client)) in (1..).zip([("u2", "one"), ("u1", "two"), ("u1", "one"), ("u2", "two")]) {
            agree(&store, user, client, "a", number).await;
        }
        let walk = async |user: Option<&str>| {
            let mut query = ListQuery { limit: 1, ..ListQuery::default() };
            let mut seen = Vec::new();
            loop {
                let page = match user {
                    Some(user) => main(&store).list_consents_of_user(user, &query).await.unwrap(),
                    None => main(&store).list_consents_of_client(&client_id("one"), &query).await.unwrap(),
                };
                seen.extend(page.items.into_iter().map(|it| format!("{} {}", it.user_id, it.client_id)));
                let Some(next) = page.next else { return seen };
                query.after = Some(next);
            }
        };
        assert_eq!(walk(Some("u1")).await, ["u1 two", "u1 one"]);
        assert_eq!(walk(None).await, ["u2 one", "u1 one"]);
        renew_user(&store, "u2").await;
        assert_eq!(walk(None).await, ["u1 one"]);
        renew_client(&store, "one").await;
        assert!(walk(None).await.is_empty());
        assert_eq!(walk(Some("u1")).await, ["u1 two"]);
        let tx = store.begin(at(0)).await.unwrap();
        let orphan = main_of(&tx).grant_consent("staff", "nobody", &client_id("one"), &scope("a"), at(0)).await;
        assert!(orphan.unwrap_err().is_parent_missing());
    }
}
