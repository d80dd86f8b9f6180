//! Tariffs of declaraties against the contracts.
//!
//! Enters: the contracten (small) and the derived declaraties, slice by slice. Leaves: hits. Tariffs above those of the region
//! are a finding of the report (`tarief_boven_regio`) and not judged here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use polars::prelude::{DataFrame, PolarsResult};

use crate::checks::omvang::MINUUT;
use crate::checks::ronde::{Eens, Hit, Plaatsen, Toets};
use crate::checks::stroom::{Batch, text};
use crate::checks::tabel::Tabel;
use crate::checks::treffers::Treffers;
use crate::dutch::{euro_ct, list};
use crate::rejects::{Reject, Rule, Severity, excerpt};
use crate::schema::{CONTRACTEN, DECLARATIES};

/// The tariff of the contract.
pub(super) const TR418: Rule = Rule {
    code: "TR418",
    severity: Severity::Waarschuwing,
    title: "tarief is een ander dan in het contract",
    explanation: "De tabel contracten noemt voor deze aanbieder, dit product en deze dag een ander tarief. Bij minuten is ook het \
        contracttarief per uur gedeeld door zestig goed (IV081). Maatwerk heeft geen contract en wordt niet getoetst.",
    remedy: "vraag de aanbieder om het verschil te crediteren, of werk de tabel contracten bij",
    source: "iJw 3.2",
};
/// No tariff to judge by.
pub(super) const MS230: Rule = Rule {
    code: "MS230",
    severity: Severity::Info,
    title: "tarief niet te toetsen: geen contracttarief",
    explanation: "De tabel contracten heeft tarieven, maar niet voor deze aanbieder en dit product op de dag van de zorg. TR418 is voor deze \
        regels niet te bepalen.",
    remedy: "vul de tabel contracten aan als u deze controle wilt gebruiken",
    source: "maatstaf",
};
/// Every rule of this file.
pub(super) const RULES: &[&Rule] = &[&TR418, &MS230];

/// First day, last day and tariff in cents of a contract.
type Afspraak = (i32, i32, i64);

/// Tariffs against the contracts.
pub(super) struct Tarief {
    /// By aanbieder and product.
    contracten: BTreeMap<String, BTreeMap<String, Vec<Afspraak>>>,
    tolerance_ct: f64,
    unknown: Mutex<Unknown>,
}

/// Lines and euros by aanbieder and product of which no contract says the tariff.
type Unknown = BTreeMap<(String, String), (i64, i64)>;

/// A tariff as it is declared.
struct Price<'f> {
    eenheid: &'f str,
    tarief_ct: i64,
    day: i32,
}

/// What the contracts say of an aanbieder and product, and the lines for which they say nothing.
struct Known<'t> {
    afspraken: &'t [Afspraak],
    regels: i64,
    bedrag_ct: i64,
}

impl Tarief {
    /// Reads the contracts; `None` when none of them names a tariff.
    pub(super) fn load(path: &Path, tolerance_ct: f64) -> Result<Option<Self>> {
        let tabel = Tabel::load(&CONTRACTEN, &[path.to_path_buf()])?;
        let mut contracten: BTreeMap<String, BTreeMap<String, Vec<Afspraak>>> = BTreeMap::new();
        for row in 0..tabel.n_rows() {
            let code = tabel.text("productcode", row);
            let Some(tarief_ct) = tabel.int("tarief_ct", row).filter(|_| !code.is_empty()) else {
                continue;
            };
            let van = tabel.date("ingangsdatum", row).unwrap_or(i32::MIN);
            let tot = tabel.date("einddatum", row).unwrap_or(i32::MAX);
            let of = contracten.entry(tabel.text("aanbieder", row).to_owned()).or_default();
            of.entry(code.to_owned()).or_default().push((van, tot, tarief_ct));
        }
        let unknown = Mutex::default();
        Ok((!contracten.is_empty()).then_some(Self { contracten, tolerance_ct, unknown }))
    }

    fn afspraken(&self, aanbieder: &str, code: &str) -> &[Afspraak] {
        let of = self.contracten.get(aanbieder).and_then(|of| of.get(code));
        of.map_or(&[], Vec::as_slice)
    }

    /// One contract tariff is enough: an aanbieder can have more than one contract.
    fn fits(&self, price: &Price<'_>, expected_ct: i64) -> bool {
        let near = |expected: i64| (price.tarief_ct - expected).abs() as f64 <= self.tolerance_ct;
        // A tariff per minute is rounded half up to a cent.
        near(expected_ct) || (price.eenheid == MINUUT && near((expected_ct + 30).div_euclid(60)))
    }

    /// Remembers for which lines of a slice there is nothing to judge by.
    fn add(&self, known: Eens<(&str, &str), Known<'_>>) {
        let mut unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        for ((aanbieder, code), Known { regels, bedrag_ct, .. }) in known.into_known() {
            if regels > 0 {
                let sum = unknown.entry((aanbieder.to_owned(), code.to_owned())).or_default();
                sum.0 += regels;
                sum.1 += bedrag_ct;
            }
        }
    }
}

impl Toets for Tarief {
    fn columns(&self) -> &'static [&'static str] {
        &[
            "aanbieder",
            "productcode",
            "eenheid",
            "tarief_ct",
            "periode_begin",
            "is_maatwerk",
            "bedrag_ct",
            "bron",
            "regel",
        ]
    }

    fn judged(&self) -> &'static str {
        "tarief_ct"
    }

    fn look(&self, slice: &DataFrame, hits: &mut Vec<Hit>) -> PolarsResult<()> {
        let batch = Batch(slice);
        let (aanbieder, code) = (batch.texts("aanbieder")?, batch.texts("productcode")?);
        let (eenheid, tarief) = (batch.texts("eenheid")?, batch.ints("tarief_ct")?);
        let (day, is_maatwerk) = (batch.dates("periode_begin")?, batch.flags("is_maatwerk")?);
        let plaatsen = Plaatsen::of(slice)?;
        let mut per_pair = Eens::new();
        for row in 0..slice.height() {
            let Some(tarief_ct) = tarief.get(row).filter(|_| is_maatwerk.get(row) == Some(false))
            else {
                continue;
            };
            let pair = (text(aanbieder, row), text(code, row));
            let known = per_pair.get(pair, || Known {
                afspraken: self.afspraken(pair.0, pair.1),
                regels: 0,
                bedrag_ct: 0,
            });
            let day = day.physical().get(row).unwrap_or_default();
            let price = Price { eenheid: text(eenheid, row), tarief_ct, day };
            if holding(known.afspraken, price.day).next().is_none() {
                known.regels += 1;
                known.bedrag_ct += plaatsen.bedrag_ct(row).unwrap_or_default();
            } else if !holding(known.afspraken, price.day).any(|ct| self.fits(&price, ct)) {
                let said = [euro_ct(tarief_ct), all_of(known.afspraken, price.day)];
                hits.push(plaatsen.hit(
                    row,
                    (&TR418, "tarief_ct"),
                    said.each_ref().map(String::as_str),
                ));
            }
        }
        self.add(per_pair);
        Ok(())
    }

    /// Says once per aanbieder and product that there is nothing to judge by.
    fn finish(&self, hits: &mut Treffers) {
        let unknown = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        for ((aanbieder, code), (regels, bedrag_ct)) in unknown.iter() {
            let hit = Reject {
                table: DECLARATIES.name.to_owned(),
                column: "tarief_ct".to_owned(),
                found: excerpt(&format!("{code} bij {aanbieder}")),
                bedrag_ct: Some(*bedrag_ct),
                regels: regels.unsigned_abs(),
                ..Reject::new(&MS230, "", 0)
            };
            hits.add(&MS230, hit);
        }
    }
}

/// Tariffs that hold on a day, in cents.
fn holding(afspraken: &[Afspraak], day: i32) -> impl Iterator<Item = i64> {
    let holds = move |(van, tot, _): &&Afspraak| (*van..=*tot).contains(&day);
    afspraken.iter().filter(holds).map(|(_, _, tarief_ct)| *tarief_ct)
}

/// The same as a text, sorted.
fn all_of(afspraken: &[Afspraak], day: i32) -> String {
    let tarieven: BTreeSet<i64> = holding(afspraken, day).collect();
    let texts: Vec<String> = tarieven.into_iter().map(euro_ct).collect();
    list(&texts)
}
