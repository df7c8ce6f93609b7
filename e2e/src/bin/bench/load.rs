//! Load: a number of connections that each ask again as soon as they are answered.

use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::{JoinSet, LocalSet};

use crate::Outcome;
use crate::connection::Connection;
use crate::tls::Tls;

/// The requests of one round.
pub(crate) enum Requests {
    /// The same one over and over.
    Same(Vec<u8>),
    /// Each once; the round ends early when they are used up.
    Once(Vec<Vec<u8>>, AtomicUsize),
}

impl Requests {
    /// Each once.
    pub(crate) fn once(requests: Vec<Vec<u8>>) -> Self {
        Self::Once(requests, AtomicUsize::new(0))
    }

    fn next(&self) -> Option<&[u8]> {
        match self {
            Self::Same(request) => Some(request),
            Self::Once(requests, used) => requests.get(used.fetch_add(1, Ordering::Relaxed)).map(Vec::as_slice),
        }
    }
}

/// Where, with how much at once, for how long, and which status is the right one.
#[derive(Clone)]
pub(crate) struct Plan {
    /// The server.
    pub(crate) server: SocketAddr,
    /// How it is spoken to, where that is TLS.
    pub(crate) tls: Option<Tls>,
    /// Whether each request has a connection of its own, with a whole handshake.
    pub(crate) reconnects: bool,
    /// Connections, each with one request under way.
    pub(crate) connections: usize,
    /// How long.
    pub(crate) duration: Duration,
    /// Anything else fails the benchmark.
    pub(crate) status: u16,
}

/// What a round showed.
pub(crate) struct Measured {
    /// Requests answered.
    pub(crate) answered: usize,
    /// Requests answered in a second.
    pub(crate) per_second: f64,
    /// The time within which 99 of 100 were answered.
    pub(crate) p99: Duration,
}

/// Runs one round.
pub(crate) async fn run(plan: Plan, requests: Requests) -> Outcome<Measured> {
    let requests = Rc::new(requests);
    let mut connections = Vec::new();
    for _ in 0..plan.connections {
        connections.push(Connection::open(plan.server, plan.tls.as_ref()).await?);
    }
    let asking = |connection, until| ask(connection, requests.clone(), plan.clone(), until);
    at_once(connections, plan.duration, asking).await
}

/// Starts one task for each of `these`, all at the same time, and measures them together; a task is told until when it may begin
/// something, and answers how many microseconds each thing took.
pub(crate) async fn at_once<T, F: Future<Output = Outcome<Vec<u32>>> + 'static>(
    these: impl IntoIterator<Item = T>,
    duration: Duration,
    task: impl Fn(T, Instant) -> F,
) -> Outcome<Measured> {
    let local = LocalSet::new();
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for this in these {
        tasks.spawn_local_on(task(this, began + duration), &local);
    }
    let all = async {
        let mut times = Vec::new();
        while let Some(done) = tasks.join_next().await {
            times.extend(done??);
        }
        Outcome::Ok(times)
    };
    let times = local.run_until(all).await?;
    Measured::of(times, began.elapsed())
}

impl Measured {
    /// Of requests that took so many microseconds each, all of them together `elapsed`.
    fn of(mut times: Vec<u32>, elapsed: Duration) -> Outcome<Self> {
        times.sort_unstable();
        let p99 = times.get(times.len() * 99 / 100).copied().ok_or("nothing was answered")?;
        Ok(Self {
            answered: times.len(),
            per_second: times.len() as f64 / elapsed.as_secs_f64(),
            p99: Duration::from_micros(p99.into()),
        })
    }
}

/// Asks until the time or the requests are used up, and answers how many microseconds each took.
async fn ask(mut connection: Connection, requests: Rc<Requests>, plan: Plan, until: Instant) -> Outcome<Vec<u32>> {
    let mut times = Vec::new();
    let mut now = Instant::now();
    while now < until {
        let Some(request) = requests.next() else { break };
        if plan.reconnects {
            connection = Connection::open(plan.server, plan.tls.as_ref()).await?;
        }
        let answer = connection.exchange(request).await?;
        if answer.status != plan.status {
            let body = String::from_utf8_lossy(answer.body);
            return Err(format!("answered {} instead of {}: {body}", answer.status, plan.status).into());
        }
        let answered = Instant::now();
        times.push(u32::try_from((answered - now).as_micros())?);
        now = answered;
    }
    Ok(times)
}

/// The one in the middle.
pub(crate) fn median(mut rounds: Vec<Measured>) -> Outcome<Measured> {
    rounds.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
    let middle = rounds.len() / 2;
    rounds.into_iter().nth(middle).ok_or_else(|| "no round was run".into())
}
