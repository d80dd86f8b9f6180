//! What typing noticed about a column while it read it, besides the values: what is told once per file.

use crate::rejects::{Reject, Rule, excerpt};
use crate::sources::raw::RawTable;
use crate::typing::evidence::Codes;
use crate::typing::rules::{MS280, MS282};
use crate::typing::styles::{Grond, Styles};

/// Where a thing was seen first, and how often.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// How often.
    pub n: u64,
    line: u64,
    address: String,
    found: String,
}

impl Spot {
    /// One time more; the first is remembered with its place.
    pub(crate) fn hit(&mut self, raw: &RawTable, row: usize, index: usize) {
        if self.n == 0 {
            self.line = raw.line(row);
            self.address = raw.address(row, Some(index));
            self.found = excerpt(&String::from_utf8_lossy(raw.cell(row, index)));
        }
        self.n += 1;
    }

    fn merge(&mut self, later: &Self) {
        if self.n == 0 {
            *self = later.clone();
        } else {
            self.n += later.n;
        }
    }
}

/// What was noticed in one raw column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Cells that could not be read in the style of their column, and could be in another.
    pub otherwise: u64,
    /// Codes of fixed width.
    pub codes: Codes,
    /// Codes that got their zeros back.
    pub padded: Spot,
    /// Cells that another style than the frozen one reads.
    pub against: Spot,
}

impl Seen {
    /// Adds what was noticed in a later block.
    pub fn merge(&mut self, later: &Self) {
        self.otherwise += later.otherwise;
        self.codes.merge(&later.codes);
        self.padded.merge(&later.padded);
        self.against.merge(&later.against);
    }
}

/// The notes of a file: one per column and rule. `block` only tells the headings.
pub fn notes(block: &RawTable, styles: &Styles, seen: &[Seen]) -> Vec<Reject> {
    let mut out = Vec::new();
    for (raw, one) in seen.iter().enumerate() {
        if one.padded.n > 0 {
            out.push(note(&MS280, block, raw, &one.padded));
        }
        if one.against.n > 0 && styles.columns[raw].is_frozen() {
            let who = match styles.columns[raw].grond {
                Grond::Opdracht => "--stijl".to_owned(),
                _ => format!("regiobestand, {}", styles.leverancier()),
            };
            let reject = note(&MS282, block, raw, &one.against);
            out.push(Reject { expected: format!("{} ({who})", reject.expected), ..reject });
        }
    }
    out
}

fn note(rule: &'static Rule, block: &RawTable, raw: usize, spot: &Spot) -> Reject {
    let is_person = block.targets[raw].is_some_and(|at| block.table.columns[at].is_person());
    let times = crate::dutch::count(spot.n.cast_signed());
    let unit = if spot.n == 1 { "waarde" } else { "waarden" };
    Reject {
        table: block.table.name.to_owned(),
        column: block.headings[raw].clone(),
        found: if is_person { crate::rejects::HIDDEN.to_owned() } else { spot.found.clone() },
        expected: format!("{times} {unit} in deze kolom"),
        cell: spot.address.clone(),
        ..Reject::new(rule, &block.file.path, spot.line)
    }
}
