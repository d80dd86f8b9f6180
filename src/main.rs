//! Parse, run, print, exit.

use std::io::Write as _;
use std::process::ExitCode;

/// Gives memory back between reading and reporting, which the allocator of the system does not.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    maatstaf::cli::install_signals();
    let outcome = maatstaf::cli::run_guarded(std::env::args_os());
    // A reader that has gone away (a pipe into `head`) is no error.
    drop(std::io::stdout().write_all(outcome.text.as_bytes()));
    drop(std::io::stderr().write_all(outcome.notes.as_bytes()));
    ExitCode::from(outcome.exit as u8)
}
