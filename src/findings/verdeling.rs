//! Is zorgcoordinatie divided as a fair lottery would have divided it.
//!
//! Enters: a lottery (`loting`). Leaves: [`Evenredig`], the numbers with which every aanbieder and the whole can be judged.
//! A Gini is never 0 under chance, so each summary stands beside its level in a fair lottery. Writes no sentence.

use crate::findings::loting::{Loting, Reden, Trekking};
use crate::stats::inequality::{LorenzPoint, concentration, gini, hoover, lorenz};
use crate::stats::lottery::{Band, Draw, GlobalTest, NullWorld, null_world};
use crate::stats::multiple_testing::benjamini_hochberg;
use crate::stats::poisson_binomial::{PoissonBinomial, Trial};
use crate::stats::{Computed, CountRange, NotComputable};

pub use crate::findings::loting::{Herkomst, Termijn};
pub use crate::stats::lottery::LorenzBand;

/// Worlds drawn for the test of the whole and for the bands.
const WORLDS: usize = 1_999;

/// Start of the stream of chance: the same data give the same bytes.
const SEED: u64 = 2_025;

/// Below this expected number chance alone may give anything, zero included.
pub const MIN_VERWACHT: f64 = 5.0;

/// An aanbieder stands out when its q-value is below this. Under fair chance that names somebody in fewer than one region in
/// twenty, which the calibration measures.
pub const MAX_Q: f64 = 0.05;

/// A number of clients or quarter-hours against what a lottery would have given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TegenToeval {
    /// Mean under chance.
    pub verwacht: f64,
    /// What chance leaves: 95% of all lotteries end in it.
    pub bereik: CountRange,
    /// Doubled smaller tail.
    pub p: f64,
}

/// What is said of one aanbieder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oordeel {
    /// Fewer are expected than can be judged.
    TeWeinig,
    /// As chance would have it.
    BinnenToeval,
    /// More than chance explains, under equal chances and by volume.
    Meer,
    /// Fewer than chance explains, under equal chances and by volume.
    Minder,
    /// Off under equal chances, and within what chance gives by the volume of its care.
    NaarOmvang,
    /// Off under equal chances on one side, and by volume on the other: between equal and in proportion.
    Ertussen,
}

/// One aanbieder that could have coordinated.
#[derive(Debug, Clone, PartialEq)]
pub struct Aandeel {
    /// The aanbieder.
    pub aanbieder: String,
    /// Clients for whom it could have coordinated.
    pub kandidaat_bij: usize,
    /// Eurocents of its care for those clients.
    pub omvang_ct: i64,
    /// Clients for whom it did.
    pub waargenomen: i64,
    /// Against equal chances for all who could.
    pub gelijk: TegenToeval,
    /// Of that p: Benjamini–Hochberg over the aanbieders that are judged; `None` for one that is not.
    pub q: Option<f64>,
    /// Against chances by the volume of care for the client.
    pub naar_omvang: TegenToeval,
    /// What that comes to.
    pub oordeel: Oordeel,
    /// Quarter-hours, where they are known.
    pub uren: Option<Uren>,
}

/// Hours of one aanbieder, in quarters of an hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uren {
    /// Quarter-hours as coordinator.
    pub waargenomen: i64,
    /// Against equal chances, all hours of a client going with its coordinator.
    pub gelijk: TegenToeval,
}

/// One summary of unevenness with its level in a fair lottery.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MetToeval {
    /// As it is.
    pub waarde: f64,
    /// In a fair lottery.
    pub toeval: Band,
}

/// The whole of what is divided: clients or hours.
#[derive(Debug, Clone, PartialEq)]
pub struct Geheel {
    /// One test of all aanbieders together, or why there is none.
    pub toets: Computed<GlobalTest>,
    /// The share that would have to move for equal parts.
    pub hoover: MetToeval,
    /// Gini.
    pub gini: MetToeval,
    /// Number of equal aanbieders that would be as concentrated: 1 / HHI.
    pub effectief_aantal: f64,
    /// The curve.
    pub lorenz: Vec<LorenzPoint>,
    /// The curves of fair lotteries.
    pub band: Vec<LorenzBand>,
}

/// How the coordination of one part of the region in one term is divided.
#[derive(Debug, Clone, PartialEq)]
pub struct Evenredig {
    /// Gemeente code; `None` for the region.
    pub gemeente: Option<String>,
    /// Quarter or year.
    pub termijn: Termijn,
    /// Quarters that the dataset has of that term.
    pub kwartalen: u32,
    /// Where it is told who coordinates.
    pub herkomst: Herkomst,
    /// Clients for whom the lot could have decided.
    pub clienten: usize,
    /// Clients that were left out, by reason.
    pub weggelaten: Vec<(Reden, usize)>,
    /// Clients with more than one coordinator.
    pub meer_coordinatoren: usize,
    /// Clients of whom the hours are known.
    pub clienten_met_uren: usize,
    /// One per aanbieder, the one that could coordinate for most clients first.
    pub delen: Vec<Aandeel>,
    /// The division of clients.
    pub telling: Geheel,
    /// The division of hours.
    pub uren: Option<Geheel>,
    /// Median quarter-hours per client: one heavy client can decide the hours.
    pub mediaan_kwartieren: Option<f64>,
}

impl Evenredig {
    /// Aanbieders about whom something can be said.
    pub fn beoordeeld(&self) -> impl Iterator<Item = &Aandeel> {
        self.delen.iter().filter(|deel| deel.oordeel != Oordeel::TeWeinig)
    }

    /// Aanbieders with more or fewer clients than chance explains, whichever chances.
    pub fn opvallend(&self) -> impl Iterator<Item = &Aandeel> {
        self.delen.iter().filter(|deel| matches!(deel.oordeel, Oordeel::Meer | Oordeel::Minder))
    }
}

/// Judges a lottery.
///
/// # Errors
/// [`NotComputable::NoValues`] when no client takes part.
pub(super) fn judge(
    loting: &Loting,
    gemeente: Option<String>,
    (termijn, kwartalen): (Termijn, u32),
    herkomst: Herkomst,
) -> Computed<Evenredig> {
    let n = loting.aanbieders.len();
    let known: Vec<&Trekking> =
        loting.trekkingen.iter().filter(|trekking| trekking.kwartieren.is_some()).collect();
    let telling = geheel(&draws(loting.trekkingen.iter(), |_| 1), n)?;
    let mut delen = delen(loting)?;
    // Hours that cannot be computed leave the count of clients standing.
    let uren = geheel(&draws(known.iter().copied(), |t| t.kwartieren.unwrap_or(0)), n)
        .and_then(|uren| add_hours(&mut delen, &known).map(|()| uren))
        .ok();
    if uren.is_none() {
        for deel in &mut delen {
            deel.uren = None;
        }
    }
    set_q(&mut delen);
    let kwartieren: Vec<f64> = known.iter().filter_map(|t| t.kwartieren).map(f64::from).collect();
    let mut delen: Vec<Aandeel> = delen;
    delen.sort_by(|a, b| {
        b.kandidaat_bij.cmp(&a.kandidaat_bij).then_with(|| a.aanbieder.cmp(&b.aanbieder))
    });
    Ok(Evenredig {
        gemeente,
        termijn,
        kwartalen,
        herkomst,
        clienten: loting.trekkingen.len(),
        weggelaten: loting.weggelaten.iter().map(|(reden, n)| (*reden, *n)).collect(),
        meer_coordinatoren: loting.meer_coordinatoren,
        clienten_met_uren: known.len(),
        delen,
        telling,
        uren,
        mediaan_kwartieren: crate::stats::robust::median(&kwartieren).ok(),
    })
}

/// A draw with equal chances, what it counts for, and who had it.
type Gewogen = (Draw, usize);

fn draws<'t>(
    trekkingen: impl Iterator<Item = &'t Trekking>,
    weight: impl Fn(&Trekking) -> u32,
) -> Vec<Gewogen> {
    let one = |trekking: &Trekking| {
        let chance = 1.0 / trekking.kandidaten.len() as f64;
        let chances = trekking.kandidaten.iter().map(|(unit, _)| (*unit, chance)).collect();
        (Draw { weight: weight(trekking), chances }, trekking.coordinator)
    };
    trekkingen.map(one).collect()
}

fn geheel(draws: &[Gewogen], n_units: usize) -> Computed<Geheel> {
    let mut observed = vec![0_u64; n_units];
    for (draw, coordinator) in draws {
        observed[*coordinator] += u64::from(draw.weight);
    }
    let draws: Vec<Draw> = draws.iter().map(|(draw, _)| draw.clone()).collect();
    let NullWorld { global, gini: chance_gini, hoover: chance_hoover, lorenz: band, .. } =
        null_world(&draws, &observed, WORLDS, SEED)?;
    let values: Vec<f64> = observed.iter().map(|total| *total as f64).collect();
    Ok(Geheel {
        toets: global,
        hoover: MetToeval { waarde: hoover(&values)?, toeval: chance_hoover },
        gini: MetToeval { waarde: gini(&values)?, toeval: chance_gini },
        effectief_aantal: concentration(&values)?.effective_number,
        lorenz: lorenz(&values)?,
        band,
    })
}

/// Every aanbieder by the number of its clients.
fn delen(loting: &Loting) -> Computed<Vec<Aandeel>> {
    let of = |unit: usize| {
        let kans = |trekking: &Trekking| {
            let own = trekking.kandidaten.iter().find(|(known, _)| *known == unit)?.1;
            // Who takes part has a chance, also when a credit left nothing of its care.
            let all: i64 = trekking.kandidaten.iter().map(|(_, ct)| ct.max(&1)).sum();
            let share = own.max(1) as f64 / all as f64;
            Some((1.0 / trekking.kandidaten.len() as f64, share, own))
        };
        let kansen: Vec<(f64, f64, i64)> = loting.trekkingen.iter().filter_map(kans).collect();
        let gelijk: Vec<f64> = kansen.iter().map(|(gelijk, ..)| *gelijk).collect();
        let omvang: Vec<f64> = kansen.iter().map(|(_, share, _)| *share).collect();
        let n = loting.trekkingen.iter().filter(|t| t.coordinator == unit).count();
        let waargenomen = i64::try_from(n).map_err(|_| NotComputable::NotFinite)?;
        let gelijk = tegen(&PoissonBinomial::new(&gelijk)?, waargenomen);
        Ok(Aandeel {
            aanbieder: loting.aanbieders[unit].clone(),
            kandidaat_bij: kansen.len(),
            omvang_ct: kansen.iter().map(|(.., own)| own).sum(),
            waargenomen,
            naar_omvang: tegen(&PoissonBinomial::new(&omvang)?, waargenomen),
            oordeel: Oordeel::TeWeinig,
            gelijk,
            q: None,
            uren: None,
        })
    };
    (0..loting.aanbieders.len()).map(of).collect()
}

fn tegen(chance: &PoissonBinomial, waargenomen: i64) -> TegenToeval {
    TegenToeval {
        verwacht: chance.mean(),
        bereik: chance.range95(),
        p: chance.tails(waargenomen).two_sided(),
    }
}

/// The hours of every aanbieder; `delen` are in the order of the units.
fn add_hours(delen: &mut [Aandeel], known: &[&Trekking]) -> Computed<()> {
    for (unit, deel) in delen.iter_mut().enumerate() {
        let mut waargenomen = 0;
        let mut trials = Vec::new();
        for trekking in known {
            let step = trekking.kwartieren.unwrap_or(0);
            if trekking.coordinator == unit {
                waargenomen += i64::from(step);
            }
            if trekking.kandidaten.iter().any(|(known, _)| *known == unit) {
                trials.push(Trial { chance: 1.0 / trekking.kandidaten.len() as f64, step });
            }
        }
        let gelijk = tegen(&PoissonBinomial::with_steps(&trials)?, waargenomen);
        deel.uren = Some(Uren { waargenomen, gelijk });
    }
    Ok(())
}

/// q-values over those that can be judged, and the judgement that follows.
fn set_q(delen: &mut [Aandeel]) {
    let can_be_judged =
        |chance: &TegenToeval| chance.verwacht >= MIN_VERWACHT || chance.bereik.low > 0;
    let p: Vec<Option<f64>> = delen
        .iter()
        .map(|deel| Some(deel.gelijk.p).filter(|_| can_be_judged(&deel.gelijk)))
        .collect();
    let q = benjamini_hochberg(&p).unwrap_or_else(|_| vec![None; p.len()]);
    for (deel, q) in delen.iter_mut().zip(q) {
        deel.q = q;
        deel.oordeel = oordeel(deel);
    }
}

fn oordeel(deel: &Aandeel) -> Oordeel {
    let Some(q) = deel.q else { return Oordeel::TeWeinig };
    if q >= MAX_Q {
        return Oordeel::BinnenToeval;
    }
    let by_volume = deel.naar_omvang.bereik;
    match (deel.waargenomen as f64 > deel.gelijk.verwacht, deel.waargenomen) {
        (_, n) if (by_volume.low..=by_volume.high).contains(&n) => Oordeel::NaarOmvang,
        (true, n) if n > by_volume.high => Oordeel::Meer,
        (false, n) if n < by_volume.low => Oordeel::Minder,
        _ => Oordeel::Ertussen,
    }
}

#[cfg(test)]
mod tests;
