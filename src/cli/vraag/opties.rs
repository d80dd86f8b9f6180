//! The options of `maatstaf vraag`, as clap sees them.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::args::Screen;
use crate::cli::scherm::Kleur;
use crate::metrics::signaal::OORDEEL;

/// Eén vraag aan de dataset.
#[allow(clippy::option_option, reason = "clap: absent, without a value, with one")]
#[derive(Debug, Args)]
#[command(next_help_heading = "Opties")]
pub(crate) struct Opties {
    /// Naam van een vraag, een eigen .sql-bestand, of een SELECT tussen aanhalingstekens; zonder: de lijst
    #[arg(value_name = "NAAM", help_heading = "Vraag")]
    pub(crate) naam: Option<String>,
    /// Kiest waarden, bijvoorbeeld --par gemeente=Zeist,Bunnik --par kwartaal=2025-K3
    #[arg(long, value_name = "NAAM=WAARDE")]
    pub(crate) par: Vec<String>,
    /// Waarnaar wordt uitgesplitst, bijvoorbeeld --per gemeente of --per gemeente,kwartaal
    #[arg(long, value_name = "SLEUTELS", value_delimiter = ',')]
    pub(crate) per: Option<Vec<String>>,
    /// De gevallen van een signaal één voor één (alleen intern)
    #[arg(long)]
    pub(crate) regels: bool,
    /// Dataset (anders de map dataset)
    #[arg(long, value_name = "MAP")]
    pub(crate) dataset: Option<PathBuf>,
    /// Regio of eigen regiobestand (anders die van de dataset)
    #[arg(long, value_name = "REGIO")]
    pub(crate) regio: Option<String>,
    /// Kwartaal, geschreven als 2025-K3 (anders het laatste volledige in de declaraties)
    #[arg(long, value_name = "KWARTAAL")]
    pub(crate) kwartaal: Option<String>,
    /// Dag waarop wordt teruggekeken, jjjj-mm-dd (anders einde kwartaal plus 30 dagen)
    #[arg(long, value_name = "DATUM")]
    pub(crate) peildatum: Option<String>,
    /// Map met eigen vragen (.sql) die de ingebouwde aanvullen of vervangen
    #[arg(long, value_name = "MAP")]
    pub(crate) queries: Option<PathBuf>,
    /// Voor wie: intern (aantallen zichtbaar) of regio (kleine aantallen verborgen)
    #[arg(long, value_name = "PUBLIEK")]
    pub(crate) publiek: Option<String>,
    /// Toont de tabellen en kolommen waarover u iets kunt vragen, of één tabel
    #[arg(long, value_name = "TABEL", num_args = 0..=1)]
    pub(crate) woordenboek: Option<Option<String>>,
    /// Als CSV, op het scherm of in een bestand
    #[arg(long, value_name = "BESTAND.csv", num_args = 0..=1, help_heading = "Uitvoer")]
    pub(crate) csv: Option<Option<PathBuf>>,
    /// Als JSON, op het scherm of in een bestand
    #[arg(long, value_name = "BESTAND.json", num_args = 0..=1, help_heading = "Uitvoer")]
    pub(crate) json: Option<Option<PathBuf>>,
    /// Als werkmap voor Excel
    #[arg(long, value_name = "BESTAND.xlsx", help_heading = "Uitvoer")]
    pub(crate) xlsx: Option<PathBuf>,
    /// Als grafiek
    #[arg(long, value_name = "BESTAND.svg|png", help_heading = "Uitvoer")]
    pub(crate) grafiek: Option<PathBuf>,
    /// Soort grafiek: bars of line (anders die van de vraag)
    #[arg(long, value_name = "SOORT", help_heading = "Uitvoer")]
    pub(crate) soort: Option<String>,
    /// Vervangt bestaande bestanden
    #[arg(long, help_heading = "Uitvoer")]
    pub(crate) overschrijf: bool,
    /// Kleur op het scherm: auto, altijd of nooit
    #[arg(
        long,
        value_name = "WANNEER",
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(crate) kleur: Kleur,
    #[command(flatten)]
    pub(crate) screen: Screen,
}

impl Opties {
    /// The command as it was given, without what says where the answer goes: to build the next one on.
    pub(crate) fn opdracht(&self) -> String {
        let par = self.par.iter().map(String::as_str);
        self.met(&par.collect::<Vec<_>>(), self.per.as_deref().unwrap_or_default())
    }

    /// The command for the cases behind these counts: the same choice, without what only counts have.
    pub(crate) fn gevallen(&self) -> String {
        let is_of_counts = |par: &str| {
            let (name, _) = par.split_once('=').unwrap_or((par, ""));
            name.trim().eq_ignore_ascii_case(OORDEEL)
        };
        let par = self.par.iter().map(String::as_str).filter(|par| !is_of_counts(par));
        self.met(&par.collect::<Vec<_>>(), &[]) + " --regels"
    }

    /// The first file that the answer goes to.
    pub(crate) fn bestand(&self) -> Option<&Path> {
        let first = self.xlsx.as_ref().or_else(|| self.csv.as_ref()?.as_ref());
        let first = first.or(self.grafiek.as_ref()).or_else(|| self.json.as_ref()?.as_ref());
        first.map(PathBuf::as_path)
    }

    fn met(&self, par: &[&str], per: &[String]) -> String {
        let mut out =
            format!("maatstaf vraag {}", quoted(self.naam.as_deref().unwrap_or_default()));
        let mut add = |option: &str, value: &str| {
            out.push_str(&[" ", option, " ", &quoted(value)].concat());
        };
        for one in par {
            add("--par", one);
        }
        if !per.is_empty() {
            add("--per", &per.join(","));
        }
        let paths = [("--dataset", &self.dataset), ("--queries", &self.queries)];
        for (option, path) in paths {
            if let Some(path) = path {
                add(option, &path.display().to_string());
            }
        }
        for (option, text) in [
            ("--regio", &self.regio),
            ("--kwartaal", &self.kwartaal),
            ("--peildatum", &self.peildatum),
            ("--publiek", &self.publiek),
        ] {
            if let Some(text) = text {
                add(option, text);
            }
        }
        out
    }
}

/// A word as a shell takes it in one piece.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./\\:=,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("\"{word}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, clap::Parser)]
    struct Woorden {
        #[command(flatten)]
        opties: Opties,
    }

    fn opties(text: &str) -> Opties {
        <Woorden as clap::Parser>::parse_from(text.split(' ')).opties
    }

    #[test]
    fn the_next_command_keeps_what_was_chosen() {
        let given = opties(
            "vraag z25 --par kwartaal=2025-K1 --par oordeel=goed --per gemeente --dataset d --publiek regio --xlsx a.xlsx",
        );
        assert_eq!(
            given.opdracht(),
            "maatstaf vraag z25 --par kwartaal=2025-K1 --par oordeel=goed --per gemeente --dataset d --publiek regio"
        );
        assert_eq!(
            given.gevallen(),
            "maatstaf vraag z25 --par kwartaal=2025-K1 --dataset d --publiek regio --regels"
        );
        assert_eq!(given.bestand(), Some(Path::new("a.xlsx")));
        assert_eq!(opties("vraag z25 --csv").bestand(), None);
        assert_eq!(opties("vraag z25 --csv a.csv").bestand(), Some(Path::new("a.csv")));
    }

    #[test]
    fn words_with_spaces_stay_together() {
        assert_eq!(quoted("gemeente=Zeist"), "gemeente=Zeist");
        assert_eq!(quoted("gemeente='s-Gravenbroek"), "\"gemeente='s-Gravenbroek\"");
        assert_eq!(quoted("C:\\mijn data"), "\"C:\\mijn data\"");
    }
}
