//! Every question the store answers, on SQLite and on PostgreSQL alike.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should say so"
)]

#[macro_use]
mod both;
mod fixtures;

mod audit;
mod changes;
mod codes;
mod consents;
mod deadline;
mod device_codes;
mod expired;
mod families;
mod isolation;
mod isolation_grants;
mod isolation_pools;
mod keys;
mod lists;
mod measured;
mod migrations;
mod pushed_requests;
mod races;
mod records;
mod registration;
mod replays;
mod serving;
mod sessions;
mod statistics;
mod trusted_cas;
mod user_pools;
mod users;
