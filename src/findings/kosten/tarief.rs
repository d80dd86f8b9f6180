//! Against the regional tariff: arithmetic on what was agreed, no statistics.

use std::collections::BTreeMap;

use crate::dutch::{count, euro_whole, n_of, percent_part};
use crate::findings::figures::Figure;
use crate::findings::kosten::{Komma, KostenOordeel, Tegen, half};
use crate::findings::{Chapter, Conclusion, Context, Judged, NietTeBepalen};
use crate::stats::robust::reference_ratio;

/// What one aanbieder declared above the regional tariff for one product.
#[derive(Debug, Clone, PartialEq)]
pub struct TariefGeval {
    /// The aanbieder.
    pub aanbieder: String,
    /// Product code.
    pub productcode: String,
    /// Unit of care (code).
    pub eenheid: String,
    /// Lowest and highest regional tariff on the days of the care, in eurocents per unit.
    pub tarief_ct: Option<(i64, i64)>,
    /// Price asked on the lines above the tariff, in eurocents per unit: Σ amount / Σ volume.
    pub prijs_ct: Option<f64>,
    /// Price over tariff, minus one: 0,11 is eleven percent above.
    pub erboven: Option<f64>,
    /// Eurocents above the tariff, suspected slips of the comma left out.
    pub boven_ct: i64,
    /// Eurocents above the tariff that are suspected slips of the comma.
    pub komma_ct: i64,
    /// Share (0–1) in what this aanbieder declared for this product.
    pub aandeel: Option<f64>,
    /// Addresses it uses; the first is that of the amount.
    pub cites: Vec<String>,
}

/// Aanbieder, product and unit.
type Key = [String; 3];

fn key_of(figure: &Figure<'_>) -> Key {
    ["aanbieder", "productcode", "eenheid"].map(|key| figure.key(key).to_owned())
}

/// Who declared above the tariff, the largest amount first.
pub(super) fn cases(context: &Context<'_>, kommas: &[Komma]) -> Vec<TariefGeval> {
    let keys = ["aanbieder", "productcode", "eenheid", "kwartaal"];
    let volumes = context.cells(
        "volume_boven_tarief",
        &["aanbieder", "productcode", "eenheid", "regio_tarief_ct", "kwartaal"],
    );
    let mut by_key: BTreeMap<Key, Vec<Figure<'_>>> = BTreeMap::new();
    for figure in volumes {
        by_key.entry(key_of(&figure)).or_default().push(figure);
    }
    let mut slips: BTreeMap<Key, Vec<&Komma>> = BTreeMap::new();
    for komma in kommas.iter().filter(|k| k.tegen == Tegen::Tarief && k.verschil_ct > 0) {
        let key = [&komma.aanbieder, &komma.productcode, &komma.eenheid].map(String::clone);
        slips.entry(key).or_default().push(komma);
    }
    let none = (Vec::new(), Vec::new());
    let cells = context.cells("tarief_boven_regio", &keys);
    // What a credit takes back is not a tariff below the regional one; it stays out of what is above it.
    let mut cases: Vec<TariefGeval> = cells
        .iter()
        .filter(|figure| figure.value() > 0)
        .map(|figure| {
            let key = key_of(figure);
            let volumes = by_key.get(&key).unwrap_or(&none.0);
            case(figure, key.clone(), volumes, slips.get(&key).unwrap_or(&none.1))
        })
        .collect();
    cases.sort_by(|a, b| b.boven_ct.cmp(&a.boven_ct).then_with(|| a.cites.cmp(&b.cites)));
    cases
}

fn case(figure: &Figure<'_>, key: Key, volumes: &[Figure<'_>], slips: &[&Komma]) -> TariefGeval {
    let [aanbieder, productcode, eenheid] = key;
    let komma_ct: i64 = slips.iter().map(|komma| komma.verschil_ct).sum();
    let boven_ct = figure.value() - komma_ct;
    let tarief = |volume: &Figure<'_>| volume.key("regio_tarief_ct").parse::<i64>().ok();
    let tarieven: Vec<i64> = volumes.iter().filter_map(tarief).collect();
    // Volume and its costs at the tariff, without the lines of which the price is not believed.
    let mut units: f64 = volumes.iter().map(|volume| volume.value() as f64 / 1000.0).sum();
    let mut at_tarief: f64 = volumes
        .iter()
        .filter_map(|volume| Some(volume.value() as f64 / 1000.0 * tarief(volume)? as f64))
        .sum();
    for komma in slips {
        let slipped = komma.verschil_ct as f64 / (komma.prijs_ct as f64 - komma.gewoon_ct);
        units -= slipped;
        at_tarief -= slipped * komma.gewoon_ct;
    }
    // A thousandth of a unit is the finest there is: less is what rounding left of lines that are all slips.
    let is_priced = boven_ct > 0 && units >= 0.001;
    let prijs_ct = is_priced.then(|| (at_tarief + boven_ct as f64) / units);
    let ratio = prijs_ct.and_then(|prijs_ct| reference_ratio(prijs_ct, at_tarief / units).ok());
    let mut cites = vec![figure.address()];
    cites.extend(volumes.iter().map(Figure::address));
    cites.extend(slips.iter().flat_map(|komma| komma.cites.iter().cloned()));
    TariefGeval {
        aanbieder,
        productcode,
        eenheid,
        tarief_ct: tarieven.iter().min().copied().zip(tarieven.iter().max().copied()),
        prijs_ct,
        erboven: ratio.map(|ratio| ratio.ratio - 1.0),
        boven_ct,
        komma_ct,
        aandeel: figure.ratio(),
        cites,
    }
}

/// The opening sentence of the chapter, or why there is none.
pub(super) fn conclude(context: &Context<'_>, kosten: &KostenOordeel, judged: &mut Judged) {
    let Some(measured) = context.query("tarief_boven_regio") else { return };
    if let Some(reason) = measured.reason() {
        judged.niet_te_bepalen.push(NietTeBepalen {
            chapter: Chapter::Kosten,
            question: "Hoeveel is er boven het regionale tarief gedeclareerd?".to_owned(),
            reason: reason.to_owned(),
            remedy: "lever de productenlijst met regionale tarieven aan".to_owned(),
        });
        return;
    }
    let cases = &kosten.boven_tarief;
    let above: Vec<i64> = cases.iter().map(|geval| geval.boven_ct.max(0)).collect();
    let (above_ct, komma_ct) =
        (above.iter().sum::<i64>(), cases.iter().map(|geval| geval.komma_ct).sum::<i64>());
    let mut cites: Vec<String> = cases.iter().flat_map(|geval| geval.cites.clone()).collect();
    let what = if above_ct > 0 { euro_whole(above_ct) } else { "niets".to_owned() };
    let mut text =
        format!("In {} is {what} boven het regionale tarief gedeclareerd.", context.kwartaal);
    if komma_ct > 0 {
        text = format!(
            "{text} Daarbuiten staat {} waarbij mogelijk een komma verkeerd staat.",
            euro_whole(komma_ct)
        );
    }
    text += &coverage(context, &mut cites);
    text += &half_sentence("gevallen", "boven het tarief", &above);
    let (dear, groups) = dear(kosten);
    let told = half_sentence("opvallende prijzen", "boven het midden", &dear);
    if !told.is_empty() {
        // Only what is told is cited: a sentence goes when a figure it rests on goes.
        cites.extend(groups);
        text += &told;
    }
    judged.conclusions.push(Conclusion { chapter: Chapter::Kosten, text, cites });
}

/// Over how much of the costs the comparison goes.
fn coverage(context: &Context<'_>, cites: &mut Vec<String>) -> String {
    let (compared, all) = (context.total("kosten_met_tarief"), context.total("kosten_totaal"));
    cites.extend(compared.iter().chain(&all).map(Figure::address));
    match (&compared, &all) {
        (Some(part), Some(whole)) if whole.value() > 0 => format!(
            " Van {} van de kosten is het regionale tarief bekend.",
            percent_part(part.value() as f64 / whole.value() as f64)
        ),
        _ => String::new(),
    }
}

/// Euros above the middle of the unusual prices, and what they rest on.
fn dear(kosten: &KostenOordeel) -> (Vec<i64>, Vec<String>) {
    let (mut above, mut cites) = (Vec::new(), Vec::new());
    for groep in kosten.prijzen.iter().filter(|groep| groep.is_compared()) {
        let euros = groep.opvallend().map(|prijs| prijs.boven_midden_ct);
        let of_group: Vec<i64> = euros.filter(|ct| *ct > 0).collect();
        if !of_group.is_empty() {
            cites.extend(groep.cites.iter().cloned());
        }
        above.extend(of_group);
    }
    (above, cites)
}

/// How few cases make up half of the excess, after a space; empty where that says nothing.
fn half_sentence(what: &str, of: &str, above: &[i64]) -> String {
    let n = above.iter().filter(|ct| **ct > 0).count();
    let number = |n: usize| count(n_of(n));
    match (half(above), n) {
        (None, _) | (_, 0..=2) => String::new(),
        (Some(1), _) => {
            format!(" 1 van de {} {what} is alleen al de helft van het meerdere {of}.", number(n))
        }
        (Some(few), _) => format!(
            " {} van de {} {what} zijn samen de helft van het meerdere {of}.",
            number(few),
            number(n)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_on_half_names_the_fewest_cases() {
        let told = |above: &[i64]| half_sentence("gevallen", "boven het tarief", above);
        assert_eq!(told(&[10, 5]), "", "of two cases it says nothing");
        assert_eq!(
            told(&[10, 5, 1]),
            " 1 van de 3 gevallen is alleen al de helft van het meerdere boven het tarief."
        );
        assert_eq!(
            told(&[5, 5, 5, 5, 0]),
            " 2 van de 4 gevallen zijn samen de helft van het meerdere boven het tarief."
        );
    }
}
