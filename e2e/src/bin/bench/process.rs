//! The processes that are measured: what they take, and when they are at rest.

use std::fs;
use std::net::SocketAddr;
use std::process::{Child, Command};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cardea_e2e::{eventually, ports};
use tokio::net::TcpStream;

use crate::Outcome;

const PATIENCE: Duration = Duration::from_secs(10);

/// The baseline, killed when dropped.
pub(crate) struct Baseline {
    process: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Baseline {
    /// Starts it; it verifies assertions of the client with this public key.
    pub(crate) async fn start(client_key: &[u8]) -> Outcome<Self> {
        let address = ports::free();
        let program = std::env::current_exe()?.with_file_name("baseline");
        let mut command = Command::new(program);
        command.arg(address.to_string()).arg(URL_SAFE_NO_PAD.encode(client_key));
        let baseline = Self { process: command.spawn()?, address };
        eventually("the baseline", PATIENCE, async || TcpStream::connect(address).await.ok()).await;
        Ok(baseline)
    }
}

impl Drop for Baseline {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Resident memory in MB.
pub(crate) fn resident(pid: u32) -> Outcome<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}

/// Processor time in clock ticks (hundredths of a second).
fn ticks(pid: u32) -> Outcome<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // Behind the name, which may hold spaces: state is the first field, utime and stime the 12th and 13th.
    let fields = stat.rsplit_once(')').ok_or("no stat")?.1.split_whitespace();
    fields.skip(11).take(2).map(|field| Ok(field.parse::<u64>()?)).sum()
}

/// Waits until a process has done what a round left behind (its audit log, say), so that the next round is not charged for it.
pub(crate) async fn at_rest(pid: u32) -> Outcome<()> {
    const WINDOW: Duration = Duration::from_millis(200);
    for _ in 0..50 {
        let before = ticks(pid)?;
        tokio::time::sleep(WINDOW).await;
        if ticks(pid)? <= before + 1 {
            return Ok(());
        }
    }
    Err("ten seconds after a round the server is still busy".into())
}
