//! The history of Cardea's schema, the same for SQLite and PostgreSQL: a list of changes, each one file (or folder)
//! that is never edited after a release. A change adds before it takes away, so that two versions run side by side.

mod m0001_initial;
mod m0002_trusted_cas;
mod m0003_people;
mod m0004_grants;
mod m0005_registration;
mod m0006_logout_deliveries;
mod m0008_setup_links;
mod m0010_consents_in_time;
mod m0011_console;
mod m0012_statistics;
mod schema;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// Runs every change that a database has not seen yet, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_initial::Migration),
            Box::new(m0002_trusted_cas::Migration),
            Box::new(m0003_people::Migration),
            Box::new(m0004_grants::Migration),
            Box::new(m0005_registration::Migration),
            Box::new(m0006_logout_deliveries::Migration),
            Box::new(m0008_setup_links::Migration),
            Box::new(m0010_consents_in_time::Migration),
            Box::new(m0011_console::Migration),
            Box::new(m0012_statistics::Migration),
        ]
    }
}
