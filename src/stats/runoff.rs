//! What is still to come in.
//!
//! Enters: a run-off triangle: per month of care (rows, oldest first) what was known after each month of delay
//! (columns), added up. Leaves: how complete a month is after each delay, what is still to come, and a range
//! for that. Assumes that months run off alike and that nothing comes after the last column.

use crate::stats::funnel::Z_95;
use crate::stats::{Computed, Interval, NotComputable};

/// A month of care.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunOffRow {
    /// What is known now, in the unit of the input.
    pub known: i64,
    /// Expected in the end; without a value when nothing is known of this month yet, or nothing was ever known
    /// after so short a delay.
    pub ultimate: Computed<f64>,
    /// `ultimate − known`; below zero when corrections are expected to lower it.
    pub to_come: Computed<f64>,
    /// Standard error of `to_come` (Mack 1993, corollary to theorem 3).
    pub standard_error: Computed<f64>,
}

/// Result of the chain ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct RunOff {
    /// Per step from one column to the next: what is known is multiplied by this.
    pub factors: Vec<Computed<f64>>,
    /// Per column: the expected share of the ultimate that is known by then; 1 in the last.
    pub completeness: Vec<Computed<f64>>,
    /// Per row of the input.
    pub rows: Vec<RunOffRow>,
    /// Positions of the rows without a `to_come`; the totals are of the others.
    pub left_out: Vec<usize>,
    /// Sum of `to_come`.
    pub to_come: f64,
    /// Standard error of that sum; rows share their factors, so that it is more than that of the rows apart.
    pub standard_error: Computed<f64>,
}

/// The 95% range of what is still to come: lognormal (Mack 1993, §6), so that it does not start below zero.
/// Where less than nothing is expected it is symmetric. Where the standard error is larger than what is expected, a
/// lognormal narrows as it becomes less certain; then credits may take back more than still comes, the lower end is the
/// symmetric one and the upper end the higher of the two.
///
/// # Errors
/// [`NotComputable::NotFinite`]; [`NotComputable::NegativeValue`] for a standard error below zero.
pub fn range95(to_come: f64, standard_error: f64) -> Computed<Interval> {
    if !to_come.is_finite() || !standard_error.is_finite() {
        return Err(NotComputable::NotFinite);
    }
    if standard_error < 0.0 {
        return Err(NotComputable::NegativeValue);
    }
    let half = Z_95 * standard_error;
    let symmetric = Interval { lower: to_come - half, upper: to_come + half };
    if to_come <= 0.0 {
        return Ok(symmetric);
    }
    let variance = (standard_error / to_come).powi(2).ln_1p();
    let middle = to_come.ln() - variance / 2.0;
    let half = Z_95 * variance.sqrt();
    let lognormal = Interval { lower: (middle - half).exp(), upper: (middle + half).exp() };
    if standard_error <= to_come {
        return Ok(lognormal);
    }
    Ok(Interval { lower: symmetric.lower, upper: symmetric.upper.max(lognormal.upper) })
}

/// Chain ladder with Mack's standard errors (Mack 1993, ASTIN Bulletin 23:213).
///
/// `triangle[i][k]` is what was known of month `i` after `k` months of delay, cumulative. Rows run from the
/// oldest to the newest month and never get longer; the first rows may all have the full length.
///
/// # Errors
/// [`NotComputable::NoValues`] without rows or with an empty row; [`NotComputable::NotATriangle`];
/// [`NotComputable::NegativeValue`] for a cumulative value below zero.
pub fn chain_ladder(triangle: &[Vec<i64>]) -> Computed<RunOff> {
    check(triangle)?;
    let n_columns = triangle[0].len();
    let steps: Vec<Step> = (0..n_columns - 1).map(|column| Step::of(triangle, column)).collect();
    let variances = variances(&steps);
    let factors: Vec<Computed<f64>> = steps.iter().map(|step| step.factor).collect();
    let growth = |from: usize| {
        factors[from..].iter().try_fold(1.0, |product, factor| Ok(product * (*factor)?))
    };
    let completeness = (0..n_columns)
        .map(|column| {
            let growth = growth(column)?;
            if growth > 0.0 { Ok(1.0 / growth) } else { Err(NotComputable::EmptyColumn) }
        })
        .collect();
    let mut rows = Vec::with_capacity(triangle.len());
    for values in triangle {
        let at = values.len() - 1;
        let known = values[at];
        let ultimate = if known == 0 && at + 1 < n_columns {
            // Multiplying nothing gives nothing, which is no expectation.
            Err(NotComputable::NothingKnown)
        } else {
            growth(at).map(|growth| known as f64 * growth)
        };
        let to_come = ultimate.map(|ultimate| ultimate - known as f64);
        let error = row_variance(&steps, &variances, at, known as f64).map(f64::sqrt);
        rows.push(RunOffRow { known, ultimate, to_come, standard_error: error });
    }
    let left_out = (0..rows.len()).filter(|row| rows[*row].to_come.is_err()).collect();
    let to_come = rows.iter().filter_map(|row| row.to_come.ok()).sum();
    let standard_error = total_error(triangle, &steps, &variances, &rows);
    Ok(RunOff { factors, completeness, rows, left_out, to_come, standard_error })
}

fn check(triangle: &[Vec<i64>]) -> Computed<()> {
    if triangle.is_empty() || triangle.iter().any(Vec::is_empty) {
        return Err(NotComputable::NoValues);
    }
    if triangle.windows(2).any(|pair| pair[1].len() > pair[0].len()) {
        return Err(NotComputable::NotATriangle);
    }
    if triangle.iter().flatten().any(|value| *value < 0) {
        return Err(NotComputable::NegativeValue);
    }
    Ok(())
}

/// From one column to the next, over the rows that have both.
struct Step {
    factor: Computed<f64>,
    /// Sum of the first of the two columns.
    base: f64,
    /// σ² of Mack, where two rows or more show it.
    variance: Computed<f64>,
}

impl Step {
    fn of(triangle: &[Vec<i64>], column: usize) -> Self {
        let pairs: Vec<(f64, f64)> = triangle
            .iter()
            .filter(|row| row.len() > column + 1)
            .map(|row| (row[column] as f64, row[column + 1] as f64))
            .collect();
        let base: f64 = pairs.iter().map(|pair| pair.0).sum();
        let next: f64 = pairs.iter().map(|pair| pair.1).sum();
        if base == 0.0 {
            let empty = Err(NotComputable::EmptyColumn);
            return Self { factor: empty, base, variance: empty };
        }
        let factor = next / base;
        Self { factor: Ok(factor), base, variance: step_variance(&pairs, factor) }
    }
}

/// `Σ C (F − f)² / (n − 1)` over the rows with something in the first column. A row that goes from nothing to
/// something has no factor of its own, and the model no variance for it.
fn step_variance(pairs: &[(f64, f64)], factor: f64) -> Computed<f64> {
    if pairs.iter().any(|(from, to)| *from == 0.0 && *to != 0.0) {
        return Err(NotComputable::FromNothing);
    }
    let used: Vec<&(f64, f64)> = pairs.iter().filter(|pair| pair.0 > 0.0).collect();
    if used.len() < 2 {
        return Err(NotComputable::TooFewPeriods);
    }
    let sum: f64 = used.iter().map(|(from, to)| from * (to / from - factor).powi(2)).sum();
    Ok(sum / (used.len() - 1) as f64)
}

/// The variances, with that of the last step by Mack's rule where one row alone shows it:
/// `min(σ₋₁⁴ / σ₋₂², min(σ₋₂², σ₋₁²))`.
fn variances(steps: &[Step]) -> Vec<Computed<f64>> {
    let mut variances: Vec<Computed<f64>> = steps.iter().map(|step| step.variance).collect();
    if let [.., before, last, missing] = variances.as_mut_slice()
        && *missing == Err(NotComputable::TooFewPeriods)
        && let (Ok(before), Ok(last)) = (*before, *last)
    {
        let smaller = before.min(last);
        *missing = Ok(if before > 0.0 { smaller.min(last * last / before) } else { smaller });
    }
    variances
}

/// Squared standard error of one row.
fn row_variance(
    steps: &[Step],
    variances: &[Computed<f64>],
    from: usize,
    known: f64,
) -> Computed<f64> {
    let mut at = known;
    let mut relative = 0.0;
    for (step, variance) in steps.iter().zip(variances).skip(from) {
        let factor = step.factor?;
        if at == 0.0 {
            return Err(NotComputable::NothingKnown);
        }
        if factor == 0.0 {
            return Err(NotComputable::EmptyColumn);
        }
        relative += (*variance)? / (factor * factor) * (1.0 / at + 1.0 / step.base);
        at *= factor;
    }
    Ok(at * at * relative)
}

/// Standard error of the sum, with what the rows share by using the same factors.
fn total_error(
    triangle: &[Vec<i64>],
    steps: &[Step],
    variances: &[Computed<f64>],
    rows: &[RunOffRow],
) -> Computed<f64> {
    let mut sum = 0.0;
    let mut later = 0.0;
    for (values, row) in triangle.iter().zip(rows).rev() {
        let Ok(ultimate) = row.ultimate else { continue };
        let mut shared = 0.0;
        for (step, variance) in steps.iter().zip(variances).skip(values.len() - 1) {
            shared += 2.0 * (*variance)? / step.factor?.powi(2) / step.base;
        }
        sum += row.standard_error?.powi(2) + ultimate * later * shared;
        later += ultimate;
    }
    Ok(sum.sqrt())
}

#[cfg(test)]
mod tests;
