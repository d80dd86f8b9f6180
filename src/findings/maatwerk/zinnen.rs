//! The comparison of gemeenten in sentences.
//!
//! Enters: a [`Vergelijking`]. Leaves: Dutch sentences, numbers before adjectives, ending in what to look at.

use crate::dutch::{count, counted, decimal, list};
use crate::findings::maatwerk::vergelijking::{Oordeel, Vergelijking};
use crate::findings::toets::{Drempel, MAATWERK_ANDEREN, Toets};
use crate::stats::overdispersion::{Decision, Overdispersion};
use crate::stats::{Level, Side};

/// Chance with which a gemeente falls beyond the 95% limits when nothing is going on, at most.
const KANS_95: f64 = 0.05;

/// `de vier kwartalen tot en met 2025-K3`, or `2025-K3`.
pub fn periode(vergelijking: &Vergelijking) -> String {
    let last = vergelijking.kwartalen.last().map(ToString::to_string).unwrap_or_default();
    match vergelijking.kwartalen.len() {
        1 => last,
        2 => format!("de twee kwartalen tot en met {last}"),
        3 => format!("de drie kwartalen tot en met {last}"),
        4 => format!("de vier kwartalen tot en met {last}"),
        n => format!("{n} kwartalen tot en met {last}"),
    }
}

/// What is said of one gemeente.
pub fn zin(oordeel: &Oordeel, vergelijking: &Vergelijking) -> String {
    let telling = &oordeel.telling;
    let mut text = format!(
        "{} heeft in {} {}: {} per 10.000 jeugdigen (met 95% zekerheid tussen {} en {}). \
         In de andere gemeenten samen is dat {}; bij deze omvang zijn er dan ongeveer {} te verwachten. {}",
        telling.naam,
        periode(vergelijking),
        overeenkomsten(telling.aantal),
        decimal(oordeel.per_10000, 1),
        decimal(oordeel.interval.lower, 1),
        decimal(oordeel.interval.upper, 1),
        decimal(oordeel.elders_per_10000, 1),
        decimal(oordeel.verwacht, 1),
        slot(oordeel, &zonder(oordeel, vergelijking)),
    );
    match telling.vrije_keuze {
        0 => {}
        1 => {
            text += " Daarnaast is er 1 met vrije keuze van aanbieder door een maatregel; die telt hier niet mee."
        }
        n => {
            text += &format!(
                " Daarnaast zijn er {} met vrije keuze van aanbieder door een maatregel; die tellen hier niet mee.",
                count(n)
            );
        }
    }
    text
}

fn overeenkomsten(aantal: i64) -> String {
    counted(aantal, "nieuwe maatwerkovereenkomst", "nieuwe maatwerkovereenkomsten")
}

/// Which other gemeente it takes to stand out; empty when none.
fn zonder(oordeel: &Oordeel, vergelijking: &Vergelijking) -> String {
    let named = oordeel.binnen_zonder.iter().filter_map(|code| vergelijking.van(code));
    let names: Vec<&str> = named.map(|one| one.telling.naam.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    format!(
        " Zonder {} in de vergelijking ligt het binnen wat door toeval te verwachten is.",
        list(&names)
    )
}

/// The level in a sentence, with what to look at.
fn slot(oordeel: &Oordeel, zonder: &str) -> String {
    let small = if oordeel.is_klein {
        " Het is een klein aantal: één overeenkomst meer of minder scheelt veel."
    } else {
        ""
    };
    let check = |side| match side {
        Side::Above => "Kijk eerst of het gecontracteerde aanbod past bij de vraag.",
        Side::Below => "Kijk eerst of alle overeenkomsten in het register staan.",
    };
    match oordeel.level {
        Level::Within => format!(
            "Het aantal ligt binnen wat bij deze omvang door toeval te verwachten is. Dit is geen bewijs dat er geen verschil is.{small}"
        ),
        Level::Beyond95(side) => {
            format!("Dat is opvallend, maar kan toeval zijn.{zonder}{small} {}", check(side))
        }
        Level::Beyond998(side) => {
            format!(
                "Dat wijkt duidelijk af: meer dan toeval verklaart.{zonder}{small} {}",
                check(side)
            )
        }
    }
}

/// How many of how many stand out, and how many chance alone would give.
pub fn hoeveel(vergelijking: &Vergelijking) -> String {
    let n = vergelijking.gemeenten.len();
    let named: Vec<String> = vergelijking
        .opvallend()
        .map(|oordeel| format!("{} ({})", oordeel.telling.naam, oordeel.woord()))
        .collect();
    let over = if vergelijking.kwartalen.len() == 1 { "In" } else { "Over" };
    let period = format!("{over} {}", periode(vergelijking));
    if named.is_empty() {
        return format!(
            "{period} ligt geen van de {n} gemeenten buiten de grenzen van 95%; dat is geen bewijs dat er geen verschil is."
        );
    }
    format!(
        "{period} {} {} van de {n} gemeenten buiten de grenzen van 95%: {}. Door toeval alleen zijn dat er gemiddeld hooguit {}.",
        if named.len() == 1 { "ligt" } else { "liggen" },
        named.len(),
        list(&named),
        verwacht_door_toeval(n),
    )
}

/// Gemeenten beyond the 95% limits when nothing is going on, at most and on average: `0,4`.
pub fn verwacht_door_toeval(n_gemeenten: usize) -> String {
    decimal(n_gemeenten as f64 * KANS_95, 1)
}

/// How much the gemeenten differ among themselves, and what was done with it.
pub fn spreiding(spreiding: &Overdispersion) -> String {
    format!(
        "Met ingekorte uitersten is de spreiding tussen de gemeenten {} keer die van toeval alleen{}.",
        decimal(spreiding.phi, 1),
        match spreiding.decision {
            Decision::Widened => "; de grenzen zijn daarvoor verbreed",
            Decision::NotNeeded => "; dat is niet meer dan toeval verklaart",
            Decision::TooFewUnits => "; er zijn te weinig gemeenten om daarvoor te corrigeren",
        }
    )
}

/// Why there are fewer quarters than were wanted; empty when there are not.
pub fn korter(vergelijking: &Vergelijking) -> String {
    let Some(first) = vergelijking.kwartalen.first().filter(|_| vergelijking.ontbrekend > 0) else {
        return String::new();
    };
    format!(
        "Het register begint in {first}; daarom gaat de vergelijking over minder dan vier kwartalen."
    )
}

/// What justifies the sentence of one gemeente.
pub(super) fn toets(oordeel: &Oordeel, vergelijking: &Vergelijking) -> Toets {
    let aantal: i64 = vergelijking.gemeenten.iter().map(|one| one.telling.aantal).sum();
    let jeugdigen: i64 = vergelijking.gemeenten.iter().map(|one| one.telling.jeugdigen).sum();
    Toets {
        waargenomen: counted(oordeel.telling.aantal, "overeenkomst", "overeenkomsten"),
        verwacht: Some(format!(
            "ongeveer {} naar de andere gemeenten samen",
            decimal(oordeel.verwacht, 1)
        )),
        bereik: Some(format!(
            "{} tot en met {} overeenkomsten",
            count(oordeel.bereik.low),
            count(oordeel.bereik.high)
        )),
        n: format!(
            "{} in {} gemeenten met {} jeugdigen",
            counted(aantal, "overeenkomst", "overeenkomsten"),
            vergelijking.gemeenten.len(),
            count(jeugdigen)
        ),
        methode: MAATWERK_ANDEREN,
        drempel: Some(Drempel::of_method(
            "opvallend bij een kans onder 2,5% aan één kant, duidelijk afwijkend onder 0,1%",
            "grenzen van 95% en 99,8% van de trechter, Spiegelhalter 2005",
        )),
    }
}
