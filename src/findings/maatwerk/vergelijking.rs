//! New agreements of each gemeente against those of the other gemeenten together.
//!
//! Enters: [`Telling`]s. Leaves: [`Vergelijking`], or why there is none. Makes no sentences.

use crate::dutch::sort_key;
use crate::period::Kwartaal;
use crate::stats::funnel::widened_limits;
use crate::stats::overdispersion::{Decision, Overdispersion, level, overdispersion};
use crate::stats::poisson::{AgainstOthers, Exposure, against_others};
use crate::stats::rate::{per_10_000, per_10_000_interval};
use crate::stats::{Computed, CountRange, Interval, Level, Tails};

/// The question of this file.
pub const QUESTION: &str =
    "Verschilt het aantal maatwerkovereenkomsten van een gemeente van dat in de andere gemeenten?";

/// A smaller expectation than this makes a small number, whatever the region says of counts.
pub const KLEIN_VERWACHT: f64 = 5.0;

/// What was counted in one gemeente.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Code of the gemeente.
    pub code: String,
    /// Its name.
    pub naam: String,
    /// New agreements, without those in `vrije_keuze`.
    pub aantal: i64,
    /// Those of them that began in the last quarter.
    pub laatste: i64,
    /// New agreements in which a measure left the choice of aanbieder free: not a choice of the gemeente, so not compared.
    pub vrije_keuze: i64,
    /// Children in the year of the last quarter, more than 0.
    pub jeugdigen: i64,
    /// Addresses of the figures it is added up from; the first is the last quarter's.
    pub cites: Vec<String>,
}

/// One gemeente against the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Oordeel {
    /// What was counted.
    pub telling: Telling,
    /// Per 10,000 children over the whole period, with its exact 95% interval (Garwood).
    pub per_10000: f64,
    /// The exact 95% interval of that rate.
    pub interval: Interval,
    /// Per 10,000 children in the other gemeenten together.
    pub elders_per_10000: f64,
    /// Agreements to be expected at the rate of the others.
    pub verwacht: f64,
    /// Exact tails given the total.
    pub tails: Tails,
    /// The counts that are called `binnen toeval`.
    pub bereik: CountRange,
    /// How far out it is.
    pub level: Level,
    /// Codes of gemeenten far beyond the limits without which this one, beyond them too, would be within: a single
    /// gemeente that stands out changes what is expected of all others. Empty when that is not so.
    pub binnen_zonder: Vec<String>,
    /// Too few to lean on: fewer than the `klein_aantal` of the region, or fewer than [`KLEIN_VERWACHT`] expected.
    pub is_klein: bool,
}

impl Oordeel {
    /// True when it is beyond the 95% limits.
    pub fn valt_op(&self) -> bool {
        self.level != Level::Within
    }

    /// The level in words.
    pub fn woord(&self) -> &'static str {
        match self.level {
            Level::Within => "binnen toeval",
            Level::Beyond95(_) => "opvallend, kan toeval zijn",
            Level::Beyond998(_) => "wijkt duidelijk af",
        }
    }
}

/// All gemeenten over one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Vergelijking {
    /// Quarters that are added up, earliest first; never none.
    pub kwartalen: Vec<Kwartaal>,
    /// Quarters that would be in it too, had the register begun earlier.
    pub ontbrekend: usize,
    /// Every gemeente of which the number of children is known, in Dutch order of their names.
    pub gemeenten: Vec<Oordeel>,
    /// All together per 10,000 children: the middle of a funnel, never what a gemeente is judged by.
    pub per_10000: f64,
    /// Whether the gemeenten differ more among themselves than chance explains.
    pub spreiding: Overdispersion,
    /// Addresses of all figures in it.
    pub cites: Vec<String>,
}

impl Vergelijking {
    /// Gemeenten beyond the 95% limits.
    pub fn opvallend(&self) -> impl Iterator<Item = &Oordeel> {
        self.gemeenten.iter().filter(|oordeel| oordeel.valt_op())
    }

    /// Address of a judged number, made as those of figures are.
    pub fn address(&self, code: &str, column: &str) -> String {
        format!("{}/{column}", self.address_of(code))
    }

    /// Address of everything that was judged of a gemeente: `maatwerk_oordeel/gemeente/period`.
    pub fn address_of(&self, code: &str) -> String {
        let name =
            |kwartaal: Option<&Kwartaal>| kwartaal.map(ToString::to_string).unwrap_or_default();
        let (first, last) = (name(self.kwartalen.first()), name(self.kwartalen.last()));
        if first == last {
            return format!("maatwerk_oordeel/{code}/{last}");
        }
        format!("maatwerk_oordeel/{code}/{first}_{last}")
    }

    /// The gemeente with this code.
    pub fn van(&self, code: &str) -> Option<&Oordeel> {
        self.gemeenten.iter().find(|oordeel| oordeel.telling.code == code)
    }
}

/// Judges every gemeente against the others; below `klein_aantal` agreements a count is called small.
///
/// # Errors
/// [`crate::stats::NotComputable`]: `NoValues` or `SingleValue` with fewer than two gemeenten, `TotalIsZero` when there
/// are no agreements, `NoDenominator` for a gemeente without children.
pub fn vergelijk(
    kwartalen: Vec<Kwartaal>,
    ontbrekend: usize,
    mut tellingen: Vec<Telling>,
    klein_aantal: i64,
) -> Computed<Vergelijking> {
    tellingen.sort_by_cached_key(|telling| (sort_key(&telling.naam), telling.code.clone()));
    let units: Vec<Exposure> =
        tellingen.iter().map(|t| Exposure { count: t.aantal, denominator: t.jeugdigen }).collect();
    let spreiding = overdispersion(&units)?;
    let totaal: i64 = units.iter().map(|unit| unit.count).sum();
    let jeugdigen: i64 = units.iter().map(|unit| unit.denominator).sum();
    let cites = tellingen.iter().flat_map(|telling| telling.cites.clone()).collect();
    let one = |(index, telling): (usize, Telling)| {
        oordeel(telling, &against_others(&units, index)?, &spreiding, klein_aantal)
    };
    let mut gemeenten = tellingen.into_iter().enumerate().map(one).collect::<Computed<Vec<_>>>()?;
    let without: Vec<Vec<String>> =
        (0..gemeenten.len()).map(|index| binnen_zonder(&gemeenten, index, &spreiding)).collect();
    for (one, codes) in gemeenten.iter_mut().zip(without) {
        one.binnen_zonder = codes;
    }
    let per_10000 = per_10_000(totaal, jeugdigen)?;
    Ok(Vergelijking { kwartalen, ontbrekend, gemeenten, per_10000, spreiding, cites })
}

fn oordeel(
    telling: Telling,
    others: &AgainstOthers,
    spreiding: &Overdispersion,
    klein_aantal: i64,
) -> Computed<Oordeel> {
    let (aantal, jeugdigen) = (telling.aantal, telling.jeugdigen);
    Ok(Oordeel {
        per_10000: per_10_000(aantal, jeugdigen)?,
        interval: per_10_000_interval(aantal, jeugdigen, 0.95)?,
        elders_per_10000: others.expected * 10_000.0 / jeugdigen as f64,
        verwacht: others.expected,
        tails: others.tails,
        bereik: bereik(others, spreiding),
        level: level(others, spreiding),
        binnen_zonder: Vec::new(),
        is_klein: aantal < klein_aantal || others.expected < KLEIN_VERWACHT,
        telling,
    })
}

/// The gemeenten beyond 99.8% without which the one at `index` would be within the limits.
fn binnen_zonder(all: &[Oordeel], index: usize, spreiding: &Overdispersion) -> Vec<String> {
    let is_far = |i: usize| i != index && matches!(all[i].level, Level::Beyond998(_));
    let (far, kept): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|i| is_far(*i));
    if far.is_empty() || !all[index].valt_op() {
        return Vec::new();
    }
    let exposure = |i: &usize| Exposure {
        count: all[*i].telling.aantal,
        denominator: all[*i].telling.jeugdigen,
    };
    let units: Vec<Exposure> = kept.iter().map(exposure).collect();
    let position = kept.iter().position(|i| *i == index).unwrap_or_default();
    // When nobody is left to compare with, nothing is said.
    let is_within = against_others(&units, position)
        .is_ok_and(|others| level(&others, spreiding) == Level::Within);
    let codes = far.into_iter().map(|i| all[i].telling.code.clone());
    if is_within { codes.collect() } else { Vec::new() }
}

/// The counts within the exact range, or within the widened limits where these are wider.
fn bereik(others: &AgainstOthers, spreiding: &Overdispersion) -> CountRange {
    let mut range = others.range95;
    if spreiding.decision != Decision::Widened {
        return range;
    }
    let Ok(limits) = widened_limits(others.expected, spreiding.tau2) else { return range };
    while range.low > 0 && (range.low - 1) as f64 >= limits.lower95 {
        range.low -= 1;
    }
    while (range.high + 1) as f64 <= limits.upper95 {
        range.high += 1;
    }
    range
}
