//! A code is redeemed once, in time, by the client it was issued to; and remembered as long as what came of it can live.

use cardea_store::{CodeRecord, InsertOutcome, Redemption, Store};

use crate::fixtures::{
    at, client_id,
    grants::{code, main_of, prepare, renew_client, renew_user},
};

/// All of a code, to be compared.
fn all_of(code: &CodeRecord) -> impl PartialEq + std::fmt::Debug + use<> {
    let it = code.clone();
    let whose = (it.hash, it.client_id, it.family_id, it.pool_id, it.user_id, it.sid);
    let what = (it.redirect_uri, it.scope, it.resource, it.nonce, it.code_challenge, it.claims);
    (whose, what, it.auth_time, it.acr, it.amr, it.expires_at)
}

async fn issue(store: &Store, codes: &[CodeRecord]) {
    let tx = store.begin(at(0)).await.unwrap();
    for code in codes {
        assert!(main_of(&tx).insert_code(code).await.unwrap().is_inserted());
    }
    tx.commit().await.unwrap();
}

async fn redeem(store: &Store, number: u8, client: &str, millis: i64) -> Redemption {
    let tx = store.begin(at(0)).await.unwrap();
    let redeemed = main_of(&tx).redeem_code(&[number; 32], &client_id(client), at(millis), at(900_000)).await.unwrap();
    tx.commit().await.unwrap();
    redeemed
}

both! {
    async fn every_field_of_a_code_comes_back_once(db) {
        let store = db.store().await;
        prepare(&store).await;
        let bare = CodeRecord {
            redirect_uri: None,
            scope: cardea_protocol::Scope::empty(),
            resource: vec![],
            nonce: None,
            code_challenge: None,
            acr: None,
            amr: vec![],
            claims: None,
            ..code(2)
        };
        issue(&store, &[code(1), bare.clone()]).await;
        for (number, expected) in [(1, code(1)), (2, bare)] {
            let redeemed = redeem(&store, number, "one", 59_999).await;
            assert!(matches!(redeemed, Redemption::Redeemed(found) if all_of(&found) == all_of(&expected)));
            let again = redeem(&store, number, "one", 59_999).await;
            assert!(matches!(again, Redemption::Reused { family_id } if family_id == expected.family_id));
        }
        let tx = store.begin(at(0)).await.unwrap();
        assert_eq!(main_of(&tx).insert_code(&code(1)).await.unwrap(), InsertOutcome::AlreadyExists);
    }

    async fn a_code_in_the_wrong_hands_or_too_late_is_unknown_and_stays_good(db) {
        let store = db.store().await;
        prepare(&store).await;
        issue(&store, &[code(1)]).await;
        assert!(matches!(redeem(&store, 2, "one", 0).await, Redemption::Unknown));
        assert!(matches!(redeem(&store, 1, "two", 0).await, Redemption::Unknown));
        assert!(matches!(redeem(&store, 1, "one", 60_000).await, Redemption::Unknown));
        assert!(matches!(redeem(&store, 1, "one", 0).await, Redemption::Redeemed(_)));
        // Also when it has been used, another client learns nothing of it.
        assert!(matches!(redeem(&store, 1, "two", 0).await, Redemption::Unknown));
        // And a use of it is found out, however late.
        assert!(matches!(redeem(&store, 1, "one", 800_000).await, Redemption::Reused { .. }));
    }

    async fn a_redemption_that_is_rolled_back_never_happened(db) {
        let store = db.store().await;
        prepare(&store).await;
        issue(&store, &[code(1)]).await;
        let tx = store.begin(at(0)).await.unwrap();
        let redeemed = main_of(&tx).redeem_code(&[1; 32], &client_id("one"), at(0), at(1)).await.unwrap();
        assert!(matches!(redeemed, Redemption::Redeemed(_)));
        drop(tx);
        assert!(matches!(redeem(&store, 1, "one", 0).await, Redemption::Redeemed(_)));
    }

    async fn a_code_is_cleared_away_when_it_ends_or_when_what_came_of_it_does(db) {
        let store = db.store().await;
        prepare(&store).await;
        issue(&store, &[code(1), code(2)]).await;
        assert!(matches!(redeem(&store, 1, "one", 0).await, Redemption::Redeemed(_)));
        assert_eq!(store.delete_expired(at(60_000)).await.unwrap(), 0);
        assert_eq!(store.delete_expired(at(60_001)).await.unwrap(), 1);
        assert!(matches!(redeem(&store, 1, "one", 60_002).await, Redemption::Reused { .. }));
        assert_eq!(store.delete_expired(at(900_000)).await.unwrap(), 0);
        assert_eq!(store.delete_expired(at(900_001)).await.unwrap(), 1);
        assert!(matches!(redeem(&store, 1, "one", 0).await, Redemption::Unknown));
    }

    async fn a_code_goes_with_its_client_and_its_user(db) {
        let store = db.store().await;
        prepare(&store).await;
        issue(&store, &[code(1), CodeRecord { user_id: "u2".to_owned(), ..code(2) }]).await;
        renew_user(&store, "u1").await;
        assert!(matches!(redeem(&store, 1, "one", 0).await, Redemption::Unknown));
        renew_client(&store, "one").await;
        assert!(matches!(redeem(&store, 2, "one", 0).await, Redemption::Unknown));
        for orphan in [
            CodeRecord { client_id: client_id("nobody"), ..code(3) },
            CodeRecord { user_id: "nobody".to_owned(), ..code(3) },
            CodeRecord { pool_id: "nobody".to_owned(), ..code(3) },
        ] {
            let tx = store.begin(at(0)).await.unwrap();
            assert!(main_of(&tx).insert_code(&orphan).await.unwrap_err().is_parent_missing());
        }
        issue(&store, &[code(3)]).await;
        assert!(matches!(redeem(&store, 3, "one", 0).await, Redemption::Redeemed(_)));
    }
}
