//! The schema comes once, whoever comes first.

use cardea_protocol::{AuthMethod, ClientId};
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, Database};

use crate::fixtures::{client, fill, register, tenant_id, workspace_id};

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

    async fn workspaces_that_are_there_get_the_console_and_who_has_its_name_becomes_it(db) {
        let store = db.store().await;
        fill(&store, "acme", &["admin", "main"]).await;
        fill(&store, "globex", &["admin"]).await;
        register(&store, "globex", "admin", &[client("console")]).await;
        // As before that change.
        let connection = Database::connect(&db.url).await.unwrap();
        let forget = "DELETE FROM seaql_migrations WHERE version = 'm0011_console'";
        connection.execute_unprepared(forget).await.unwrap();
        connection.close().await.unwrap();
        store.migrate().await.unwrap();
        for (tenant, workspace, is_there) in [("acme", "admin", true), ("acme", "main", false), ("globex", "admin", true)] {
            let scoped = store.scoped(&tenant_id(tenant), &workspace_id(workspace));
            let found = scoped.find_client(&ClientId::console()).await.unwrap();
            assert_eq!(found.is_some(), is_there, "{tenant}/{workspace}");
            let method = found.map(|client| client.metadata.token_endpoint_auth_method);
            assert!(method.is_none_or(|method| method == AuthMethod::None), "{tenant}/{workspace}");
        }
    }
}
