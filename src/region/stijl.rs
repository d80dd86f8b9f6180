//! How a supplier writes numbers and dates, frozen by the user.
//!
//! Enters: `kolom = "1.234,56"`, from `[[leverancier]]` of a region file or from `--stijl`. Leaves: [`Stijl`] and
//! [`Leverancier`], checked against the schema. Does not know the cells; `typing` uses what is frozen here.

use std::collections::BTreeMap;

use crate::region::document::suggestion;
use crate::schema::{self, Column, Dtype, TABLES, normalise_heading};

/// A way to write numbers or dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notatie {
    /// `1.234,56`
    Komma,
    /// `1,234.56`
    Punt,
    /// `31-12-2025`
    DagEerst,
    /// `12-31-2025`
    MaandEerst,
    /// `46022`, as workbooks count days.
    Dagnummer,
}

/// What a user may write for each.
const NOTATIES: &[(Notatie, &[&str])] = &[
    (Notatie::Komma, &["1.234,56", "1234,56"]),
    (Notatie::Punt, &["1,234.56", "1234.56"]),
    (Notatie::DagEerst, &["dd-mm-jjjj", "d-m-jjjj", "dd/mm/jjjj", "dd-mm-jj", "d-m-jj"]),
    (Notatie::MaandEerst, &["mm-dd-jjjj", "m-d-jjjj", "mm/dd/jjjj", "mm-dd-jj", "m-d-jj"]),
    (Notatie::Dagnummer, &["dagnummer", "excel-dagnummer"]),
];

impl Notatie {
    /// The notation of a text.
    fn of(text: &str) -> Option<Self> {
        let word = text.trim().to_lowercase();
        NOTATIES
            .iter()
            .find(|(_, words)| words.contains(&word.as_str()))
            .map(|(notatie, _)| *notatie)
    }

    /// How it is written in a region file and behind `--stijl`.
    pub fn tekst(self) -> &'static str {
        let own = NOTATIES.iter().find(|(notatie, _)| *notatie == self);
        own.map_or("", |(_, words)| words[0])
    }

    /// True for a notation of numbers, false for one of dates.
    pub fn is_getal(self) -> bool {
        matches!(self, Self::Komma | Self::Punt)
    }
}

/// A notation that is frozen for one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stijl {
    /// The column or heading, as written.
    pub kolom: String,
    /// The same, normalised.
    sleutel: String,
    /// How its values are written.
    pub notatie: Notatie,
}

/// Extra headings: table → normalised heading → column.
type Aliases = BTreeMap<String, BTreeMap<String, String>>;

impl Stijl {
    /// Checks a column and its notation, as a user wrote them.
    ///
    /// # Errors
    /// In Dutch, with what is known: no column of that name has a style, no such notation, or one of the other kind.
    pub fn lees(kolom: &str, tekst: &str, aliases: &Aliases) -> Result<Self, String> {
        let sleutel = normalise_heading(kolom);
        let kinds = kinds(&sleutel, aliases);
        if kinds.is_empty() {
            let known = known_names();
            let near = suggestion(&kolom.trim().to_lowercase(), &known);
            return Err(format!("geen kolom \"{kolom}\" met een bedrag, getal of datum; {near}"));
        }
        let all = |is_getal: bool| {
            let of_kind = NOTATIES.iter().filter(|(notatie, _)| notatie.is_getal() == is_getal);
            of_kind.map(|(_, words)| format!("\"{}\"", words[0])).collect::<Vec<_>>().join(", ")
        };
        let is_getal = kinds.contains(&true);
        match Notatie::of(tekst) {
            Some(notatie) if kinds.contains(&notatie.is_getal()) => {
                Ok(Self { kolom: kolom.trim().to_owned(), sleutel, notatie })
            }
            _ if matches!(tekst.trim().to_lowercase().as_str(), "jjjj-mm-dd" | "jjjjmmdd")
                && !is_getal =>
            {
                Err(format!(
                    "\"{tekst}\" wordt altijd goed gelezen en hoeft niet te worden vastgelegd; mogelijk zijn: {}",
                    all(false)
                ))
            }
            Some(_) => {
                let what = if is_getal { "getallen" } else { "datums" };
                Err(format!("in \"{kolom}\" staan {what}; mogelijk zijn: {}", all(is_getal)))
            }
            None => Err(format!("onbekende stijl \"{tekst}\"; mogelijk zijn: {}", all(is_getal))),
        }
    }

    /// True when it is about a column of a file with this heading.
    pub fn past(&self, column: &Column, heading: &str) -> bool {
        has_style(column) == Some(self.notatie.is_getal())
            && (normalise_heading(heading) == self.sleutel || is_called(column, &self.sleutel))
    }
}

/// Whether values of the column have a style: of numbers (true) or of dates (false).
fn has_style(column: &Column) -> Option<bool> {
    match column.dtype {
        Dtype::Cent | Dtype::Milli => Some(true),
        Dtype::Date | Dtype::BirthYear => Some(false),
        _ => None,
    }
}

/// The name of a column without its unit: how a user calls it.
pub fn korte_naam(column: &Column) -> &'static str {
    let name = column.name;
    name.strip_suffix("_ct").or_else(|| name.strip_suffix("_milli")).unwrap_or(name)
}

fn is_called(column: &Column, sleutel: &str) -> bool {
    let names = [column.name, korte_naam(column)];
    names.iter().chain(column.aliases).any(|name| normalise_heading(name) == sleutel)
}

/// Kinds of style that columns of this name have.
fn kinds(sleutel: &str, aliases: &Aliases) -> Vec<bool> {
    let all = TABLES.iter().flat_map(|table| table.columns);
    let by_schema = all.filter(|column| is_called(column, sleutel)).filter_map(has_style);
    let by_region = aliases.iter().filter_map(|(table, headings)| {
        let name = headings.get(sleutel)?;
        let table = schema::table(table)?;
        has_style(&table.columns[table.position(name)?])
    });
    by_schema.chain(by_region).collect()
}

fn known_names() -> Vec<&'static str> {
    let all = TABLES.iter().flat_map(|table| table.columns);
    let mut names: Vec<&str> =
        all.filter(|column| has_style(column).is_some()).map(korte_naam).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A supplier of exports whose notation is frozen.
#[derive(Debug, Clone, PartialEq)]
pub struct Leverancier {
    /// Name, as shown.
    pub naam: String,
    /// Pattern of the name of the file, when it is known by that.
    pub(super) bestand: Option<glob::Pattern>,
    /// Normalised headings that must all be there, when it is known by those.
    pub(super) koppen: Vec<String>,
    /// What is frozen.
    pub stijl: Vec<Stijl>,
}

/// Capitals make no difference in the name of a file.
const MATCHING: glob::MatchOptions = glob::MatchOptions {
    case_sensitive: false,
    require_literal_separator: false,
    require_literal_leading_dot: false,
};

impl Leverancier {
    /// What it is known by, in words.
    pub fn herkenning(&self) -> String {
        let bestand = self.bestand.iter().map(|pattern| format!("bestand {pattern}"));
        let koppen =
            (!self.koppen.is_empty()).then(|| format!("koppen {}", self.koppen.join(", ")));
        bestand.chain(koppen).collect::<Vec<_>>().join(" en ")
    }

    /// True when a file of this path and these headings is one of the supplier.
    pub fn herkent(&self, path: &str, headings: &[String]) -> bool {
        let by_name = self.bestand.as_ref().is_none_or(|pattern| matches_file(pattern, path));
        let own: Vec<String> = headings.iter().map(|heading| normalise_heading(heading)).collect();
        by_name && self.koppen.iter().all(|heading| own.contains(heading))
    }
}

/// A notation frozen on the command line, for one file or for all.
#[derive(Debug, Clone, PartialEq)]
pub struct Opdracht {
    /// As written, for messages.
    pub tekst: String,
    bestand: Option<glob::Pattern>,
    /// What is frozen.
    pub stijl: Stijl,
}

impl Opdracht {
    /// Reads `kolom=stijl` or `bestand.csv:kolom=stijl`.
    ///
    /// # Errors
    /// In Dutch, with the form or with what is known.
    pub fn lees(tekst: &str, aliases: &Aliases) -> Result<Self, String> {
        let form = || {
            format!(
                "'{tekst}' past niet bij --stijl; schrijf --stijl \"bedrag=1.234,56\" of --stijl periode_begin=dd-mm-jjjj"
            )
        };
        let (left, right) = tekst.split_once('=').ok_or_else(form)?;
        let (bestand, kolom) = match left.rsplit_once(':') {
            Some((bestand, kolom)) => (Some(bestand), kolom),
            None => (None, left),
        };
        let pattern = |text: &str| {
            let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
            glob::Pattern::new(name)
                .map_err(|_| format!("'{name}' (bij --stijl) is geen naam van een bestand"))
        };
        let stijl =
            Stijl::lees(kolom, right, aliases).map_err(|why| format!("{why} (bij --stijl)"))?;
        Ok(Self { tekst: tekst.to_owned(), bestand: bestand.map(pattern).transpose()?, stijl })
    }

    /// Refuses a word that lost what stood behind its comma: PowerShell takes a comma without quotes for the end of a
    /// word. What was cut off then looks like the name of a file.
    ///
    /// # Errors
    /// In Dutch, with the form.
    pub fn is_heel(tekst: &str) -> Result<(), String> {
        let is_cut = tekst.rsplit_once('=').is_some_and(|(_, stijl)| {
            NOTATIES
                .iter()
                .flat_map(|(_, words)| *words)
                .any(|word| word.split_once(',').is_some_and(|(before, _)| before == stijl))
        });
        if !is_cut {
            return Ok(());
        }
        Err(format!(
            "van '{tekst}' is het deel achter de komma weggevallen; zet aanhalingstekens om het geheel: --stijl \"bedrag=1.234,56\""
        ))
    }

    /// True when it is about one file, and not about all.
    pub fn has_bestand(&self) -> bool {
        self.bestand.is_some()
    }

    /// True when it is about the file of this path.
    pub fn geldt_voor(&self, path: &str) -> bool {
        self.bestand.as_ref().is_none_or(|pattern| matches_file(pattern, path))
    }
}

fn matches_file(pattern: &glob::Pattern, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    pattern.matches_with(name, MATCHING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::DECLARATIES;

    fn lees(kolom: &str, tekst: &str) -> Result<Notatie, String> {
        Stijl::lees(kolom, tekst, &Aliases::new()).map(|stijl| stijl.notatie)
    }

    #[test]
    fn a_style_is_read_by_the_name_or_any_heading_of_its_column() {
        assert_eq!(lees("bedrag", "1.234,56"), Ok(Notatie::Komma));
        assert_eq!(lees("bedrag_ct", "1234.56"), Ok(Notatie::Punt));
        assert_eq!(lees("Ingediend bedrag", "1,234.56"), Ok(Notatie::Punt));
        assert_eq!(lees("periode_begin", "DD-MM-JJJJ"), Ok(Notatie::DagEerst));
        assert_eq!(lees("begindatum", "m-d-jj"), Ok(Notatie::MaandEerst));
        assert_eq!(lees("einddatum", "dagnummer"), Ok(Notatie::Dagnummer));
        let mut aliases = Aliases::new();
        let own = aliases.entry("declaraties".into()).or_default();
        own.insert("tebetalen".into(), "bedrag_ct".into());
        let stijl = Stijl::lees("Te betalen", "1.234,56", &aliases).unwrap();
        let bedrag = DECLARATIES.column("bedrag_ct");
        assert!(stijl.past(bedrag, "Te betalen") && !stijl.past(bedrag, "Bedrag"));
        assert!(!stijl.past(DECLARATIES.column("agb"), "Te betalen"));
    }

    #[test]
    fn what_is_not_known_is_answered_with_what_is() {
        let wrong = |kolom, tekst, words: &str| {
            let message = lees(kolom, tekst).unwrap_err();
            assert!(message.contains(words), "{message}");
        };
        wrong("bedrga", "1.234,56", "bedoelde u \"bedrag\"?");
        wrong("agb", "1.234,56", "geen kolom \"agb\"");
        wrong(
            "bedrag",
            "1.234",
            "onbekende stijl \"1.234\"; mogelijk zijn: \"1.234,56\", \"1,234.56\"",
        );
        wrong("bedrag", "dd-mm-jjjj", "staan getallen");
        wrong(
            "dagtekening",
            "1.234,56",
            "mogelijk zijn: \"dd-mm-jjjj\", \"mm-dd-jjjj\", \"dagnummer\"",
        );
        wrong("dagtekening", "jjjj-mm-dd", "altijd goed");
    }

    #[test]
    fn an_order_on_the_command_line_is_for_all_files_or_for_one() {
        let all = Opdracht::lees("bedrag=1.234,56", &Aliases::new()).unwrap();
        assert!(all.geldt_voor("map/a.csv") && !all.has_bestand());
        let one = Opdracht::lees("C:\\map\\A.csv:bedrag=1.234,56", &Aliases::new()).unwrap();
        assert!(one.geldt_voor("map/a.csv") && !one.geldt_voor("map/b.csv") && one.has_bestand());
        let text = Opdracht::lees("bedrag", &Aliases::new()).unwrap_err();
        assert!(text.contains("schrijf --stijl \"bedrag=1.234,56\""), "{text}");
        assert!(Opdracht::is_heel("bedrag=1.234,56").is_ok() && Opdracht::is_heel("x").is_ok());
        for cut in ["bedrag=1.234", "a.csv:bedrag=1", "bedrag=1234"] {
            assert!(Opdracht::is_heel(cut).unwrap_err().contains("aanhalingstekens"), "{cut}");
        }
        let text = Opdracht::lees("bedrag=", &Aliases::new()).unwrap_err();
        assert!(text.contains("onbekende stijl"), "{text}");
    }

    #[test]
    fn a_supplier_is_known_by_its_file_and_its_headings() {
        let leverancier = |bestand: Option<&str>, koppen: &[&str]| Leverancier {
            naam: "X".into(),
            bestand: bestand.map(|text| glob::Pattern::new(text).unwrap()),
            koppen: koppen.iter().map(|text| (*text).to_owned()).collect(),
            stijl: Vec::new(),
        };
        let headings = ["AGB-code".to_owned(), "Bedrag".to_owned()];
        assert!(leverancier(Some("zorg*.csv"), &[]).herkent("in/Zorg_K3.csv", &headings));
        assert!(!leverancier(Some("zorg*.csv"), &[]).herkent("zorg/x.csv", &headings));
        assert!(leverancier(None, &["agbcode"]).herkent("x.csv", &headings));
        assert!(!leverancier(None, &["agbcode", "wet"]).herkent("x.csv", &headings));
        assert!(!leverancier(Some("y*"), &["agbcode"]).herkent("x.csv", &headings));
    }
}
