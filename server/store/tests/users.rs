//! Users: every field comes back, nobody signs in as two, and what was read is what is changed.

use std::sync::Arc;

use cardea_protocol::Status;
use cardea_store::{ListQuery, PasswordHash, Sort, Store, UserOutcome, UserRecord};
use futures_util::future::join_all;

use crate::fixtures::{
    at, fill,
    people::{fill_pool, user},
    tenant_id,
};

async fn staff(store: &Store, users: &[&str]) {
    fill(store, "acme", &[]).await;
    fill_pool(store, "acme", "staff", users).await;
}

async fn found(store: &Store, id: &str) -> Option<UserRecord> {
    store.pool(&tenant_id("acme"), "staff").find_user(id).await.unwrap()
}

/// All of a user, to be compared.
fn all_of(user: &UserRecord) -> impl PartialEq + std::fmt::Debug + use<> {
    let user = user.clone();
    let texts = (user.id, user.username, user.username_key, user.email, user.email_key, user.email_verified);
    let names = (user.name, user.given_name, user.family_name, user.locale, user.claims, user.status);
    let password = (user.password.map(|hash| hash.as_str().to_owned()), user.password_set_at);
    (texts, names, password, user.version, user.created_at, user.updated_at, user.last_signed_in_at)
}

fn full(id: &str) -> UserRecord {
    UserRecord {
        email_verified: true,
        name: Some("Zoë Ü".to_owned()),
        given_name: Some("Zoë".to_owned()),
        family_name: Some("Ü".to_owned()),
        locale: Some("de-CH".to_owned()),
        claims: serde_json::json!({ "address": { "country": "CH" }, "n": 1.5 }),
        status: Status::Inactive,
        created_at: at(1),
        updated_at: at(2),
        last_signed_in_at: Some(at(3)),
        ..user(id)
    }
}

fn taken(username: bool, email: bool) -> UserOutcome {
    UserOutcome::Taken { username, email }
}

both! {
    async fn every_field_of_a_user_comes_back(db) {
        let store = db.store().await;
        staff(&store, &[]).await;
        let bare = UserRecord { email: None, email_key: None, password: None, password_set_at: None, ..user("bare") };
        let tx = store.begin(at(0)).await.unwrap();
        let pool = tx.pool(&tenant_id("acme"), "staff");
        for user in [&full("full"), &bare] {
            assert_eq!(pool.insert_user(user).await.unwrap(), UserOutcome::Written);
            assert_eq!(all_of(&pool.find_user(&user.id).await.unwrap().unwrap()), all_of(user));
        }
        tx.commit().await.unwrap();
        assert_eq!(all_of(&found(&store, "full").await.unwrap()), all_of(&full("full")));
        assert_eq!(all_of(&found(&store, "bare").await.unwrap()), all_of(&bare));
        // All but what has a way of its own is changed.
        let mut changed = full("bare");
        (changed.username_key, changed.email_key) = ("other".to_owned(), Some("other@x".to_owned()));
        let tx = store.begin(at(0)).await.unwrap();
        let pool = tx.pool(&tenant_id("acme"), "staff");
        assert_eq!(pool.update_user(&changed).await.unwrap(), UserOutcome::Written);
        assert_eq!(pool.update_user(&changed).await.unwrap(), UserOutcome::Stale);
        tx.commit().await.unwrap();
        (changed.version, changed.created_at) = (2, at(0));
        (changed.password, changed.password_set_at, changed.last_signed_in_at) = (None, None, None);
        assert_eq!(all_of(&found(&store, "bare").await.unwrap()), all_of(&changed));
    }

    async fn what_is_typed_to_sign_in_names_one_person(db) {
        let store = db.store().await;
        staff(&store, &["one", "two"]).await;
        let pool = store.pool(&tenant_id("acme"), "staff");
        let login = async |key: &str| pool.find_user_by_login(key, key).await.unwrap().map(|user| user.id);
        assert_eq!(login("one-name").await.as_deref(), Some("one"));
        assert_eq!(login("two@example.com").await.as_deref(), Some("two"));
        for unknown in ["one", "ONE-NAME", "", "one-name\0", "three@example.com"] {
            assert_eq!(login(unknown).await, None, "{unknown:?}");
        }
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.pool(&tenant_id("acme"), "staff");
        let with = |username: &str, email: Option<&str>| UserRecord {
            username_key: username.to_owned(),
            email_key: email.map(str::to_owned),
            ..user("three")
        };
        for (username, email, expected) in [
            ("one-name", Some("three@x"), taken(true, false)),
            ("three", Some("two@example.com"), taken(false, true)),
            ("one-name", Some("two@example.com"), taken(true, true)),
            // A username that is another's address, and the other way round.
            ("two@example.com", None, taken(true, false)),
            ("three", Some("one-name"), taken(false, true)),
        ] {
            assert_eq!(writing.insert_user(&with(username, email)).await.unwrap(), expected);
        }
        assert_eq!(writing.insert_user(&UserRecord { id: "one".to_owned(), ..with("three", None) }).await.unwrap(), taken(false, false));
        // One's own address may be one's username; and many have no address.
        assert_eq!(writing.insert_user(&with("three@x", Some("three@x"))).await.unwrap(), UserOutcome::Written);
        for id in ["four", "five"] {
            let bare = UserRecord { email: None, email_key: None, ..user(id) };
            assert_eq!(writing.insert_user(&bare).await.unwrap(), UserOutcome::Written);
        }
        let mut two = writing.find_user("two").await.unwrap().unwrap();
        two.username_key = "one-name".to_owned();
        assert_eq!(writing.update_user(&two).await.unwrap(), taken(true, false));
        (two.username_key, two.email_key) = ("two-name".to_owned(), Some("one@example.com".to_owned()));
        assert_eq!(writing.update_user(&two).await.unwrap(), taken(false, true));
        two.email_key = Some("two@elsewhere".to_owned());
        assert_eq!(writing.update_user(&two).await.unwrap(), UserOutcome::Written);
        tx.commit().await.unwrap();
        assert_eq!(login("two@example.com").await, None);
        assert_eq!(login("two@elsewhere").await.as_deref(), Some("two"));
        assert_eq!(login("three@x").await.as_deref(), Some("three"));
    }

    async fn of_many_who_want_one_name_at_once_one_gets_it(db) {
        let store = db.store().await;
        staff(&store, &["early"]).await;
        for round in 0..5 {
            let start = Arc::new(tokio::sync::Barrier::new(6));
            let tasks = (0..6).map(|number| {
                let (store, start) = (store.clone(), start.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    let wanted = UserRecord {
                        username_key: format!("wanted{round}"),
                        email_key: None,
                        ..user(&format!("u{round}-{number}"))
                    };
                    let tx = store.begin(at(0)).await.unwrap();
                    let outcome = tx.pool(&tenant_id("acme"), "staff").insert_user(&wanted).await.unwrap();
                    tx.commit().await.unwrap();
                    outcome
                })
            });
            let outcomes: Vec<_> = join_all(tasks).await.into_iter().map(|outcome| outcome.unwrap()).collect();
            assert_eq!(outcomes.iter().filter(|outcome| **outcome == UserOutcome::Written).count(), 1);
            assert_eq!(outcomes.iter().filter(|outcome| **outcome == taken(true, false)).count(), 5);
        }
    }

    async fn a_password_is_set_and_rehashed_only_while_it_is_the_same(db) {
        let store = db.store().await;
        staff(&store, &["one"]).await;
        let hash = |text: &str| PasswordHash::new(text.to_owned());
        let tx = store.begin(at(0)).await.unwrap();
        let pool = tx.pool(&tenant_id("acme"), "staff");
        assert!(pool.set_password("one", Some(&hash("$2b$old")), at(5)).await.unwrap());
        assert!(!pool.set_password("two", Some(&hash("$2b$old")), at(5)).await.unwrap());
        assert!(!pool.rehash_password("one", &hash("$2b$other"), &hash("$argon2id$new")).await.unwrap());
        assert!(pool.rehash_password("one", &hash("$2b$old"), &hash("$argon2id$new")).await.unwrap());
        assert!(!pool.rehash_password("one", &hash("$2b$old"), &hash("$argon2id$newer")).await.unwrap());
        tx.commit().await.unwrap();
        let one = found(&store, "one").await.unwrap();
        assert_eq!(one.password.as_ref().map(PasswordHash::as_str), Some("$argon2id$new"));
        assert_eq!((one.password_set_at, one.version, one.updated_at), (Some(at(5)), 2, at(5)));
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.pool(&tenant_id("acme"), "staff").set_password("one", None, at(6)).await.unwrap());
        tx.commit().await.unwrap();
        let one = found(&store, "one").await.unwrap();
        assert_eq!((one.password.is_none(), one.password_set_at, one.version), (true, None, 3));
    }

    async fn an_address_is_verified_only_while_it_is_theirs(db) {
        let store = db.store().await;
        staff(&store, &["one", "two"]).await;
        let tx = store.begin(at(0)).await.unwrap();
        let pool = tx.pool(&tenant_id("acme"), "staff");
        for (id, email) in [("one", "two@Example.COM"), ("one", "one@example.com"), ("one", ""), ("three", "one@Example.COM")] {
            assert!(!pool.verify_email(id, email, at(5)).await.unwrap(), "{id} {email}");
        }
        assert!(pool.verify_email("one", "one@Example.COM", at(5)).await.unwrap());
        tx.commit().await.unwrap();
        let one = found(&store, "one").await.unwrap();
        assert_eq!((one.email_verified, one.version, one.updated_at), (true, 2, at(5)));
        let two = found(&store, "two").await.unwrap();
        assert_eq!((two.email_verified, two.version), (false, 1));
    }

    async fn status_and_last_sign_in_have_ways_of_their_own(db) {
        let store = db.store().await;
        staff(&store, &["one"]).await;
        let tx = store.begin(at(0)).await.unwrap();
        let pool = tx.pool(&tenant_id("acme"), "staff");
        assert!(pool.set_user_status("one", Status::Inactive, at(5)).await.unwrap());
        assert!(pool.touch_last_signed_in("one", at(6)).await.unwrap());
        for unknown in ["two", "ONE"] {
            assert!(!pool.set_user_status(unknown, Status::Inactive, at(5)).await.unwrap());
            assert!(!pool.touch_last_signed_in(unknown, at(6)).await.unwrap());
        }
        tx.commit().await.unwrap();
        let one = found(&store, "one").await.unwrap();
        assert_eq!((one.status, one.version, one.updated_at), (Status::Inactive, 2, at(5)));
        assert_eq!(one.last_signed_in_at, Some(at(6)));
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.pool(&tenant_id("acme"), "staff").delete_user("one").await.unwrap());
        assert!(!tx.pool(&tenant_id("acme"), "staff").delete_user("one").await.unwrap());
        tx.commit().await.unwrap();
        assert!(found(&store, "one").await.is_none());
    }

    async fn users_are_listed_and_looked_for_by_what_people_know_of_them(db) {
        let store = db.store().await;
        staff(&store, &[]).await;
        let tx = store.begin(at(0)).await.unwrap();
        for (number, name) in (0..).zip(["Dora", "Änne", "Bea", "Cleo"]) {
            let user = UserRecord { name: Some(name.to_owned()), created_at: at(number), ..user(&format!("u{number}")) };
            assert_eq!(tx.pool(&tenant_id("acme"), "staff").insert_user(&user).await.unwrap(), UserOutcome::Written);
        }
        tx.commit().await.unwrap();
        let list = async |sort, q: Option<&str>| {
            let mut query = ListQuery { limit: 1, sort, q: q.map(str::to_owned), ..ListQuery::default() };
            let mut seen = Vec::new();
            loop {
                let page = store.pool(&tenant_id("acme"), "staff").list_users(&query).await.unwrap();
                seen.extend(page.items.into_iter().map(|user| user.id));
                let Some(next) = page.next else { return seen };
                query.after = Some(next);
            }
        };
        assert_eq!(list(Sort::CreatedAt, None).await, ["u0", "u1", "u2", "u3"]);
        assert_eq!(list(Sort::Name, None).await, ["u2", "u3", "u0", "u1"]);
        assert_eq!(list(Sort::Name, Some("ÄNN")).await, ["u1"]);
        assert_eq!(list(Sort::Name, Some("u2@exam")).await, ["u2"]);
        assert_eq!(list(Sort::Name, Some("u3-na")).await, ["u3"]);
    }
}
