//! `make bench`: requests per second of the real binary, beside those of an actix handler that only does the unavoidable
//! work (`baseline`), in one run on one machine. Prints a Markdown table.
//!
//! Server, baseline and this generator are processes of their own. Rounds alternate, and the median counts; assertions are
//! signed before the time is taken, and each is used once. One answer that is not a success fails the run.

mod assertions;
mod case;
mod connection;
mod load;
mod process;
mod refresh;
mod sign_in;
mod table;
mod tls;

use std::error::Error;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use cardea_api::path;
use cardea_e2e::{Admin, Cardea, Database, Workspace};
use cardea_protocol::{TenantId, WorkspaceId};
use clap::Parser;

use self::case::Case;
use self::load::{Measured, Plan, Requests};
use self::process::Baseline;
use self::tls::Tls;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Parser)]
struct Options {
    /// Seconds of each measured round.
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Measured rounds of each server; the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Connections, each with one request under way.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Only this method.
    #[arg(long)]
    method: Option<String>,
    /// On the PostgreSQL of CARDEA_TEST_POSTGRES_URL instead of SQLite.
    #[arg(long)]
    postgres: bool,
}

const WARM_UP: Duration = Duration::from_secs(2);
/// What a warm-up has at hand where each request is used once; the rounds after it know better.
const FIRST_GUESS: f64 = 8_000.0;

/// One of the two servers under one kind of load.
struct Side {
    server: SocketAddr,
    is_baseline: bool,
    per_second: f64,
    answered: usize,
    rounds: Vec<Measured>,
}

impl Side {
    fn new(server: SocketAddr, is_baseline: bool) -> Self {
        Self { server, is_baseline, per_second: FIRST_GUESS, answered: 0, rounds: Vec::new() }
    }

    async fn round(&mut self, case: &Case, connections: usize, duration: Duration) -> Outcome<Measured> {
        let count = if case.is_once() { self.per_second * 1.3 * duration.as_secs_f64() } else { 0.0 };
        let requests = case.requests(self.server, self.is_baseline, count as usize)?;
        let tls = case.tls.clone().filter(|_| !self.is_baseline);
        let plan = Plan { server: self.server, tls, reconnects: false, connections, duration, status: 200 };
        let measured = load::run(plan, requests).await.map_err(|error| format!("{}: {error}", case.method))?;
        self.per_second = measured.per_second;
        self.answered += measured.answered;
        Ok(measured)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let options = Options::parse();
    let database = if options.postgres { Database::Postgres } else { Database::Sqlite };
    let mut cardea = Cardea::start(database).await;
    cardea.terminate().await;
    let began = Instant::now();
    cardea.restart().await;
    let start = table::Start { ready: began.elapsed(), resident: process::resident(cardea.pid())? };

    let admin = cardea.admin().await;
    let workspace = Workspace::with_service(&admin).await;
    let mut cases = Case::all(&admin, &workspace).await?;
    let client_key = cases.iter().find_map(Case::public_point).ok_or("no client has a key")?;
    let baseline = Baseline::start(client_key).await?;
    cases.extend(Case::by_certificate(&admin, &workspace, &cardea.development_certificate()).await?);
    let at: SocketAddr = cardea.url("").trim_start_matches("http://").parse()?;

    table::head(&options)?;
    let mut tokens = 0;
    let wanted = |case: &&Case| options.method.as_deref().is_none_or(|method| method == case.method);
    for case in cases.iter().filter(wanted) {
        let server = if case.tls.is_some() { cardea.mtls_address() } else { at };
        let mut sides = [Side::new(baseline.address, true), Side::new(server, false)];
        compare(case, &mut sides, &options, cardea.pid()).await?;
        tokens += sides.iter().filter(|side| !side.is_baseline).map(|side| side.answered).sum::<usize>();
        let [theirs, ours] = sides.map(|side| load::median(side.rounds));
        table::row(case, &ours?, &theirs?);
    }
    let discovery = workspace.at("", "/.well-known/openid-configuration");
    let get = format!("GET {discovery} HTTP/1.1\r\nhost: localhost\r\n\r\n").into_bytes();
    let plan = Plan {
        server: at,
        tls: None,
        reconnects: false,
        connections: options.connections,
        duration: WARM_UP,
        status: 200,
    };
    table::alone("discovery", &load::run(plan.clone(), Requests::Same(get)).await?, None);
    handshakes(&cardea, &cases, &plan).await?;
    let refreshing = refresh::Refreshing::prepare(&cardea, &admin, &workspace, options.connections).await?;
    let authorization = refreshing.authorization()?;
    let refreshed = refreshing.run(at, Duration::from_secs(options.seconds)).await?;
    table::alone("`refresh_token`, rotated each time", &refreshed, Some(3_000.0));
    signing_in(&authorization, &cases, &plan).await?;
    let plan = Plan { connections: 8, status: 201, ..plan };
    table::alone("creating workspaces", &load::run(plan, creation(&admin, &workspace)).await?, Some(300.0));
    process::at_rest(cardea.pid()).await?;
    let dropped = dropped_events(&admin).await;
    table::end(&start, process::resident(cardea.pid())?, (dropped, tokens));
    Ok(())
}

/// Whole handshakes, each with one request behind it: with a certificate and a token, and without either.
async fn handshakes(cardea: &Cardea, cases: &[Case], plan: &Plan) -> Outcome<()> {
    let server = cardea.mtls_address();
    let case = cases.iter().find(|case| case.method == "tls_client_auth").ok_or("no client has a certificate")?;
    let plan = |tls| Plan { server, tls, reconnects: true, ..plan.clone() };
    let with = load::run(plan(case.tls.clone()), case.requests(server, false, 0)?).await?;
    let get = b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n".to_vec();
    let tls = Tls::new(&cardea.development_certificate(), None)?;
    let without = load::run(plan(Some(tls)), Requests::Same(get)).await?;
    table::alone("TLS 1.3 handshakes without a certificate", &without, None);
    table::alone("mTLS handshakes, each with a `tls_client_auth` token request", &with, None);
    Ok(())
}

/// Sign-ins beside the slow hashes that the machine can compute, and token requests while people sign in.
async fn signing_in(authorization: &str, cases: &[Case], plan: &Plan) -> Outcome<()> {
    let case = cases.iter().find(|case| case.method == "client_secret_post").ok_or("no client has a secret")?;
    let plan = Plan { duration: sign_in::DURATION, ..plan.clone() };
    let requests = || case.requests(plan.server, false, 0);
    let bound = sign_in::slow_hashes()?;
    let signed_in = sign_in::run(authorization).await?;
    let alone = load::run(plan.clone(), requests()?).await?;
    let both = async { tokio::try_join!(load::run(plan.clone(), requests()?), sign_in::run(authorization)) };
    let (meanwhile, signed_in_meanwhile) = both.await?;
    table::beside("signing in by password, 16 people at once", &signed_in, (bound, "argon2id alone"), None);
    table::beside("`client_secret_post` meanwhile", &meanwhile, (alone.per_second, "nobody signing in"), None);
    table::beside("signing in meanwhile", &signed_in_meanwhile, (bound, "argon2id alone"), None);
    Ok(())
}

/// Warms both up, then measures them in turn.
async fn compare(case: &Case, sides: &mut [Side; 2], options: &Options, pid: u32) -> Outcome<()> {
    for side in &mut *sides {
        side.round(case, options.connections, WARM_UP).await?;
    }
    for _ in 0..options.rounds {
        for side in &mut *sides {
            process::at_rest(pid).await?;
            let measured = side.round(case, options.connections, Duration::from_secs(options.seconds)).await?;
            side.rounds.push(measured);
        }
    }
    Ok(())
}

/// One more workspace, with an id of the server's choice.
fn creation(admin: &Admin, workspace: &Workspace) -> Requests {
    let body = r#"{"name":"One of many"}"#;
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n",
        path::workspaces(&workspace.tenant),
        admin.token(),
    );
    Requests::Same(format!("{head}content-length: {}\r\n\r\n{body}", body.len()).into_bytes())
}

/// Success events that the audit log had no room for: it never holds a token up, and says in an event of its own how many.
async fn dropped_events(admin: &Admin) -> u64 {
    let platform = Workspace { tenant: TenantId::system(), id: WorkspaceId::admin(), issuer: String::new() };
    let events = admin.audit_events(&platform, "?type=audit.events_dropped").await;
    events.iter().filter_map(|event| event.detail.as_ref()?.get("count")?.as_u64()).sum()
}
