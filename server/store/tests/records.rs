//! Records are written if they are still what was read, and their outcomes leave the transaction usable.

use cardea_protocol::{Role, Status};
use cardea_store::{
    AdministratorRecord, InsertOutcome, ListQuery, OpaqueTokenRecord, Principal, SecretVerifier, ServiceOutcome, Store,
};

use crate::fixtures::{
    at, client, client_id, fill, register, secret, service, tenant, tenant_id, trusted_ca, workspace, workspace_id,
};

async fn prepared(store: &Store) {
    fill(store, "acme", &["admin", "main"]).await;
    register(store, "acme", "main", &[client("one"), client("two")]).await;
}

fn administrator(id: &str, principal: Principal, workspace: Option<&str>) -> AdministratorRecord {
    AdministratorRecord {
        id: id.to_owned(),
        tenant_id: tenant_id("acme"),
        principal,
        role: Role::WorkspaceAdmin,
        workspace_id: workspace.map(workspace_id),
        created_at: at(0),
    }
}

both! {
    async fn an_update_counts_only_on_what_was_read(db) {
        let store = db.store().await;
        prepared(&store).await;
        let (mut t, mut w, mut c) = (tenant("acme"), workspace("acme", "main"), client("one"));
        t.status = Status::Inactive;
        w.settings.access_token_ttl = 77;
        c.metadata.client_name = None;
        for expected in [true, false] {
            let tx = store.begin(at(0)).await.unwrap();
            assert_eq!(tx.update_tenant(&t).await.unwrap(), expected);
            assert_eq!(tx.update_workspace(&w).await.unwrap(), expected);
            let scoped = tx.scoped(&w.tenant_id, &w.id);
            assert_eq!(scoped.update_client(&c).await.unwrap(), expected);
            assert_eq!(scoped.find_client(&c.client_id).await.unwrap().unwrap().version, 2);
            tx.commit().await.unwrap();
        }
        assert_eq!(store.find_tenant(&t.id).await.unwrap().unwrap().status, Status::Inactive);
        let stored = store.find_workspace(&w.tenant_id, &w.id).await.unwrap().unwrap();
        assert_eq!((stored.version, stored.settings.access_token_ttl), (2, 77));
        let stored = store.scoped(&w.tenant_id, &w.id).find_client(&c.client_id).await.unwrap().unwrap();
        assert_eq!(stored.metadata, c.metadata);
        c.version = 2;
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.scoped(&w.tenant_id, &w.id).update_client(&c).await.unwrap());
    }

    async fn a_transaction_dropped_never_happened(db) {
        let store = db.store().await;
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.insert_tenant(&tenant("acme")).await.unwrap().is_inserted());
        assert_eq!(store.find_tenant(&tenant_id("acme")).await.unwrap(), None);
        drop(tx);
        assert_eq!(store.find_tenant(&tenant_id("acme")).await.unwrap(), None);
        fill(&store, "acme", &[]).await;
        assert_eq!(store.find_tenant(&tenant_id("acme")).await.unwrap(), Some(tenant("acme")));
    }

    async fn what_is_there_already_is_an_outcome(db) {
        let store = db.store().await;
        prepared(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        assert_eq!(tx.insert_tenant(&tenant("acme")).await.unwrap(), InsertOutcome::AlreadyExists);
        assert_eq!(tx.insert_workspace(&workspace("acme", "main")).await.unwrap(), InsertOutcome::AlreadyExists);
        let scoped = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert_eq!(scoped.insert_client(&client("one")).await.unwrap(), InsertOutcome::AlreadyExists);
        assert!(scoped.insert_client(&client("three")).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
    }

    async fn what_belongs_to_nothing_says_so(db) {
        let store = db.store().await;
        prepared(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        let gone = tx.insert_workspace(&workspace("nobody", "main")).await.unwrap_err();
        assert!(gone.is_parent_missing() && !gone.is_unavailable());
        drop(tx);
        let tx = store.begin(at(0)).await.unwrap();
        let scoped = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(scoped.insert_secret(&secret("nobody", "s")).await.unwrap_err().is_parent_missing());
        drop(tx);
        register(&store, "acme", "main", &[client("three")]).await;
    }

    async fn a_client_holds_several_secrets_of_every_kind(db) {
        let store = db.store().await;
        prepared(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        let scoped = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        let kinds = [
            SecretVerifier::Sha256([9; 32]),
            SecretVerifier::Argon2id("$argon2id$v=19$x".to_owned()),
            SecretVerifier::Sealed(vec![0, 200]),
        ];
        for (number, verifier) in (0..).zip(kinds) {
            let mut record = secret("one", &format!("s{number}"));
            (record.verifier, record.created_at) = (verifier, at(number));
            assert!(scoped.insert_secret(&record).await.unwrap().is_inserted());
        }
        assert_eq!(scoped.expire_other_secrets(&client_id("one"), "s2", at(50)).await.unwrap(), 2);
        // What ends sooner stays so.
        assert_eq!(scoped.expire_other_secrets(&client_id("one"), "s0", at(60)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let reader = store.scoped(&tenant_id("acme"), &workspace_id("main"));
        let secrets = reader.secrets_of(&client_id("one")).await.unwrap();
        let ends: Vec<_> = secrets.iter().map(|secret| (secret.id.as_str(), secret.expires_at)).collect();
        assert_eq!(ends, [("s2", Some(at(60))), ("s1", Some(at(50))), ("s0", Some(at(50)))]);
        assert!(matches!(&secrets[0].verifier, SecretVerifier::Sealed(sealed) if *sealed == [0, 200]));
        assert!(matches!(&secrets[1].verifier, SecretVerifier::Argon2id(phc) if phc.starts_with("$argon2id")));
        assert!(matches!(&secrets[2].verifier, SecretVerifier::Sha256(hash) if *hash == [9; 32]));
        let tx = store.begin(at(0)).await.unwrap();
        let scoped = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(scoped.delete_secret(&client_id("one"), "s1").await.unwrap());
        assert!(!scoped.delete_secret(&client_id("one"), "s1").await.unwrap());
        assert_eq!(scoped.delete_secrets(&client_id("one")).await.unwrap(), 2);
    }

    async fn an_audience_and_a_scope_belong_to_one_service(db) {
        let store = db.store().await;
        prepared(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        let scoped = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        let mut orders = service("orders", "https://orders", &["read", "write"]);
        let stock = service("stock", "https://stock", &["count"]);
        for record in [&orders, &stock] {
            assert_eq!(scoped.insert_service(record).await.unwrap(), ServiceOutcome::Written);
        }
        let twin = service("twin", "https://orders", &[]);
        assert_eq!(scoped.insert_service(&twin).await.unwrap(), ServiceOutcome::AudienceTaken);
        let thief = service("thief", "https://thief", &["steal", "write"]);
        assert_eq!(scoped.insert_service(&thief).await.unwrap(), ServiceOutcome::ScopeTaken("write".to_owned()));
        orders.audience = "https://stock".to_owned();
        assert_eq!(scoped.update_service(&orders).await.unwrap(), ServiceOutcome::AudienceTaken);
        orders.audience = "https://orders".to_owned();
        orders.scopes = service("", "", &["count"]).scopes;
        assert_eq!(scoped.update_service(&orders).await.unwrap(), ServiceOutcome::ScopeTaken("count".to_owned()));
        // All of that changed nothing, and the transaction is still good.
        orders.scopes = service("", "", &["approve", "read"]).scopes;
        assert_eq!(scoped.update_service(&orders).await.unwrap(), ServiceOutcome::Written);
        assert_eq!(scoped.update_service(&orders).await.unwrap(), ServiceOutcome::Stale);
        tx.commit().await.unwrap();
        orders.version = 2;
        let reader = store.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert_eq!(reader.all_services().await.unwrap(), [orders.clone(), stock.clone()]);
        assert_eq!(reader.find_service("orders").await.unwrap(), Some(orders.clone()));
        assert_eq!(reader.find_service("stock").await.unwrap(), Some(stock.clone()));
        let page = reader.list_services(&ListQuery { limit: 1, ..ListQuery::default() }).await.unwrap();
        assert_eq!(page.items, [orders]);
        let page = reader.list_services(&ListQuery { after: page.next, ..ListQuery::default() }).await.unwrap();
        assert_eq!((page.items, page.next), (vec![stock], None));
        let tx = store.begin(at(0)).await.unwrap();
        let scoped = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(scoped.delete_service("orders").await.unwrap());
        assert_eq!(scoped.insert_service(&twin).await.unwrap(), ServiceOutcome::Written);
    }

    async fn a_role_is_held_once_and_goes_with_its_holder_and_its_place(db) {
        let store = db.store().await;
        prepared(&store).await;
        register(&store, "acme", "admin", &[client("robot")]).await;
        let robot = Principal::Client(client_id("robot"));
        let user = Principal::User("u1".to_owned());
        let tx = store.begin(at(0)).await.unwrap();
        for record in [
            administrator("1", robot.clone(), None),
            administrator("2", robot.clone(), Some("main")),
            administrator("3", user.clone(), Some("main")),
            administrator("4", Principal::User("robot".to_owned()), None),
        ] {
            assert!(tx.insert_administrator(&record).await.unwrap().is_inserted());
        }
        let again = administrator("5", robot.clone(), None);
        assert_eq!(tx.insert_administrator(&again).await.unwrap(), InsertOutcome::AlreadyExists);
        assert_eq!(tx.count_administrators(&tenant_id("acme"), Role::WorkspaceAdmin).await.unwrap(), 4);
        assert_eq!(tx.roles_of(&tenant_id("acme"), &robot).await.unwrap().len(), 2);
        tx.commit().await.unwrap();
        let page = store.list_administrators(&tenant_id("acme"), &ListQuery::default()).await.unwrap();
        assert_eq!(page.items.len(), 4);
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.scoped(&tenant_id("acme"), &workspace_id("admin")).delete_client(&client_id("robot")).await.unwrap());
        assert!(tx.roles_of(&tenant_id("acme"), &robot).await.unwrap().is_empty());
        assert!(tx.delete_workspace(&tenant_id("acme"), &workspace_id("main")).await.unwrap());
        assert!(tx.roles_of(&tenant_id("acme"), &user).await.unwrap().is_empty());
        tx.commit().await.unwrap();
        let left = administrator("4", Principal::User("robot".to_owned()), None);
        assert_eq!(store.find_administrator(&tenant_id("acme"), "4").await.unwrap(), Some(left));
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.delete_administrator(&tenant_id("acme"), "4").await.unwrap());
        assert!(!tx.delete_administrator(&tenant_id("acme"), "4").await.unwrap());
    }

    async fn a_token_is_revoked_for_good_and_a_reference_is_forgotten(db) {
        let store = db.store().await;
        prepared(&store).await;
        let scoped = store.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(!scoped.is_revoked("j1").await.unwrap());
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(writing.revoke_jwt("j1", at(10)).await.unwrap().is_inserted());
        assert_eq!(writing.revoke_jwt("j1", at(10)).await.unwrap(), InsertOutcome::AlreadyExists);
        tx.commit().await.unwrap();
        assert!(scoped.is_revoked("j1").await.unwrap());
        let token = OpaqueTokenRecord {
            hash: [3; 32],
            client_id: client_id("one"),
            claims: serde_json::json!({ "sub": "one", "n": 1.5, "list": [null, "ü"] }),
            expires_at: at(10),
        };
        assert!(scoped.insert_opaque_token(&token).await.unwrap().is_inserted());
        let stored = scoped.find_opaque_token(&token.hash).await.unwrap().unwrap();
        assert_eq!((stored.claims, stored.expires_at), (token.claims.clone(), token.expires_at));
        let tx = store.begin(at(0)).await.unwrap();
        let writing = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(writing.delete_opaque_token(&token.hash).await.unwrap());
        assert!(!writing.delete_opaque_token(&token.hash).await.unwrap());
        tx.commit().await.unwrap();
        assert!(scoped.insert_opaque_token(&token).await.unwrap().is_inserted());
        // A client takes its tokens along.
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.scoped(&tenant_id("acme"), &workspace_id("main")).delete_client(&client_id("one")).await.unwrap());
        tx.commit().await.unwrap();
        assert!(scoped.find_opaque_token(&token.hash).await.unwrap().is_none());
    }

    async fn a_tenant_takes_everything_along(db) {
        let store = db.store().await;
        prepared(&store).await;
        let tx = store.begin(at(0)).await.unwrap();
        let scoped = tx.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(scoped.insert_secret(&secret("one", "s")).await.unwrap().is_inserted());
        assert_eq!(scoped.insert_service(&service("s", "https://s", &["a"])).await.unwrap(), ServiceOutcome::Written);
        assert!(scoped.insert_trusted_ca(&trusted_ca("01")).await.unwrap().is_inserted());
        assert!(tx.delete_tenant(&tenant_id("acme")).await.unwrap());
        assert!(!tx.delete_tenant(&tenant_id("acme")).await.unwrap());
        tx.commit().await.unwrap();
        fill(&store, "acme", &["main"]).await;
        let reader = store.scoped(&tenant_id("acme"), &workspace_id("main"));
        assert!(reader.find_client(&client_id("one")).await.unwrap().is_none());
        assert!(reader.secrets_of(&client_id("one")).await.unwrap().is_empty());
        assert!(reader.all_services().await.unwrap().is_empty());
        assert!(reader.all_trusted_cas().await.unwrap().is_empty());
    }
}
