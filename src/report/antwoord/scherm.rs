//! The answer on a screen, or in a text that is redirected.
//!
//! Enters: an [`Antwoord`] and how wide the screen is. Leaves: a text. Does not know where it is printed.

use crate::disclosure::Antwoord;
use crate::dutch;
use crate::region::Publiek;
use crate::report::antwoord::raster::Raster;
use crate::report::antwoord::{Gemeenten, banner, breedte, tabel};
use crate::report::document::{Table, Value};

/// Where the answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scherm {
    /// Columns of the terminal; `None` when it is none: nothing is broken or left out.
    pub breedte: Option<usize>,
    /// May be set in colour.
    pub kleur: bool,
}

/// No terminal is taken to be narrower: the longest amount takes 26 columns.
const NARROWEST: usize = 30;
/// More rows than these push everything else off the screen: then the first ones stand for all.
const MANY: usize = 200;
const FIRST: usize = 40;

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;31m";
const PLAIN: &str = "\u{1b}[0m";

impl Scherm {
    fn width(self) -> usize {
        self.breedte.map_or(usize::MAX, |width| width.max(NARROWEST))
    }

    /// How many rows of these are shown.
    fn n_shown(self, n: usize) -> usize {
        if self.breedte.is_some() && n > MANY { FIRST } else { n }
    }
}

/// Title, audience, question, table, remarks and source; ends with a line end.
pub(super) fn text(antwoord: &Antwoord, scherm: Scherm, gemeenten: Gemeenten<'_>) -> String {
    let mut out = Lines { scherm, text: String::new() };
    out.wrapped(antwoord.titel(), BOLD);
    let colour = if antwoord.publiek() == Publiek::Intern { RED } else { BOLD };
    out.wrapped(banner(antwoord), colour);
    let vraag = antwoord.vraag().trim();
    if is_words(antwoord) && vraag != antwoord.titel() {
        out.wrapped(vraag, "");
    }
    out.line("", "");
    let table = tabel::with_names(antwoord, gemeenten);
    if table.rows.is_empty() || table.columns.is_empty() {
        out.wrapped(without_rows(antwoord), "");
    } else {
        rows(&mut out, &table, antwoord);
    }
    let below = below(antwoord, &table);
    if !below.is_empty() {
        out.line("", "");
    }
    for line in below {
        out.wrapped(&line, "");
    }
    out.text
}

/// True when the question is one in words; that of the moment was typed a moment ago.
fn is_words(antwoord: &Antwoord) -> bool {
    let first = antwoord.vraag().split_whitespace().next().unwrap_or_default();
    !first.is_empty() && !["select", "with"].contains(&first.to_lowercase().as_str())
}

fn rows(out: &mut Lines, table: &Table, antwoord: &Antwoord) {
    let all = table.rows.len();
    let n = out.scherm.n_shown(all);
    let raster = Raster::new(table, n);
    match raster.plan(out.scherm.width()) {
        Some(plan) => {
            for line in raster.heading(&plan) {
                out.line(&line, BOLD);
            }
            out.line(&plan.rule(), "");
            for line in raster.rows(&plan) {
                out.line(&line, "");
            }
        }
        None => {
            for line in raster.blocks(out.scherm.width()) {
                out.line(&line, "");
            }
        }
    }
    if n < all {
        let rest = dutch::counted(dutch::n_of(all - n), "rij", "rijen");
        let file = format!("{}.csv", tabel::stem(antwoord));
        out.line("", "");
        out.wrapped(&format!("… en nog {rest}; dezelfde opdracht met --csv {file} schrijft ze alle in een bestand."), "");
    }
}

/// What an answer without rows means.
fn without_rows(antwoord: &Antwoord) -> &'static str {
    if antwoord.n_weggelaten() == 0 {
        "Geen rijen: niets in de dataset voldoet aan deze vraag. Kloppen kwartaal, gemeente en de andere voorwaarden?"
    } else {
        "Geen rijen om te tonen; de reden staat hieronder."
    }
}

/// Remarks, reasons, source.
fn below(antwoord: &Antwoord, table: &Table) -> Vec<String> {
    let mut lines: Vec<String> =
        antwoord.opmerkingen().iter().map(|text| format!("Let op: {text}")).collect();
    lines.extend(reasons(table));
    let bron = tabel::bron(antwoord);
    if !bron.is_empty() {
        lines.push(bron);
    }
    lines
}

/// Why values are unknown, each reason once, in the order of the rows.
pub(super) fn reasons(table: &Table) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        if let Value::Unknown { reason } = &cell.value {
            let line = format!("{}: {reason}", dutch::capital(dutch::UNKNOWN));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

/// Lines on their way to a screen.
struct Lines {
    scherm: Scherm,
    text: String,
}

impl Lines {
    fn line(&mut self, line: &str, colour: &str) {
        let line = line.trim_end();
        let (before, after) = if self.scherm.kleur && !colour.is_empty() && !line.is_empty() {
            (colour, PLAIN)
        } else {
            ("", "")
        };
        for part in [before, line, after, "\n"] {
            self.text.push_str(part);
        }
    }

    fn wrapped(&mut self, text: &str, colour: &str) {
        for line in breedte::wrapped(&breedte::plain(text), self.scherm.width()) {
            self.line(&line, colour);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::{Blik, Rand, Shown};
    use crate::metrics::antwoord::{Rij, Soort, Tabel, Waarde};
    use crate::report::antwoord::proef::{
        alle_soorten, geheel, gemeenten, kolom, overeenkomsten, tekst,
    };

    fn shown(antwoord: &Antwoord, breedte: Option<usize>) -> String {
        text(antwoord, Scherm { breedte, kleur: false }, &gemeenten())
    }

    #[test]
    fn a_table_has_its_figures_digit_under_digit() {
        let expected = "\
Proef
INTERN – niet delen
Wat is dit?

Gemeente       Kwartaal  Overeenkomsten    Bedrag (euro)
─────────────  ────────  ──────────────  ───────────────
De Bilt        2025-K2               31        12.345,67
De Bilt        2025-K3            1.240            -0,05
Zeist          2025-K2       onderdrukt       onderdrukt
Zeist          2025-K3                0             leeg
’s-Gravenhage  2025-K2               12  niet te bepalen
’s-Gravenhage  2025-K3               14             1,00

Niet te bepalen: geen declaraties aangeleverd
Bron: proef
";
        for breedte in [None, Some(80), Some(200)] {
            assert_eq!(shown(&overeenkomsten(Publiek::Intern), breedte), expected, "{breedte:?}");
        }
    }

    /// A long name, a long heading and figures.
    fn lang() -> Antwoord {
        let kolommen = vec![
            kolom("aanbieder", "Aanbieder", Soort::Tekst, true),
            kolom("aantal", "Openstaande overeenkomsten", Soort::Aantal, false),
            kolom("bedrag_ct", "Bedrag", Soort::Eurocent, false),
        ];
        let naam = tekst("Stichting Jeugdhulp Nieuwegein-Zuid en omstreken");
        let rijen = vec![
            vec![naam, geheel(1_234), geheel(123_456_789)],
            vec![tekst("De Eik"), Shown::Hidden, Shown::Hidden],
        ];
        Antwoord::proef(Publiek::Intern, kolommen, rijen)
    }

    #[test]
    fn on_a_narrow_screen_names_and_headings_break_and_figures_do_not() {
        let text = shown(&lang(), Some(50));
        let lines: Vec<&str> = text.lines().skip(4).take(7).collect();
        let expected = [
            "                         Openstaande        Bedrag",
            "Aanbieder             overeenkomsten        (euro)",
            "────────────────────  ──────────────  ────────────",
            "Stichting Jeugdhulp            1.234  1.234.567,89",
            "Nieuwegein-Zuid en",
            "omstreken",
            "De Eik                    onderdrukt    onderdrukt",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn where_columns_do_not_fit_a_row_is_a_block() {
        let text = shown(&lang(), Some(36));
        let expected = "\
Proef
INTERN – niet delen
Wat is dit?

Aanbieder:
  Stichting Jeugdhulp
  Nieuwegein-Zuid en omstreken
Openstaande overeenkomsten: 1.234
Bedrag (euro): 1.234.567,89

Aanbieder: De Eik
Openstaande overeenkomsten:
  onderdrukt
Bedrag (euro): onderdrukt

Bron: proef
";
        assert_eq!(text, expected);
        let text = shown(&alle_soorten(), Some(80));
        assert!(text.contains("\nTijd (uur): 12,5\nVolume: 1,25\nAandeel: 12,3%\nTarief: 1.234,50\nTot: 22-11-2026\nOpen: ja\n"), "{text}");
        assert!(text.contains("\nGeboortejaar: 2012\n"), "{text}");
    }

    #[test]
    fn of_a_thousand_rows_a_terminal_gets_the_first_and_a_file_gets_all() {
        let kolommen = vec![
            kolom("regel", "Nummer", Soort::Code, true),
            kolom("aantal", "Aantal", Soort::Aantal, false),
        ];
        let rij = |n: i64| vec![tekst(&format!("nr{n}")), geheel(n)];
        let antwoord = Antwoord::proef(Publiek::Intern, kolommen, (1..=1000).map(rij).collect());
        let text = shown(&antwoord, Some(80));
        assert!(text.contains("nr40 ") && !text.contains("nr41 "), "{text}");
        assert!(text.contains("… en nog 960 rijen") && text.contains("--csv proef.csv"), "{text}");
        let all = shown(&antwoord, None);
        assert!(all.contains("nr1000 ") && !all.contains('…'));
    }

    #[test]
    fn an_answer_without_rows_says_what_that_means() {
        let antwoord = Antwoord::proef(Publiek::Regio, Vec::new(), Vec::new());
        assert_eq!(
            shown(&antwoord, None),
            "Proef\nREGIO – alleen voor gemeenten en aanbieders van deze regio\nWat is dit?\n\n\
             Geen rijen: niets in de dataset voldoet aan deze vraag. Kloppen kwartaal, gemeente en de andere voorwaarden?\n\nBron: proef\n"
        );
    }

    #[test]
    fn only_rows_that_are_left_out_are_a_reason_to_have_none() {
        let kolommen = vec![kolom("verwijzer", "Verwijzer", Soort::Tekst, true)];
        let none = |rijen| {
            let blik = Blik { publiek: Publiek::Regio, minimum: 10, gemeenten: &[] };
            let rand = Rand { bron: String::new(), opmerkingen: vec!["iets anders".to_owned()] };
            let tabel = Tabel { kolommen: kolommen.clone(), rijen, sleutels_gesloten: false };
            shown(&Antwoord::van_los(Ok(tabel), ("vraag", "SELECT 1"), &blik, rand), None)
        };
        let small = Rij { waarden: vec![Waarde::Tekst("huisarts".to_owned())], kinderen: Some(2) };
        let left_out = none(vec![small]);
        assert!(left_out.contains("de reden staat hieronder"), "{left_out}");
        assert!(left_out.contains("1 rij is weggelaten") && !left_out.contains("huisarts"));
        let empty = none(Vec::new());
        assert!(empty.contains("niets in de dataset voldoet") && empty.contains("iets anders"));
    }

    #[test]
    fn colour_only_adds() {
        let antwoord = overeenkomsten(Publiek::Intern);
        let coloured = text(&antwoord, Scherm { breedte: None, kleur: true }, &gemeenten());
        assert!(coloured.contains("\u{1b}[1;31mINTERN – niet delen\u{1b}[0m\n"));
        let mut plain = coloured;
        for sign in [BOLD, RED, PLAIN] {
            plain = plain.replace(sign, "");
        }
        assert_eq!(plain, shown(&antwoord, None));
    }

    #[test]
    fn a_value_cannot_steer_the_screen() {
        let kolommen = vec![kolom("naam", "Naam", Soort::Tekst, true)];
        let value = Shown::Value(Waarde::Tekst("a\u{1b}[2Jb\nc".to_owned()));
        let text = shown(&Antwoord::proef(Publiek::Intern, kolommen, vec![vec![value]]), Some(80));
        assert!(text.contains("\na [2Jb c\n") && !text.contains('\u{1b}'), "{text}");
    }
}
