//! What a statement may tell by the figures it cites: their values, ratios, sums, differences and numbers.

use std::collections::{BTreeMap, BTreeSet};

use maatstaf::dutch::decimal;
use maatstaf::metrics::{Measured, MeasuredCell};

use crate::eerlijk::getallen::{Eenheid, Feit, Getal};
use crate::eerlijk::streken::Streek;

/// Queries that give rows or dossiers, no cells.
pub(super) const ZONDER_CELLEN: [&str; 2] = ["aflopend", "coordinatie_loting"];

/// A figure by its address.
pub(super) struct Cel<'m> {
    pub(super) measured: &'m Measured,
    pub(super) cell: &'m MeasuredCell,
    /// In the unit of its column.
    pub(super) waarde: f64,
    pub(super) eenheid: Eenheid,
}

/// Every figure of a region by its address.
pub(super) struct Cellen<'m>(BTreeMap<String, Cel<'m>>);

impl<'m> Cellen<'m> {
    pub(super) fn of(streek: &'m Streek) -> Self {
        let mut out = BTreeMap::new();
        for measured in &streek.measured {
            for cell in measured.levels().iter().flat_map(|level| &level.cells) {
                let mut put = |column: &str, value: f64| {
                    let (eenheid, waarde) = in_eenheid(column, value);
                    let cel = Cel { measured, cell, waarde, eenheid };
                    out.insert(measured.address(cell, column), cel);
                };
                put(&measured.query.value, cell.value as f64);
                if let Some(bedrag_ct) = cell.bedrag_ct {
                    put("bedrag_ct", bedrag_ct as f64);
                }
            }
        }
        Self(out)
    }

    /// The cited figures, each once; panics on an address that is nowhere.
    #[track_caller]
    pub(super) fn geciteerd(&self, cites: &[String]) -> Vec<&Cel<'m>> {
        let once: BTreeSet<&String> = cites.iter().collect();
        once.into_iter()
            .filter(|address| !ZONDER_CELLEN.contains(&address.as_str()))
            .map(|address| self.0.get(address).unwrap_or_else(|| panic!("no figure at {address}")))
            .collect()
    }

    pub(super) fn alle(&self) -> impl Iterator<Item = &Cel<'m>> {
        self.0.values()
    }

    pub(super) fn get(&self, address: &str) -> Option<&Cel<'m>> {
        self.0.get(address)
    }
}

/// A value in the unit that a reader sees.
fn in_eenheid(column: &str, value: f64) -> (Eenheid, f64) {
    if column.ends_with("_ct") {
        (Eenheid::Euro, value / 100.0)
    } else if column == "minuten" {
        (Eenheid::Uur, (value / 6.0).round() / 10.0)
    } else if column == "volume_milli" {
        (Eenheid::Aantal, value / 1000.0)
    } else {
        (Eenheid::Aantal, value)
    }
}

/// What may be told.
#[derive(Default)]
pub(super) struct Grond(pub(super) Vec<Feit>);

impl Grond {
    pub(super) fn put(&mut self, eenheid: Eenheid, waarde: f64, regel: &'static str) {
        self.0.push(Feit::new(eenheid, waarde, regel));
    }

    pub(super) fn aantal(&mut self, n: usize, regel: &'static str) {
        self.put(Eenheid::Aantal, n as f64, regel);
    }

    pub(super) fn euro(&mut self, ct: i64, regel: &'static str) {
        self.put(Eenheid::Euro, ct as f64 / 100.0, regel);
    }

    /// The rule by which a number may be told.
    pub(super) fn regel(&self, getal: &Getal) -> Option<&'static str> {
        self.0.iter().find(|feit| feit.is(getal)).map(|feit| feit.regel)
    }

    /// What the cited figures are, alone and together.
    pub(super) fn van_cellen(cellen: &[&Cel<'_>]) -> Self {
        let mut out = Self::default();
        for cel in cellen {
            out.put(cel.eenheid, cel.waarde, "een geciteerd cijfer");
            if let Some(ratio) = &cel.cell.ratio
                && let Ok(value) = &ratio.outcome
            {
                let is_rate = ratio.column == "per_10000";
                let (eenheid, times) =
                    if is_rate { (Eenheid::Per10000, 1.0) } else { (Eenheid::Procent, 100.0) };
                out.put(eenheid, value * times, "de verhouding bij een geciteerd cijfer");
            }
        }
        out.sommen(cellen);
        out.aantallen(cellen);
        out.van_treffers(cellen);
        out
    }

    /// Of one query together; and what is left without one of them.
    fn sommen(&mut self, cellen: &[&Cel<'_>]) {
        let mut by_query: BTreeMap<(&str, Eenheid), Vec<f64>> = BTreeMap::new();
        for cel in cellen {
            by_query.entry((&cel.measured.query.id, cel.eenheid)).or_default().push(cel.waarde);
        }
        for ((_, eenheid), values) in by_query.iter().filter(|(_, values)| values.len() > 1) {
            let total: f64 = values.iter().sum();
            self.put(*eenheid, total, "de som van geciteerde cijfers van één vraag");
            let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if total > 0.0 {
                self.put(
                    Eenheid::Procent,
                    100.0 * most / total,
                    "het grootste geciteerde cijfer als deel van de som",
                );
            }
        }
    }

    /// How many different gemeenten, aanbieders or products have something in the cited figures of a query.
    fn aantallen(&mut self, cellen: &[&Cel<'_>]) {
        let mut by_key: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for cel in cellen.iter().filter(|cel| cel.waarde > 0.0) {
            for key in ["gemeente", "aanbieder", "productcode", "kwartaal"] {
                let text = cel.measured.key_of(cel.cell, key);
                if text != "totaal" {
                    by_key.entry((&cel.measured.query.id, key)).or_default().insert(text);
                }
            }
        }
        for names in by_key.values() {
            self.aantal(
                names.len(),
                "het aantal gemeenten, aanbieders, producten of kwartalen dat is geciteerd",
            );
        }
    }

    /// Of a rule: judged is hit and good together, and hits are a part of that.
    fn van_treffers(&mut self, cellen: &[&Cel<'_>]) {
        let of = |verdict: &str| -> f64 {
            let is_total = |cel: &&&Cel<'_>| {
                let key = |name| cel.measured.key_of(cel.cell, name);
                key("oordeel") == verdict
                    && cel.eenheid == Eenheid::Aantal
                    && key("gemeente") == "totaal"
                    && key("aanbieder") == "totaal"
            };
            cellen.iter().filter(is_total).map(|cel| cel.waarde).sum()
        };
        let (hit, good) = (of("treffer"), of("goed"));
        self.put(Eenheid::Aantal, hit + good, "treffers en goede gevallen samen");
        if hit + good > 0.0 {
            let part = 100.0 * hit / (hit + good);
            self.put(Eenheid::Procent, part, "treffers als deel van de beoordeelde gevallen");
        }
        for cel in cellen.iter().filter(|cel| cel.measured.key_of(cel.cell, "oordeel") == "treffer")
        {
            let behind = [cel.cell.clienten, cel.cell.aanbieders];
            for n in behind.into_iter().flatten() {
                self.put(
                    Eenheid::Aantal,
                    f64::from(n),
                    "jeugdigen of aanbieders achter de treffers",
                );
            }
        }
    }
}

/// Told by no rule: for a message.
pub(super) fn beschreven(grond: &Grond) -> String {
    let one =
        |feit: &Feit| format!("{:?} {} ({})", feit.eenheid, decimal(feit.waarde, 3), feit.regel);
    let mut all: Vec<String> = grond.0.iter().map(one).collect();
    all.sort();
    all.dedup();
    all.join("\n    ")
}
