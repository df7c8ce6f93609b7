//! Starting, listening, and stopping without losing what was promised.

use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App as ActixApp, HttpServer};
use cardea_store::{ConnectOptions, Store};
use tokio::task::JoinHandle;

use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::http::client_certificate;
use crate::http::request_id::name_requests;
use crate::tls::listeners::Listeners;
use crate::{bootstrap, follower, jobs, logout_delivery, mail, routes, setup};

/// A head has to arrive within this time, so that slow senders hold no connection for free.
const HEAD_PATIENCE: Duration = Duration::from_secs(5);
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// Requests under way may end within this many seconds of the signal to stop.
const SHUTDOWN: u64 = 20;
/// Letters that wait may be sent within this time after the last request.
const LAST_LETTERS: Duration = Duration::from_secs(5);

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// When the database, the master key or an address cannot be had.
pub fn serve(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    actix_web::rt::System::new().block_on(run(config))
}

/// Brings the database to this version's schema.
///
/// # Errors
/// When the database cannot be had or a migration fails.
pub fn migrate(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    actix_web::rt::System::new().block_on(async {
        let store = Store::connect(config.database.url.expose(), &ConnectOptions::default()).await?;
        store.migrate().await?;
        Ok(())
    })
}

async fn run(config: Config) -> Result<(), Box<dyn std::error::Error>> {
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let store = Store::connect(config.database.url.expose(), &ConnectOptions::default()).await?;
    let _serving = store.claim_exclusive_serving()?.ok_or(
        "another process serves from this SQLite database; several nodes need PostgreSQL (CARDEA_DATABASE__URL)",
    )?;
    store.migrate().await?;
    let (listen, ops_listen) = (config.listen, config.ops_listen);
    let app = Arc::new(App::new(config, store, Clock::system())?);
    bootstrap::run(&app).await?;
    let setup_link = setup::link_of_start(&app).await?;
    let following = tokio::spawn(follower::follow(app.clone()));
    let clearing = tokio::spawn(jobs::clear_expired(app.clone()));
    let delivering = actix_web::rt::spawn(logout_delivery::deliver(app.clone()));
    let mailing = tokio::spawn(mail::deliver(app.clone()));

    let data = Data::from(app.clone());
    let public = HttpServer::new({
        let data = data.clone();
        move || ActixApp::new().app_data(data.clone()).wrap(from_fn(name_requests)).configure(routes::public)
    })
    .client_request_timeout(HEAD_PATIENCE)
    .keep_alive(KEEP_ALIVE)
    .shutdown_timeout(SHUTDOWN)
    .on_connect(client_certificate::keep);
    let mut listeners = Listeners::prepare(&app.config, &app.clock)?;
    let public = match listeners.main.take() {
        Some(tls) => public.bind_rustls_0_23(listen, tls),
        None => public.bind(listen),
    }
    .map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    let public = match listeners.mtls.take() {
        Some((listen, tls)) => public.bind_rustls_0_23(listen, tls).map_err(|error| {
            format!("cannot listen on {listen} for client certificates: {error}; CARDEA_MTLS__LISTEN names another address, or `off`")
        })?,
        None => public,
    };
    let operations = HttpServer::new(move || ActixApp::new().app_data(data.clone()).configure(routes::operations))
        .workers(1)
        .disable_signals()
        .bind(ops_listen)
        .map_err(|error| format!("cannot listen on {ops_listen}: {error}"))?;
    for (address, scheme) in public.addrs_with_scheme() {
        tracing::info!("listening on {scheme}://{address}");
    }
    where_to_go(&app, setup_link.as_deref());
    let operations = operations.run();
    let operations_handle = operations.handle();
    let operating = tokio::spawn(operations);
    let served = public.run().await;

    operations_handle.stop(false).await;
    operating.abort();
    following.abort();
    clearing.abort();
    delivering.abort();
    last_letters(&app, mailing).await;
    app.audit.shutdown().await;
    tracing::info!("stopped");
    Ok(served?)
}

/// Waits until the letters that wait are sent, or long enough.
async fn last_letters(app: &App, mut mailing: JoinHandle<()>) {
    app.mail.iter().for_each(mail::Mail::stop);
    if tokio::time::timeout(LAST_LETTERS, &mut mailing).await.is_err() {
        mailing.abort();
        tracing::warn!("letters that could not be sent in time are lost");
    }
}

/// What somebody who has just started the server does next.
fn where_to_go(app: &App, setup_link: Option<&str>) {
    let url = app.public_url();
    tracing::info!("known to the world as {url}");
    if let Some(mtls) = app.config.mtls.published_url() {
        tracing::info!("client certificates are taken at {mtls}");
    }
    tracing::info!("the management API describes itself at {url}/api/v1/openapi.json");
    if let Some(client) = &app.config.bootstrap.client {
        tracing::info!("client {} gets tokens for it at {url}/system/admin/oauth2/token", client.client_id);
    }
    if let Some(link) = setup_link {
        tracing::info!("nobody administers it yet; `cardea demo` makes something to try out");
        // Not into the log, which is kept, and read by many.
        println!(
            "Make the first administrator here, within {} hours (`cardea setup-url` prints another link):\n{link}",
            setup::HOURS
        );
    }
}
