//! User pools: made, listed and changed in their tenant; they take their people along.

use cardea_migrations::{Migrator, MigratorTrait};
use cardea_protocol::Role;
use cardea_store::{AdministratorRecord, DEFAULT_POOL, InsertOutcome, ListQuery, Principal, Sort};
use sea_orm::ConnectionTrait;

use crate::fixtures::{
    at, fill,
    people::{fill_pool, pool, session},
    tenant_id,
};

both! {
    async fn a_pool_is_what_was_written_and_changed_only_as_it_was_read(db) {
        let store = db.store().await;
        fill(&store, "acme", &[]).await;
        fill_pool(&store, "acme", "staff", &[]).await;
        let acme = tenant_id("acme");
        assert_eq!(store.find_pool(&acme, "staff").await.unwrap(), Some(pool("acme", "staff")));
        assert_eq!(store.find_pool(&acme, "Staff").await.unwrap(), None);
        let mut changed = pool("acme", "staff");
        (changed.name, changed.settings, changed.updated_at) = ("Zürich".to_owned(), serde_json::json!({}), at(5));
        let tx = store.begin(at(0)).await.unwrap();
        assert_eq!(tx.insert_pool(&pool("acme", "staff")).await.unwrap(), InsertOutcome::AlreadyExists);
        assert!(tx.update_pool(&changed).await.unwrap());
        assert!(!tx.update_pool(&changed).await.unwrap());
        changed.version = 2;
        assert_eq!(tx.find_pool(&acme, "staff").await.unwrap().as_ref(), Some(&changed));
        assert!(tx.insert_pool(&pool("acme", "guests")).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        let by_name = ListQuery { limit: 1, sort: Sort::Name, ..ListQuery::default() };
        let page = store.list_pools(&acme, &by_name).await.unwrap();
        assert_eq!(page.items, [pool("acme", "guests")]);
        let page = store.list_pools(&acme, &ListQuery { after: page.next, ..by_name }).await.unwrap();
        assert_eq!((page.items, page.next), (vec![changed.clone()], None));
        let query = ListQuery { q: Some("ZÜR".to_owned()), ..ListQuery::default() };
        assert_eq!(store.list_pools(&acme, &query).await.unwrap().items, [changed]);
    }

    async fn a_pool_takes_its_people_and_their_roles_along(db) {
        let store = db.store().await;
        fill(&store, "acme", &[]).await;
        fill_pool(&store, "acme", "staff", &["u1"]).await;
        fill_pool(&store, "acme", "guests", &["u2"]).await;
        let acme = tenant_id("acme");
        let role = |user: &str| AdministratorRecord {
            id: user.to_owned(),
            tenant_id: tenant_id("acme"),
            principal: Principal::User(user.to_owned()),
            role: Role::TenantAdmin,
            workspace_id: None,
            created_at: at(0),
        };
        let tx = store.begin(at(0)).await.unwrap();
        for user in ["u1", "u2"] {
            assert!(tx.insert_administrator(&role(user)).await.unwrap().is_inserted());
        }
        assert!(tx.pool(&acme, "staff").insert_session(&session(1, "u1")).await.unwrap().is_inserted());
        assert!(tx.delete_pool(&acme, "staff").await.unwrap());
        assert!(!tx.delete_pool(&acme, "staff").await.unwrap());
        assert!(tx.insert_pool(&pool("acme", "staff")).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        assert!(store.pool(&acme, "staff").find_user("u1").await.unwrap().is_none());
        assert!(store.pool(&acme, "staff").find_session(&[1; 32], at(0)).await.unwrap().is_none());
        assert!(store.pool(&acme, "guests").find_user("u2").await.unwrap().is_some());
        let left = store.list_administrators(&acme, &ListQuery::default()).await.unwrap().items;
        assert_eq!(left, [role("u2")]);
        // And the tenant takes its pools.
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.delete_tenant(&acme).await.unwrap());
        tx.commit().await.unwrap();
        fill(&store, "acme", &[]).await;
        assert!(store.find_pool(&acme, "guests").await.unwrap().is_none());
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.insert_pool(&pool("nobody", "staff")).await.unwrap_err().is_parent_missing());
    }

    async fn tenants_that_are_there_get_a_pool(db) {
        let store = db.bare().await;
        let connection = sea_orm::Database::connect(&db.url).await.unwrap();
        Migrator::up(&connection, Some(2)).await.unwrap();
        let tenant = "INSERT INTO tenants (id, name, status, search, version, created_at, updated_at) \
                      VALUES ('acme', 'Acme', 'active', 'acme', 3, 1769860800007, 1769860800009)";
        connection.execute_unprepared(tenant).await.unwrap();
        connection.close().await.unwrap();
        store.migrate().await.unwrap();
        let found = store.find_pool(&tenant_id("acme"), DEFAULT_POOL).await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.version, found.created_at), ("Default", 1, at(7)));
        assert_eq!(found.settings, serde_json::json!({}));
        let found = store.list_pools(&tenant_id("acme"), &ListQuery::default()).await.unwrap();
        assert_eq!(found.items.len(), 1);
    }
}
