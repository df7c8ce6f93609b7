//! The process: its allocator, its provider of cryptography, and the command line.

use std::process::ExitCode;

/// glibc's allocator keeps what a burst of requests took.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // The allocator asks for large pages, and then a few bytes keep two megabytes resident: 72 MB at rest in place of 40.
    // Elsewhere than on Linux, and where it is not permitted, nothing is lost but that.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    // The one provider in the process. It fails only where one is installed already, and this is the first line that runs.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    cardea::cli::run()
}
