//! What changed between two quarters: volume, price, mix and correction, to the cent.
//!
//! Enters: euros and volumes per product, unit and aanbieder. Leaves: [`Verandering`], effects that add up exactly.
//! Does not know how a change is drawn.

mod effecten;
mod zinnen;

use std::collections::BTreeMap;

use crate::dutch::list;
use crate::findings::figures::Figure;
use crate::findings::naijl::voorlopig_zin;
use crate::findings::{Chapter, Context, Judged, NietTeBepalen};
use crate::period::Kwartaal;

pub use effecten::Effecten;
pub(crate) use zinnen::komma_zin;

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
    /// False when the correction may not be told by itself; it is then part of the mix.
    pub is_correctie_apart: bool,
    /// Addresses of the totals it compares.
    pub cites: Vec<String>,
    /// Addresses of the corrections in both quarters, where there are any.
    pub correctie_cites: Vec<String>,
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
    /// Addresses of both costs, where there are any.
    pub cites: Vec<String>,
}

impl Verandering {
    /// The whole difference, eurocents.
    pub fn verschil_ct(&self) -> i64 {
        self.naar_ct - self.van_ct
    }

    /// What the difference is made of, with names, in the order of reading; together the difference.
    pub fn delen(&self) -> Vec<(&'static str, i64)> {
        let Effecten { volume_ct, prijs_ct, mix_ct, correctie_ct } = self.effecten;
        let mut delen = vec![("volume", volume_ct), ("prijs", prijs_ct)];
        if self.is_correctie_apart {
            delen.extend([("samenstelling", mix_ct), ("correctie", correctie_ct)]);
        } else {
            delen.push(("samenstelling en correctie", mix_ct + correctie_ct));
        }
        delen
    }

    /// Joins the correction with the mix when a figure it rests on is hidden.
    pub(super) fn protect(&mut self, is_hidden: &dyn Fn(&str) -> bool) {
        self.is_correctie_apart &= !self.correctie_cites.iter().any(|cite| is_hidden(cite));
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
    // Slips are known of the quarter of the run only.
    let is_run = found.alle.first().is_some_and(|first| first.naar == context.kwartaal);
    let kommas = if is_run { judged.kosten.kommas.as_slice() } else { &[] };
    let conclusions = zinnen::conclusions(&found, kommas);
    let finding = found.alle.first().and_then(|first| zinnen::finding(first, kommas));
    judged.conclusions.extend(conclusions);
    judged.findings.extend(finding);
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
    let posten = posten(context, van, naar);
    let per_post = posten.effecten().map_err(|reason| reason.to_string())?;
    let totals =
        [van, naar].map(|kwartaal| in_quarter(context, "verandering", &["kwartaal"], kwartaal));
    let total = |at: usize| totals[at].iter().map(Figure::value).sum::<i64>();
    let mut effecten = Effecten::default();
    for (.., one) in &per_post {
        effecten.add(one);
    }
    Ok(Verandering {
        van,
        naar,
        van_ct: total(0),
        naar_ct: total(1),
        effecten,
        producten: producten(context, [van, naar], per_post),
        n_aanbieders: posten.n_aanbieders(),
        is_correctie_apart: true,
        cites: totals.iter().flatten().map(Figure::address).collect(),
        correctie_cites: corrections(context, [van, naar]),
    })
}

fn corrections(context: &Context<'_>, kwartalen: [Kwartaal; 2]) -> Vec<String> {
    let of = |kwartaal| in_quarter(context, "verandering", &["is_correctie", "kwartaal"], kwartaal);
    let figures = kwartalen.into_iter().flat_map(of);
    figures.filter(|figure| figure.key("is_correctie") == "ja").map(|f| f.address()).collect()
}

fn in_quarter<'c>(
    context: &'c Context<'_>,
    id: &str,
    keys: &[&str],
    kwartaal: Kwartaal,
) -> Vec<Figure<'c>> {
    let name = kwartaal.to_string();
    let mut cells = context.all_cells(id, keys);
    cells.retain(|figure| figure.key("kwartaal") == name);
    cells
}

/// Amounts and volumes of both quarters per product, unit and aanbieder.
fn posten(context: &Context<'_>, van: Kwartaal, naar: Kwartaal) -> effecten::Posten {
    let keys = ["productcode", "eenheid", "aanbieder", "is_correctie", "kwartaal"];
    let volume_keys = ["productcode", "eenheid", "aanbieder", "kwartaal"];
    let mut posten = effecten::Posten::default();
    for (at, kwartaal) in [van, naar].into_iter().enumerate() {
        for figure in in_quarter(context, "verandering", &keys, kwartaal) {
            posten.add_bedrag(at, &figure);
        }
        for figure in in_quarter(context, "verandering_volume", &volume_keys, kwartaal) {
            posten.add_volume(at, &figure);
        }
    }
    posten
}

/// The effects per product, the largest difference first.
fn producten(
    context: &Context<'_>,
    kwartalen: [Kwartaal; 2],
    per_post: effecten::PerPost,
) -> Vec<ProductVerandering> {
    let mut per_product: BTreeMap<String, ProductVerandering> = BTreeMap::new();
    for (productcode, [van_ct, naar_ct], one) in per_post {
        let product =
            per_product.entry(productcode.clone()).or_insert_with(|| ProductVerandering {
                productcode,
                van_ct: 0,
                naar_ct: 0,
                effecten: Effecten::default(),
                cites: Vec::new(),
            });
        product.van_ct += van_ct;
        product.naar_ct += naar_ct;
        product.effecten.add(&one);
    }
    for kwartaal in kwartalen {
        for figure in in_quarter(context, "verandering", &["productcode", "kwartaal"], kwartaal) {
            if let Some(product) = per_product.get_mut(figure.key("productcode")) {
                product.cites.push(figure.address());
            }
        }
    }
    let mut producten: Vec<ProductVerandering> = per_product.into_values().collect();
    producten.sort_by_key(|one| std::cmp::Reverse((one.naar_ct - one.van_ct).abs()));
    producten
}

/// Months of a quarter of which nothing was declared: the quarter is then not what it says.
fn months_without(context: &Context<'_>, kwartaal: Kwartaal) -> Vec<String> {
    let known = context.all_cells("volledigheid", &["maand"]);
    let months = kwartaal.months().map(|maand| maand.to_string());
    let is_absent = |maand: &String| !known.iter().any(|figure| figure.key("maand") == maand);
    months.into_iter().filter(is_absent).collect()
}
