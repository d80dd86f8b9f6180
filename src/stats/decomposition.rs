//! What changed between two periods: volume, price, or mix.
//!
//! Enters: per item its amount and volume in both periods, all in one unit of volume. Leaves: whole cents that add
//! up exactly, per item and in total. Does not know why anything changed.

use crate::stats::{Computed, NotComputable};

/// An item in two periods. Amounts may be below zero (credits); volumes may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoPeriods {
    /// Amount in the first period.
    pub amount_before_ct: i64,
    /// Amount in the second period.
    pub amount_after_ct: i64,
    /// Volume in the first period, in whole steps of the unit all items share.
    pub volume_before: i64,
    /// Volume in the second period.
    pub volume_after: i64,
}

/// The parts of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effects {
    /// What the amount would have changed if everything had grown as the total volume did.
    pub volume_ct: i64,
    /// Price per step then and now, times the volume of now.
    pub price_ct: i64,
    /// The rest: another composition, and all of what is new or gone, since that has no two prices.
    pub mix_ct: i64,
}

/// A change in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decomposition {
    /// Per item, in the order of the input; together these are `total`.
    pub items: Vec<Effects>,
    /// Of all items; together `Σ after − Σ before`.
    pub total: Effects,
}

impl Effects {
    /// The whole change: the three parts together.
    pub fn sum_ct(&self) -> i64 {
        self.volume_ct + self.price_ct + self.mix_ct
    }
}

/// Splits a change of amounts into volume, price and mix (Laspeyres volume, Paasche price).
///
/// * volume `= (ΣV₁ / ΣV₀ − 1) · A₀`, rounded per item by largest remainder so that the items add up to the
///   rounded total;
/// * price `= A₁ − A₀ · v₁ / v₀`, rounded per item to the cent, and 0 for an item that lacks volume in one
///   of the two periods;
/// * mix `= A₁ − A₀ − volume − price`.
///
/// # Errors
/// [`NotComputable::NoVolumeBefore`] when the first period has no volume (or there are no items);
/// [`NotComputable::NegativeValue`] for a volume below zero; [`NotComputable::NotFinite`] when a sum runs
/// out of range.
pub fn decompose(items: &[TwoPeriods]) -> Computed<Decomposition> {
    if items.iter().any(|item| item.volume_before < 0 || item.volume_after < 0) {
        return Err(NotComputable::NegativeValue);
    }
    let volume_before: i128 = items.iter().map(|item| i128::from(item.volume_before)).sum();
    let volume_after: i128 = items.iter().map(|item| i128::from(item.volume_after)).sum();
    if volume_before == 0 {
        return Err(NotComputable::NoVolumeBefore);
    }
    let growth = volume_after - volume_before;
    let grown = items
        .iter()
        .map(|item| i128::from(item.amount_before_ct).checked_mul(growth))
        .collect::<Option<Vec<i128>>>()
        .ok_or(NotComputable::NotFinite)?;
    let mut total = Effects::default();
    let mut effects = Vec::with_capacity(items.len());
    for (item, volume_ct) in items.iter().zip(shared_out(&grown, volume_before)?) {
        let price_ct = price(item)?;
        let change = narrow(i128::from(item.amount_after_ct) - i128::from(item.amount_before_ct))?;
        let mix_ct = narrow(i128::from(change) - i128::from(volume_ct) - i128::from(price_ct))?;
        total.volume_ct = add(total.volume_ct, volume_ct)?;
        total.price_ct = add(total.price_ct, price_ct)?;
        total.mix_ct = add(total.mix_ct, mix_ct)?;
        effects.push(Effects { volume_ct, price_ct, mix_ct });
    }
    Ok(Decomposition { items: effects, total })
}

fn narrow(value: i128) -> Computed<i64> {
    i64::try_from(value).map_err(|_| NotComputable::NotFinite)
}

fn add(a: i64, b: i64) -> Computed<i64> {
    a.checked_add(b).ok_or(NotComputable::NotFinite)
}

/// `A₁ − A₀ · v₁ / v₀` to the cent, for an item with volume in both periods.
fn price(item: &TwoPeriods) -> Computed<i64> {
    if item.volume_before == 0 || item.volume_after == 0 {
        return Ok(0);
    }
    let (before, after) = (i128::from(item.volume_before), i128::from(item.volume_after));
    let at_old_price = i128::from(item.amount_before_ct) * after;
    narrow(i128::from(item.amount_after_ct) - rounded(at_old_price, before)?)
}

/// The fraction to the nearest whole number, half upwards. The denominator is above zero.
fn rounded(numerator: i128, denominator: i128) -> Computed<i128> {
    let twice = numerator.checked_mul(2).and_then(|twice| twice.checked_add(denominator));
    Ok(twice.ok_or(NotComputable::NotFinite)?.div_euclid(2 * denominator))
}

/// Whole numbers beside the fractions `numerators / denominator`, each less than 1 away, together the
/// rounded sum: rounded down, and what is left goes to the largest remainders, at a tie to the first.
fn shared_out(numerators: &[i128], denominator: i128) -> Computed<Vec<i64>> {
    let sum = numerators
        .iter()
        .try_fold(0_i128, |sum, x| sum.checked_add(*x))
        .ok_or(NotComputable::NotFinite)?;
    let mut parts: Vec<i128> = numerators.iter().map(|x| x.div_euclid(denominator)).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|index| {
        (std::cmp::Reverse(numerators[*index].rem_euclid(denominator)), *index)
    });
    let left = rounded(sum, denominator)? - parts.iter().sum::<i128>();
    let left = usize::try_from(left).map_err(|_| NotComputable::NotFinite)?;
    for index in order.into_iter().take(left) {
        parts[index] += 1;
    }
    parts.into_iter().map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(before: (i64, i64), after: (i64, i64)) -> TwoPeriods {
        TwoPeriods {
            amount_before_ct: before.0,
            volume_before: before.1,
            amount_after_ct: after.0,
            volume_after: after.1,
        }
    }

    #[test]
    fn more_of_the_same_is_volume() {
        let found = decompose(&[item((1_000, 10), (1_200, 12)), item((500, 5), (600, 6))]).unwrap();
        assert_eq!(found.total, Effects { volume_ct: 300, price_ct: 0, mix_ct: 0 });
    }

    #[test]
    fn a_higher_tariff_is_price_over_the_volume_of_now() {
        let found = decompose(&[item((1_000, 10), (1_100, 10))]).unwrap();
        assert_eq!(found.total, Effects { volume_ct: 0, price_ct: 100, mix_ct: 0 });
    }

    #[test]
    fn from_cheap_to_dear_is_mix() {
        let found = decompose(&[item((100, 10), (50, 5)), item((1_000, 10), (1_500, 15))]).unwrap();
        assert_eq!(found.total, Effects { volume_ct: 0, price_ct: 0, mix_ct: 450 });
    }

    #[test]
    fn new_and_gone_items_have_no_price() {
        let found = decompose(&[item((900, 10), (0, 0)), item((0, 0), (2_000, 10))]).unwrap();
        assert_eq!(found.items[0], Effects { volume_ct: 0, price_ct: 0, mix_ct: -900 });
        assert_eq!(found.items[1], Effects { volume_ct: 0, price_ct: 0, mix_ct: 2_000 });
    }

    #[test]
    fn cents_that_do_not_divide_still_add_up() {
        let items = vec![item((100, 1), (100, 1)); 3].into_iter();
        let items: Vec<TwoPeriods> = items.chain([item((0, 0), (0, 1))]).collect();
        let found = decompose(&items).unwrap();
        // A third of 300 is 100: 34 + 33 + 33.
        assert_eq!(found.items.iter().map(|e| e.volume_ct).collect::<Vec<_>>(), [34, 33, 33, 0]);
        assert_eq!(found.total.volume_ct, 100);
        assert_eq!(found.total.sum_ct(), 0);
    }

    #[test]
    fn without_volume_before_or_with_too_much_there_is_no_answer() {
        assert_eq!(decompose(&[]), Err(NotComputable::NoVolumeBefore));
        assert_eq!(decompose(&[item((5, 0), (5, 1))]), Err(NotComputable::NoVolumeBefore));
        assert_eq!(decompose(&[item((5, -1), (5, 1))]), Err(NotComputable::NegativeValue));
        let huge = item((i64::MAX, 1), (i64::MAX, i64::MAX));
        assert_eq!(decompose(&[huge]), Err(NotComputable::NotFinite));
    }
}
