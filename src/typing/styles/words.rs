//! Decisions in words: for the screen, the manifest and the region file.

use std::collections::BTreeMap;

use crate::region::stijl::{Notatie, korte_naam};
use crate::sources::raw::RawTable;
use crate::typing::cells::{DayOrder, Decimal};
use crate::typing::styles::{ClientKind, Decision, Grond, Style, Styles};

impl Styles {
    /// The decisions in words, for "zo zijn uw bestanden gelezen": columns that are read alike are named together.
    pub fn describe(&self, headings: &[String]) -> Vec<String> {
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for (heading, decision) in headings.iter().zip(&self.columns) {
            let Some(words) = self.words(decision) else { continue };
            match groups.iter_mut().find(|(known, _)| *known == words) {
                Some((_, names)) => names.push(heading),
                None => groups.push((words, vec![heading])),
            }
        }
        groups.into_iter().map(|(words, names)| format!("{}: {words}", names.join(", "))).collect()
    }

    fn words(&self, decision: &Decision) -> Option<String> {
        let how = match decision.style {
            Style::Number(_) | Style::Date(_) if decision.grond == Grond::Niets => return None,
            Style::Number(Decimal::Comma) => "1.234,56 (decimale komma)",
            Style::Number(Decimal::Point) => "1,234.56 (decimale punt)",
            Style::Date(DayOrder::MonthFirst) => "mm-dd-jjjj (maand voor dag)",
            Style::Date(DayOrder::Serial) => "Excel-dagnummer",
            Style::Date(DayOrder::DayFirst) => "dd-mm-jjjj",
            Style::Client(ClientKind::Bsn) => return Some("BSN, elfproef".to_owned()),
            Style::Client(ClientKind::Number) => {
                return Some("cliëntnummer, geen elfproef".to_owned());
            }
            Style::None | Style::Undecided => return None,
        };
        let pivot = if self.has_short_year && matches!(decision.style, Style::Date(_)) {
            ", jj is 2000 tot en met 2049 of 1950 tot en met 1999"
        } else {
            ""
        };
        let mixed = if decision.is_mixed { ", met een tweede notatie ertussen" } else { "" };
        Some(format!("{how}{pivot}{mixed} [{}]", self.reason(decision)))
    }

    fn reason(&self, decision: &Decision) -> String {
        match decision.grond {
            Grond::Niets => String::new(),
            Grond::Opdracht => "--stijl".to_owned(),
            Grond::Regiobestand => format!("regiobestand, {}", self.leverancier),
            Grond::Kolommen => "zoals de andere kolommen".to_owned(),
            Grond::Gewoonte => "zoals gebruikelijk".to_owned(),
            Grond::Bestand if self.is_restarted => {
                "uit het hele bestand, na een herstart".to_owned()
            }
            Grond::Bestand => "uit het bestand".to_owned(),
        }
    }

    /// Supplier of the region file that was recognised, empty when none.
    pub fn leverancier(&self) -> &str {
        &self.leverancier
    }

    /// What a user can freeze: name of the column → notation, as the region file writes it.
    pub fn freezable(&self, block: &RawTable) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        for (raw, decision) in self.columns.iter().enumerate() {
            let Some(position) = block.targets[raw] else { continue };
            let notatie = match decision.style {
                _ if decision.is_mixed || !decision.is_certain() => continue,
                Style::Number(Decimal::Comma) => Notatie::Komma,
                Style::Number(Decimal::Point) => Notatie::Punt,
                Style::Date(DayOrder::DayFirst) => Notatie::DagEerst,
                Style::Date(DayOrder::MonthFirst) => Notatie::MaandEerst,
                Style::Date(DayOrder::Serial) => Notatie::Dagnummer,
                Style::None | Style::Undecided | Style::Client(_) => continue,
            };
            let name = korte_naam(&block.table.columns[position]);
            out.insert(name.to_owned(), notatie.tekst().to_owned());
        }
        out
    }
}
