//! A pushed request is shown as often as need be, by its client's user, and claimed once.

use cardea_store::InsertOutcome;

use crate::fixtures::{
    at, client_id,
    grants::{main, main_of, prepare, pushed, renew_client},
};

both! {
    async fn a_pushed_request_is_shown_until_it_is_claimed_or_expires(db) {
        let store = db.store().await;
        prepare(&store).await;
        for number in [1, 2] {
            assert!(main(&store).insert_pushed_request(&pushed(number)).await.unwrap().is_inserted());
            let again = main(&store).insert_pushed_request(&pushed(number)).await.unwrap();
            assert_eq!(again, InsertOutcome::AlreadyExists);
        }
        let show = async |number: u8, client: &str, now| {
            main(&store).find_pushed_request(&[number; 32], &client_id(client), at(now)).await.unwrap()
        };
        for _ in 0..2 {
            let found = show(1, "one", 59_999).await.unwrap();
            assert_eq!((found.hash, found.client_id, found.parameters), ([1; 32], client_id("one"), pushed(1).parameters));
            assert_eq!(found.expires_at, at(60_000));
        }
        assert!(show(1, "one", 60_000).await.is_none() && show(1, "two", 0).await.is_none());
        let claim = async |number: u8, client: &str, now| {
            let tx = store.begin(at(0)).await.unwrap();
            let claimed = main_of(&tx).claim_pushed_request(&[number; 32], &client_id(client), at(now)).await.unwrap();
            tx.commit().await.unwrap();
            claimed
        };
        assert!(claim(1, "one", 60_000).await.is_none() && claim(1, "two", 0).await.is_none());
        assert_eq!(claim(1, "one", 59_999).await.unwrap().parameters, pushed(1).parameters);
        assert!(claim(1, "one", 0).await.is_none() && show(1, "one", 0).await.is_none());
        assert!(show(2, "one", 0).await.is_some());
        assert_eq!(store.delete_expired(at(60_000)).await.unwrap(), 0);
        assert_eq!(store.delete_expired(at(60_001)).await.unwrap(), 2);
    }

    async fn who_has_shown_a_request_in_time_takes_theirs_to_sign_in(db) {
        let store = db.store().await;
        prepare(&store).await;
        assert!(main(&store).insert_pushed_request(&pushed(1)).await.unwrap().is_inserted());
        let extend = async |client: &str, now, until| {
            main(&store).extend_pushed_request(&[1; 32], &client_id(client), at(now), at(until)).await.unwrap()
        };
        assert!(!extend("two", 0, 90_000).await && !extend("one", 60_000, 90_000).await);
        for until in [90_000, 70_000] {
            assert!(extend("one", 59_999, until).await);
            let found = main(&store).find_pushed_request(&[1; 32], &client_id("one"), at(89_999)).await.unwrap();
            assert_eq!(found.unwrap().expires_at, at(90_000));
        }
        renew_client(&store, "one").await;
        assert!(!extend("one", 0, 90_000).await);
    }
}
