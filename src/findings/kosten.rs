//! Costs out of line: first what is above the regional tariff (a fact), then unusual unit prices (a signal), and
//! apart from both what is probably a slip of the comma.

mod helft;
mod komma;
mod prijs;
mod tarief;
mod waarneming;
mod zinnen;

pub(crate) use zinnen::MAX_GEMEENTEN;

use std::collections::BTreeSet;

pub use helft::{cumulative, half};
pub use komma::{Komma, Tegen};
pub use prijs::{MIN_REFERENTIE, NietVergeleken, Oordeel, Prijs, PrijsGroep, Vergelijking};
pub use tarief::TariefGeval;

use crate::findings::{Context, Judged};

/// Findings per kind: more belongs in the table.
const MAX_FINDINGS: usize = 5;

/// Everything that was judged about tariffs and prices in the quarter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KostenOordeel {
    /// Who declared what above the regional tariff, the largest amount first.
    pub boven_tarief: Vec<TariefGeval>,
    /// Prices per product and unit, by code.
    pub prijzen: Vec<PrijsGroep>,
    /// Suspected slips of the comma, the largest difference first; these are in neither list as a higher price.
    pub kommas: Vec<Komma>,
    /// Products without a regional tariff that were not compared, and why.
    pub niet_vergeleken: NietVergeleken,
}

impl KostenOordeel {
    /// Leaves out what uses a hidden figure.
    pub(super) fn retain(&mut self, is_seen: impl Fn(&[String]) -> bool) {
        self.boven_tarief.retain(|geval| is_seen(&geval.cites));
        self.prijzen.retain(|groep| is_seen(&groep.cites));
        self.kommas.retain(|komma| is_seen(&komma.cites));
    }
}

pub(super) fn judge(context: &Context<'_>, judged: &mut Judged) {
    let mut kommas = komma::against_tarief(context);
    let boven_tarief = tarief::cases(context, &kommas);
    let (prijzen, niet_vergeleken) = prijs::groups(context, &boven_tarief);
    kommas.extend(komma::against_middle(&prijzen));
    kommas.sort_by(|a, b| {
        b.verschil_ct.abs().cmp(&a.verschil_ct.abs()).then_with(|| a.cites.cmp(&b.cites))
    });
    let kosten = KostenOordeel { boven_tarief, prijzen, kommas, niet_vergeleken };
    tarief::conclude(context, &kosten, judged);
    judged.findings.extend(zinnen::findings(context, &kosten));
    judged.kosten = kosten;
}

/// Different aanbieders among prices.
fn n_aanbieders(prijzen: &[Prijs]) -> usize {
    prijzen.iter().map(|prijs| prijs.aanbieder.as_str()).collect::<BTreeSet<_>>().len()
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
