//! The comparison of gemeenten in sentences.
//!
//! Enters: a [`Vergelijking`]. Leaves: Dutch sentences, numbers before adjectives, ending in a question.

use crate::dutch::{count, counted, decimal, kans, list};
use crate::findings::maatwerk::vergelijking::{Oordeel, Vergelijking};
use crate::findings::toets::{Drempel, MAATWERK_ANDEREN, Toets};
use crate::stats::overdispersion::{Decision, Overdispersion, P_WIDENED};
use crate::stats::{Level, Side};

/// Of so many gemeenten one falls beyond the 95% limits when nothing is going on, at most and on average.
const EEN_OP: usize = 20;
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

/// What is said of one gemeente: a line within what chance gives, else sentences that end in a question.
pub fn zin(oordeel: &Oordeel, vergelijking: &Vergelijking) -> String {
    let telling = &oordeel.telling;
    let (word, vraag) = match oordeel.level {
        Level::Within => return kort(oordeel),
        Level::Beyond95(side) => ("Dat is opvallend, maar kan toeval zijn.", vraag(side)),
        Level::Beyond998(side) => {
            ("Dat wijkt duidelijk af: meer dan toeval verklaart.", vraag(side))
        }
    };
    format!(
        "{} heeft in {} {}{}: {} per 10.000 jeugdigen (met 95% zekerheid tussen {} en {}). \
         In de andere gemeenten samen is dat {}; bij deze omvang zijn er dan ongeveer {} te verwachten. {word}{}{}{} {vraag}",
        telling.naam,
        periode(vergelijking),
        overeenkomsten(telling.aantal),
        waarvan(oordeel, vergelijking),
        decimal(oordeel.per_10000, 1),
        decimal(oordeel.interval.lower, 1),
        decimal(oordeel.interval.upper, 1),
        decimal(oordeel.elders_per_10000, 1),
        decimal(oordeel.verwacht, 1),
        zonder(oordeel, vergelijking),
        klein(oordeel),
        vrije_keuze(telling.vrije_keuze),
    )
}

/// A gemeente of which nothing needs to be asked, in one line; the table has the rest.
fn kort(oordeel: &Oordeel) -> String {
    format!(
        "{}: {}, ongeveer {} te verwachten{}",
        oordeel.telling.naam,
        overeenkomsten(oordeel.telling.aantal),
        decimal(oordeel.verwacht, 1),
        if oordeel.is_klein { " (klein aantal)" } else { "" }
    )
}

/// The part of a longer period that the report is about.
fn waarvan(oordeel: &Oordeel, vergelijking: &Vergelijking) -> String {
    match vergelijking.kwartalen.as_slice() {
        [_, .., last] => format!(", waarvan {} in {last}", count(oordeel.telling.laatste)),
        _ => String::new(),
    }
}

fn vrije_keuze(aantal: i64) -> String {
    match aantal {
        0 => String::new(),
        1 => " Daarnaast is er 1 met vrije keuze van aanbieder door een maatregel; die telt hier niet mee."
            .to_owned(),
        n => format!(
            " Daarnaast zijn er {} met vrije keuze van aanbieder door een maatregel; die tellen hier niet mee.",
            count(n)
        ),
    }
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

/// Beyond 99.8% one agreement more or less does not change what is said.
fn klein(oordeel: &Oordeel) -> &'static str {
    if oordeel.is_klein && !matches!(oordeel.level, Level::Beyond998(_)) {
        " Het is een klein aantal: één overeenkomst meer of minder scheelt veel."
    } else {
        ""
    }
}

/// What to ask first.
fn vraag(side: Side) -> &'static str {
    match side {
        Side::Above => "Past het gecontracteerde aanbod bij de vraag?",
        Side::Below => "Staan alle overeenkomsten in het register?",
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
        "{period} {} {} van de {n} gemeenten buiten de grenzen van 95%: {}. {}",
        if named.len() == 1 { "ligt" } else { "liggen" },
        named.len(),
        list(&named),
        door_toeval(n),
    )
}

/// How many gemeenten are beyond the 95% limits when nothing is going on, at most and on average.
pub fn door_toeval(n_gemeenten: usize) -> String {
    let most = n_gemeenten.div_ceil(EEN_OP);
    format!(
        "Ook als er niets aan de hand is, ligt er soms een buiten: van {n_gemeenten} gemeenten door toeval gemiddeld {} per keer.",
        if n_gemeenten < EEN_OP {
            "minder dan één".to_owned()
        } else {
            format!("hooguit {most}")
        }
    )
}

/// Whether the gemeenten differ more among themselves than chance gives, and what was done with it.
///
/// φ is taken with the extremes drawn in: one gemeente far out gives a small p and still a φ of about 1.
pub fn spreiding(spreiding: &Overdispersion) -> String {
    if spreiding.p >= P_WIDENED {
        return "De gemeenten verschillen onderling niet meer dan toeval geeft.".to_owned();
    }
    // Without spread left after taking in the extremes it is these that differ. φ itself is no measure for a reader:
    // over extremes taken in it is below 1 by chance alone.
    let rest = match spreiding.decision {
        Decision::Widened => "ook zonder de uitersten; de grenzen zijn daarvoor verbreed",
        _ if spreiding.tau2 == 0.0 => "en dat komt vooral door de uitersten",
        _ => "ook zonder de uitersten; voor bredere grenzen zijn het er te weinig",
    };
    format!(
        "Samen verschillen de gemeenten meer dan toeval geeft (zulke verschillen komen door toeval {} voor), {rest}.",
        kans(spreiding.p)
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
