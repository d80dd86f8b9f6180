//! The sentences of zorgcoordinatie against a fair lottery.
//!
//! Enters: [`Evenredig`]. Leaves: Dutch, numbers before adjectives, never a verdict. Computes nothing.

use crate::dutch::{count, counted, decimal, hours, kans, list, n_of, percent};
use crate::findings::loting::KWARTIER;
use crate::findings::verdeling::{Aandeel, Evenredig, MAX_Q, Oordeel, TegenToeval, Termijn};
use crate::period::Kwartaal;

/// The term in words: "2025-K3", "de vier kwartalen tot en met 2025-K3".
pub(crate) fn in_woorden(evenredig: &Evenredig, kwartaal: Kwartaal) -> String {
    match (evenredig.termijn, evenredig.kwartalen) {
        (Termijn::Kwartaal, _) => kwartaal.to_string(),
        (Termijn::Jaar, 2) => format!("de twee kwartalen tot en met {kwartaal}"),
        (Termijn::Jaar, 3) => format!("de drie kwartalen tot en met {kwartaal}"),
        (Termijn::Jaar, _) => format!("de vier kwartalen tot en met {kwartaal}"),
    }
}

/// The sentence on the region: is it divided as a lottery would have done.
pub(crate) fn zin_regio(evenredig: &Evenredig, kwartaal: Kwartaal) -> String {
    let clienten = counted(n_of(evenredig.clienten), "cliënt", "cliënten");
    let hoover = &evenredig.telling.hoover;
    format!(
        "In {} had bij {clienten} met zorgcoördinatie meer dan één aanbieder die kunnen doen. {} De afstand tot precies gelijke delen is {}; \
         ook als het lot beslist is die al {} tot {}.",
        in_woorden(evenredig, kwartaal),
        zin_toets(evenredig),
        percent(hoover.waarde, 0),
        percent(hoover.toeval.low, 0),
        percent(hoover.toeval.high, 0)
    )
}

/// The test of the whole in words, with who stands out.
fn zin_toets(evenredig: &Evenredig) -> String {
    let Ok(toets) = &evenredig.telling.toets else {
        return "Of de verdeling van loting verschilt, is niet te bepalen.".to_owned();
    };
    let chance = kans(toets.p);
    let judged = evenredig.beoordeeld().count();
    let beyond = evenredig.opvallend().count();
    let of_judged = counted(n_of(judged), "aanbieder", "aanbieders");
    let who = match (judged, beyond) {
        (0, _) => "Per aanbieder zijn het te weinig cliënten om iets te zeggen.".to_owned(),
        (_, 0) => format!(
            "Bij geen van de {of_judged} met genoeg cliënten is het aantal meer of minder dan toeval verklaart."
        ),
        _ => format!(
            "Bij {} van de {of_judged} met genoeg cliënten is het aantal meer of minder dan toeval verklaart.",
            count(n_of(beyond))
        ),
    };
    let whole = if toets.p < MAX_Q {
        format!(
            "Had het lot tussen die aanbieders beslist, dan komt een verdeling als deze {chance} voor."
        )
    } else {
        format!(
            "Had het lot tussen die aanbieders beslist, dan komt een verdeling als deze vaak genoeg voor ({chance})."
        )
    };
    format!("{whole} {who}")
}

/// The sentence on one aanbieder.
pub(crate) fn zin_aanbieder(deel: &Aandeel, evenredig: &Evenredig, kwartaal: Kwartaal) -> String {
    let gelijk = &deel.gelijk;
    let seen = format!(
        "{} was in {} bij {} zorgcoördinator",
        deel.aanbieder,
        in_woorden(evenredig, kwartaal),
        counted(deel.waargenomen, "cliënt", "cliënten")
    );
    let range = format!(
        "Als het lot tussen de betrokken aanbieders had beslist, was dat meestal {} keer (verwacht {})",
        bereik(gelijk),
        decimal(gelijk.verwacht, 0)
    );
    let verdict = match deel.oordeel {
        Oordeel::TeWeinig => {
            return format!(
                "{seen}; verwacht {}. Te weinig cliënten om iets te zeggen.",
                decimal(gelijk.verwacht, 1)
            );
        }
        Oordeel::BinnenToeval if is_outside(deel) => {
            "Dat ligt daarbuiten, maar bij zoveel aanbieders valt er door toeval wel vaker een buiten; opvallend is het niet."
        }
        Oordeel::BinnenToeval => "Dat ligt binnen wat toeval verklaart.",
        Oordeel::Meer => "Dat is meer dan toeval verklaart.",
        Oordeel::Minder => "Dat is minder dan toeval verklaart.",
        Oordeel::NaarOmvang => {
            "Bij gelijke kansen verklaart toeval dat niet, maar naar de omvang van de zorg die deze aanbieder gaf wel."
        }
        Oordeel::Ertussen => {
            "Dat ligt tussen wat gelijke kansen geven en wat past bij de omvang van de zorg die deze aanbieder gaf."
        }
    };
    format!("{seen}. {range}. {verdict}")
}

/// Outside what chance usually gives to this aanbieder alone.
pub(crate) fn is_outside(deel: &Aandeel) -> bool {
    let range = deel.gelijk.bereik;
    !(range.low..=range.high).contains(&deel.waargenomen)
}

/// "12 tot en met 24", or "7" when chance leaves one number.
pub(crate) fn bereik(chance: &TegenToeval) -> String {
    if chance.bereik.low == chance.bereik.high {
        return count(chance.bereik.low);
    }
    format!("{} tot en met {}", count(chance.bereik.low), count(chance.bereik.high))
}

/// Quarter-hours as hours.
pub(crate) fn uren(kwartieren: i64) -> String {
    hours(kwartieren * KWARTIER)
}

/// What was left out and why, one sentence each.
pub(crate) fn weggelaten(evenredig: &Evenredig) -> Vec<String> {
    let mut out: Vec<String> = evenredig
        .weggelaten
        .iter()
        .map(|(reden, n)| {
            let clienten = counted(n_of(*n), "cliënt", "cliënten");
            let verb = if *n == 1 { "telt" } else { "tellen" };
            format!("Bij {clienten} {}; die {verb} hier niet mee.", reden.tekst())
        })
        .collect();
    if evenredig.meer_coordinatoren > 0 {
        let n = n_of(evenredig.meer_coordinatoren);
        out.push(format!(
            "{} had{} meer dan één coördinator; wie het meest deed, telt.",
            counted(n, "cliënt", "cliënten"),
            if n == 1 { "" } else { "den" }
        ));
    }
    out
}

/// Who stands out in one part of the region, and which way.
pub(crate) fn namen(evenredig: &Evenredig) -> String {
    let names: Vec<String> = evenredig
        .opvallend()
        .map(|deel| {
            let side = if deel.oordeel == Oordeel::Meer { "meer" } else { "minder" };
            format!("{} ({side})", deel.aanbieder)
        })
        .collect();
    if names.is_empty() { "geen".to_owned() } else { list(&names) }
}
