//! Tariffs of declaraties against the contracts.
//!
//! Enters: the derived declaraties and contracten (small). Leaves: hits. What occurs is first grouped by what is judged;
//! lines are fetched only for combinations that are wrong. Tariffs above those of the region are a finding of the report
//! (`tarief_boven_regio`) and not judged here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use polars::prelude::{
    DataFrame, DataType, IntoColumn, IntoLazy, NamedFrom, PolarsResult, Series, col, len,
};

use crate::checks::combinaties::{push_lines, with_lines};
use crate::checks::omvang::MINUUT;
use crate::checks::stroom::{Batch, columns, for_each_batch, scan, text};
use crate::checks::tabel::Tabel;
use crate::checks::treffers::Treffers;
use crate::dutch::{euro_ct, list};
use crate::rejects::{Reject, Rule, Severity, excerpt};
use crate::schema::DECLARATIES;

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

/// What makes up the answer to "which tariff".
const PRICE: &[&str] = &["aanbieder", "productcode", "eenheid", "tarief_ct", "periode_begin"];

/// Contract tariffs with their days, by aanbieder and product.
struct Contracten(PerProduct);

/// First day, last day and tariff in cents, by aanbieder and product.
type PerProduct = BTreeMap<(String, String), Vec<(i32, i32, i64)>>;

/// Judges tariffs against the contracts.
pub(super) fn check(
    declaraties: &Path,
    contracten: &Path,
    tolerance_ct: f64,
    hits: &mut Treffers,
) -> Result<()> {
    let contracten = Contracten::load(contracten)?;
    if contracten.0.is_empty() {
        return Ok(());
    }
    let priced = scan(declaraties)?
        .filter(col("tarief_ct").is_not_null().and(col("is_maatwerk").not()))
        .group_by(columns(PRICE))
        .agg([len().cast(DataType::Int64).alias("regels"), col("bedrag_ct").sum()]);
    let mut wrong = Prices::default();
    let mut unknown = Unknown::new();
    for_each_batch(priced, |frame| {
        Prices::each(frame, |price, regels, bedrag_ct| match contracten.expected(&price) {
            None => {
                let sum = unknown.entry((price.aanbieder.into(), price.code.into())).or_default();
                sum.0 += regels;
                sum.1 += bedrag_ct;
            }
            Some(tarieven) if !fits(&price, &tarieven, tolerance_ct) => {
                wrong.push(&price, &tarieven);
            }
            Some(_) => {}
        })
    })?;
    not_determinable(unknown, hits);
    wrong.report(declaraties, hits)
}

/// Lines and euros by aanbieder and product.
type Unknown = BTreeMap<(String, String), (i64, i64)>;

/// Says once per aanbieder and product that there is nothing to judge by.
fn not_determinable(unknown: Unknown, hits: &mut Treffers) {
    for ((aanbieder, code), (regels, bedrag_ct)) in unknown {
        let hit = Reject {
            table: DECLARATIES.name.to_owned(),
            column: "tarief_ct".to_owned(),
            found: excerpt(&format!("{code} bij {aanbieder}")),
            bedrag_ct: Some(bedrag_ct),
            regels: regels.unsigned_abs(),
            ..Reject::new(&MS230, "", 0)
        };
        hits.add(&MS230, hit);
    }
}

/// A tariff as it is declared.
struct Price<'f> {
    aanbieder: &'f str,
    code: &'f str,
    eenheid: &'f str,
    tarief_ct: i64,
    day: i32,
}

impl Contracten {
    fn load(path: &Path) -> Result<Self> {
        let tabel = Tabel::load(&crate::schema::CONTRACTEN, &[path.to_path_buf()])?;
        let mut out = PerProduct::new();
        for row in 0..tabel.n_rows() {
            let code = tabel.text("productcode", row);
            let Some(tarief_ct) = tabel.int("tarief_ct", row).filter(|_| !code.is_empty()) else {
                continue;
            };
            let van = tabel.date("ingangsdatum", row).unwrap_or(i32::MIN);
            let tot = tabel.date("einddatum", row).unwrap_or(i32::MAX);
            let key = (tabel.text("aanbieder", row).to_owned(), code.to_owned());
            out.entry(key).or_default().push((van, tot, tarief_ct));
        }
        Ok(Self(out))
    }

    /// Tariffs of the contracts that hold on that day, sorted; `None` when there are none.
    fn expected(&self, price: &Price<'_>) -> Option<Vec<i64>> {
        let known = self.0.get(&(price.aanbieder.to_owned(), price.code.to_owned()))?;
        let holds = known.iter().filter(|(van, tot, _)| (*van..=*tot).contains(&price.day));
        let tarieven: BTreeSet<i64> = holds.map(|(_, _, tarief_ct)| *tarief_ct).collect();
        (!tarieven.is_empty()).then(|| tarieven.into_iter().collect())
    }
}

/// One contract tariff is enough: an aanbieder can have more than one contract.
fn fits(price: &Price<'_>, tarieven: &[i64], tolerance_ct: f64) -> bool {
    let near = |expected: i64| (price.tarief_ct - expected).abs() as f64 <= tolerance_ct;
    tarieven.iter().any(|tarief_ct| {
        // A tariff per minute is rounded half up to a cent.
        near(*tarief_ct) || (price.eenheid == MINUUT && near((tarief_ct + 30).div_euclid(60)))
    })
}

/// Combinations of which the tariff is wrong.
#[derive(Default)]
struct Prices {
    aanbieder: Vec<String>,
    code: Vec<String>,
    eenheid: Vec<String>,
    tarief_ct: Vec<i64>,
    day: Vec<i32>,
    expected: Vec<String>,
}

impl Prices {
    fn each(frame: &DataFrame, mut visit: impl FnMut(Price<'_>, i64, i64)) -> PolarsResult<()> {
        let batch = Batch(frame);
        let (aanbieder, code) = (batch.texts("aanbieder")?, batch.texts("productcode")?);
        let (eenheid, tarief) = (batch.texts("eenheid")?, batch.ints("tarief_ct")?);
        let day = batch.dates("periode_begin")?;
        let (regels, bedrag) = (batch.ints("regels")?, batch.ints("bedrag_ct")?);
        for row in 0..frame.height() {
            let price = Price {
                aanbieder: text(aanbieder, row),
                code: text(code, row),
                eenheid: text(eenheid, row),
                tarief_ct: tarief.get(row).unwrap_or_default(),
                day: day.physical().get(row).unwrap_or_default(),
            };
            let (n, ct) = (regels.get(row), bedrag.get(row));
            visit(price, n.unwrap_or_default(), ct.unwrap_or_default());
        }
        Ok(())
    }

    fn push(&mut self, price: &Price<'_>, tarieven: &[i64]) {
        let texts: Vec<String> = tarieven.iter().map(|ct| euro_ct(*ct)).collect();
        self.aanbieder.push(price.aanbieder.to_owned());
        self.code.push(price.code.to_owned());
        self.eenheid.push(price.eenheid.to_owned());
        self.tarief_ct.push(price.tarief_ct);
        self.day.push(price.day);
        self.expected.push(list(&texts));
    }

    fn report(self, declaraties: &Path, hits: &mut Treffers) -> Result<()> {
        let n = self.day.len();
        if n == 0 {
            return Ok(());
        }
        let days = Series::new("periode_begin".into(), self.day);
        let made = vec![
            Series::new("aanbieder".into(), self.aanbieder).into_column(),
            Series::new("productcode".into(), self.code).into_column(),
            Series::new("eenheid".into(), self.eenheid).into_column(),
            Series::new("tarief_ct".into(), self.tarief_ct).into_column(),
            days.into_date().into_column(),
            Series::new("verwacht".into(), self.expected).into_column(),
        ];
        let wanted = DataFrame::new(n, made)?.lazy();
        let regular = scan(declaraties)?.filter(col("is_maatwerk").not());
        let lines = with_lines(regular, wanted, PRICE);
        for_each_batch(lines, |frame| {
            let tarief = Batch(frame).ints("tarief_ct")?;
            let found = |row: usize| tarief.get(row).map(euro_ct).unwrap_or_default();
            push_lines(frame, (&TR418, "tarief_ct"), found, hits)
        })
    }
}
