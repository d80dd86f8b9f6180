//! Exit codes, and errors that carry one.

use std::fmt::Write as _;

use crate::disclosure::Onbeveiligd;
use crate::metrics::QueryError;
use crate::run::Interrupted;

/// How a run ended; the number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Something inside the program or on the disk went wrong.
    Internal = 1,
    /// The command or a definition is wrong.
    Usage = 2,
    /// No input could be read.
    Input = 3,
    /// Done, with more rejects than the threshold.
    Rejects = 4,
    /// The accounts do not close.
    Open = 5,
    /// What was asked may not be shown to those for whom it was asked.
    Refused = 6,
    /// A report does not follow from its files any more.
    Verify = 7,
    /// The user interrupted.
    Interrupted = 130,
}

/// An error with its exit code.
#[derive(Debug)]
pub struct Fault {
    /// How the run ended.
    pub exit: Exit,
    /// What went wrong, in Dutch; causes below it may be technical.
    pub error: anyhow::Error,
}

impl Fault {
    /// An error with the code it ends with; an interruption has its own.
    pub fn new(exit: Exit, error: anyhow::Error) -> Self {
        let exit = match exit {
            _ if error.is::<Interrupted>() => Exit::Interrupted,
            _ if error.is::<Onbeveiligd>() => Exit::Refused,
            exit => exit,
        };
        Self { exit, error }
    }

    /// A definition that is wrong; what an engine said of it stays behind the message, for `-v`.
    pub fn definition(error: QueryError) -> Self {
        let error = match error.detail.clone() {
            Some(detail) => anyhow::anyhow!(detail).context(error),
            None => error.into(),
        };
        Self { exit: Exit::Usage, error }
    }

    /// A fault of the user's own words.
    pub fn usage(text: String) -> Self {
        Self { exit: Exit::Usage, error: anyhow::anyhow!(text) }
    }

    /// One message; with the technical causes when asked.
    pub fn message(&self, is_verbose: bool) -> String {
        let mut out = format!("FOUT  {}\n", self.error);
        if is_verbose {
            for cause in self.error.chain().skip(1) {
                writeln!(out, "      oorzaak: {cause}").expect("a String takes any text");
            }
        }
        out
    }
}

/// Gives a result an exit code.
pub(crate) trait OrExit<T> {
    /// The code with which the run ends when this is an error.
    fn or_exit(self, exit: Exit) -> Result<T, Fault>;
}

impl<T> OrExit<T> for anyhow::Result<T> {
    fn or_exit(self, exit: Exit) -> Result<T, Fault> {
        self.map_err(|error| Fault::new(exit, error))
    }
}
