//! A family knows the number of its last refresh token, lives as long as it was given, and ends when somebody ends it.

use cardea_store::{ConcernedClient, FamilyRecord, InsertOutcome, ListQuery};

use crate::fixtures::{
    at, client, client_id, fill,
    grants::{family, found, main, main_of, prepare, renew_client, renew_user},
    people::fill_pool,
    register, tenant_id, workspace, workspace_id,
};

fn of(id: &str, user: &str, client: &str, sid: Option<&str>) -> FamilyRecord {
    FamilyRecord { user_id: user.to_owned(), client_id: client_id(client), sid: sid.map(str::to_owned), ..family(id) }
}

both! {
    async fn every_field_of_a_family_comes_back(db) {
        let store = db.store().await;
        prepare(&store).await;
        let bare = FamilyRecord {
            sid: None,
            scope: cardea_protocol::Scope::empty(),
            resource: vec![],
            acr: None,
            amr: vec![],
            claims: None,
            generation: 0,
            binding: None,
            idle_expires_at: None,
            ..family("bare")
        };
        let full = FamilyRecord { rotated_at: Some(at(1)), revoked_at: Some(at(2)), offline: true, ..family("full") };
        found(&store, &[bare.clone(), full.clone()]).await;
        for expected in [bare, full] {
            assert_eq!(main(&store).find_family(&expected.id).await.unwrap().as_ref(), Some(&expected));
            let tx = store.begin(at(0)).await.unwrap();
            assert_eq!(main_of(&tx).find_family(&expected.id).await.unwrap().as_ref(), Some(&expected));
            assert_eq!(main_of(&tx).insert_family(&expected).await.unwrap(), InsertOutcome::AlreadyExists);
        }
        assert_eq!(main(&store).find_family("none").await.unwrap(), None);
    }

    async fn a_refresh_token_is_replaced_once_by_its_client_in_time(db) {
        let store = db.store().await;
        prepare(&store).await;
        found(&store, &[family("f")]).await;
        let rotate = async |client: &str, generation, now, idle: Option<i64>| {
            let client = client_id(client);
            main(&store).rotate_family("f", &client, generation, at(now), idle.map(at)).await.unwrap()
        };
        for (client, generation, now) in [("two", 1, 5), ("one", 0, 5), ("one", 2, 5), ("one", 1, 500_000)] {
            assert!(!rotate(client, generation, now, None).await, "{client} {generation} {now}");
        }
        assert!(!main(&store).rotate_family("none", &client_id("one"), 1, at(5), None).await.unwrap());
        assert_eq!(main(&store).find_family("f").await.unwrap(), Some(family("f")));
        assert!(rotate("one", 1, 499_999, Some(700_000)).await);
        assert!(!rotate("one", 1, 499_999, Some(700_000)).await);
        let rotated = FamilyRecord {
            generation: 2,
            rotated_at: Some(at(499_999)),
            last_used_at: at(499_999),
            idle_expires_at: Some(at(700_000)),
            ..family("f")
        };
        assert_eq!(main(&store).find_family("f").await.unwrap(), Some(rotated));
        assert!(!rotate("one", 2, 700_000, None).await);
        assert!(rotate("one", 2, 699_999, None).await);
        assert!(!rotate("one", 3, 1_000_000, None).await);
        assert!(rotate("one", 3, 999_999, None).await);
    }

    async fn a_refresh_token_that_stays_is_noted_while_its_family_lives(db) {
        let store = db.store().await;
        prepare(&store).await;
        found(&store, &[family("f")]).await;
        let touch = async |id: &str, client: &str, now| {
            main(&store).touch_family(id, &client_id(client), at(now), Some(at(600_000))).await.unwrap()
        };
        assert!(!touch("f", "two", 5).await && !touch("none", "one", 5).await && !touch("f", "one", 500_000).await);
        assert!(touch("f", "one", 5).await);
        let touched = FamilyRecord { last_used_at: at(5), idle_expires_at: Some(at(600_000)), ..family("f") };
        assert_eq!(main(&store).find_family("f").await.unwrap(), Some(touched));
        let tx = store.begin(at(0)).await.unwrap();
        assert!(main_of(&tx).revoke_family("f", at(6)).await.unwrap());
        tx.commit().await.unwrap();
        assert!(!touch("f", "one", 7).await);
    }

    async fn a_family_is_revoked_once_and_for_good(db) {
        let store = db.store().await;
        prepare(&store).await;
        found(&store, &[family("f"), family("g")]).await;
        assert!(!main(&store).is_family_revoked("f").await.unwrap());
        let tx = store.begin(at(0)).await.unwrap();
        assert!(main_of(&tx).revoke_family("f", at(6)).await.unwrap());
        assert!(!main_of(&tx).revoke_family("f", at(7)).await.unwrap());
        assert!(!main_of(&tx).revoke_family("none", at(7)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(main(&store).find_family("f").await.unwrap().unwrap().revoked_at, Some(at(6)));
        for (id, expected) in [("f", true), ("none", true), ("g", false)] {
            assert_eq!(main(&store).is_family_revoked(id).await.unwrap(), expected);
        }
        assert!(!main(&store).rotate_family("f", &client_id("one"), 1, at(8), None).await.unwrap());
        assert!(main(&store).rotate_family("g", &client_id("one"), 1, at(8), None).await.unwrap());
    }

    async fn families_end_with_their_client_their_consent_or_their_user(db) {
        let store = db.store().await;
        prepare(&store).await;
        let families = [of("1", "u1", "one", None), of("2", "u1", "two", None), of("3", "u2", "one", None)];
        found(&store, &families).await;
        let revoked = async || {
            let mut revoked = Vec::new();
            for id in ["1", "2", "3"] {
                if main(&store).is_family_revoked(id).await.unwrap() {
                    revoked.push(id);
                }
            }
            revoked
        };
        let tx = store.begin(at(0)).await.unwrap();
        let one = client_id("one");
        assert_eq!(main_of(&tx).revoke_families_of_consent("u2", &client_id("two"), at(1)).await.unwrap(), 0);
        assert_eq!(main_of(&tx).revoke_families_of_consent("u1", &one, at(1)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(revoked().await, ["1"]);
        let tx = store.begin(at(0)).await.unwrap();
        assert_eq!(main_of(&tx).revoke_families_of_user("u1", at(2)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(revoked().await, ["1", "2"]);
        let tx = store.begin(at(0)).await.unwrap();
        assert_eq!(main_of(&tx).revoke_families_of_client(&one, at(3)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(revoked().await, ["1", "2", "3"]);
    }

    async fn what_a_session_had_ends_in_every_workspace_of_the_pool(db) {
        let store = db.store().await;
        prepare(&store).await;
        let acme = tenant_id("acme");
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.insert_workspace(&workspace("acme", "other")).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        register(&store, "acme", "other", &[client("one")]).await;
        fill_pool(&store, "acme", "guests", &["u1"]).await;
        let offline = FamilyRecord { offline: true, ..of("2", "u1", "two", Some("sid1")) };
        let before = FamilyRecord { revoked_at: Some(at(-5)), ..of("3", "u1", "two", Some("sid1")) };
        let elsewhere = FamilyRecord { pool_id: "guests".to_owned(), ..of("5", "u1", "one", Some("sid1")) };
        found(&store, &[of("1", "u1", "one", Some("sid1")), offline, before, of("4", "u1", "one", Some("sid2")), elsewhere])
            .await;
        let there = workspace_id("other");
        let tx = store.begin(at(0)).await.unwrap();
        let in_other = of("1", "u1", "one", Some("sid1"));
        assert!(tx.scoped(&acme, &there).insert_family(&in_other).await.unwrap().is_inserted());
        let mut concerned = tx.pool(&acme, "staff").revoke_families_of_session("sid1", at(1)).await.unwrap();
        assert!(tx.pool(&acme, "staff").revoke_families_of_session("sid9", at(1)).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        concerned.sort_by_key(|it| (it.workspace_id.clone(), it.client_id.clone()));
        let client = |workspace: &str, client: &str| ConcernedClient {
            workspace_id: workspace_id(workspace),
            client_id: client_id(client),
            user_id: "u1".to_owned(),
        };
        // Also a client whose tokens are revoked already, or outlive the session, may have a session of its own.
        assert_eq!(concerned, [client("main", "one"), client("main", "two"), client("other", "one")]);
        for (id, expected) in [("1", true), ("2", false), ("3", true), ("4", false), ("5", false)] {
            assert_eq!(main(&store).is_family_revoked(id).await.unwrap(), expected, "{id}");
        }
        assert!(store.scoped(&acme, &there).is_family_revoked("1").await.unwrap());
        assert_eq!(main(&store).find_family("3").await.unwrap().unwrap().revoked_at, Some(at(-5)));
        let tx = store.begin(at(0)).await.unwrap();
        assert_eq!(tx.pool(&acme, "staff").revoke_families_of_user("u1", at(2)).await.unwrap(), 2);
        assert_eq!(tx.pool(&acme, "guests").revoke_families_of_user("u1", at(2)).await.unwrap(), 1);
    }

    async fn a_users_living_families_are_listed(db) {
        let store = db.store().await;
        prepare(&store).await;
        let mut families: Vec<_> = (0..7).map(|number| {
            FamilyRecord { created_at: at(number / 2), ..of(&format!("f{number}"), "u1", "one", None) }
        }).collect();
        families[1].revoked_at = Some(at(1));
        families[2].expires_at = at(50);
        families[3].idle_expires_at = Some(at(50));
        families[4].idle_expires_at = None;
        families.push(of("other", "u2", "one", None));
        found(&store, &families).await;
        let mut query = ListQuery { limit: 1, ..ListQuery::default() };
        let mut seen = Vec::new();
        loop {
            let page = main(&store).list_families_of_user("u1", at(50), &query).await.unwrap();
            seen.extend(page.items.into_iter().map(|family| family.id));
            let Some(next) = page.next else { break };
            query.after = Some(next);
        }
        assert_eq!(seen, ["f0", "f4", "f5", "f6"]);
    }

    async fn a_family_goes_with_its_client_and_its_user_and_long_after_its_end(db) {
        let store = db.store().await;
        prepare(&store).await;
        found(&store, &[of("1", "u1", "one", None), of("2", "u2", "one", None), of("3", "u2", "two", None)]).await;
        renew_user(&store, "u1").await;
        assert_eq!(main(&store).find_family("1").await.unwrap(), None);
        renew_client(&store, "one").await;
        assert_eq!(main(&store).find_family("2").await.unwrap(), None);
        let tx = store.begin(at(0)).await.unwrap();
        assert!(main_of(&tx).insert_family(&of("4", "nobody", "one", None)).await.unwrap_err().is_parent_missing());
        drop(tx);
        let end = at(1_000_000).plus_secs(25 * 3600);
        assert_eq!(store.delete_expired(end).await.unwrap(), 0);
        assert!(!main(&store).is_family_revoked("3").await.unwrap());
        assert_eq!(store.delete_expired(end.plus_secs(1)).await.unwrap(), 1);
        fill(&store, "beta", &[]).await;
    }
}
