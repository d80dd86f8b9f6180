//! Parse, run, print, exit.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    maatstaf::cli::install_signals();
    let outcome = maatstaf::cli::run(std::env::args_os());
    // A reader that has gone away (a pipe into `head`) is no error.
    drop(std::io::stdout().write_all(outcome.text.as_bytes()));
    drop(std::io::stderr().write_all(outcome.notes.as_bytes()));
    ExitCode::from(outcome.exit as u8)
}
