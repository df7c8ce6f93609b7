//! A database that takes what is sent and answers nothing is one that is away: nobody waits for it for long.

use std::time::{Duration, Instant};

use cardea_store::{ConnectOptions, Store};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

use crate::{
    both::on_postgres,
    fixtures::{at, fill, tenant_id, workspace_id},
};

/// Passes on to a server what comes, until it falls silent: what is connected then stays so and is never answered again.
async fn mute(server: String) -> (u16, watch::Sender<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (silence, silent) = watch::channel(false);
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let (server, silent) = (server.clone(), silent.clone());
            tokio::spawn(async move {
                let mut far = TcpStream::connect(server).await.unwrap();
                tokio::select! {
                    _ = copy_bidirectional(&mut near, &mut far) => {}
                    () = fallen(silent) => std::future::pending().await,
                }
            });
        }
    });
    (port, silence)
}

async fn fallen(mut silent: watch::Receiver<bool>) {
    let _ = silent.wait_for(|silent| *silent).await;
}

async fn unavailable<T>(call: impl Future<Output = Result<T, cardea_store::StoreError>>) {
    let begun = Instant::now();
    assert!(call.await.err().unwrap().is_unavailable());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_server_holds_nobody_and_is_heard_again() {
    on_postgres(|db| async move {
        fill(&db.store().await, "acme", &["main"]).await;
        let (credentials, rest) = db.url.rsplit_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let (port, silence) = mute(server.to_owned()).await;
        let url = format!("{credentials}@127.0.0.1:{port}/{name}");
        let options = ConnectOptions { max_connections: 3, answer_within: Duration::from_millis(500) };
        let store = Store::connect(&url, &options).await.unwrap();
        let (tenant, workspace) = (tenant_id("acme"), workspace_id("main"));
        assert!(store.find_tenant(&tenant).await.unwrap().is_some());
        let begin = async || store.begin(at(0)).await.unwrap();
        // Every connection there may be.
        let open = [begin().await, begin().await, begin().await];

        silence.send(true).unwrap();
        for tx in open {
            unavailable(tx.scoped(&tenant, &workspace).key_ring(at(0))).await;
        }
        for round in 0..3 {
            unavailable(store.find_tenant(&tenant)).await;
            unavailable(store.begin(at(0))).await;
            unavailable(store.claim_replay(&tenant, &workspace, [round; 32], at(0))).await;
        }
        unavailable(store.ping()).await;

        // Connections that did not answer are given up, so there is room for such as do.
        silence.send(false).unwrap();
        tokio::time::sleep(Duration::from_secs(1)).await;
        for round in 10..20 {
            assert!(store.find_tenant(&tenant).await.unwrap().is_some());
            assert!(store.claim_replay(&tenant, &workspace, [round; 32], at(0)).await.unwrap());
        }
        store.begin(at(0)).await.unwrap().commit().await.unwrap();
    })
    .await;
}
