//! Workspace A is asked every question about what was granted in workspace B, of another tenant and of the same one, by the same
//! client id and the same user id. It never knows it, never changes it; and at the end B, asked the same, does.

use cardea_protocol::{TenantId, WorkspaceId};
use cardea_store::{ConsentFilter, DevicePoll, ListQuery, Redemption, Store};

use crate::fixtures::{
    at, client, client_id, fill,
    grants::{approval, code, device, family, pushed, scope},
    people::fill_pool,
    register, tenant_id, workspace_id,
};

/// How many of all reading questions found something.
async fn known(store: &Store, tenant: &TenantId, workspace: &WorkspaceId) -> Vec<bool> {
    let here = store.scoped(tenant, workspace);
    let (one, all) = (client_id("one"), ListQuery::default());
    vec![
        here.find_family("f").await.unwrap().is_some(),
        !here.is_family_revoked("f").await.unwrap(),
        !here.list_families_of_user("u1", at(0), &all).await.unwrap().items.is_empty(),
        here.find_consent("u1", &one).await.unwrap().is_some(),
        !here.list_consents(&ConsentFilter::default(), &all).await.unwrap().items.is_empty(),
        here.find_pushed_request(&[1; 32], &one, at(0)).await.unwrap().is_some(),
        here.find_device_code("WDJB1", at(0)).await.unwrap().is_some(),
    ]
}

/// Whether each of all changing questions changed something.
async fn changed(store: &Store, tenant: &TenantId, workspace: &WorkspaceId) -> Vec<bool> {
    let one = client_id("one");
    let here = store.scoped(tenant, workspace);
    let mut changed = vec![
        here.rotate_family("f", &one, 1, at(0), None).await.unwrap(),
        here.touch_family("f", &one, at(0), None).await.unwrap(),
        here.extend_pushed_request(&[1; 32], &one, at(0), at(1)).await.unwrap(),
    ];
    let tx = store.begin(at(0)).await.unwrap();
    let here = tx.scoped(tenant, workspace);
    let again = code(1).hash;
    changed.extend([
        here.find_family("f").await.unwrap().is_some(),
        matches!(here.redeem_code(&again, &one, at(0), at(1)).await.unwrap(), Redemption::Redeemed(_)),
        matches!(here.redeem_code(&again, &one, at(0), at(1)).await.unwrap(), Redemption::Reused { .. }),
        here.withdraw_consent("u1", &one, at(0)).await.unwrap() == Some(1),
        here.revoke_family("g", at(0)).await.unwrap(),
        here.revoke_families_of_user("u2", at(0)).await.unwrap() > 0,
        here.revoke_families_of_client(&client_id("two"), at(0)).await.unwrap() > 0,
        here.claim_pushed_request(&[1; 32], &one, at(0)).await.unwrap().is_some(),
        matches!(here.poll_device_code(&[1; 32], &one, at(0)).await.unwrap(), DevicePoll::Pending),
        here.approve_device_code("WDJB1", &one, &scope("a"), &approval("f"), at(0)).await.unwrap(),
        here.deny_device_code("WDJB2", at(0)).await.unwrap(),
        matches!(here.poll_device_code(&[1; 32], &one, at(0)).await.unwrap(), DevicePoll::Approved(..)),
        matches!(here.poll_device_code(&[2; 32], &one, at(0)).await.unwrap(), DevicePoll::Denied),
    ]);
    changed
}

/// Everything that can be granted, to a client of this workspace by a user of pool `staff`.
async fn furnish(store: &Store, tenant: &str, workspace: &str) {
    let (tenant, workspace) = (tenant_id(tenant), workspace_id(workspace));
    let tx = store.begin(at(0)).await.unwrap();
    let there = tx.scoped(&tenant, &workspace);
    assert!(there.insert_code(&code(1)).await.unwrap().is_inserted());
    let mut families = [family("f"), family("g"), family("h"), family("i")];
    families[1].client_id = client_id("two");
    (families[2].user_id, families[2].client_id) = ("u2".to_owned(), client_id("two"));
    (families[3].pool_id, families[3].client_id) = ("guests".to_owned(), client_id("two"));
    for family in &families {
        assert!(there.insert_family(family).await.unwrap().is_inserted());
    }
    let agreed = there.grant_consent("staff", "u1", &client_id("one"), &scope("a"), at(0)).await.unwrap();
    assert_eq!(agreed.scope, scope("a"));
    for number in [1, 2] {
        assert!(there.insert_device_code(&device(number)).await.unwrap().is_inserted());
    }
    tx.commit().await.unwrap();
    assert!(store.scoped(&tenant, &workspace).insert_pushed_request(&pushed(1)).await.unwrap().is_inserted());
}

async fn tenants(store: &Store) {
    for tenant in ["acme", "beta"] {
        fill(store, tenant, &["a", "b"]).await;
        fill_pool(store, tenant, "staff", &["u1", "u2"]).await;
        fill_pool(store, tenant, "guests", &["u1"]).await;
        for workspace in ["a", "b"] {
            register(store, tenant, workspace, &[client("one"), client("two")]).await;
        }
    }
}

both! {
    async fn a_workspace_sees_and_changes_nothing_that_was_granted_in_another(db) {
        let store = db.store().await;
        tenants(&store).await;
        furnish(&store, "acme", "b").await;
        for (tenant, workspace) in [("acme", "a"), ("beta", "b"), ("beta", "a")] {
            let (tenant, workspace) = (tenant_id(tenant), workspace_id(workspace));
            let seen = known(&store, &tenant, &workspace).await;
            assert!(!seen.contains(&true), "{tenant}/{workspace} sees {seen:?}");
            let touched = changed(&store, &tenant, &workspace).await;
            assert!(!touched.contains(&true), "{tenant}/{workspace} changes {touched:?}");
        }
        // The positive control: the same questions, asked where it was granted.
        let (tenant, workspace) = (tenant_id("acme"), workspace_id("b"));
        let seen = known(&store, &tenant, &workspace).await;
        assert!(!seen.contains(&false), "{seen:?}");
        let touched = changed(&store, &tenant, &workspace).await;
        assert!(!touched.contains(&false), "{touched:?}");
    }

    async fn the_same_codes_may_be_in_several_workspaces(db) {
        let store = db.store().await;
        tenants(&store).await;
        let places = [("acme", "a"), ("acme", "b"), ("beta", "a")];
        for (tenant, workspace) in places {
            furnish(&store, tenant, workspace).await;
        }
        for (tenant, workspace) in places {
            let (tenant, workspace) = (tenant_id(tenant), workspace_id(workspace));
            let touched = changed(&store, &tenant, &workspace).await;
            assert!(!touched.contains(&false), "{tenant}/{workspace} {touched:?}");
        }
    }

    async fn a_pool_ends_no_family_of_another_pool_or_tenant(db) {
        let store = db.store().await;
        tenants(&store).await;
        furnish(&store, "acme", "b").await;
        for (tenant, pool, ended, told) in [("beta", "staff", 0, 0), ("acme", "none", 0, 0), ("acme", "guests", 1, 1), ("acme", "staff", 2, 3)] {
            let tx = store.begin(at(0)).await.unwrap();
            let here = tx.pool(&tenant_id(tenant), pool);
            assert_eq!(here.revoke_families_of_user("u1", at(0)).await.unwrap(), ended, "{tenant}/{pool}");
            drop(tx);
            let tx = store.begin(at(0)).await.unwrap();
            let here = tx.pool(&tenant_id(tenant), pool);
            assert_eq!(here.revoke_families_of_session("sid1", at(0)).await.unwrap().len(), told, "{tenant}/{pool}");
        }
    }
}
