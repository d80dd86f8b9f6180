//! A level of a query: by which keys its figures are known, over which time, and of which other levels they are parts.

use crate::disclosure::stelsel::KWARTAAL;
use crate::metrics::{Jaar, Level, Measured, MeasuredCell, Period};

/// A level of a query among the figures.
pub(super) struct Plek<'m> {
    pub(super) measured: &'m Measured,
    pub(super) level: &'m Level,
    /// Keys by which a figure is known: those of the level, and the quarter or year when the query looks at one.
    pub(super) sleutels: Vec<&'m str>,
    /// The year of the run, and the quarter or year the query looks at when it is no key.
    jaar: Jaar,
    tijd: Option<String>,
    /// True when its figures are over that year.
    pub(super) is_jaar: bool,
    /// Where its figures begin.
    pub(super) begin: usize,
}

impl<'m> Plek<'m> {
    pub(super) fn new(
        measured: &'m Measured,
        level: &'m Level,
        is_of_year: bool,
        begin: usize,
    ) -> Self {
        let mut sleutels: Vec<&str> = level.keys.iter().map(String::as_str).collect();
        let jaar = Jaar::tot(measured.kwartaal);
        let period = measured.query.period;
        let has_key = sleutels.contains(&KWARTAAL);
        let tijd = match period {
            _ if has_key => None,
            Period::Kwartaal => Some(measured.kwartaal.to_string()),
            Period::VierKwartalen => Some(jaar.tekst.clone()),
            Period::AchtKwartalen | Period::Alles => None,
        };
        if tijd.is_some() {
            sleutels.push(KWARTAAL);
        }
        let is_jaar = is_of_year || (period == Period::VierKwartalen && !has_key);
        Self { measured, level, sleutels, jaar, tijd, is_jaar, begin }
    }

    pub(super) fn text<'a>(&'a self, cell: &'a MeasuredCell, sleutel: &str) -> &'a str {
        match &self.tijd {
            Some(tijd) if sleutel == KWARTAAL => tijd,
            _ => self.measured.key_of(cell, sleutel),
        }
    }

    /// Texts of these keys; `over_jaar`: of a quarter of the year that year.
    pub(super) fn texts(
        &self,
        cell: &MeasuredCell,
        sleutels: &[&str],
        over_jaar: bool,
    ) -> Vec<String> {
        let one = |sleutel: &&str| match self.text(cell, sleutel) {
            text if over_jaar && *sleutel == KWARTAAL && self.jaar.has(text) => &self.jaar.tekst,
            text => text,
        };
        sleutels.iter().map(one).map(ToOwned::to_owned).collect()
    }

    pub(super) fn has(&self, sleutel: &str) -> bool {
        self.sleutels.contains(&sleutel)
    }

    /// True when both look at the same time, once the keys they share are equal.
    pub(super) fn same_time(&self, other: &Self) -> bool {
        self.has(KWARTAAL) || self.measured.query.period == other.measured.query.period
    }

    /// True when the figures of this level are parts of those of `whole`, or the same.
    pub(super) fn is_part_of(&self, whole: &Self) -> bool {
        // Of a quarter a year is no part, and of all quarters it is only some.
        let is_year_of_other = self.is_jaar && !whole.is_jaar;
        self.measured.query.measure == whole.measured.query.measure
            && whole.sleutels.iter().all(|sleutel| self.has(sleutel))
            && whole.same_time(self)
            && !is_year_of_other
            && self.begin != whole.begin
    }

    pub(super) fn is_finer_than(&self, other: &Self) -> bool {
        (self.sleutels.len(), !self.is_jaar) > (other.sleutels.len(), !other.is_jaar)
    }
}
