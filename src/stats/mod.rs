//! Statistics: numbers in, numbers out.
//!
//! Enters: plain numbers. Leaves: plain numbers, or [`NotComputable`] with the reason; never NaN or infinity.
//! Does not know files, tables, or what the numbers stand for.

pub mod inequality;
pub mod rate;
pub mod robust;

use std::fmt;

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
