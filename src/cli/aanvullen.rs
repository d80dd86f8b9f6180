//! `maatstaf aanvullen`: a script with which a shell completes what is typed, and the answers to what that script asks.
//!
//! The script of clap knows commands and options. What changes with a region or a query (names of gemeenten, queries, codes)
//! the script asks the program itself, which is called with [`VRAAG`] and the words up to the cursor.

mod schil;
mod waarden;

use std::ffi::OsString;

use clap::CommandFactory as _;

use crate::cli::Outcome;
use crate::cli::aanvullen::schil::Schil;
use crate::cli::args::{Aanvullen, Cli};
use crate::cli::fault::{Exit, Fault};

/// First word with which the scripts ask for values.
pub(crate) const VRAAG: &str = "__aanvullen";

/// Where the script goes, per shell.
pub(crate) const HULP: &str = "\
Voorbeelden, per schil:
  PowerShell (Windows):
    .\\maatstaf aanvullen powershell > $HOME\\maatstaf-aanvullen.ps1
    Add-Content -Path $PROFILE -Value '. $HOME\\maatstaf-aanvullen.ps1'
    Bestaat het profiel nog niet, maak het dan eerst: New-Item -Path $PROFILE -Force
  bash:
    maatstaf aanvullen bash > ~/.local/share/bash-completion/completions/maatstaf
  zsh:
    maatstaf aanvullen zsh > ~/.zfunc/_maatstaf
    en in ~/.zshrc, voor compinit: fpath+=~/.zfunc
  fish:
    maatstaf aanvullen fish > ~/.config/fish/completions/maatstaf.fish
Open daarna een nieuw venster. Na een nieuwe versie van maatstaf maakt u het script opnieuw.";

pub(crate) fn run(args: &Aanvullen) -> Result<Outcome, Fault> {
    let names = || Schil::ALLE.map(Schil::naam).join(", ");
    let Some(word) = args.schil.as_deref() else {
        let what = format!("geen schil gegeven; kies uit: {}", names());
        return Err(Fault::usage(format!("{what}; uitleg: maatstaf aanvullen --help")));
    };
    let Some(schil) = Schil::van(word) else {
        return Err(Fault::usage(format!("onbekende schil '{word}'; kies uit: {}", names())));
    };
    let text = schil.script(&mut Cli::command());
    Ok(Outcome { text, notes: String::new(), exit: Exit::Done })
}

/// Answers a script: the shell, and the words behind the program up to the cursor. Nothing when there is nothing to say, so
/// that the shell goes on with what it knows by itself.
pub(crate) fn waarden(words: &[OsString]) -> Outcome {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let answer = |(schil, rest): (&String, &[String])| Some(Schil::van(schil)?.antwoord(rest));
    let text = words.split_first().and_then(answer);
    Outcome { text: text.unwrap_or_default(), notes: String::new(), exit: Exit::Done }
}
