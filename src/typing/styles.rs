//! How a file writes its numbers, dates and clients: decided per column on the first block, held against every later
//! value, decided again on the whole file when a value contradicts it.

mod decide;
#[cfg(test)]
mod tests;
mod words;

use self::decide::{ONE_IN, client_kind, decide, follow, pads};
use crate::region::stijl::{Leverancier, Notatie, Opdracht};
use crate::schema::Column;
use crate::sources::raw::RawTable;
use crate::typing::cells::{DayOrder, Decimal};
use crate::typing::evidence::Evidence;
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
