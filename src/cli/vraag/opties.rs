//! The options of `maatstaf vraag`, as clap sees them.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::Screen;
use crate::cli::scherm::Kleur;

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
    /// The command as it was given, without what says where the answer goes: to build the next one on. `has_choice`:
    /// with the values and the level that were chosen.
    pub(crate) fn opdracht(&self, has_choice: bool) -> String {
        let mut out =
            format!("maatstaf vraag {}", quoted(self.naam.as_deref().unwrap_or_default()));
        let mut add = |option: &str, value: &str| {
            out.push_str(&[" ", option, " ", &quoted(value)].concat());
        };
        self.par.iter().filter(|_| has_choice).for_each(|par| add("--par", par));
        if let Some(per) = self.per.as_ref().filter(|_| has_choice) {
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
fn quoted(word: &str) -> String {
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

    #[test]
    fn words_with_spaces_stay_together() {
        assert_eq!(quoted("gemeente=Zeist"), "gemeente=Zeist");
        assert_eq!(quoted("gemeente='s-Gravenbroek"), "\"gemeente='s-Gravenbroek\"");
        assert_eq!(quoted("C:\\mijn data"), "\"C:\\mijn data\"");
    }
}
