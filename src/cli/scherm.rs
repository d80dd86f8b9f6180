//! How wide the screen is, and whether it takes colour.

use std::ffi::OsString;
use std::io::IsTerminal as _;

use clap::ValueEnum;

use crate::report::antwoord::Scherm;

/// Columns of a terminal that does not tell.
const USUAL: usize = 80;

/// Wanneer het antwoord kleur krijgt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Kleur {
    /// Alleen op een scherm dat het aankan
    #[default]
    Auto,
    /// Ook in een bestand
    Altijd,
    /// Nooit
    Nooit,
}

/// What the surroundings say of colour.
#[derive(Debug, Clone, Copy)]
struct Surroundings {
    is_terminal: bool,
    /// `NO_COLOR` is set and not empty (no-color.org).
    no_color: bool,
    /// The terminal reads what steers it.
    is_steered: bool,
}

/// The screen to which results go.
pub(crate) fn scherm(kleur: Kleur) -> Scherm {
    let stdout = std::io::stdout();
    let is_terminal = stdout.is_terminal();
    let filled = |name: &str| told(name).is_some();
    let surroundings = Surroundings {
        is_terminal,
        no_color: filled("NO_COLOR"),
        // The old console of Windows prints the signs of colour as letters; the newer ones name themselves.
        is_steered: if cfg!(windows) {
            filled("WT_SESSION") || filled("TERM") || filled("ANSICON")
        } else {
            told("TERM").is_some_and(|term| term != "dumb")
        },
    };
    let width = terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0));
    Scherm {
        breedte: is_terminal.then(|| width.filter(|width| *width > 0).unwrap_or(USUAL)),
        kleur: is_coloured(kleur, surroundings),
    }
}

/// What a terminal tells of itself; empty is nothing.
#[allow(clippy::disallowed_methods, reason = "a terminal has no other way to say what it takes")]
fn told(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// What the user asks goes before what the surroundings say.
fn is_coloured(kleur: Kleur, of: Surroundings) -> bool {
    match kleur {
        Kleur::Altijd => true,
        Kleur::Nooit => false,
        Kleur::Auto => of.is_terminal && !of.no_color && of.is_steered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_a_terminal_that_takes_it_unless_the_user_says_otherwise() {
        let plain = Surroundings { is_terminal: true, no_color: false, is_steered: true };
        assert!(is_coloured(Kleur::Auto, plain));
        for not in [
            Surroundings { is_terminal: false, ..plain },
            Surroundings { no_color: true, ..plain },
            Surroundings { is_steered: false, ..plain },
        ] {
            assert!(!is_coloured(Kleur::Auto, not), "{not:?}");
            assert!(is_coloured(Kleur::Altijd, not));
        }
        assert!(!is_coloured(Kleur::Nooit, plain));
    }
}
