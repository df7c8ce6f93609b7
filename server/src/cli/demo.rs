//! `cardea demo`.

use cardea_store::{ConnectOptions, Store};

use super::{Failure, logging};
use crate::app::App;
use crate::bootstrap;
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::demo;

pub(super) fn run(config: impl FnOnce() -> Result<Config, ConfigError>) -> Result<(), Failure> {
    let config = config()?;
    logging::start(&config.log);
    let filled = actix_web::rt::System::new().block_on(fill(config));
    print!("{}", filled.map_err(|error| Failure::Failed(error.to_string()))?);
    Ok(())
}

/// Works beside a running server: it follows the changes in the database.
async fn fill(config: Config) -> Result<String, Box<dyn std::error::Error>> {
    let store = Store::connect(config.database.url.expose(), &ConnectOptions::default()).await?;
    store.migrate().await?;
    let app = App::new(config, store, Clock::system())?;
    bootstrap::run(&app).await?;
    let text = demo::run(&app).await?;
    app.audit.shutdown().await;
    Ok(text)
}
