//! One process serves from an SQLite file; a PostgreSQL is for many.

both! {
    async fn only_one_serves_from_a_file(db) {
        let (first, second) = (db.store().await, db.store().await);
        let claim = first.claim_exclusive_serving().unwrap();
        assert!(claim.is_some());
        assert_eq!(second.claim_exclusive_serving().unwrap().is_some(), db.url.starts_with("postgres"));
        drop(claim);
        assert!(second.claim_exclusive_serving().unwrap().is_some());
    }
}

#[tokio::test]
async fn an_address_that_cannot_work_is_refused() {
    for url in ["mysql://localhost/x", "sqlite::memory:", "cardea.db", ""] {
        let refused = cardea_store::Store::connect(url, &cardea_store::ConnectOptions::default()).await;
        assert!(!refused.unwrap_err().is_unavailable(), "{url}");
    }
}
