//! The table, row by row as the figures come.

use std::thread;
use std::time::Duration;

use crate::case::Case;
use crate::load::Measured;
use crate::{Options, Outcome};

/// What the start showed, before any load.
pub(crate) struct Start {
    /// From the command to `/health/ready`, with the database there already.
    pub(crate) ready: Duration,
    /// Resident memory in MB.
    pub(crate) resident: f64,
}

/// What was measured how, and the head.
pub(crate) fn head(options: &Options) -> Outcome<()> {
    let database = if options.postgres { "PostgreSQL" } else { "SQLite" };
    let cores = thread::available_parallelism()?;
    let Options { seconds, rounds, connections, .. } = options;
    println!("{database}, {cores} cores shared by server and generator, {connections} connections,");
    println!(
        "median of {rounds} rounds of {seconds} s each; the baseline is an actix handler that parses the form and"
    );
    println!("signs (for `private_key_jwt`: verifies and signs).");
    println!();
    println!("| | requests/s | p99 | beside/s | ratio | target |");
    println!("|---|--:|--:|--:|--:|--:|");
    Ok(())
}

/// A method beside its baseline.
pub(crate) fn row(case: &Case, ours: &Measured, theirs: &Measured) {
    beside(&format!("`{}`", case.method), ours, (theirs.per_second, case.baseline.1), case.target);
}

/// A figure beside another of that name; its target is a ratio.
pub(crate) fn beside(what: &str, measured: &Measured, (other, name): (f64, &str), target: Option<f64>) {
    let ratio = measured.per_second / other;
    let target = target.map_or_else(|| "–".to_owned(), |target| format!("≥ {target:.2}"));
    println!(
        "| {what} | {:.0} | {} | {other:.0} ({name}) | {ratio:.2} | {target} |",
        measured.per_second,
        milliseconds(measured.p99),
    );
}

/// A figure that has no baseline; its target is an amount a second.
pub(crate) fn alone(what: &str, measured: &Measured, target: Option<f64>) {
    let target = target.map_or_else(|| "–".to_owned(), |target| format!("≥ {target:.0}/s"));
    println!("| {what} | {:.0} | {} | – | – | {target} |", measured.per_second, milliseconds(measured.p99));
}

/// Time and memory, and how many of the tokens' audit events were dropped.
pub(crate) fn end(start: &Start, resident_after: f64, (dropped, tokens): (u64, usize)) {
    println!();
    println!("| | measured | target |");
    println!("|---|--:|--:|");
    println!("| start until ready | {} | < 1 s |", milliseconds(start.ready));
    println!("| resident memory, idle | {:.0} MB | < 60 MB |", start.resident);
    println!("| resident memory, after all this | {resident_after:.0} MB | – |");
    println!("| success events dropped at full load | {dropped} of {tokens} | – |");
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
