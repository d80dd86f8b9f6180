//! The command line: words of the user → a job, outcome → text and exit code. No rules.

mod args;
mod controleer;
mod fault;
mod job;
mod lees;
mod oefenregio;
mod overzicht;
mod progress;
mod rapport;
mod regio;
mod uitleg;
mod usage;

use clap::Parser as _;

use crate::cli::args::{Cli, Command};
pub use crate::cli::fault::{Exit, Fault};
pub use crate::cli::job::install_signals;

/// What a command leaves: text for stdout, and how it ended.
#[derive(Debug)]
pub struct Outcome {
    /// Results, for stdout.
    pub text: String,
    /// Notes, for stderr.
    pub notes: String,
    /// How it ended.
    pub exit: Exit,
}

/// Runs the program with these arguments (the first is its name). Nothing is printed here.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> Outcome {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let is_verbose = arguments.iter().any(|a| a == "-v" || a == "--uitgebreid");
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return not_parsed(&error),
    };
    let result = match cli.command {
        Command::Rapport(args) => rapport::run(&args),
        Command::Lees(args) => lees::run(&args),
        Command::Controleer(args) => controleer::run(&args),
        Command::Oefenregio(args) => oefenregio::run(&args),
        Command::Uitleg(args) => uitleg::run(&args),
        Command::Regio(args) => regio::run(&args),
    };
    result.unwrap_or_else(|fault| Outcome {
        text: String::new(),
        notes: fault.message(is_verbose),
        exit: fault.exit,
    })
}

fn not_parsed(error: &clap::Error) -> Outcome {
    use clap::error::ErrorKind::{
        DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion,
    };
    match error.kind() {
        DisplayHelp | DisplayVersion => {
            Outcome { text: error.render().to_string(), notes: String::new(), exit: Exit::Done }
        }
        DisplayHelpOnMissingArgumentOrSubcommand => {
            Outcome { text: String::new(), notes: error.render().to_string(), exit: Exit::Usage }
        }
        _ => Outcome {
            text: String::new(),
            notes: format!("FOUT  {}\n", usage::message(error)),
            exit: Exit::Usage,
        },
    }
}
