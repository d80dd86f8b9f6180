//! Costs out of line: first what is above the regional tariff (a fact), then unusual unit prices (a signal).

use std::collections::{BTreeMap, BTreeSet};

use crate::dutch::{count, counted, decimal, euro_ct, euro_whole, percent};
use crate::findings::figures::{Figure, whole_cents};
use crate::findings::toets::{Drempel, PRIJS_Z, TARIEF_REGIO, Toets};
use crate::findings::{Chapter, Conclusion, Context, Finding, Invloed, Judged, NietTeBepalen};
use crate::stats::robust::{ModifiedZ, modified_z_on_log};

/// Findings per kind: more belongs in the table.
const MAX_FINDINGS: usize = 5;

/// The price of one aanbieder in one gemeente.
#[derive(Debug, Clone, PartialEq)]
pub struct Prijs {
    /// Gemeente code.
    pub gemeente: String,
    /// The aanbieder.
    pub aanbieder: String,
    /// Eurocents per unit: Σ amount / Σ volume.
    pub prijs_ct: f64,
    /// Units delivered.
    pub volume: f64,
    /// Modified z on the logarithm; `None` when the group has one fixed price.
    pub z: Option<f64>,
    /// Euros above (negative: below) the middle of the group, in cents.
    pub boven_midden_ct: i64,
    /// Address of the amount.
    pub address: String,
    /// Beyond the threshold, or off the fixed price.
    pub is_opvallend: bool,
}

/// Prices of one product in one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct PrijsGroep {
    /// Product code.
    pub productcode: String,
    /// Unit of care (code).
    pub eenheid: String,
    /// Middle (median, or the fixed price) in eurocents per unit.
    pub midden_ct: f64,
    /// True when more than half of the prices are equal.
    pub is_vast: bool,
    /// The prices, by gemeente and aanbieder.
    pub prijzen: Vec<Prijs>,
    /// Addresses it uses.
    pub cites: Vec<String>,
}

pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    above_tarief(context, judged);
    judged.prijzen = groups(context);
    unusual(context, judged);
}

fn above_tarief(context: &Context<'_>, judged: &mut Judged) {
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
    let mut lines =
        context.cells("tarief_boven_regio", &["aanbieder", "productcode", "eenheid", "kwartaal"]);
    // What a credit takes back is not a tariff below the regional one; it stays out of what is above it.
    lines.retain(|figure| figure.value() > 0);
    lines.sort_by(|a, b| b.value().cmp(&a.value()).then_with(|| a.address().cmp(&b.address())));
    let above_ct: i64 = lines.iter().map(Figure::value).sum();
    let mut cites: Vec<String> = lines.iter().map(Figure::address).collect();
    let (compared, all) = (context.total("kosten_met_tarief"), context.total("kosten_totaal"));
    cites.extend(compared.iter().chain(&all).map(Figure::address));
    let coverage = match (&compared, &all) {
        (Some(part), Some(whole)) if whole.value() > 0 => format!(
            " Van {} van de kosten is het regionale tarief bekend.",
            percent(part.value() as f64 / whole.value() as f64, 0)
        ),
        _ => String::new(),
    };
    let what = if above_ct > 0 { euro_whole(above_ct) } else { "niets".to_owned() };
    let text = format!(
        "In {} is {what} boven het regionale tarief gedeclareerd.{coverage}",
        context.kwartaal
    );
    judged.conclusions.push(Conclusion { chapter: Chapter::Kosten, text, cites });
    judged
        .findings
        .extend(lines.iter().take(MAX_FINDINGS).map(|figure| tarief_finding(context, figure)));
}

fn tarief_finding(context: &Context<'_>, figure: &Figure<'_>) -> Finding {
    let tolerance = &context.region.kosten.tarief_tolerantie_ct;
    let text = format!(
        "{} declareerde in {} voor product {} ({}) {} boven het regionale tarief{}. Is daar een afspraak over?",
        figure.key("aanbieder"),
        context.kwartaal,
        figure.key("productcode"),
        eenheid_naam(figure.key("eenheid")),
        euro_whole(figure.value()),
        figure
            .ratio()
            .map(|share| format!(
                ", {} van wat deze aanbieder voor dit product declareerde",
                percent(share, 1)
            ))
            .unwrap_or_default()
    );
    Finding {
        chapter: Chapter::Kosten,
        text,
        belang_ct: figure.value(),
        basis: "Regionaal tarief uit de productenlijst, geldig op de dag van de zorg.".to_owned(),
        toets: Toets {
            waargenomen: format!("{} boven het tarief", euro_whole(figure.value())),
            verwacht: Some("declareren volgens het regionale tarief".to_owned()),
            bereik: None,
            n: format!("alle regels van deze aanbieder voor dit product in {}", context.kwartaal),
            methode: TARIEF_REGIO,
            drempel: Some(Drempel::of(
                tolerance,
                format!("meer dan {} eurocent per eenheid", decimal(tolerance.waarde, 1)),
            )),
        },
        invloed: Invloed::Beide,
        cites: vec![figure.address()],
    }
}

/// Prices per product and unit in the quarter, for groups that are large enough.
fn groups(context: &Context<'_>) -> Vec<PrijsGroep> {
    let keys = ["productcode", "eenheid", "gemeente", "aanbieder", "kwartaal"];
    let bedragen = context.cells("prijs_per_aanbieder", &keys);
    let volumes = context.cells("prijs_per_aanbieder_volume", &keys);
    let of = |figure: &Figure<'_>| keys.map(|key| figure.key(key).to_owned());
    let volumes: BTreeMap<[String; 5], Figure<'_>> =
        volumes.into_iter().map(|f| (of(&f), f)).collect();
    // What has a regional tariff is held against that tariff: a deviation from it is a fact, not a signal.
    let with_tarief =
        context.cells("kosten_met_tarief", &["aanbieder", "productcode", "eenheid", "kwartaal"]);
    let has_tarief: BTreeSet<(&str, &str)> = with_tarief
        .iter()
        .map(|figure| (figure.key("productcode"), figure.key("eenheid")))
        .collect();
    let mut groups: BTreeMap<(String, String), Vec<(Figure<'_>, i64)>> = BTreeMap::new();
    for bedrag in bedragen {
        let key = of(&bedrag);
        let Some(volume) = volumes.get(&key).map(Figure::value) else { continue };
        // A price needs both; zeros and what a credit left over are in the lists, not here.
        let is_free = !has_tarief.contains(&(key[0].as_str(), key[1].as_str()));
        if is_free && bedrag.value() > 0 && volume > 0 {
            groups.entry((key[0].clone(), key[1].clone())).or_default().push((bedrag, volume));
        }
    }
    let min_n =
        usize::try_from(context.region.drempels.uitschieter_min_n.waarde).unwrap_or(usize::MAX);
    let large = groups.into_iter().filter(|(_, prices)| prices.len() >= min_n);
    large.filter_map(|((code, eenheid), prices)| group(context, code, eenheid, &prices)).collect()
}

fn group(
    context: &Context<'_>,
    productcode: String,
    eenheid: String,
    prices: &[(Figure<'_>, i64)],
) -> Option<PrijsGroep> {
    let price =
        |(bedrag, volume): &(Figure<'_>, i64)| bedrag.value() as f64 * 1000.0 / *volume as f64;
    let values: Vec<f64> = prices.iter().map(price).collect();
    let threshold = context.region.drempels.uitschieter_z.waarde;
    let (midden_ct, scores, is_vast) = match modified_z_on_log(&values).ok()? {
        ModifiedZ::Scores { median, z } => (median, z.into_iter().map(Some).collect(), false),
        ModifiedZ::Fixed { common, .. } => (common, vec![None; values.len()], true),
    };
    let tolerance = context.region.kosten.tarief_tolerantie_ct.waarde;
    let prijzen = prices.iter().zip(&values).zip(scores).map(|((one, prijs_ct), z)| {
        let volume = one.1 as f64 / 1000.0;
        let off = (prijs_ct - midden_ct).abs();
        Prijs {
            gemeente: one.0.key("gemeente").to_owned(),
            aanbieder: one.0.key("aanbieder").to_owned(),
            prijs_ct: *prijs_ct,
            volume,
            z,
            address: one.0.address(),
            boven_midden_ct: whole_cents((prijs_ct - midden_ct) * volume),
            is_opvallend: off > tolerance && z.map_or(is_vast, |z| z.abs() > threshold),
        }
    });
    let prijzen = prijzen.collect();
    let cites = prices.iter().map(|(bedrag, _)| bedrag.address()).collect();
    Some(PrijsGroep { productcode, eenheid, midden_ct, is_vast, prijzen, cites })
}

fn unusual(context: &Context<'_>, judged: &mut Judged) {
    let mut found: Vec<(&PrijsGroep, &Prijs)> = judged
        .prijzen
        .iter()
        .flat_map(|groep| {
            groep.prijzen.iter().filter(|prijs| prijs.is_opvallend).map(move |prijs| (groep, prijs))
        })
        .collect();
    found.sort_by(|(a, x), (b, y)| {
        let euros = |prijs: &Prijs| prijs.boven_midden_ct.abs();
        (euros(y), &a.productcode, &x.aanbieder, &x.gemeente).cmp(&(
            euros(x),
            &b.productcode,
            &y.aanbieder,
            &y.gemeente,
        ))
    });
    let findings: Vec<Finding> = found
        .iter()
        .take(MAX_FINDINGS)
        .map(|(groep, prijs)| price_finding(context, groep, prijs))
        .collect();
    judged.findings.extend(findings);
}

fn price_finding(context: &Context<'_>, groep: &PrijsGroep, prijs: &Prijs) -> Finding {
    let rounded = |ct: f64| euro_ct(whole_cents(ct));
    let threshold = &context.region.drempels.uitschieter_z;
    let usual = if groep.is_vast { "de meest voorkomende prijs is" } else { "gebruikelijk is" };
    // Prices of one aanbieder in several gemeenten are not as many opinions: say whose they are.
    let aanbieders: BTreeSet<&str> = groep.prijzen.iter().map(|p| p.aanbieder.as_str()).collect();
    let direction = if prijs.boven_midden_ct < 0 { "minder" } else { "meer" };
    let text = format!(
        "Voor product {} rekende {} in {} {} per {}; {usual} {}. Over het kwartaal is dat {} {direction}. \
         Mogelijk een andere eenheid, een toeslag, een afspraak of een invoerfout: graag nagaan.",
        groep.productcode,
        prijs.aanbieder,
        context.gemeente(&prijs.gemeente),
        rounded(prijs.prijs_ct),
        eenheid_naam(&groep.eenheid),
        rounded(groep.midden_ct),
        euro_whole(prijs.boven_midden_ct.abs())
    );
    Finding {
        chapter: Chapter::Kosten,
        text,
        belang_ct: prijs.boven_midden_ct.abs(),
        basis: "Bedrag gedeeld door volume, per aanbieder en gemeente over het kwartaal."
            .to_owned(),
        toets: Toets {
            waargenomen: rounded(prijs.prijs_ct),
            verwacht: Some(rounded(groep.midden_ct)),
            bereik: None,
            n: format!(
                "{} van {}",
                counted(n_of(groep.prijzen.len()), "prijs", "prijzen"),
                counted(n_of(aanbieders.len()), "aanbieder", "aanbieders")
            ),
            methode: PRIJS_Z,
            drempel: Some(Drempel::of(
                threshold,
                format!(
                    "z boven {} bij ten minste {} prijzen",
                    decimal(threshold.waarde, 1),
                    count(context.region.drempels.uitschieter_min_n.waarde)
                ),
            )),
        },
        invloed: Invloed::Beide,
        cites: std::iter::once(prijs.address.clone()).chain(groep.cites.iter().cloned()).collect(),
    }
}

fn n_of(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The word for a unit of care (list WJ756).
pub fn eenheid_naam(code: &str) -> &str {
    match code {
        "01" => "minuut",
        "04" => "uur",
        "14" => "etmaal",
        "16" => "dagdeel",
        "82" | "84" => "stuk",
        "83" => "euro",
        other => other,
    }
}
