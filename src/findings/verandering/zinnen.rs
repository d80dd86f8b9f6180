//! What is said about a change.
//!
//! Enters: [`Veranderingen`]. Leaves: one sentence for the chapter, and a question about what became dearer.

use crate::dutch::{counted, euro_whole, list};
use crate::findings::toets::{ONTLEDING, Toets};
use crate::findings::verandering::{ProductVerandering, Verandering, Veranderingen};
use crate::findings::{Chapter, Conclusion, Finding, Invloed};

/// "€ 1.200 hoger" or "€ 800 lager".
fn verschil(ct: i64) -> String {
    match ct.signum() {
        0 => "gelijk".to_owned(),
        sign => format!("{} {}", euro_whole(ct.abs()), if sign > 0 { "hoger" } else { "lager" }),
    }
}

/// An amount with its sign: "€ +1.200".
fn signed(ct: i64) -> String {
    let text = euro_whole(ct);
    if ct > 0 { text.replacen(' ', " +", 1) } else { text }
}

fn parts(found: &Verandering) -> String {
    let parts: Vec<String> =
        found.delen().iter().map(|(name, ct)| format!("{name} {}", signed(*ct))).collect();
    list(&parts)
}

pub(super) fn conclusion(found: &Veranderingen) -> Option<Conclusion> {
    let first = found.alle.first()?;
    let mut text = format!(
        "De kosten van {} waren {}, {} dan in {}: {}.",
        first.naar,
        euro_whole(first.naar_ct),
        verschil(first.verschil_ct()),
        first.van,
        parts(first)
    );
    if first.verschil_ct() == 0 {
        text = format!(
            "De kosten van {} waren {}, evenveel als in {}: {}.",
            first.naar,
            euro_whole(first.naar_ct),
            first.van,
            parts(first)
        );
    }
    if let Some(year) = found.alle.get(1).filter(|year| year.verschil_ct() != 0) {
        text += &format!(" Vergeleken met {}: {}.", year.van, verschil(year.verschil_ct()));
    }
    if let Some(why) = &found.uitgesteld {
        text += &format!(" {why}");
    }
    // Of a year ago no correction is told.
    let all = found.alle.iter().flat_map(|one| &one.cites).chain(&first.correctie_cites);
    let cites = all.cloned().collect();
    Some(Conclusion { chapter: Chapter::Verandering, text, cites })
}

/// What became dearer or cheaper: the part a conversation can be about.
pub(super) fn finding(found: &Verandering) -> Option<Finding> {
    let price = |one: &&ProductVerandering| (one.effecten.prijs_ct.abs(), one.productcode.clone());
    let most = found.producten.iter().max_by_key(price)?;
    let prijs_ct = found.effecten.prijs_ct;
    if most.effecten.prijs_ct == 0 {
        return None;
    }
    Some(Finding {
        chapter: Chapter::Verandering,
        text: format!(
            "Door andere prijzen kostte {} {} dan wanneer de prijzen van {} waren gebleven. Het meest bij product {}: {}. \
             Is dat een afgesproken tarief, of een fout in de declaraties?",
            found.naar,
            if prijs_ct == 0 { "evenveel".to_owned() } else { meer(prijs_ct) },
            found.van,
            most.productcode,
            meer(most.effecten.prijs_ct)
        ),
        belang_ct: prijs_ct.abs(),
        basis: format!(
            "Prijs per product, eenheid en aanbieder in {} tegen {}; het verschil keer het volume van {}.",
            found.naar, found.van, found.naar
        ),
        toets: Toets {
            waargenomen: format!("{} in {}", euro_whole(found.naar_ct), found.naar),
            verwacht: Some(format!(
                "{} bij de prijzen van {}",
                euro_whole(found.naar_ct - prijs_ct),
                found.van
            )),
            bereik: None,
            n: format!(
                "{} bij {}",
                counted(n_of(found.producten.len()), "product", "producten"),
                counted(n_of(found.n_aanbieders), "aanbieder", "aanbieders")
            ),
            methode: ONTLEDING,
            drempel: None,
        },
        invloed: Invloed::Beide,
        cites: found.cites.iter().chain(&most.cites).cloned().collect(),
    })
}

fn meer(ct: i64) -> String {
    format!("{} {}", euro_whole(ct.abs()), if ct < 0 { "minder" } else { "meer" })
}

fn n_of(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
