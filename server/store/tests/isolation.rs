//! Workspace A is asked every question about a thing of workspace B: of another tenant, and of the same one. It never
//! knows it, never changes it; and at the end B, asked the same, does.

use cardea_protocol::{AuthMethods, SigningAlg::ES256, TenantId, WorkspaceId};
use cardea_store::{
    AuditFilter, AuditLog, ClientFilter, KeyState, ListQuery, NewAuditEvent, OpaqueTokenRecord, Outcome, Principal,
    ServiceOutcome, Store,
};

use crate::fixtures::{at, client, client_id, fill, key, secret, service, tenant_id, trusted_ca, workspace_id};

/// How many of all reading questions found something.
async fn known(store: &Store, tenant: &TenantId, workspace: &WorkspaceId) -> Vec<bool> {
    let here = store.scoped(tenant, workspace);
    let (one, all) = (client_id("one"), ListQuery::default());
    let mut none = AuthMethods::all();
    AuthMethods::all().iter().for_each(|method| _ = none.remove(method));
    vec![
        here.find_client(&one).await.unwrap().is_some(),
        !here.list_clients(&ClientFilter::default(), &all).await.unwrap().items.is_empty(),
        here.impacted(none, AuthMethods::all()).await.unwrap().1 > 0,
        !here.impacted(none, AuthMethods::all()).await.unwrap().0.is_empty(),
        !here.methods_in_use().await.unwrap().is_empty(),
        !here.secrets_of(&one).await.unwrap().is_empty(),
        here.find_service("s").await.unwrap().is_some(),
        !here.list_services(&all).await.unwrap().items.is_empty(),
        !here.all_services().await.unwrap().is_empty(),
        !here.key_ring(at(0)).await.unwrap().is_empty(),
        here.find_trusted_ca("t").await.unwrap().is_some(),
        !here.list_trusted_cas(&all).await.unwrap().items.is_empty(),
        !here.all_trusted_cas().await.unwrap().is_empty(),
        here.is_revoked("j").await.unwrap(),
        here.find_opaque_token(&[1; 32]).await.unwrap().is_some(),
        !here.list_audit_events(&AuditFilter::default(), &all).await.unwrap().items.is_empty(),
        !here.activity(&one, at(0), 10).await.unwrap().is_empty(),
        !store.claim_replay(tenant, workspace, [1; 32], at(0)).await.unwrap(),
    ]
}

/// Whether each of all changing questions changed something.
async fn changed(store: &Store, tenant: &TenantId, workspace: &WorkspaceId) -> Vec<bool> {
    let one = client_id("one");
    let tx = store.begin(at(0)).await.unwrap();
    let here = tx.scoped(tenant, workspace);
    let changed = vec![
        here.find_client(&one).await.unwrap().is_some(),
        here.update_client(&client("one")).await.unwrap(),
        !here.secrets_of(&one).await.unwrap().is_empty(),
        here.expire_other_secrets(&one, "none", at(1)).await.unwrap() > 0,
        here.delete_secret(&one, "s1").await.unwrap(),
        here.delete_secrets(&one).await.unwrap() > 0,
        here.update_service(&service("s", "https://s", &["a"])).await.unwrap() == ServiceOutcome::Written,
        here.delete_service("s").await.unwrap(),
        !here.key_ring(at(0)).await.unwrap().is_empty(),
        here.rotate_key(ES256, Some("k1"), &key("k3", ES256, KeyState::Next), at(0), at(1)).await.unwrap(),
        here.revoke_key("k2", at(0)).await.unwrap(),
        here.count_trusted_cas().await.unwrap() > 0,
        here.update_trusted_ca(&trusted_ca("t")).await.unwrap(),
        here.delete_trusted_ca("t").await.unwrap(),
        !here.revoke_jwt("j", at(0)).await.unwrap().is_inserted(),
        here.delete_opaque_token(&[1; 32]).await.unwrap(),
        here.delete_client(&one).await.unwrap(),
    ];
    changed
}

async fn furnish(store: &Store, tenant: &TenantId, workspace: &WorkspaceId) {
    let tx = store.begin(at(0)).await.unwrap();
    let there = tx.scoped(tenant, workspace);
    assert!(there.insert_client(&client("one")).await.unwrap().is_inserted());
    for id in ["s1", "s2"] {
        assert!(there.insert_secret(&secret("one", id)).await.unwrap().is_inserted());
    }
    assert_eq!(there.insert_service(&service("s", "https://s", &["a"])).await.unwrap(), ServiceOutcome::Written);
    for record in [key("k1", ES256, KeyState::Current), key("k2", ES256, KeyState::Next)] {
        assert!(there.insert_key(&record).await.unwrap().is_inserted());
    }
    assert!(there.insert_trusted_ca(&trusted_ca("t")).await.unwrap().is_inserted());
    assert!(there.revoke_jwt("j", at(10)).await.unwrap().is_inserted());
    let event = NewAuditEvent::new(tenant, workspace, at(0), "client.authenticated", Outcome::Failure);
    tx.record(NewAuditEvent { client_id: Some("one".to_owned()), ..event }).await.unwrap();
    tx.commit().await.unwrap();
    let (client_id, claims) = (client_id("one"), serde_json::json!({}));
    let token = OpaqueTokenRecord { hash: [1; 32], client_id, claims, expires_at: at(10) };
    assert!(store.scoped(tenant, workspace).insert_opaque_token(&token).await.unwrap().is_inserted());
    assert!(store.claim_replay(tenant, workspace, [1; 32], at(10)).await.unwrap());
}

both! {
    async fn a_workspace_sees_and_changes_nothing_of_another(db) {
        let store = db.store().await;
        fill(&store, "acme", &["a", "b"]).await;
        fill(&store, "beta", &["a", "b"]).await;
        let (tenant, workspace) = (tenant_id("acme"), workspace_id("b"));
        furnish(&store, &tenant, &workspace).await;
        // The same tenant, the same workspace id in another tenant, and neither.
        for (other_tenant, other) in [("acme", "a"), ("beta", "b"), ("beta", "a")] {
            let (other_tenant, other) = (tenant_id(other_tenant), workspace_id(other));
            let seen = known(&store, &other_tenant, &other).await;
            assert!(!seen.contains(&true), "{other_tenant}/{other} sees {seen:?}");
            let touched = changed(&store, &other_tenant, &other).await;
            assert!(!touched.contains(&true), "{other_tenant}/{other} changes {touched:?}");
        }
        // The positive control: the same questions, asked where the things are.
        let seen = known(&store, &tenant, &workspace).await;
        assert!(!seen.contains(&false), "{seen:?}");
        let touched = changed(&store, &tenant, &workspace).await;
        assert!(!touched.contains(&false), "{touched:?}");
    }

    async fn a_last_use_is_noted_in_one_workspace(db) {
        let store = db.store().await;
        fill(&store, "acme", &["a", "b"]).await;
        furnish(&store, &tenant_id("acme"), &workspace_id("a")).await;
        furnish(&store, &tenant_id("acme"), &workspace_id("b")).await;
        let log = AuditLog::start(store.clone());
        log.touch(&tenant_id("acme"), &workspace_id("b"), &client_id("one"), Some("s1"), at(7));
        log.flush().await;
        for (workspace, expected) in [("a", None), ("b", Some(at(7)))] {
            let here = store.scoped(&tenant_id("acme"), &workspace_id(workspace));
            let client = here.find_client(&client_id("one")).await.unwrap().unwrap();
            assert_eq!(client.last_authenticated_at, expected);
            let secrets = here.secrets_of(&client_id("one")).await.unwrap();
            let used = secrets.iter().filter_map(|secret| secret.last_used_at).collect::<Vec<_>>();
            assert_eq!(used, expected.into_iter().collect::<Vec<_>>());
        }
    }

    async fn a_tenant_sees_nothing_of_anothers_workspaces_and_administrators(db) {
        let store = db.store().await;
        fill(&store, "acme", &["a"]).await;
        fill(&store, "beta", &[]).await;
        let holder = Principal::User("u".to_owned());
        let record = cardea_store::AdministratorRecord {
            id: "1".to_owned(),
            tenant_id: tenant_id("acme"),
            principal: holder.clone(),
            role: cardea_protocol::Role::TenantAdmin,
            workspace_id: None,
            created_at: at(0),
        };
        let tx = store.begin(at(0)).await.unwrap();
        assert!(tx.insert_administrator(&record).await.unwrap().is_inserted());
        tx.commit().await.unwrap();
        let all = ListQuery::default();
        for (tenant, expected) in [("beta", false), ("acme", true)] {
            let tenant = tenant_id(tenant);
            assert_eq!(store.find_workspace(&tenant, &workspace_id("a")).await.unwrap().is_some(), expected);
            assert_eq!(!store.list_workspaces(&tenant, &all).await.unwrap().items.is_empty(), expected);
            assert_eq!(!store.roles_of(&tenant, &holder).await.unwrap().is_empty(), expected);
            assert_eq!(!store.list_administrators(&tenant, &all).await.unwrap().items.is_empty(), expected);
            assert_eq!(store.find_administrator(&tenant, "1").await.unwrap().is_some(), expected);
            let tx = store.begin(at(0)).await.unwrap();
            assert_eq!(!tx.roles_of(&tenant, &holder).await.unwrap().is_empty(), expected);
            let count = tx.count_administrators(&tenant, cardea_protocol::Role::TenantAdmin).await.unwrap();
            assert_eq!(count > 0, expected);
            assert_eq!(tx.delete_administrator(&tenant, "1").await.unwrap(), expected);
            assert_eq!(tx.delete_workspace(&tenant, &workspace_id("a")).await.unwrap(), expected);
        }
    }
}
