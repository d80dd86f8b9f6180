//! How a file writes its numbers, dates and clients: decided per column on the first block, held against every later
//! value, decided again on the whole file when a value contradicts it.

use std::collections::BTreeMap;

use crate::region::stijl::{Leverancier, Notatie, Opdracht, korte_naam};
use crate::schema::{Column, Dtype};
use crate::sources::raw::RawTable;
use crate::typing::cells::{DayOrder, Decimal};
use crate::typing::evidence::{Codes, Evidence};
use crate::typing::seen::Seen;

/// What the client column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientKind {
    /// BSNs: nine digits with the eleven-proof.
    Bsn,
    /// Numbers of a back office: any text.
    Number,
}

/// The style of one raw column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Nothing to decide: no value has a separator.
    None,
    /// Numbers.
    Number(Decimal),
    /// Every number with a separator can be read two ways.
    Undecided,
    /// Dates.
    Date(DayOrder),
    /// Clients.
    Client(ClientKind),
}

/// What a decision rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grond {
    /// Values of the column itself.
    Bestand,
    /// Other columns of the file: its own values fit either way.
    Kolommen,
    /// No value contradicts what is usual, and none proves it.
    Gewoonte,
    /// There is nothing to decide.
    Niets,
    /// The command line.
    Opdracht,
    /// The region file.
    Regiobestand,
}

/// The decision for one raw column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// How it is read.
    pub style: Style,
    /// Two styles stand in one column: a value that both can read is refused.
    pub is_mixed: bool,
    /// Codes that are too short get their zeros back.
    pub pads: bool,
    /// What it rests on.
    pub grond: Grond,
    /// Values of the column that speak for it, and for nothing else.
    support: u64,
}

impl Decision {
    fn new(style: Style, grond: Grond) -> Self {
        Self { style, is_mixed: false, pads: false, grond, support: 0 }
    }

    /// True when something speaks for it.
    fn is_certain(&self) -> bool {
        !matches!(self.grond, Grond::Gewoonte | Grond::Niets)
    }

    /// True when the user froze it: then no value of the file changes it.
    pub fn is_frozen(&self) -> bool {
        matches!(self.grond, Grond::Opdracht | Grond::Regiobestand)
    }
}

/// What the user froze for one file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frozen<'a> {
    /// Orders of the command line, all files together.
    pub opdrachten: &'a [Opdracht],
    /// Suppliers of the region.
    pub leveranciers: &'a [Leverancier],
}

impl<'a> Frozen<'a> {
    /// The supplier a block comes from: the first that fits.
    fn leverancier(&self, block: &RawTable) -> Option<&'a Leverancier> {
        self.leveranciers.iter().find(|one| one.herkent(&block.file.path, &block.headings))
    }

    /// What holds for a column: the command line goes before the region file, and what is said of one file before
    /// what is said of all.
    fn of(&self, block: &RawTable, raw: usize, column: &Column) -> Option<(Notatie, Grond)> {
        let heading = &block.headings[raw];
        let given = self
            .opdrachten
            .iter()
            .filter(|one| one.stijl.past(column, heading) && one.geldt_voor(&block.file.path));
        if let Some(one) = given.max_by_key(|one| one.has_bestand()) {
            return Some((one.stijl.notatie, Grond::Opdracht));
        }
        let stijl = self.leverancier(block)?.stijl.iter().find(|one| one.past(column, heading))?;
        Some((stijl.notatie, Grond::Regiobestand))
    }
}

/// The decisions for rows with the same headings, one per raw column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Styles {
    /// Aligned with the headings.
    pub columns: Vec<Decision>,
    /// Supplier of the region file that was recognised, empty when none.
    leverancier: String,
    /// True when the whole file was looked at because a value contradicted the first decision.
    is_restarted: bool,
    has_short_year: bool,
}

/// Of values that look like a BSN this share must pass before the whole column is held to it: below it the
/// numbers are those of a back office, of which one in eleven passes by chance.
const BSN_SHARE_PERCENT: u64 = 80;
/// From one value in so many on, what contradicts the rest of its column is a second style and no slip of the pen.
const ONE_IN: u64 = 20;

impl Styles {
    /// Decides on one block, the first with its headings.
    pub fn decide(block: &RawTable, frozen: &Frozen<'_>) -> Self {
        let evidence = gather(block);
        Self::on(block, &evidence, frozen, false)
    }

    /// Decides on all that is known. `block` only tells the headings. `is_restarted` says that a first decision did
    /// not hold.
    pub fn on(
        block: &RawTable,
        evidence: &[Evidence],
        frozen: &Frozen<'_>,
        is_restarted: bool,
    ) -> Self {
        let mut columns: Vec<Decision> = (0..block.headings.len())
            .map(|raw| match block.targets[raw] {
                Some(position) => {
                    decide(block, raw, &block.table.columns[position], &evidence[raw], frozen)
                }
                None => Decision::new(Style::None, Grond::Niets),
            })
            .collect();
        follow(block, &mut columns, evidence);
        let leverancier = frozen.leverancier(block).map(|one| one.naam.clone()).unwrap_or_default();
        let has_short_year = evidence.iter().any(|one| one.has_short_year);
        Self { columns, leverancier, is_restarted, has_short_year }
    }

    /// The style of a raw column.
    pub fn style(&self, raw: usize) -> Style {
        self.columns.get(raw).map_or(Style::None, |one| one.style)
    }

    /// So many columns in one style.
    #[cfg(test)]
    pub(crate) fn all(style: Style, n: usize) -> Self {
        Self {
            columns: vec![Decision::new(style, Grond::Bestand); n],
            leverancier: String::new(),
            is_restarted: false,
            has_short_year: false,
        }
    }

    /// True when only the whole file can decide.
    pub fn is_open(&self) -> bool {
        self.columns
            .iter()
            .any(|one| one.style == Style::Undecided || one.is_mixed && !one.is_frozen())
    }

    /// The first column that stayed open.
    pub fn undecided(&self) -> Option<usize> {
        self.columns.iter().position(|one| one.style == Style::Undecided)
    }

    /// True when values of later blocks could change a decision that was made on `first`. Never true when the whole
    /// file would decide the same: then the values are at fault, and not the decision.
    pub fn is_contradicted(&self, block: &RawTable, first: &[Evidence], later: &[Seen]) -> bool {
        let pairs = self.columns.iter().zip(first).zip(later).enumerate();
        pairs.into_iter().any(|(raw, ((decision, first), later))| {
            let Some(position) = block.targets[raw] else { return false };
            let column = &block.table.columns[position];
            let is_otherwise = later.otherwise > 0
                && !decision.is_frozen()
                && decision.support < later.otherwise * ONE_IN;
            let mut codes = first.codes;
            codes.merge(&later.codes);
            let codes_differ = pads(column, decision.style, &codes) != decision.pads
                || matches!(decision.style, Style::Client(kind) if client_kind(block, raw, &codes) != kind);
            is_otherwise || codes_differ
        })
    }

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

/// What the cells of a block say, per raw column.
pub fn gather(block: &RawTable) -> Vec<Evidence> {
    let mut out = vec![Evidence::default(); block.headings.len()];
    add(&mut out, block);
    out
}

/// Adds what the cells of a block with the same headings say. Messages have one style and need none of this.
pub fn add(evidence: &mut [Evidence], block: &RawTable) {
    if block.is_message {
        return;
    }
    for (raw, one) in evidence.iter_mut().enumerate() {
        if let Some(position) = block.targets[raw] {
            one.add(block, raw, &block.table.columns[position]);
        }
    }
}

fn decide(
    block: &RawTable,
    raw: usize,
    column: &Column,
    evidence: &Evidence,
    frozen: &Frozen<'_>,
) -> Decision {
    let is_export = !block.is_message;
    if let Some((notatie, grond)) = frozen.of(block, raw, column).filter(|_| is_export) {
        return Decision::new(as_frozen(notatie), grond);
    }
    let decision = match column.dtype {
        Dtype::Cent | Dtype::Milli if is_export => number_style(evidence),
        Dtype::Date | Dtype::BirthYear if is_export => date_style(evidence),
        Dtype::Client => {
            let kind = client_kind(block, raw, &evidence.codes);
            Decision::new(Style::Client(kind), Grond::Bestand)
        }
        _ => Decision::new(Style::None, Grond::Niets),
    };
    let pads = is_export && pads(column, decision.style, &evidence.codes);
    Decision { pads, ..decision }
}

fn as_frozen(notatie: Notatie) -> Style {
    match notatie {
        Notatie::Komma => Style::Number(Decimal::Comma),
        Notatie::Punt => Style::Number(Decimal::Point),
        Notatie::DagEerst => Style::Date(DayOrder::DayFirst),
        Notatie::MaandEerst => Style::Date(DayOrder::MonthFirst),
        Notatie::Dagnummer => Style::Date(DayOrder::Serial),
    }
}

/// The larger part decides; what contradicts it becomes a reject, cell by cell.
fn number_style(evidence: &Evidence) -> Decision {
    let Evidence { comma, point, ambiguous, .. } = *evidence;
    let of = |style, support, against| Decision {
        support,
        is_mixed: is_second_style(support, against),
        ..Decision::new(Style::Number(style), Grond::Bestand)
    };
    match (comma, point, ambiguous) {
        (0, 0, 0) => Decision::new(Style::None, Grond::Niets),
        (0, 0, _) => Decision::new(Style::Undecided, Grond::Niets),
        _ if comma >= point => of(Decimal::Comma, comma, point),
        _ => of(Decimal::Point, point, comma),
    }
}

/// Day first, unless values disprove it.
fn date_style(evidence: &Evidence) -> Decision {
    let Evidence { day_first, month_first, serials, .. } = *evidence;
    let of = |order, support, against| Decision {
        support,
        is_mixed: is_second_style(support, against),
        ..Decision::new(Style::Date(order), Grond::Bestand)
    };
    match (day_first, month_first, evidence.other_dates + evidence.ambiguous) {
        // Any date beside them makes day numbers a fault. No support: one date is enough to change this.
        (0, 0, 0) if serials > 0 => of(DayOrder::Serial, 0, 0),
        (0, 0, _) => {
            let grond = if evidence.ambiguous > 0 { Grond::Gewoonte } else { Grond::Niets };
            Decision::new(Style::Date(DayOrder::DayFirst), grond)
        }
        _ if day_first >= month_first => of(DayOrder::DayFirst, day_first, month_first),
        _ => of(DayOrder::MonthFirst, month_first, day_first),
    }
}

fn is_second_style(support: u64, against: u64) -> bool {
    against * ONE_IN >= support && against > 0
}

/// A column without evidence of its own follows the others of its file, when those agree.
fn follow(block: &RawTable, columns: &mut [Decision], evidence: &[Evidence]) {
    let decided = |columns: &[Decision], wanted: Style| {
        columns.iter().any(|one| one.style == wanted && one.is_certain())
    };
    let only = |columns: &[Decision], one: Style, other: Style| match (
        decided(columns, one),
        decided(columns, other),
    ) {
        (true, false) => Some(one),
        (false, true) => Some(other),
        _ => None,
    };
    let number = only(columns, Style::Number(Decimal::Comma), Style::Number(Decimal::Point));
    let date = only(columns, Style::Date(DayOrder::DayFirst), Style::Date(DayOrder::MonthFirst));
    for (raw, decision) in columns.iter_mut().enumerate() {
        let Some(position) = block.targets[raw] else { continue };
        let column = &block.table.columns[position];
        let is_number = matches!(column.dtype, Dtype::Cent | Dtype::Milli) && !block.is_message;
        let (found, has_values) = match decision.style {
            Style::None | Style::Undecided if is_number => (number, decision.style != Style::None),
            Style::Date(_) if !decision.is_certain() => (date, evidence[raw].ambiguous > 0),
            _ => continue,
        };
        if let Some(style) = found {
            decision.style = style;
            // A column with nothing to read is not worth a word.
            decision.grond = if has_values { Grond::Kolommen } else { Grond::Niets };
        }
    }
}

fn client_kind(block: &RawTable, raw: usize, codes: &Codes) -> ClientKind {
    let heading = crate::schema::normalise_heading(&block.headings[raw]);
    if block.is_message || heading == "bsn" || heading.contains("burgerservicenummer") {
        return ClientKind::Bsn;
    }
    let valid = codes.good + codes.short_good;
    let is_bsn = valid * 100 >= codes.filled * BSN_SHARE_PERCENT && codes.filled > 0;
    if is_bsn { ClientKind::Bsn } else { ClientKind::Number }
}

/// Whether short codes of a column have lost their zeros: all of them are digits, and no code kept a zero in front. A
/// BSN proves itself; of other codes, a few short ones among many are slips of the pen.
fn pads(column: &Column, style: Style, codes: &Codes) -> bool {
    let is_lost = codes.short > 0 && codes.short_other == 0 && codes.zero_led == 0;
    let is_proven = codes.short_good * 100 >= codes.short * BSN_SHARE_PERCENT;
    let is_many = column.dtype == Dtype::Client || codes.short * ONE_IN >= codes.filled;
    is_lost && is_proven && is_many && style != Style::Client(ClientKind::Number)
}

#[cfg(test)]
mod tests;
