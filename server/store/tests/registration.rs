//! Clients that register themselves: initial access tokens are good for so many, registration tokens for one client.

use cardea_protocol::{TenantId, WorkspaceId};
use cardea_store::{InitialAccessTokenRecord, InsertOutcome, ListQuery, Sort, Store};
use futures_util::future::join_all;

use crate::fixtures::{
    at, client, client_id, fill,
    grants::{main, main_of, renew_client},
    register, tenant_id, workspace_id,
};

const MANY: usize = 32;

fn token(number: u8) -> InitialAccessTokenRecord {
    InitialAccessTokenRecord {
        id: format!("t{number}"),
        name: format!("Ärzte {number}"),
        hash: [number; 32],
        max_registrations: 1,
        registrations: 0,
        created_at: at(number.into()),
        expires_at: None,
    }
}

async fn insert(store: &Store, tokens: &[InitialAccessTokenRecord]) {
    let tx = store.begin(at(0)).await.unwrap();
    for token in tokens {
        assert!(main_of(&tx).insert_initial_access_token(token).await.unwrap().is_inserted());
    }
    tx.commit().await.unwrap();
}

async fn claim(store: &Store, number: u8, now: i64) -> bool {
    let tx = store.begin(at(now)).await.unwrap();
    let claimed = main_of(&tx).claim_registration(&[number; 32], at(now)).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

both! {
    async fn a_token_registers_as_many_as_it_may_and_is_then_no_longer_good(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let (one, two) = (token(1), InitialAccessTokenRecord { max_registrations: 2, ..token(2) });
        insert(&store, &[one.clone(), two.clone()]).await;
        let good = async |number: u8| main(&store).find_good_initial_access_token(&[number; 32], at(0)).await.unwrap();
        assert_eq!((good(1).await, good(2).await, good(3).await), (Some(one.clone()), Some(two.clone()), None));
        assert!(claim(&store, 1, 0).await && !claim(&store, 1, 0).await && !claim(&store, 3, 0).await);
        assert!(claim(&store, 2, 0).await && claim(&store, 2, 0).await && !claim(&store, 2, 0).await);
        assert_eq!((good(1).await, good(2).await), (None, None));
        let two = InitialAccessTokenRecord { registrations: 2, ..two };
        assert_eq!(main(&store).find_initial_access_token("t2").await.unwrap(), Some(two.clone()));
        let query = ListQuery { sort: Sort::Name, limit: 1, descending: true, ..ListQuery::default() };
        let page = main(&store).list_initial_access_tokens(&query).await.unwrap();
        assert_eq!((page.items, page.next.is_some()), (vec![two], true));
        let tx = store.begin(at(0)).await.unwrap();
        assert!(!main_of(&tx).delete_initial_access_token("t2", 1).await.unwrap(), "another version");
        assert!(main_of(&tx).delete_initial_access_token("t2", 2).await.unwrap());
        assert_eq!(main_of(&tx).insert_initial_access_token(&one).await.unwrap(), InsertOutcome::AlreadyExists);
        tx.commit().await.unwrap();
        assert_eq!(main(&store).find_initial_access_token("t2").await.unwrap(), None);
    }

    async fn a_token_is_good_until_it_expires(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        insert(&store, &[InitialAccessTokenRecord { max_registrations: 9, expires_at: Some(at(10)), ..token(1) }]).await;
        for (now, is_good) in [(0, true), (9, true), (10, false), (11, false)] {
            let found = main(&store).find_good_initial_access_token(&[1; 32], at(now)).await.unwrap();
            assert_eq!((found.is_some(), claim(&store, 1, now).await), (is_good, is_good), "{now}");
        }
    }

    async fn a_token_that_ended_a_month_ago_is_cleared_away(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let month = 30 * 24 * 3600;
        for (number, expires_at) in [(1, Some(at(1))), (2, Some(at(3))), (3, None)] {
            insert(&store, &[InitialAccessTokenRecord { expires_at, ..token(number) }]).await;
        }
        let listed = async || main(&store).list_initial_access_tokens(&ListQuery::default()).await.unwrap().items.len();
        assert_eq!(store.delete_expired(at(1).plus_secs(month)).await.unwrap(), 0);
        assert_eq!(listed().await, 3);
        assert_eq!(store.delete_expired(at(2).plus_secs(month)).await.unwrap(), 1);
        assert_eq!(listed().await, 2);
        store.delete_expired(at(3).plus_secs(100 * month)).await.unwrap();
        assert_eq!(listed().await, 1, "who never ends stays");
    }

    async fn of_many_who_come_with_a_token_for_one_one_registers(db) {
        let nodes = [db.store().await, db.store().await];
        fill(&nodes[0], "acme", &["main"]).await;
        for (round, left) in [(1, 1_usize), (2, 1), (3, 5)] {
            insert(&nodes[0], &[InitialAccessTokenRecord { max_registrations: left.try_into().unwrap(), ..token(round) }]).await;
            let claims = (0..MANY).map(|number| {
                let store = nodes[number % 2].clone();
                tokio::spawn(async move { claim(&store, round, 0).await })
            });
            let won = join_all(claims).await.into_iter().filter(|won| *won.as_ref().unwrap()).count();
            assert_eq!(won, left);
        }
    }

    async fn a_registration_token_is_one_clients_and_goes_with_it(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        register(&store, "acme", "main", &[client("one"), client("two")]).await;
        let (one, two, three) = (client_id("one"), client_id("two"), client_id("three"));
        let tx = store.begin(at(0)).await.unwrap();
        for (client_id, hash) in [(&one, [1; 32]), (&two, [2; 32])] {
            assert!(main_of(&tx).insert_registration_token(client_id, &hash, at(0)).await.unwrap().is_inserted());
        }
        let again = main_of(&tx).insert_registration_token(&one, &[3; 32], at(0)).await.unwrap();
        assert_eq!(again, InsertOutcome::AlreadyExists);
        tx.commit().await.unwrap();
        let is = async |client_id, number: u8| main(&store).is_registration_token(client_id, &[number; 32]).await.unwrap();
        assert!(is(&one, 1).await && is(&two, 2).await);
        assert!(!is(&one, 2).await && !is(&two, 1).await && !is(&one, 3).await && !is(&three, 1).await);

        let tx = store.begin(at(0)).await.unwrap();
        assert!(!main_of(&tx).replace_registration_token(&two, &[1; 32], &[4; 32], at(1)).await.unwrap());
        assert!(main_of(&tx).replace_registration_token(&one, &[1; 32], &[4; 32], at(1)).await.unwrap());
        assert!(!main_of(&tx).replace_registration_token(&one, &[1; 32], &[5; 32], at(1)).await.unwrap());
        assert!(!main_of(&tx).delete_registration_token(&two, &[4; 32]).await.unwrap());
        tx.commit().await.unwrap();
        assert!(is(&one, 4).await && !is(&one, 1).await && is(&two, 2).await);
        // Whoever registers the id again is somebody else.
        renew_client(&store, "one").await;
        assert!(!is(&one, 4).await && is(&two, 2).await);
        let tx = store.begin(at(0)).await.unwrap();
        assert!(main_of(&tx).delete_registration_token(&two, &[2; 32]).await.unwrap());
    }

    async fn of_many_who_replace_a_registration_token_one_does(db) {
        let nodes = [db.store().await, db.store().await];
        fill(&nodes[0], "acme", &["main"]).await;
        register(&nodes[0], "acme", "main", &[client("one")]).await;
        let tx = nodes[0].begin(at(0)).await.unwrap();
        assert!(main_of(&tx).insert_registration_token(&client_id("one"), &[0; 32], at(0)).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        let replaced = (0..MANY).map(|number| {
            let store = nodes[number % 2].clone();
            tokio::spawn(async move {
                let (one, new) = (client_id("one"), [u8::try_from(number).unwrap() + 1; 32]);
                let tx = store.begin(at(0)).await.unwrap();
                let won = main_of(&tx).replace_registration_token(&one, &[0; 32], &new, at(0)).await.unwrap();
                tx.commit().await.unwrap();
                won
            })
        });
        assert_eq!(join_all(replaced).await.into_iter().filter(|won| *won.as_ref().unwrap()).count(), 1);
    }

    async fn a_workspace_sees_and_changes_no_token_of_another(db) {
        let store = db.store().await;
        for tenant in ["acme", "beta"] {
            fill(&store, tenant, &["a", "b"]).await;
            for workspace in ["a", "b"] {
                register(&store, tenant, workspace, &[client("one")]).await;
            }
        }
        let (tenant, workspace) = (tenant_id("acme"), workspace_id("b"));
        let tx = store.begin(at(0)).await.unwrap();
        let there = tx.scoped(&tenant, &workspace);
        assert!(there.insert_initial_access_token(&token(1)).await.unwrap().is_inserted());
        assert!(there.insert_registration_token(&client_id("one"), &[1; 32], at(0)).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        for (other_tenant, other) in [("acme", "a"), ("beta", "b"), ("beta", "a")] {
            let touched = asked(&store, &tenant_id(other_tenant), &workspace_id(other)).await;
            assert!(!touched.contains(&true), "{other_tenant}/{other} {touched:?}");
        }
        // The positive control: the same questions, asked where they are.
        let touched = asked(&store, &tenant, &workspace).await;
        assert!(!touched.contains(&false), "{touched:?}");
    }
}

/// Whether each of all questions found or changed something.
async fn asked(store: &Store, tenant: &TenantId, workspace: &WorkspaceId) -> Vec<bool> {
    let (here, one) = (store.scoped(tenant, workspace), client_id("one"));
    let mut found = vec![
        here.find_initial_access_token("t1").await.unwrap().is_some(),
        here.find_good_initial_access_token(&[1; 32], at(0)).await.unwrap().is_some(),
        !here.list_initial_access_tokens(&ListQuery::default()).await.unwrap().items.is_empty(),
        here.is_registration_token(&one, &[1; 32]).await.unwrap(),
    ];
    let tx = store.begin(at(0)).await.unwrap();
    let here = tx.scoped(tenant, workspace);
    found.push(here.claim_registration(&[1; 32], at(0)).await.unwrap());
    let registrations = u32::from(found.iter().all(|found| *found));
    found.extend([
        here.delete_initial_access_token("t1", registrations).await.unwrap(),
        here.replace_registration_token(&one, &[1; 32], &[2; 32], at(0)).await.unwrap(),
        here.delete_registration_token(&one, &[2; 32]).await.unwrap(),
    ]);
    found
}
