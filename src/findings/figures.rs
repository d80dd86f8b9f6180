//! Looking up measured figures by query, level and quarter.

use crate::findings::Context;
use crate::metrics::{Measured, MeasuredCell, TOTAAL};

impl Context<'_> {
    /// A query by its id.
    pub(super) fn query(&self, id: &str) -> Option<&Measured> {
        self.measured.iter().find(|measured| measured.query.id == id)
    }

    /// Cells of a level in the quarter of the run.
    pub(super) fn cells<'c>(&'c self, id: &str, keys: &[&str]) -> Vec<Figure<'c>> {
        let kwartaal = self.kwartaal.to_string();
        let Some(measured) = self.query(id) else { return Vec::new() };
        let Some(level) = measured.level(keys) else { return Vec::new() };
        let figure = |cell| Figure { measured, cell };
        let of_quarter =
            |figure: &Figure<'_>| [kwartaal.as_str(), TOTAAL].contains(&figure.key("kwartaal"));
        level.cells.iter().map(figure).filter(of_quarter).collect()
    }

    /// Cells of a level, of every quarter.
    pub(super) fn all_cells<'c>(&'c self, id: &str, keys: &[&str]) -> Vec<Figure<'c>> {
        let Some(measured) = self.query(id) else { return Vec::new() };
        let cells = measured.level(keys).map_or(&[][..], |level| level.cells.as_slice());
        cells.iter().map(|cell| Figure { measured, cell }).collect()
    }

    /// The total of the quarter.
    pub(super) fn total<'c>(&'c self, id: &str) -> Option<Figure<'c>> {
        self.cells(id, &["kwartaal"]).into_iter().next()
    }

    /// Name of a gemeente of the region, else its code.
    pub(super) fn gemeente<'c>(&'c self, code: &'c str) -> &'c str {
        self.region.gemeenten.iter().find(|g| g.code == code).map_or(code, |g| g.naam.as_str())
    }
}

/// A cell with the query it came from.
#[derive(Clone, Copy)]
pub(super) struct Figure<'c> {
    measured: &'c Measured,
    cell: &'c MeasuredCell,
}

impl<'c> Figure<'c> {
    /// Text of a key.
    pub(super) fn key(&self, name: &str) -> &'c str {
        self.measured.key_of(self.cell, name)
    }

    /// The value.
    pub(super) fn value(&self) -> i64 {
        self.cell.value
    }

    /// Per 10.000 or share, when it can be computed.
    pub(super) fn ratio(&self) -> Option<f64> {
        self.cell.ratio.as_ref().and_then(|ratio| ratio.outcome.as_ref().ok().copied())
    }

    /// The children a rate is taken over, or why there is no rate.
    pub(super) fn jeugdigen(&self) -> Result<i64, String> {
        let unknown = || "geen aantal jeugdigen bekend".to_owned();
        let ratio = self.cell.ratio.as_ref().ok_or_else(unknown)?;
        ratio.outcome.clone()?;
        ratio.noemer.ok_or_else(unknown)
    }

    /// Address of the value.
    pub(super) fn address(&self) -> String {
        self.measured.address(self.cell, &self.measured.query.value)
    }
}

/// Whole cents of a computed amount, half away from zero.
#[allow(clippy::cast_possible_truncation, reason = "amounts of a region are far below 2^53 cents")]
pub(super) fn whole_cents(ct: f64) -> i64 {
    ct.round() as i64
}
