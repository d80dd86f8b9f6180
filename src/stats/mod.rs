//! Statistics: numbers in, numbers out.
//!
//! Enters: plain numbers. Leaves: plain numbers, or [`NotComputable`] with the reason; never NaN or infinity.
//! Does not know files, tables, or what the numbers stand for.

mod binomial;
pub mod calendar;
pub mod decomposition;
mod distribution;
pub mod funnel;
pub mod inequality;
pub mod lottery;
pub mod multiple_testing;
pub mod overdispersion;
pub mod poisson;
pub mod poisson_binomial;
#[cfg(test)]
mod properties;
pub mod proportion;
pub mod rate;
pub mod rng;
pub mod robust;
pub mod runoff;

use std::fmt;

pub use distribution::{CountRange, Interval, Level, Side, Tails};

/// Why there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotComputable {
    /// No values at all.
    NoValues,
    /// One value, where a comparison needs two.
    SingleValue,
    /// The values add up to zero, so that there are no shares.
    TotalIsZero,
    /// A value below zero, where only amounts of zero and more make sense.
    NegativeValue,
    /// A value of zero or less, where a logarithm or a ratio is taken.
    NotPositive,
    /// A value or a sum that is NaN or infinite.
    NotFinite,
    /// The denominator is zero or less.
    NoDenominator,
    /// The reference is zero or less.
    NoReference,
    /// A probability outside 0–1.
    NotAProbability,
    /// More outcomes than fit in memory.
    TooLarge,
    /// Lists that belong together differ in length.
    LengthsDiffer,
    /// Nothing happened in the group that is compared with, so that a ratio to it has no end.
    NothingElsewhere,
    /// Everything is certain beforehand: chance has no room.
    NoSpread,
    /// The chances of one drawing do not add up to 1.
    ChancesNotOne,
    /// What was observed cannot come from these chances.
    Contradiction,
    /// A date outside the years of which the holidays are known here.
    OutsideCalendar,
    /// The end lies before the start.
    EndBeforeStart,
    /// Later rows of a run-off know more columns than earlier ones.
    NotATriangle,
    /// A run-off with too few rows or columns to see a pattern.
    TooFewPeriods,
    /// A month of which nothing is known yet.
    NothingKnown,
    /// A column of the run-off that holds nothing to continue from.
    EmptyColumn,
    /// A month that had nothing yet after some delay and something later, so that it has no growth.
    FromNothing,
    /// There was no volume in the first period.
    NoVolumeBefore,
}

/// A number, or the reason why there is none.
pub type Computed<T> = Result<T, NotComputable>;

impl fmt::Display for NotComputable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoValues => "er zijn geen waarden",
            Self::SingleValue => "er is maar één waarde",
            Self::TotalIsZero => "alles samen is nul",
            Self::NegativeValue => "er is een waarde onder nul",
            Self::NotPositive => "er is een waarde van nul of lager",
            Self::NotFinite => "er is een waarde die geen getal is",
            Self::NoDenominator => "de noemer is nul of ontbreekt",
            Self::NoReference => "de referentiewaarde is nul of ontbreekt",
            Self::NotAProbability => "de kans ligt niet tussen 0 en 1",
            Self::TooLarge => "de aantallen zijn te groot om uit te rekenen",
            Self::LengthsDiffer => "de lijsten zijn niet even lang",
            Self::NothingElsewhere => "bij de anderen komt het niet voor",
            Self::NoSpread => "het toeval heeft hier geen ruimte",
            Self::ChancesNotOne => "de kansen zijn samen niet 1",
            Self::Contradiction => "de uitkomst kan niet uit deze kansen ontstaan",
            Self::OutsideCalendar => "de feestdagen van dat jaar zijn niet bekend",
            Self::EndBeforeStart => "het einde ligt voor het begin",
            Self::NotATriangle => "een latere maand is verder bekend dan een eerdere",
            Self::TooFewPeriods => "er zijn te weinig maanden om een patroon te zien",
            Self::NothingKnown => "van deze maand is nog niets bekend",
            Self::EmptyColumn => "na zo veel maanden was er nog nooit iets binnen",
            Self::FromNothing => "van een eerdere maand was na zo veel maanden nog niets binnen",
            Self::NoVolumeBefore => "er was geen volume in de eerste periode",
        })
    }
}

impl std::error::Error for NotComputable {}

/// The values in ascending order; refuses an empty list and anything that is not a finite number.
fn sorted(values: &[f64]) -> Computed<Vec<f64>> {
    if values.is_empty() {
        return Err(NotComputable::NoValues);
    }
    if values.iter().any(|value| !value.is_finite()) {
        return Err(NotComputable::NotFinite);
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    Ok(sorted)
}

/// The number itself, unless a sum or product ran out of range.
fn finite(value: f64) -> Computed<f64> {
    if value.is_finite() { Ok(value) } else { Err(NotComputable::NotFinite) }
}
