//! From cells per month and delay to a run-off triangle, or the reason why there is none.
//!
//! Enters: what was declared per month of care after so many months. Leaves: [`Driehoek`], cumulative, without the
//! cells that lie after the last dagtekening. Does not know regions, nor what is to come.

use std::collections::BTreeSet;

use crate::dutch::counted;
use crate::period::Maand;

/// Fewest months of care on which an expectation rests: below it one odd month decides.
pub(super) const MIN_MAANDEN: usize = 6;

/// So many months without any dagtekening before the last one: that one is more likely a typing error.
const MAX_STILTE: i32 = 3;

/// Euros of one month of care that were declared after one number of months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cel {
    /// Month of care, [`Maand::number`].
    pub(super) maand: i32,
    /// Months of delay; below zero when declared in the month of the care itself.
    pub(super) vertraging: i32,
    /// Eurocents.
    pub(super) bedrag_ct: i64,
}

impl Cel {
    /// The month in which it was declared.
    fn gedeclareerd(&self) -> i32 {
        self.maand + 1 + self.vertraging
    }
}

/// Months of care, oldest first, each with what was known after 0, 1, 2 … months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Driehoek {
    /// [`Maand::number`] of the first row; the others follow without a gap.
    pub(super) eerste: i32,
    /// Cumulative eurocents; a row ends where the future begins.
    pub(super) rijen: Vec<Vec<i64>>,
}

/// Builds the triangle of the months `van` to `tot` as known in the month of the last dagtekening.
///
/// # Errors
/// In Dutch, lower case, no full stop: why these data cannot give one.
pub(super) fn driehoek(
    cellen: &[Cel],
    stand: Maand,
    van: i32,
    tot: i32,
) -> Result<Driehoek, String> {
    let Some(first) = cellen.iter().map(Cel::gedeclareerd).min() else {
        return Err("van geen enkele declaratie is bekend wanneer zij is ingediend".to_owned());
    };
    check_stand(cellen, stand, van)?;
    // An export that begins at a date of declaring holds only the late lines of earlier months.
    let is_whole = |maand: i32| maand + 1 >= first;
    let known =
        cellen.iter().map(|cel| cel.maand).filter(|maand| *maand >= van && is_whole(*maand));
    let eerste = known.min().unwrap_or(tot + 1);
    // A month of which the first delay has not passed yet has nothing that can be compared.
    let laatste = tot.min(stand.number() - 1);
    let n = usize::try_from(laatste - eerste + 1).unwrap_or(0);
    if n < MIN_MAANDEN {
        return Err(format!(
            "er {} bekend vanaf het begin; daarvoor zijn er ten minste {MIN_MAANDEN} nodig",
            if n == 1 {
                "is 1 maand van zorg".to_owned()
            } else {
                format!("zijn {n} maanden van zorg")
            }
        ));
    }
    let rijen = (eerste..=laatste).map(|maand| row(cellen, maand, stand.number())).collect();
    Ok(Driehoek { eerste, rijen })
}

fn row(cellen: &[Cel], maand: i32, stand: i32) -> Vec<i64> {
    let until = |vertraging: i32| {
        let cells = cellen.iter().filter(|cel| cel.maand == maand && cel.vertraging <= vertraging);
        cells.map(|cel| cel.bedrag_ct).sum()
    };
    (0..stand - maand).map(until).collect()
}

/// A year typed wrong makes every month look old, and so every quarter complete. However many there are of them, between
/// them and what is right lies a silence.
fn check_stand(cellen: &[Cel], stand: Maand, van: i32) -> Result<(), String> {
    let is_seen = |month: &i32| (van..=stand.number()).contains(month);
    let mut months: BTreeSet<i32> = cellen.iter().map(Cel::gedeclareerd).filter(is_seen).collect();
    months.extend(cellen.iter().map(|cel| cel.maand).filter(is_seen).max());
    months.insert(stand.number());
    let months: Vec<i32> = months.into_iter().collect();
    let silence = |pair: &&[i32]| pair[1] - pair[0] - 1 > MAX_STILTE;
    match months.windows(2).find(silence) {
        None => Ok(()),
        Some(pair) => Err(format!(
            "tussen {} en {} is {} lang niets gedeclareerd; waarschijnlijk is een dagtekening een typefout",
            Maand::of_number(pair[0]),
            Maand::of_number(pair[1]),
            counted(i64::from(pair[1] - pair[0] - 1), "maand", "maanden")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maand(text: &str) -> Maand {
        text.parse().unwrap()
    }

    fn cel(zorg: &str, vertraging: i32, bedrag_ct: i64) -> Cel {
        Cel { maand: maand(zorg).number(), vertraging, bedrag_ct }
    }

    /// Eight months, each 90 at once and 10 a month later, as known in the month after the last.
    fn eight() -> Vec<Cel> {
        let mut cells = Vec::new();
        for n in 0..8 {
            let zorg = maand("2025-01").number() + n;
            cells.push(Cel { maand: zorg, vertraging: 0, bedrag_ct: 90 });
            if n < 7 {
                cells.push(Cel { maand: zorg, vertraging: 1, bedrag_ct: 10 });
            }
        }
        cells
    }

    fn of(cells: &[Cel], stand: &str) -> Result<Driehoek, String> {
        driehoek(cells, maand(stand), maand("2023-09").number(), maand("2025-08").number())
    }

    #[test]
    fn a_row_ends_where_the_future_begins() {
        let found = of(&eight(), "2025-09").unwrap();
        assert_eq!(Maand::of_number(found.eerste).to_string(), "2025-01");
        assert_eq!(found.rijen[0], [90, 100, 100, 100, 100, 100, 100, 100]);
        assert_eq!(found.rijen[6], [90, 100]);
        assert_eq!(found.rijen[7], [90]);
    }

    #[test]
    fn what_is_declared_in_the_month_itself_is_known_at_the_first_delay_and_a_credit_on_its_own_day()
     {
        let mut cells = eight();
        cells.extend([cel("2025-01", -1, 7), cel("2025-01", 3, -20)]);
        assert_eq!(of(&cells, "2025-09").unwrap().rijen[0][..5], [97, 107, 107, 87, 87]);
    }

    #[test]
    fn a_month_too_young_to_compare_has_no_row() {
        let mut cells = eight();
        cells.push(cel("2025-08", -1, 5));
        let found = driehoek(&cells, maand("2025-08"), 0, maand("2025-08").number()).unwrap();
        assert_eq!(found.rijen.len(), 7);
    }

    #[test]
    fn months_of_which_only_late_lines_can_be_there_stay_out() {
        let mut cells = eight();
        // Declared from January 2025 on: of 2024 only what came late.
        cells.extend([cel("2024-10", 2, 40), cel("2024-11", 1, 30), cel("2024-12", 0, 95)]);
        assert_eq!(Maand::of_number(of(&cells, "2025-09").unwrap().eerste).to_string(), "2024-12");
    }

    #[test]
    fn too_few_months_and_a_last_date_that_stands_apart_are_refused() {
        let few: Vec<Cel> =
            eight().into_iter().filter(|c| c.maand > maand("2025-03").number()).collect();
        let reason = of(&few, "2025-09").unwrap_err();
        assert!(reason.starts_with("er zijn 5 maanden van zorg bekend"), "{reason}");
        assert!(of(&[], "2025-09").unwrap_err().starts_with("van geen enkele declaratie"));
        let mut typo = eight();
        typo.push(cel("2025-08", 119, 90));
        let reason = of(&typo, "2035-08").unwrap_err();
        assert!(reason.contains("2035-08") && reason.contains("typefout"), "{reason}");
        assert!(of(&eight(), "2025-12").is_ok(), "data delivered later are no typing error");
    }
}
