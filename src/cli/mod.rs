//! The command line: words of the user → a job, outcome → text and exit code. No rules.

mod aanvullen;
mod args;
mod controleer;
mod fault;
mod gelezen;
mod herkomst;
mod job;
mod lees;
mod oefenregio;
mod overzicht;
mod progress;
mod rapport;
mod regio;
mod scherm;
mod uitleg;
mod usage;
mod vouwen;
mod vraag;
mod verifieer;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};

use clap::{CommandFactory as _, Parser as _};

use crate::cli::args::{Cli, Command};
pub use crate::cli::fault::{Exit, Fault};
pub use crate::cli::job::install_signals;
use crate::findings::Chapter;

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

/// Runs the program as [`run`] does. A mistake in the program itself ends in Dutch too; the words of a library are for
/// those who ask for them.
pub fn run_guarded(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let arguments: Vec<_> = arguments.into_iter().collect();
    if !is_verbose(&arguments) {
        std::panic::set_hook(Box::new(|_| ()));
    }
    guarded(|| run(arguments))
}

fn guarded(run: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Outcome {
        text: String::new(),
        notes: "FOUT  er ging iets mis in maatstaf zelf; er is niets half achtergebleven\n      \
            meld het aan de makers, met wat dezelfde opdracht met -v toont\n"
            .to_owned(),
        exit: Exit::Internal,
    })
}

fn is_verbose(arguments: &[OsString]) -> bool {
    arguments.iter().any(|a| a == "-v" || a == "--uitgebreid")
}

/// Runs the program with these arguments (the first is its name). Nothing is printed here.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let arguments: Vec<_> = arguments.into_iter().collect();
    // Asked by the scripts of `aanvullen`; not for people, and its words may look like options.
    if arguments.get(1).is_some_and(|word| word == aanvullen::VRAAG) {
        return aanvullen::waarden(&arguments[2..]);
    }
    let is_verbose = is_verbose(&arguments);
    let command = given_command(&arguments);
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return not_parsed(&error, &command),
    };
    let result = match cli.command {
        Command::Rapport(args) => rapport::run(&args, None),
        Command::Verdeling(args) => rapport::run(&args, Some(Chapter::Zorgcoordinatie)),
        Command::Vraag(opties) => vraag::run(opties),
        Command::Lees(args) => lees::run(&args),
        Command::Controleer(args) => controleer::run(&args),
        Command::Oefenregio(args) => oefenregio::run(&args),
        Command::Uitleg(args) => uitleg::run(&args),
        Command::Regio(args) => regio::run(&args),
        Command::Aanvullen(args) => aanvullen::run(&args),
        Command::Herkomst(args) => herkomst::run(&args),
        Command::Verifieer(args) => verifieer::run(&args),
    };
    let outcome = result.unwrap_or_else(|fault| Outcome {
        text: String::new(),
        notes: fault.message(is_verbose),
        exit: fault.exit,
    });
    Outcome { notes: vouwen::notes(outcome.notes), ..outcome }
}

/// The command that was given, with a space behind it; empty when there is none of that name.
fn given_command(arguments: &[OsString]) -> String {
    let known = |word: &&OsString| {
        word.to_str().is_some_and(|word| Cli::command().find_subcommand(word).is_some())
    };
    let given = arguments.get(1).filter(known).map(|word| format!("{} ", word.display()));
    given.unwrap_or_default()
}

fn not_parsed(error: &clap::Error, command: &str) -> Outcome {
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
            notes: format!("FOUT  {}\n", usage::message(error, command)),
            exit: Exit::Usage,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_of_our_own_is_told_in_dutch() {
        let outcome = guarded(|| panic!("index out of bounds"));
        assert_eq!(outcome.exit, Exit::Internal);
        assert!(outcome.notes.starts_with("FOUT  er ging iets mis"), "{}", outcome.notes);
        assert!(!outcome.notes.contains("index"));
    }
}
