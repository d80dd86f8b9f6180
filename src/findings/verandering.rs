//! What changed between two quarters: volume, price, mix and correction, to the cent.
//!
//! Enters: euros and volumes per product, unit and aanbieder. Leaves: [`Verandering`], effects that add up exactly.
//! Does not know how a change is drawn.

mod effecten;

use std::collections::BTreeMap;

use crate::dutch::{counted, euro_whole, list};
use crate::findings::figures::Figure;
use crate::findings::naijl::voorlopig_zin;
use crate::findings::toets::{ONTLEDING, Toets};
use crate::findings::{Chapter, Conclusion, Context, Finding, Invloed, Judged, NietTeBepalen};
use crate::period::Kwartaal;

pub use effecten::Effecten;

const QUESTION: &str = "Waardoor veranderden de kosten?";

/// A change from one quarter to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verandering {
    /// The earlier quarter.
    pub van: Kwartaal,
    /// The later quarter.
    pub naar: Kwartaal,
    /// Costs of the earlier quarter, eurocents.
    pub van_ct: i64,
    /// Costs of the later quarter, eurocents.
    pub naar_ct: i64,
    /// What the difference is made of; together exactly that difference.
    pub effecten: Effecten,
    /// The same per product, the largest difference first.
    pub producten: Vec<ProductVerandering>,
    /// Aanbieders with costs in either quarter.
    pub n_aanbieders: usize,
    /// Addresses of the totals it compares.
    pub cites: Vec<String>,
}

/// What one product adds to a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductVerandering {
    /// Product code.
    pub productcode: String,
    /// Costs of the earlier quarter, eurocents.
    pub van_ct: i64,
    /// Costs of the later quarter, eurocents.
    pub naar_ct: i64,
    /// What the difference is made of.
    pub effecten: Effecten,
}

impl Verandering {
    /// The whole difference, eurocents.
    pub fn verschil_ct(&self) -> i64 {
        self.naar_ct - self.van_ct
    }
}

/// What is compared, and why it is not the quarter of the run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Veranderingen {
    /// With the quarter before, and with the same quarter a year earlier; each where it can be made.
    pub alle: Vec<Verandering>,
    /// Why an earlier quarter is compared than that of the run.
    pub uitgesteld: Option<String>,
}

pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    if context.query("verandering").is_none() || context.query("verandering_volume").is_none() {
        return;
    }
    let (naar, uitgesteld) = match target(context, judged) {
        Ok(target) => target,
        Err(reason) => return judged.niet_te_bepalen.push(undetermined(reason)),
    };
    let mut alle = Vec::new();
    for (index, back) in [-1, -4].into_iter().enumerate() {
        match compare(context, naar.plus(back), naar) {
            Ok(found) => alle.push(found),
            // A year ago is an extra; without it nothing is missing from the answer.
            Err(reason) if index == 0 => judged.niet_te_bepalen.push(undetermined(reason)),
            Err(_) => {}
        }
    }
    let found = Veranderingen { alle, uitgesteld };
    judged.conclusions.extend(conclusion(&found));
    judged.findings.extend(found.alle.first().and_then(finding));
    judged.veranderingen = found;
}

fn undetermined(reason: String) -> NietTeBepalen {
    NietTeBepalen {
        chapter: Chapter::Verandering,
        question: QUESTION.to_owned(),
        reason,
        remedy: "lever de declaraties van twee opeenvolgende, volledige kwartalen aan".to_owned(),
    }
}

/// The quarter to compare: that of the run, or the last that is complete.
fn target(context: &Context<'_>, judged: &Judged) -> Result<(Kwartaal, Option<String>), String> {
    let reason = context.query("verandering").and_then(|measured| measured.reason());
    if let Some(reason) = reason {
        return Err(reason.to_owned());
    }
    let Some(naijl) = &judged.naijl else { return Ok((context.kwartaal, None)) };
    let Some(run) = naijl.kwartaal(context.kwartaal).filter(|run| run.is_voorlopig) else {
        return Ok((context.kwartaal, None));
    };
    let last = naijl
        .laatste_volledige()
        .ok_or_else(|| format!("{}, en er is geen eerder volledig kwartaal", voorlopig_zin(run)))?;
    Ok((last, Some(format!("{}; daarom is {last} vergeleken.", voorlopig_zin(run)))))
}

fn compare(context: &Context<'_>, van: Kwartaal, naar: Kwartaal) -> Result<Verandering, String> {
    for kwartaal in [van, naar] {
        let missing = months_without(context, kwartaal);
        if !missing.is_empty() {
            return Err(format!("er zijn geen declaraties over {}", list(&missing)));
        }
    }
    let in_quarter = |id: &str, keys: &[&str], kwartaal: Kwartaal| {
        let name = kwartaal.to_string();
        let mut cells = context.cells_of_all(id, keys);
        cells.retain(|figure| figure.key("kwartaal") == name);
        cells
    };
    let keys = ["productcode", "eenheid", "aanbieder", "is_correctie", "kwartaal"];
    let volume_keys = ["productcode", "eenheid", "aanbieder", "kwartaal"];
    let mut posten = effecten::Posten::default();
    for (at, kwartaal) in [van, naar].into_iter().enumerate() {
        for figure in in_quarter("verandering", &keys, kwartaal) {
            posten.add_bedrag(at, &figure);
        }
        for figure in in_quarter("verandering_volume", &volume_keys, kwartaal) {
            posten.add_volume(at, &figure);
        }
    }
    let per_post = posten.effecten().map_err(|reason| reason.to_string())?;
    let totals = [van, naar].map(|kwartaal| in_quarter("verandering", &["kwartaal"], kwartaal));
    let total = |at: usize| totals[at].iter().map(Figure::value).sum::<i64>();
    let mut effecten = Effecten::default();
    let mut producten: BTreeMap<String, ProductVerandering> = BTreeMap::new();
    for (productcode, [van_ct, naar_ct], one) in per_post {
        effecten.add(&one);
        let product = producten.entry(productcode.clone()).or_insert_with(|| ProductVerandering {
            productcode,
            van_ct: 0,
            naar_ct: 0,
            effecten: Effecten::default(),
        });
        product.van_ct += van_ct;
        product.naar_ct += naar_ct;
        product.effecten.add(&one);
    }
    let mut producten: Vec<ProductVerandering> = producten.into_values().collect();
    producten.sort_by_key(|one| std::cmp::Reverse((one.naar_ct - one.van_ct).abs()));
    Ok(Verandering {
        van,
        naar,
        van_ct: total(0),
        naar_ct: total(1),
        effecten,
        producten,
        n_aanbieders: posten.n_aanbieders(),
        cites: totals.iter().flatten().map(Figure::address).collect(),
    })
}

/// Months of a quarter of which nothing was declared: the quarter is then not what it says.
fn months_without(context: &Context<'_>, kwartaal: Kwartaal) -> Vec<String> {
    let known = context.cells_of_all("volledigheid", &["maand"]);
    let months = kwartaal.months().map(|maand| maand.to_string());
    let is_absent = |maand: &String| !known.iter().any(|figure| figure.key("maand") == maand);
    months.into_iter().filter(is_absent).collect()
}

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
    let named = found.effecten.named();
    let parts: Vec<String> =
        named.iter().map(|(name, ct)| format!("{name} {}", signed(*ct))).collect();
    list(&parts)
}

fn conclusion(found: &Veranderingen) -> Option<Conclusion> {
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
    let cites = found.alle.iter().flat_map(|one| one.cites.iter().cloned()).collect();
    Some(Conclusion { chapter: Chapter::Verandering, text, cites })
}

/// What became dearer or cheaper: the part a conversation can be about.
fn finding(found: &Verandering) -> Option<Finding> {
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
        cites: found.cites.clone(),
    })
}

fn meer(ct: i64) -> String {
    format!("{} {}", euro_whole(ct.abs()), if ct < 0 { "minder" } else { "meer" })
}

fn n_of(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
