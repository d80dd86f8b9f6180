//! Suspected slips of the comma: prices of ten, a hundred or a thousand times what is usual, or a part of it.
//!
//! A price that is dearer and a price that was typed wrong ask for another conversation; the second says nothing about
//! the aanbieder. A slip multiplies the price that was meant by exactly ten, a hundred or a thousand. What was meant is
//! not known, only that prices of one product lie near each other; hence `RUIMTE`.

use crate::findings::Context;
use crate::findings::kosten::prijs::{Oordeel, PrijsGroep};

/// How far, as a factor, the price that was meant may lie from the middle or the tariff.
///
/// Prices of one product in one unit seldom lie more than a quarter apart, and the windows stay apart: 8 to 12,5 times,
/// 80 to 125 times. A price of five or of thirty times is a price difference, however odd.
const RUIMTE: f64 = 1.25;

/// What a price is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tegen {
    /// The regional tariff on the day of the care.
    Tarief,
    /// The middle of the other prices.
    Midden,
}

/// A price that is probably a slip of the comma.
#[derive(Debug, Clone, PartialEq)]
pub struct Komma {
    /// The aanbieder.
    pub aanbieder: String,
    /// Codes of the gemeenten; empty when it was judged by line against the tariff.
    pub gemeenten: Vec<String>,
    /// Product code.
    pub productcode: String,
    /// Unit of care (code).
    pub eenheid: String,
    /// Eurocents per unit.
    pub prijs_ct: i64,
    /// What it is held against, in eurocents per unit.
    pub gewoon_ct: f64,
    /// Tariff or middle.
    pub tegen: Tegen,
    /// Number of prices behind the middle; `None` against a tariff.
    pub n: Option<usize>,
    /// Number of places the comma moved: 2 is a hundred times too high, −1 a tenth.
    pub macht: i32,
    /// Euros above (negative: below) what it is held against, in cents.
    pub verschil_ct: i64,
    /// Addresses it uses.
    pub cites: Vec<String>,
}

/// Places the comma moved when a price is some ten, hundred or thousand times the usual, or that part of it.
pub(super) fn macht(prijs_ct: f64, gewoon_ct: f64) -> Option<i32> {
    if prijs_ct <= 0.0 || gewoon_ct <= 0.0 {
        return None;
    }
    let distance = (prijs_ct / gewoon_ct).log10();
    let is_near = |places: &i32| (distance - f64::from(*places)).abs() <= RUIMTE.log10();
    [-3, -2, -1, 1, 2, 3].into_iter().find(is_near)
}

/// Lines against the regional tariff.
pub(super) fn against_tarief(context: &Context<'_>) -> Vec<Komma> {
    let keys = ["aanbieder", "productcode", "eenheid", "regio_tarief_ct", "prijs_ct", "kwartaal"];
    let cells = context.cells("factor_van_tarief", &keys);
    let suspected = cells.iter().filter_map(|figure| {
        let prijs_ct: i64 = figure.key("prijs_ct").parse().ok()?;
        let tarief_ct: i64 = figure.key("regio_tarief_ct").parse().ok()?;
        Some(Komma {
            aanbieder: figure.key("aanbieder").to_owned(),
            gemeenten: Vec::new(),
            productcode: figure.key("productcode").to_owned(),
            eenheid: figure.key("eenheid").to_owned(),
            prijs_ct,
            gewoon_ct: tarief_ct as f64,
            tegen: Tegen::Tarief,
            n: None,
            macht: macht(prijs_ct as f64, tarief_ct as f64)?,
            verschil_ct: figure.value(),
            cites: vec![figure.address()],
        })
    });
    suspected.collect()
}

/// Prices that were judged a slip within their group.
pub(super) fn against_middle(groups: &[PrijsGroep]) -> Vec<Komma> {
    let of_group = |groep: &PrijsGroep| -> Vec<Komma> {
        let suspected = groep.prijzen.iter().filter_map(|prijs| {
            let Oordeel::Komma(macht) = prijs.oordeel else { return None };
            Some(Komma {
                aanbieder: prijs.aanbieder.clone(),
                gemeenten: prijs.gemeenten.clone(),
                productcode: groep.productcode.clone(),
                eenheid: groep.eenheid.clone(),
                prijs_ct: prijs.prijs_ct,
                gewoon_ct: groep.midden_ct,
                tegen: Tegen::Midden,
                n: Some(groep.prijzen.len()),
                macht,
                verschil_ct: prijs.boven_midden_ct,
                // The middle rests on every price of the group.
                cites: prijs.cites.iter().chain(&groep.cites).cloned().collect(),
            })
        });
        suspected.collect()
    };
    groups.iter().filter(|groep| groep.is_compared()).flat_map(of_group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_a_hundred_and_a_thousand_are_slips_in_both_directions() {
        for (prijs, places) in
            [(830.0, 1), (8_300.0, 2), (83_000.0, 3), (8.3, -1), (0.83, -2), (0.083, -3)]
        {
            assert_eq!(macht(prijs, 83.0), Some(places), "{prijs}");
        }
    }

    #[test]
    fn what_was_meant_may_lie_a_quarter_from_the_middle_and_no_further() {
        assert_eq!(macht(10.0 * 100.0 * 1.24, 100.0), Some(1));
        assert_eq!(macht(10.0 * 100.0 / 1.24, 100.0), Some(1));
        assert_eq!(macht(10.0 * 100.0 * 1.26, 100.0), None);
        assert_eq!(macht(10.0 * 100.0 / 1.26, 100.0), None);
    }

    #[test]
    fn a_dearer_price_a_minute_for_an_hour_and_nothing_are_no_slips() {
        for prijs in [100.0, 240.0, 500.0, 3_000.0, 6_000.0, 1.7, 50.0, 1e6, 0.0, -1_000.0] {
            assert_eq!(macht(prijs, 100.0), None, "{prijs}");
        }
        assert_eq!(macht(1_000.0, 0.0), None);
    }
}
