//! Of many who come at once with what is good once, exactly one gets it; the others are told so, and nothing breaks.

use std::{future::Future, sync::Arc};

use cardea_store::{DevicePoll, Redemption, Store};
use futures_util::{FutureExt, future::join_all};

use crate::fixtures::{
    at, client_id,
    grants::{approval, code, device, family, found, main, main_of, prepare, pushed, scope},
};

const MANY: usize = 32;
const ROUNDS: u8 = 8;

/// Lets many do the same at once, spread over these nodes; answers what each got.
async fn at_once<T, F>(nodes: &[Store], what: impl Fn(Store) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let start = Arc::new(tokio::sync::Barrier::new(MANY));
    let tasks = nodes.iter().cycle().take(MANY).map(|node| {
        let (start, doing) = (start.clone(), what(node.clone()));
        tokio::spawn(async move {
            start.wait().await;
            doing.await
        })
    });
    join_all(tasks).await.into_iter().map(|done| done.unwrap()).collect()
}

both! {
    async fn of_many_redemptions_one_gets_the_code_and_the_others_hear_of_its_family(db) {
        let nodes = [db.store().await, db.store().await];
        prepare(&nodes[0]).await;
        for round in 0..ROUNDS {
            let tx = nodes[0].begin(at(0)).await.unwrap();
            assert!(main_of(&tx).insert_code(&code(round)).await.unwrap().is_inserted());
            tx.commit().await.unwrap();
            let outcomes = at_once(&nodes, move |store| async move {
                let tx = store.begin(at(0)).await.unwrap();
                let one = client_id("one");
                let redeemed = main_of(&tx).redeem_code(&[round; 32], &one, at(1), at(9)).await.unwrap();
                tx.commit().await.unwrap();
                redeemed
            }).await;
            let redeemed = outcomes.iter().filter(|outcome| matches!(outcome, Redemption::Redeemed(_))).count();
            let reused = |outcome: &&Redemption| matches!(outcome, Redemption::Reused { family_id } if *family_id == format!("f{round}"));
            assert_eq!((redeemed, outcomes.iter().filter(reused).count()), (1, MANY - 1));
        }
    }

    async fn of_many_rotations_one_replaces_the_token(db) {
        let nodes = [db.store().await, db.store().await];
        prepare(&nodes[0]).await;
        found(&nodes[0], &[family("f")]).await;
        for round in 0..i64::from(ROUNDS) {
            let won = at_once(&nodes, move |store| async move {
                main(&store).rotate_family("f", &client_id("one"), round + 1, at(round), None).await.unwrap()
            }).await;
            assert_eq!(won.into_iter().filter(|won| *won).count(), 1);
            let family = main(&nodes[0]).find_family("f").await.unwrap().unwrap();
            assert_eq!((family.generation, family.rotated_at), (round + 2, Some(at(round))));
        }
    }

    async fn rotations_of_many_families_at_once_all_happen(db) {
        let nodes = [db.store().await];
        prepare(&nodes[0]).await;
        let families: Vec<_> = (0..300).map(|number| family(&format!("f{number}"))).collect();
        found(&nodes[0], &families).await;
        // Each as it should be, and once with a number that is not its last.
        let tasks = (0..600).map(|number| {
            let store = nodes[0].clone();
            tokio::spawn(async move {
                let (id, generation) = (format!("f{}", number / 2), 1 + number % 2 * 7);
                main(&store).rotate_family(&id, &client_id("one"), generation, at(0), None).await.unwrap()
            })
        });
        let won: Vec<bool> = join_all(tasks).await.into_iter().map(|won| won.unwrap()).collect();
        assert!(won.chunks(2).all(|pair| pair == [true, false]));
    }

    async fn a_revocation_among_many_rotations_is_the_end(db) {
        let nodes = [db.store().await, db.store().await];
        prepare(&nodes[0]).await;
        for round in 0..ROUNDS {
            let id = format!("f{round}");
            found(&nodes[0], &[family(&id)]).await;
            let won = at_once(&nodes, |store| {
                let id = id.clone();
                async move {
                    let tx = store.begin(at(0)).await.unwrap();
                    let revoked = main_of(&tx).revoke_family(&id, at(1)).await.unwrap();
                    tx.commit().await.unwrap();
                    let rotated = main(&store).rotate_family(&id, &client_id("one"), 1, at(1), None).await.unwrap();
                    (revoked, rotated)
                }
            }).await;
            assert_eq!(won.iter().filter(|(revoked, _)| *revoked).count(), 1);
            assert!(won.iter().all(|(_, rotated)| !rotated));
        }
    }

    async fn of_many_polls_of_an_approved_device_one_gets_it(db) {
        let nodes = [db.store().await, db.store().await];
        prepare(&nodes[0]).await;
        for round in 0..ROUNDS {
            let (one, code) = (client_id("one"), device(round));
            let tx = nodes[0].begin(at(0)).await.unwrap();
            assert!(main_of(&tx).insert_device_code(&code).await.unwrap().is_inserted());
            let agreed = main_of(&tx).approve_device_code(&code.user_code, &one, &scope("a"), &approval("f"), at(1)).await;
            assert!(agreed.unwrap());
            tx.commit().await.unwrap();
            let answers = at_once(&nodes, move |store| async move {
                let tx = store.begin(at(0)).await.unwrap();
                let answer = main_of(&tx).poll_device_code(&[round; 32], &client_id("one"), at(1)).await.unwrap();
                tx.commit().await.unwrap();
                answer
            }).await;
            let approved = answers.iter().filter(|answer| matches!(answer, DevicePoll::Approved(..))).count();
            let unknown = answers.iter().filter(|answer| matches!(answer, DevicePoll::Unknown)).count();
            assert_eq!((approved, unknown), (1, MANY - 1));
        }
    }

    async fn of_many_decisions_about_a_device_one_counts(db) {
        let nodes = [db.store().await, db.store().await];
        prepare(&nodes[0]).await;
        for round in 0..ROUNDS {
            let tx = nodes[0].begin(at(0)).await.unwrap();
            assert!(main_of(&tx).insert_device_code(&device(round)).await.unwrap().is_inserted());
            tx.commit().await.unwrap();
            let decided = at_once(&nodes, move |store| async move {
                let (one, code) = (client_id("one"), device(round).user_code);
                let tx = store.begin(at(0)).await.unwrap();
                let here = main_of(&tx);
                let agreed = here.approve_device_code(&code, &one, &scope("a"), &approval("f"), at(1)).await.unwrap();
                let denied = here.deny_device_code(&code, at(1)).await.unwrap();
                tx.commit().await.unwrap();
                u32::from(agreed) + u32::from(denied)
            }).await;
            assert_eq!(decided.into_iter().sum::<u32>(), 1);
        }
    }

    async fn of_many_who_claim_a_pushed_request_one_gets_it(db) {
        let nodes = [db.store().await, db.store().await];
        prepare(&nodes[0]).await;
        for round in 0..ROUNDS {
            assert!(main(&nodes[0]).insert_pushed_request(&pushed(round)).await.unwrap().is_inserted());
            let won = at_once(&nodes, move |store| async move {
                let tx = store.begin(at(0)).await.unwrap();
                let one = client_id("one");
                let claimed = main_of(&tx).claim_pushed_request(&[round; 32], &one, at(1)).await.unwrap();
                tx.commit().await.unwrap();
                claimed.is_some()
            }).await;
            assert_eq!(won.into_iter().filter(|won| *won).count(), 1);
        }
    }

    async fn a_worker_that_dies_takes_no_later_rotation_along(db) {
        let store = db.store().await;
        prepare(&store).await;
        found(&store, &[family("f"), family("g")]).await;
        let dying = store.clone();
        // Begun, and left at its first wait.
        let left = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let (one, workspace) = (client_id("one"), main(&dying));
                drop(workspace.rotate_family("f", &one, 1, at(0), None).now_or_never());
            });
        });
        left.join().unwrap();
        assert!(main(&store).rotate_family("g", &client_id("one"), 1, at(0), None).await.unwrap());
        assert!(!main(&store).rotate_family("g", &client_id("one"), 1, at(0), None).await.unwrap());
    }

    async fn a_closed_database_rotates_nothing_and_says_so(db) {
        let store = db.store().await;
        prepare(&store).await;
        found(&store, &[family("f")]).await;
        store.close().await;
        let rotated = main(&store).rotate_family("f", &client_id("one"), 1, at(0), None).await;
        assert!(rotated.unwrap_err().is_unavailable());
        assert!(main(&db.store().await).rotate_family("f", &client_id("one"), 1, at(0), None).await.unwrap());
    }
}
