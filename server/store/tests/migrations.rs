//! The schema comes once, whoever comes first.

use futures_util::future::join_all;

use crate::fixtures::{fill, tenant_id};

both! {
    async fn several_that_migrate_at_once_make_one_schema(db) {
        let tasks = (0..4).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let store = db.bare().await;
                store.migrate().await.map(|()| store)
            })
        });
        for store in join_all(tasks).await {
            let store = store.unwrap().unwrap();
            assert_eq!(store.changes_head().await.unwrap(), 0);
        }
    }

    async fn what_is_stored_outlives_a_restart_and_another_migration(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        store.close().await;
        drop(store);
        let store = db.store().await;
        store.migrate().await.unwrap();
        assert!(store.find_tenant(&tenant_id("acme")).await.unwrap().is_some());
        store.ping().await.unwrap();
    }
}
