//! Unit prices of one product and unit beside each other, where no regional tariff says what they should be.
//!
//! One observation is one price of one aanbieder: an aanbieder that asks the same price in eight gemeenten has one
//! opinion, not eight, and would else be its own middle. Prices that it agreed differently per gemeente stay apart.
//! A tariff has whole cents, so prices that are equal to the cent are equal.

use std::collections::BTreeSet;

use crate::findings::Context;
use crate::findings::figures::Figure;
use crate::findings::kosten::waarneming::{Key, Waarneming, observations};
use crate::findings::kosten::{TariefGeval, komma, n_aanbieders};
use crate::stats::robust::{ModifiedZ, SCORE_FACTOR, mad, median, modified_z_on_log};

/// From this many prices on a regional tariff can be asked for; with fewer there is nothing to say.
pub const MIN_REFERENTIE: usize = 5;

/// Against what the prices of a group are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vergelijking {
    /// The regional tariff: a fact, shown beside the prices.
    Referentie,
    /// More than half of the prices are equal: every other price is a deviation in euros, without a score.
    VastTarief,
    /// The middle and the spread of the prices themselves.
    Spreiding,
    /// All prices are those of one aanbieder: nobody to compare with, slips of the comma apart.
    EenAanbieder,
}

/// What is said of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oordeel {
    /// Nothing.
    Gewoon,
    /// Beyond the threshold, off the fixed tariff, or above the regional one.
    Opvallend,
    /// Ten, a hundred or a thousand times too high (1, 2, 3) or too low (−1, −2, −3).
    Komma(i32),
}

/// One price of one aanbieder.
#[derive(Debug, Clone, PartialEq)]
pub struct Prijs {
    /// The aanbieder.
    pub aanbieder: String,
    /// Codes of the gemeenten where it is asked.
    pub gemeenten: Vec<String>,
    /// Whole eurocents per unit, from Σ amount / Σ volume of the quarter.
    pub prijs_ct: i64,
    /// Units delivered.
    pub volume: f64,
    /// Modified z on the logarithm; `None` without a spread to measure by.
    pub z: Option<f64>,
    /// Euros above (negative: below) the middle of the group over the quarter, in cents.
    pub boven_midden_ct: i64,
    /// What is said of it.
    pub oordeel: Oordeel,
    /// Addresses of its amounts and volumes.
    pub cites: Vec<String>,
}

/// Prices of one product in one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct PrijsGroep {
    /// Product code.
    pub productcode: String,
    /// Unit of care (code).
    pub eenheid: String,
    /// What they are held against.
    pub vergelijking: Vergelijking,
    /// Middle in eurocents per unit: the fixed or regional tariff, else the median.
    pub midden_ct: f64,
    /// Median in eurocents per unit.
    pub mediaan_ct: f64,
    /// The usual band in eurocents per unit; only with a spread.
    pub band_ct: Option<(f64, f64)>,
    /// The prices, by aanbieder and price.
    pub prijzen: Vec<Prijs>,
    /// Addresses it uses.
    pub cites: Vec<String>,
}

impl PrijsGroep {
    /// True when prices were compared with each other and not with a regional tariff.
    pub fn is_compared(&self) -> bool {
        self.vergelijking != Vergelijking::Referentie
    }

    /// Different aanbieders among the prices.
    pub fn n_aanbieders(&self) -> usize {
        n_aanbieders(&self.prijzen)
    }

    /// The prices of which something is said.
    pub fn opvallend(&self) -> impl Iterator<Item = &Prijs> {
        self.prijzen.iter().filter(|prijs| prijs.oordeel == Oordeel::Opvallend)
    }
}

/// Products without a regional tariff of which the prices were not compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NietVergeleken {
    /// Fewer than five prices: nothing is said.
    pub te_klein: usize,
    /// Five and more, fewer than the setting: only a regional tariff could tell, and there is none.
    pub zonder_referentie: usize,
    /// Enough prices, all of one aanbieder.
    pub een_aanbieder: usize,
}

/// Groups that are large enough, those of which the tariff was exceeded, and how many were left out.
pub(super) fn groups(
    context: &Context<'_>,
    boven_tarief: &[TariefGeval],
) -> (Vec<PrijsGroep>, NietVergeleken) {
    let with_tarief =
        context.cells("kosten_met_tarief", &["aanbieder", "productcode", "eenheid", "kwartaal"]);
    let key = |figure: &Figure<'_>| {
        (figure.key("productcode").to_owned(), figure.key("eenheid").to_owned())
    };
    let has_tarief: BTreeSet<Key> = with_tarief.iter().map(key).collect();
    let limits = Limits {
        z: context.region.drempels.uitschieter_z.waarde,
        n: usize::try_from(context.region.drempels.uitschieter_min_n.waarde).unwrap_or(usize::MAX),
        tolerance_ct: context.region.kosten.tarief_tolerantie_ct.waarde,
    };
    let mut out = (Vec::new(), NietVergeleken::default());
    for (key, waarnemingen) in observations(context) {
        if has_tarief.contains(&key) {
            out.0.extend(beside_tarief(key, waarnemingen, boven_tarief));
            continue;
        }
        match waarnemingen.len() {
            n if n < MIN_REFERENTIE => out.1.te_klein += 1,
            n if n < limits.n => out.1.zonder_referentie += 1,
            _ => {
                let group = compared(key, waarnemingen, &limits);
                let is_one = |g: &PrijsGroep| g.vergelijking == Vergelijking::EenAanbieder;
                out.1.een_aanbieder += usize::from(group.as_ref().is_some_and(is_one));
                out.0.extend(group);
            }
        }
    }
    out
}

/// Settings by which prices are judged.
struct Limits {
    z: f64,
    n: usize,
    tolerance_ct: f64,
}

/// A price within this part of the middle is not unusual, however equal the others are.
const MIN_VERSCHIL: f64 = 0.01;

/// Prices held against each other.
fn compared(key: Key, waarnemingen: Vec<Waarneming>, limits: &Limits) -> Option<PrijsGroep> {
    let values: Vec<f64> = waarnemingen.iter().map(|w| w.prijs_ct as f64).collect();
    let logarithms: Vec<f64> = values.iter().map(|value| value.ln()).collect();
    let is_alone = waarnemingen.iter().map(|w| &w.aanbieder).collect::<BTreeSet<_>>().len() == 1;
    let (midden_ct, scores, vergelijking, band_ct) = match modified_z_on_log(&values).ok()? {
        ModifiedZ::Fixed { common, .. } => {
            (common, vec![None; values.len()], Vergelijking::VastTarief, None)
        }
        ModifiedZ::Scores { median, z } => {
            let reach = limits.z * mad(&logarithms).ok()?.raw / SCORE_FACTOR;
            let band = (median / reach.exp(), median * reach.exp());
            (median, z.into_iter().map(Some).collect(), Vergelijking::Spreiding, Some(band))
        }
    };
    let vergelijking = if is_alone { Vergelijking::EenAanbieder } else { vergelijking };
    let judged = |w: &Waarneming, z: Option<f64>| {
        let prijs_ct = w.prijs_ct as f64;
        let is_off = (prijs_ct - midden_ct).abs() > limits.tolerance_ct;
        match (komma::macht(prijs_ct, midden_ct), vergelijking) {
            (Some(macht), _) => Oordeel::Komma(macht),
            (None, Vergelijking::VastTarief) if is_off => Oordeel::Opvallend,
            // Where prices are nearly equal a cent is many deviations; it is still a cent.
            (None, Vergelijking::Spreiding)
                if is_off
                    && (prijs_ct / midden_ct - 1.0).abs() >= MIN_VERSCHIL
                    && z.is_some_and(|z| z.abs() > limits.z) =>
            {
                Oordeel::Opvallend
            }
            _ => Oordeel::Gewoon,
        }
    };
    let prijzen = waarnemingen.into_iter().zip(scores).map(|(w, z)| {
        let oordeel = judged(&w, z);
        w.into_prijs(midden_ct, z, oordeel)
    });
    Some(group(key, vergelijking, (midden_ct, band_ct), prijzen.collect()))
}

/// Prices beside the regional tariff, when somebody is above it.
fn beside_tarief(
    key: Key,
    waarnemingen: Vec<Waarneming>,
    boven_tarief: &[TariefGeval],
) -> Option<PrijsGroep> {
    let is_here = |geval: &&TariefGeval| geval.productcode == key.0 && geval.eenheid == key.1;
    let here: Vec<&TariefGeval> = boven_tarief.iter().filter(is_here).collect();
    // With two tariffs in the quarter there is no one line to draw; the amounts are in the table.
    let tarieven: BTreeSet<(i64, i64)> = here.iter().filter_map(|geval| geval.tarief_ct).collect();
    let (Some((low, high)), 1) = (tarieven.first().copied(), tarieven.len()) else { return None };
    if low != high {
        return None;
    }
    let tarief_ct = low as f64;
    let values: Vec<f64> = waarnemingen.iter().map(|w| w.prijs_ct as f64).collect();
    let judged = |w: &Waarneming| {
        let is_above = w.prijs_ct > low && here.iter().any(|geval| geval.aanbieder == w.aanbieder);
        match komma::macht(w.prijs_ct as f64, tarief_ct) {
            Some(macht) => Oordeel::Komma(macht),
            None if is_above => Oordeel::Opvallend,
            None => Oordeel::Gewoon,
        }
    };
    let prijzen = waarnemingen.into_iter().map(|w| {
        let oordeel = judged(&w);
        w.into_prijs(tarief_ct, None, oordeel)
    });
    let prijzen: Vec<Prijs> = prijzen.collect();
    let mut group = group(key, Vergelijking::Referentie, (tarief_ct, None), prijzen);
    group.mediaan_ct = median(&values).ok()?;
    group.cites.extend(here.iter().flat_map(|geval| geval.cites.iter().cloned()));
    Some(group)
}

fn group(
    (productcode, eenheid): Key,
    vergelijking: Vergelijking,
    (midden_ct, band_ct): (f64, Option<(f64, f64)>),
    prijzen: Vec<Prijs>,
) -> PrijsGroep {
    let cites = prijzen.iter().flat_map(|prijs| prijs.cites.iter().cloned()).collect();
    PrijsGroep {
        productcode,
        eenheid,
        vergelijking,
        midden_ct,
        mediaan_ct: midden_ct,
        band_ct,
        prijzen,
        cites,
    }
}
