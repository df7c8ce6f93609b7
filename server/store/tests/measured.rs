//! What is promised about speed, measured: `cargo test --release -p cardea-store -- --ignored --nocapture measured`.

use std::time::{Duration, Instant};

use cardea_protocol::SigningAlg::ES256;
use cardea_protocol::{AuthMethod, GrantType, Status};
use cardea_store::{AuditLog, ClientFilter, KeyState, ListQuery, NewAuditEvent, Outcome, Sort, Store, TokenUse};
use futures_util::future::join_all;

use crate::fixtures::{
    at, client, client_id, client_with, fill,
    grants::{family, found, main, prepare},
    key, register, tenant_id, workspace, workspace_id,
};

fn say(what: &str, store: &Store, count: u32, time: Duration) {
    let each = time.as_secs_f64() / f64::from(count);
    println!("{store:?}: {what}: {count} in {time:.2?}: {:.1} µs each, {:.0}/s", each * 1e6, 1.0 / each);
}

async fn claims(store: &Store, tasks: u32, each: u32) {
    let begun = Instant::now();
    let tasks_done = (0..tasks).map(|task| {
        let store = store.clone();
        tokio::spawn(async move {
            let (tenant, workspace) = (tenant_id("acme"), workspace_id("main"));
            for number in 0..each {
                let mut hash = [0; 32];
                let seed = u64::from(task) << 32 | u64::from(number) | u64::from(tasks) << 48;
                hash[..8].copy_from_slice(&seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
                hash[8..16].copy_from_slice(&seed.to_be_bytes());
                assert!(store.claim_replay(&tenant, &workspace, hash, at(0)).await.unwrap());
            }
        })
    });
    join_all(tasks_done).await.into_iter().for_each(|task| task.unwrap());
    say(&format!("replay claims, {tasks} at once"), store, tasks * each, begun.elapsed());
}

/// Many clients that each refresh again and again: the family is read, and its token replaced.
async fn rotations(store: &Store, tasks: u32, each: u32) {
    let families: Vec<_> = (0..tasks).map(|task| family(&format!("f{tasks}-{task}"))).collect();
    found(store, &families).await;
    let begun = Instant::now();
    let tasks_done = (0..tasks).map(|task| {
        let store = store.clone();
        tokio::spawn(async move {
            let (id, client, workspace) = (format!("f{tasks}-{task}"), client_id("one"), main(&store));
            for number in 0..i64::from(each) {
                let family = workspace.find_family(&id).await.unwrap().unwrap();
                assert_eq!(family.generation, number + 1);
                let idle = family.idle_expires_at;
                assert!(workspace.rotate_family(&id, &client, family.generation, at(number), idle).await.unwrap());
            }
        })
    });
    join_all(tasks_done).await.into_iter().for_each(|task| task.unwrap());
    say(&format!("families read and rotated, {tasks} at once"), store, tasks * each, begun.elapsed());
}

both! {
    #[ignore = "a measurement"]
    async fn family_rotations(db) {
        let store = db.store().await;
        prepare(&store).await;
        rotations(&store, 1, 2000).await;
        rotations(&store, 8, 2000).await;
        rotations(&store, 32, 1000).await;
        rotations(&store, 64, 1000).await;
        rotations(&store, 256, 200).await;
        // And among a hundred thousand others.
        for thousand in 0..100 {
            let many: Vec<_> = (0..1000).map(|number| family(&format!("m{thousand}-{number}"))).collect();
            found(&store, &many).await;
        }
        rotations(&store, 63, 1000).await;
    }

    #[ignore = "a measurement"]
    async fn replay_claims(db) {
        let store = db.store().await;
        claims(&store, 1, 2000).await;
        claims(&store, 32, 1000).await;
        claims(&store, 64, 1000).await;
        claims(&store, 256, 400).await;
    }

    #[ignore = "a measurement"]
    async fn audit_events(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        register(&store, "acme", "main", &[client("one")]).await;
        let log = AuditLog::start(store.clone());
        let (tenant, workspace) = (tenant_id("acme"), workspace_id("main"));
        let mut handing = Duration::ZERO;
        let begun = Instant::now();
        // Less than the queue holds, so that none is dropped.
        let (rounds, each) = (40_u32, 5_000_u32);
        for round in 0..rounds {
            let begun = Instant::now();
            for number in 0..each {
                log.record_success(NewAuditEvent {
                    actor: Some("client:0192f0c1".to_owned()),
                    client_id: Some("0192f0c1-one".to_owned()),
                    ip: Some("192.0.2.1".to_owned()),
                    request_id: Some("0192f0c1c2c3c4c5".to_owned()),
                    token: Some(TokenUse { grant_type: GrantType::ClientCredentials, method: AuthMethod::ClientSecretBasic }),
                    ..NewAuditEvent::new(&tenant, &workspace, at(i64::from(round * each + number)), "token.issued", Outcome::Success)
                });
                log.touch(&tenant, &workspace, &client_id("one"), None, at(i64::from(number)));
            }
            handing += begun.elapsed();
            log.flush().await;
        }
        say("audit events handed over (with a touch)", &store, rounds * each, handing);
        say("audit events written", &store, rounds * each, begun.elapsed());
    }

    #[ignore = "a measurement"]
    async fn lists_of_ten_thousand_clients(db) {
        let store = db.store().await;
        fill(&store, "acme", &["main"]).await;
        for thousand in 0..10_i64 {
            let clients: Vec<_> = (0..1000).map(|number| {
                let id = thousand * 1000 + number;
                let methods = [AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost, AuthMethod::PrivateKeyJwt];
                let method = if id == 5_000 { AuthMethod::TlsClientAuth } else { methods[usize::try_from(id).unwrap() % 3] };
                let mut client = client_with(&format!("c{id}"), method);
                client.created_at = at(id);
                client.last_authenticated_at = (id % 4 > 0).then(|| at(id * 7919 % 10_000));
                client.metadata.client_name = Some(format!("Client {}", id * 7919 % 10_000));
                client.metadata.contacts = vec!["somebody@example.com".to_owned(); 5];
                client.metadata.status = if id % 2_000 == 1_999 { Status::Inactive } else { Status::Active };
                client
            }).collect();
            register(&store, "acme", "main", &clients).await;
        }
        let scoped = store.scoped(&tenant_id("acme"), &workspace_id("main"));
        let (all, method) = (ClientFilter::default(), |method| ClientFilter {
            token_endpoint_auth_method: Some(method),
            ..ClientFilter::default()
        });
        let status = |status| ClientFilter { status: Some(status), ..ClientFilter::default() };
        let grant = |grant| ClientFilter { grant_type: Some(grant), ..ClientFilter::default() };
        let unused = ClientFilter { unused_since: Some(at(100)), ..ClientFilter::default() };
        for (what, filter) in [
            ("all", all),
            ("a common method", method(AuthMethod::ClientSecretBasic)),
            ("a rare method", method(AuthMethod::TlsClientAuth)),
            ("active", status(Status::Active)),
            ("inactive", status(Status::Inactive)),
            ("a common grant", grant(GrantType::ClientCredentials)),
            ("a rare grant", grant(GrantType::RefreshToken)),
            ("unused", unused),
        ] {
            for sort in [Sort::CreatedAt, Sort::Name, Sort::LastUsed] {
                for descending in [false, true] {
                    let query = ListQuery { sort, descending, ..ListQuery::default() };
                    let begun = Instant::now();
                    for _ in 0..20 {
                        scoped.list_clients(&filter, &query).await.unwrap();
                    }
                    say(&format!("{what} by {sort:?}, descending {descending}"), &store, 20, begun.elapsed());
                }
            }
        }
        let query = ListQuery { q: Some("client 99".to_owned()), sort: Sort::Name, ..ListQuery::default() };
        let begun = Instant::now();
        for _ in 0..20 {
            scoped.list_clients(&ClientFilter::default(), &query).await.unwrap();
        }
        say("a search", &store, 20, begun.elapsed());
        let begun = Instant::now();
        for _ in 0..20 {
            scoped.methods_in_use().await.unwrap();
        }
        say("methods in use", &store, 20, begun.elapsed());
    }

    #[ignore = "a measurement"]
    async fn workspaces_made(db) {
        let store = db.store().await;
        fill(&store, "acme", &[]).await;
        let begun = Instant::now();
        let (tasks, each) = (8_u32, 250_u32);
        let made = (0..tasks).map(|task| {
            let store = store.clone();
            tokio::spawn(async move {
                for number in 0..each {
                    let record = workspace("acme", &format!("w{task}-{number}"));
                    let mut tx = store.begin(at(0)).await.unwrap();
                    assert!(tx.insert_workspace(&record).await.unwrap().is_inserted());
                    let scoped = tx.scoped(&record.tenant_id, &record.id);
                    for key in [key("k1", ES256, KeyState::Current), key("k2", ES256, KeyState::Next)] {
                        assert!(scoped.insert_key(&key).await.unwrap().is_inserted());
                    }
                    let event = NewAuditEvent::new(&record.tenant_id, &record.id, at(0), "workspace.created", Outcome::Success);
                    tx.record(event).await.unwrap();
                    tx.changed(&record.tenant_id, &record.id, None);
                    tx.commit().await.unwrap();
                }
            })
        });
        join_all(made).await.into_iter().for_each(|task| task.unwrap());
        say("workspaces made, with two keys, an event and a change", &store, tasks * each, begun.elapsed());
    }
}
