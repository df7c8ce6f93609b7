//! `cardea setup-url`: another link to the page where an administrator is made, for whoever has the machine.

use cardea_store::{ConnectOptions, Store};

use super::{Failure, logging};
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::{bootstrap, setup};

pub(super) fn run(config: impl FnOnce() -> Result<Config, ConfigError>) -> Result<(), Failure> {
    let config = config()?;
    logging::start(&config.log);
    let link = actix_web::rt::System::new().block_on(link(config));
    println!("{}", link.map_err(|error| Failure::Failed(error.to_string()))?);
    eprintln!("Good once, for {} hours. Links that were printed before have ended.", setup::HOURS);
    Ok(())
}

/// Works beside a running server: it asks the database for each link.
async fn link(config: Config) -> Result<String, Box<dyn std::error::Error>> {
    let store = Store::connect(config.database.url.expose(), &ConnectOptions::default()).await?;
    store.migrate().await?;
    let app = App::new(config, store, Clock::system())?;
    bootstrap::run(&app).await?;
    let link = setup::new_link(&app).await?;
    app.audit.shutdown().await;
    Ok(link)
}
