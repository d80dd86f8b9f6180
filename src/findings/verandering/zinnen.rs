//! What is said about a change.
//!
//! Enters: [`Veranderingen`]. Leaves: one sentence for the chapter, and a question about what became dearer.

use crate::dutch::{counted, euro_whole, list, n_of, with_plus};
use crate::findings::kosten::Komma;
use crate::findings::toets::{ONTLEDING, Toets};
use crate::findings::verandering::{ProductVerandering, Verandering, Veranderingen};
use crate::findings::{Chapter, Conclusion, Finding, Invloed};
use crate::period::Kwartaal;

/// "€ 1.200 hoger" or "€ 800 lager".
fn verschil(ct: i64) -> String {
    match ct.signum() {
        0 => "gelijk".to_owned(),
        sign => format!("{} {}", euro_whole(ct.abs()), if sign > 0 { "hoger" } else { "lager" }),
    }
}

/// An amount with its sign: "+ € 1.200".
fn signed(ct: i64) -> String {
    with_plus(ct, &euro_whole(ct))
}

fn parts(found: &Verandering) -> String {
    let parts: Vec<String> =
        found.delen().iter().map(|(name, ct)| format!("{name} {}", signed(*ct))).collect();
    list(&parts)
}

/// What of the costs of a quarter is suspected to be a slip of the comma, after a space; empty without any.
///
/// It is told of the costs and not of an effect: a slip of who is new in the quarter is in the mix.
pub(crate) fn komma_zin(kwartaal: Kwartaal, kommas: &[Komma]) -> String {
    let sum = |sign: i64| -> i64 {
        let of_sign = kommas.iter().map(|komma| komma.verschil_ct).filter(|ct| ct.signum() == sign);
        of_sign.map(i64::abs).sum()
    };
    let parts: Vec<String> = [(sum(1), "te veel"), (sum(-1), "te weinig")]
        .into_iter()
        .filter(|(ct, _)| *ct > 0)
        .map(|(ct, what)| format!("{} {what}", euro_whole(ct)))
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    format!(
        " In de kosten van {kwartaal} zit mogelijk {} door een verschoven komma (zie Kosten en uitschieters).",
        list(&parts)
    )
}

fn cites_of(kommas: &[Komma]) -> impl Iterator<Item = String> {
    kommas.iter().flat_map(|komma| komma.cites.clone())
}

/// The sentence of the chapter: with what is suspected to be a slip, and without for who may not see that.
pub(super) fn conclusions(found: &Veranderingen, kommas: &[Komma]) -> Vec<Conclusion> {
    let Some(first) = found.alle.first() else { return Vec::new() };
    let slip = komma_zin(first.naar, kommas);
    let plain = conclusion(found, first, "");
    if slip.is_empty() {
        return vec![plain];
    }
    let mut with = conclusion(found, first, &slip);
    with.cites.extend(cites_of(kommas));
    vec![with, plain]
}

fn conclusion(found: &Veranderingen, first: &Verandering, slip: &str) -> Conclusion {
    let change = match first.verschil_ct() {
        0 => "evenveel als".to_owned(),
        ct => format!("{} dan", verschil(ct)),
    };
    let mut text = format!(
        "De kosten van {} waren {}, {change} in {}: {}.{slip}",
        first.naar,
        euro_whole(first.naar_ct),
        first.van,
        parts(first)
    );
    if let Some(year) = found.alle.get(1).filter(|year| year.verschil_ct() != 0) {
        text = format!("{text} Vergeleken met {}: {}.", year.van, verschil(year.verschil_ct()));
    }
    if let Some(why) = &found.uitgesteld {
        text = format!("{text} {why}");
    }
    // Of a year ago no correction is told.
    let all = found.alle.iter().flat_map(|one| &one.cites).chain(&first.correctie_cites);
    let cites = all.cloned().collect();
    Conclusion { chapter: Chapter::Verandering, text, cites }
}

/// Why one product can differ more than all together; empty when it does not.
fn meer_dan_totaal(most_ct: i64, total_ct: i64) -> &'static str {
    match (most_ct.abs() > total_ct.abs(), most_ct > 0) {
        (false, _) => "",
        (true, true) => ", meer dan alles samen omdat andere prijzen daalden",
        (true, false) => ", meer dan alles samen omdat andere prijzen stegen",
    }
}

/// What became dearer or cheaper: the part a conversation can be about.
pub(super) fn finding(found: &Verandering, kommas: &[Komma]) -> Option<Finding> {
    let price = |one: &&ProductVerandering| (one.effecten.prijs_ct.abs(), one.productcode.clone());
    let most = found.producten.iter().max_by_key(price)?;
    let prijs_ct = found.effecten.prijs_ct;
    if most.effecten.prijs_ct == 0 {
        return None;
    }
    Some(Finding {
        chapter: Chapter::Verandering,
        text: format!(
            "Door andere prijzen kostte {} {} dan wanneer de prijzen van {} waren gebleven. Het meest bij product {}: {}{}.{} \
             Is dat een afgesproken tarief, of een fout in de declaraties?",
            found.naar,
            if prijs_ct == 0 { "evenveel".to_owned() } else { meer(prijs_ct) },
            found.van,
            most.productcode,
            meer(most.effecten.prijs_ct),
            meer_dan_totaal(most.effecten.prijs_ct, prijs_ct),
            komma_zin(found.naar, kommas)
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
        cites: found.cites.iter().chain(&most.cites).cloned().chain(cites_of(kommas)).collect(),
    })
}

fn meer(ct: i64) -> String {
    format!("{} {}", euro_whole(ct.abs()), if ct < 0 { "minder" } else { "meer" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::kosten::Tegen;

    fn komma(verschil_ct: i64) -> Komma {
        Komma {
            aanbieder: "De Eik".to_owned(),
            gemeenten: Vec::new(),
            productcode: "42A03".to_owned(),
            eenheid: "04".to_owned(),
            prijs_ct: 830_000,
            gewoon_ct: 8_300.0,
            tegen: Tegen::Midden,
            n: Some(12),
            macht: 2,
            verschil_ct,
            cites: Vec::new(),
        }
    }

    #[test]
    fn slips_up_and_down_are_told_apart_and_never_cancel() {
        let k3 = "2025-K3".parse().unwrap();
        assert_eq!(komma_zin(k3, &[]), "");
        assert_eq!(
            komma_zin(k3, &[komma(100_000), komma(-25_000), komma(50_000)]),
            " In de kosten van 2025-K3 zit mogelijk € 1.500 te veel en € 250 te weinig door een verschoven komma \
             (zie Kosten en uitschieters)."
        );
    }

    #[test]
    fn one_product_beyond_the_total_is_explained_by_the_others() {
        assert_eq!(meer_dan_totaal(500, 800), "");
        assert!(meer_dan_totaal(900, 800).ends_with("daalden"));
        assert!(meer_dan_totaal(900, -800).ends_with("daalden"));
        assert!(meer_dan_totaal(-900, 800).ends_with("stegen"));
    }
}
