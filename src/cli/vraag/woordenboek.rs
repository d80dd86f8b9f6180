//! `maatstaf vraag --woordenboek`: the tables and columns a question may read.

use std::path::Path;

use serde_json::json;

use crate::cli::Outcome;
use crate::cli::fault::{Exit, Fault, OrExit};
use crate::cli::rapport::DATASET;
use crate::cli::vraag::bron::Bron;
use crate::cli::vraag::opties::Opties;
use crate::cli::vraag::tekst::{gebroken, naast};
use crate::dataset::Dataset;
use crate::dataset::slices;
use crate::dutch::{counted, n_of};
use crate::metrics::nearest;
use crate::metrics::woordenboek::{Herkomst, KolomUitleg, TabelUitleg, tabellen};
use crate::region::Publiek;

const PERSON: &str = "tellen en koppelen, niet tonen";

/// So many names of columns fit beside the name of a table.
const SHORT: usize = 5;

const EXAMPLE: &str = "Verder: maatstaf vraag --woordenboek declaraties\n";

/// Prints all tables, or the columns of one.
pub(super) fn run(
    opties: &Opties,
    wanted: Option<&str>,
    breedte: Option<usize>,
) -> Result<Outcome, Fault> {
    let geteld = Geteld { dataset: dataset(opties)?, is_intern: is_intern(opties)? };
    let all = tabellen();
    let is_json = opties.json.is_some();
    let Some(name) = wanted else {
        let text = if is_json {
            let all: Vec<_> = all.iter().map(|tabel| machine(tabel, &geteld)).collect();
            format!("{:#}\n", serde_json::Value::from(all))
        } else {
            overview(&all, &geteld, breedte)
        };
        return Ok(Outcome { text, notes: String::new(), exit: Exit::Done });
    };
    let is_it = |tabel: &&TabelUitleg| tabel.naam.eq_ignore_ascii_case(name.trim());
    let Some(tabel) = all.iter().find(is_it) else {
        let near = nearest(name, all.iter().map(|tabel| tabel.naam.as_str()));
        return Err(Fault::usage(format!(
            "onbekende tabel '{name}'{near}\n      alle tabellen: maatstaf vraag --woordenboek"
        )));
    };
    let text = if is_json {
        format!("{:#}\n", machine(tabel, &geteld))
    } else {
        one(tabel, &geteld, breedte)
    };
    Ok(Outcome { text, notes: String::new(), exit: Exit::Done })
}

/// The dataset that is named, or that lies at hand; the dictionary is of use without one.
fn dataset(opties: &Opties) -> Result<Option<Dataset>, Fault> {
    match &opties.dataset {
        Some(folder) => Dataset::open(folder).map(Some).or_exit(Exit::Input),
        None => Ok(Dataset::open(Path::new(DATASET)).ok()),
    }
}

/// What there is to count, and who looks.
#[derive(Default)]
struct Geteld {
    dataset: Option<Dataset>,
    is_intern: bool,
}

impl Geteld {
    /// The dataset in which the rows of this table may be counted: how many rows there are of children is for ICM only.
    fn dataset(&self, tabel: &TabelUitleg) -> Option<&Dataset> {
        let is_of_children = tabel.kolommen.iter().any(|kolom| kolom.is_persoon);
        let may_see = self.is_intern || !is_of_children;
        self.dataset.as_ref().filter(|_| may_see && tabel.herkomst != Herkomst::Regio)
    }
}

/// True for ICM. A dataset of which the region is not at hand is shown as little of as possible.
fn is_intern(opties: &Opties) -> Result<bool, Fault> {
    match Bron::open(opties) {
        Ok(bron) => Ok(bron.publiek == Publiek::Intern),
        Err(fault) if opties.dataset.is_some() && opties.publiek.is_some() => Err(fault),
        Err(_) => Ok(false),
    }
}

/// Rows of a table: `None` when it was not supplied or nobody counts it.
fn rows(tabel: &TabelUitleg, dataset: &Dataset) -> Option<i64> {
    let path = dataset.derived(&tabel.naam);
    path.is_file().then(|| slices::rows(&path).ok()).flatten().map(n_of)
}

/// How many rows, in words.
fn rows_told(tabel: &TabelUitleg, geteld: &Geteld) -> Option<String> {
    let dataset = geteld.dataset(tabel)?;
    match rows(tabel, dataset) {
        Some(n) => Some(counted(n, "rij", "rijen")),
        // Part of another table, of which it has no file.
        None if tabel.naam == "declaraties_verrekend" => None,
        None => Some("niet aangeleverd".to_owned()),
    }
}

fn overview(all: &[TabelUitleg], geteld: &Geteld, breedte: Option<usize>) -> String {
    let mut text = String::new();
    for (herkomst, title) in [
        (Herkomst::Dataset, "Tabellen van de dataset"),
        (Herkomst::PerKwartaal, "Per kwartaal: een rij voor elk kwartaal dat een regel raakt"),
        (Herkomst::Regio, "Instellingen van de regio"),
    ] {
        let group: Vec<(String, String)> = (all.iter())
            .filter(|tabel| tabel.herkomst == herkomst)
            .map(|tabel| (tabel.naam.clone(), told(tabel, geteld)))
            .collect();
        text.push_str(title);
        text.push('\n');
        text.push_str(&naast(&group, breedte));
        text.push('\n');
    }
    text + EXAMPLE
}

fn told(tabel: &TabelUitleg, geteld: &Geteld) -> String {
    let columns = counted(n_of(tabel.kolommen.len()), "kolom", "kolommen");
    let rows = rows_told(tabel, geteld).map_or_else(String::new, |rows| format!(", {rows}"));
    match tabel.herkomst {
        Herkomst::Regio => {
            let names: Vec<&str> = tabel.kolommen.iter().map(|one| one.naam.as_str()).collect();
            if names.len() > SHORT { columns } else { names.join(", ") }
        }
        Herkomst::Dataset | Herkomst::PerKwartaal => {
            format!("{} ({columns}{rows})", tabel.label)
        }
    }
}

fn one(tabel: &TabelUitleg, geteld: &Geteld, breedte: Option<usize>) -> String {
    let rows = rows_told(tabel, geteld).map_or_else(String::new, |rows| format!(" – {rows}"));
    let mut text = format!("{}: {}{rows}\n\n", tabel.naam, tabel.label);
    let line = |kolom: &KolomUitleg| (kolom.naam.clone(), column(kolom));
    let lines: Vec<(String, String)> = tabel.kolommen.iter().map(line).collect();
    text.push_str(&naast(&lines, breedte));
    if let Some(date) = tabel.kolommen.iter().find(|kolom| kolom.inhoud == "datum") {
        let naam = &date.naam;
        let note = format!(
            "Van elke datum zijn er ook een dagnummer en een kwartaal, om mee te rekenen: {naam}_dag en {naam}_kwartaal."
        );
        text.push('\n');
        text.push_str(&gebroken("", &note, 0, breedte));
    }
    if tabel.kolommen.iter().any(|kolom| kolom.is_persoon) {
        let note =
            "Kolommen van personen: COUNT(DISTINCT client) en koppelen op client kan, tonen niet.";
        text.push('\n');
        text.push_str(&gebroken("", note, 0, breedte));
    }
    let example =
        tabel.kolommen.iter().find(|kolom| ["gemeente", "kwartaal"].contains(&kolom.naam.as_str()));
    let naam = &tabel.naam;
    let sql = match example {
        Some(kolom) => {
            let kolom = &kolom.naam;
            format!("SELECT {kolom}, COUNT(*) AS n FROM {naam} GROUP BY {kolom}")
        }
        None => format!("SELECT COUNT(*) AS n FROM {naam}"),
    };
    text + &format!("\nVerder: maatstaf vraag \"{sql}\"\n")
}

/// Content and label of a column; a label that only says the name again adds nothing.
fn column(kolom: &KolomUitleg) -> String {
    let person = if kolom.is_persoon { format!(" – {PERSON}") } else { String::new() };
    format!("{}; {}{person}", kolom.label, kolom.inhoud)
}

fn machine(tabel: &TabelUitleg, geteld: &Geteld) -> serde_json::Value {
    let columns: Vec<serde_json::Value> = (tabel.kolommen.iter())
        .map(|kolom| {
            json!({
                "naam": kolom.naam,
                "label": kolom.label,
                "inhoud": kolom.inhoud,
                "alleen_tellen_en_koppelen": kolom.is_persoon,
            })
        })
        .collect();
    let mut out = json!({ "naam": tabel.naam, "label": tabel.label, "kolommen": columns });
    if let Some(dataset) = geteld.dataset(tabel) {
        out["rijen"] = json!(rows(tabel, dataset));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_says_what_it_holds_and_whether_it_points_at_a_person() {
        let all = tabellen();
        let tabel = all.iter().find(|tabel| tabel.naam == "declaraties").unwrap();
        let text = one(tabel, &Geteld::default(), Some(80));
        assert!(text.starts_with("declaraties: "), "{text}");
        let line = |naam: &str| text.lines().find(|line| line.starts_with(naam)).unwrap();
        assert!(line("  client").contains(PERSON), "{text}");
        assert!(line("  bedrag_ct").contains("eurocenten"), "{text}");
        assert!(text.ends_with("GROUP BY gemeente\"\n") || text.ends_with("GROUP BY kwartaal\"\n"));
        assert!(text.lines().rev().skip(1).all(|line| line.chars().count() <= 80), "{text}");
    }

    #[test]
    fn the_overview_has_every_table() {
        let all = tabellen();
        let text = overview(&all, &Geteld::default(), Some(80));
        for tabel in &all {
            assert!(text.contains(&format!("  {} ", tabel.naam)), "{}", tabel.naam);
        }
    }
}
