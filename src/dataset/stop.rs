//! The wish of the user to stop, looked at between two pieces of work.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;

/// The user pressed Ctrl-C.
#[derive(Debug)]
pub struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("onderbroken; er is niets half achtergebleven")
    }
}

impl std::error::Error for Interrupted {}

/// Between two pieces of work: ends the run when the user wants it.
///
/// # Errors
/// [`Interrupted`] when `stop` is set.
pub fn check_stop(stop: &AtomicBool) -> Result<()> {
    if stop.load(Ordering::Relaxed) {
        return Err(Interrupted.into());
    }
    Ok(())
}
