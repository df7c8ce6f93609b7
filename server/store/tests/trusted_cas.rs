//! Trusted authorities: each once, changed only as it was read.

use cardea_store::{InsertOutcome, ListQuery, Sort};

use crate::fixtures::{at, fill, tenant_id, trusted_ca, workspace_id};

both! {
    async fn an_authority_is_trusted_once_and_changed_only_as_it_was_read(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        let (acme, main) = (tenant_id("acme"), workspace_id("main"));
        let (mut one, two) = (trusted_ca("01"), trusted_ca("02"));
        let tx = store.begin(at(0)).await.unwrap();
        let scoped = tx.scoped(&acme, &main);
        for ca in [&one, &two] {
            assert!(scoped.insert_trusted_ca(ca).await.unwrap().is_inserted());
            assert_eq!(scoped.insert_trusted_ca(ca).await.unwrap(), InsertOutcome::AlreadyExists);
        }
        assert_eq!(scoped.count_trusted_cas().await.unwrap(), 2);
        for list in [Some(vec![0, 200, 7]), None, Some(vec![9; 100_000])] {
            (one.name, one.revocation_list, one.updated_at) = ("Zürich".to_owned(), list, at(one.version));
            assert!(scoped.update_trusted_ca(&one).await.unwrap());
            assert!(!scoped.update_trusted_ca(&one).await.unwrap());
            one.version += 1;
        }
        tx.commit().await.unwrap();
        let reader = store.scoped(&acme, &main);
        assert_eq!(reader.find_trusted_ca("01").await.unwrap(), Some(one.clone()));
        assert_eq!(reader.all_trusted_cas().await.unwrap(), [one.clone(), two.clone()]);
        let by_name = ListQuery { limit: 1, sort: Sort::Name, ..ListQuery::default() };
        let page = reader.list_trusted_cas(&by_name).await.unwrap();
        assert_eq!(page.items, [two]);
        let page = reader.list_trusted_cas(&ListQuery { after: page.next, ..by_name }).await.unwrap();
        assert_eq!((page.items, page.next), (vec![one.clone()], None));
        let found = reader.list_trusted_cas(&ListQuery { q: Some("zÜr".to_owned()), ..ListQuery::default() }).await;
        assert_eq!(found.unwrap().items, [one]);
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.scoped(&acme, &main).delete_trusted_ca("01").await.unwrap());
        assert!(!tx.scoped(&acme, &main).delete_trusted_ca("01").await.unwrap());
        assert!(tx.scoped(&acme, &main).insert_trusted_ca(&trusted_ca("01")).await.unwrap().is_inserted());
    }
}
