//! The process: its allocator, its provider of cryptography, and the command line.

use std::process::ExitCode;

/// glibc's allocator keeps what a burst of requests took.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // The one provider in the process. It fails only where one is installed already, and this is the first line that runs.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    cardea::cli::run()
}
