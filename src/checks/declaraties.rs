//! Writes the derived declaraties: what counts in one table, what does not in another, with the reason.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use anyhow::Result;
use polars::prelude::{
    BooleanChunked, Column, DataFrame, Int64Chunked, IntoColumn, IntoSeries, NewChunkedArray,
    PlSmallStr, PolarsResult, Series, StringChunked,
};

use crate::checks::antwoord::Antwoorden;
use crate::checks::herkenning::{Dag, Herkenner, Kalender};
use crate::dataset::Store;
use crate::dataset::manifest::{ReportingAccount, Sum, Uitkomst};
use crate::dataset::parquet::{computing, for_each_slice};
use crate::region::Region;
use crate::schema::DECLARATIES;

/// Name of the table with accepted lines that do not count.
pub(super) const NOT_COUNTED: &str = "declaraties_niet_geteld";

/// What is needed besides the rows.
pub(super) struct Context<'a, 'r> {
    pub(super) region: &'r Region,
    pub(super) herkenner: Herkenner<'r>,
    pub(super) antwoorden: &'a Antwoorden,
    pub(super) uitkomsten: &'a [Uitkomst],
    /// AGB → aanbieder.
    pub(super) aanbieders: &'a HashMap<String, String>,
}

/// Walks over the base tables once, in their order, and writes both derived tables.
pub(super) fn write(
    store: &Store,
    files: &[PathBuf],
    context: &mut Context<'_, '_>,
) -> Result<BTreeMap<String, ReportingAccount>> {
    let mut counted = store.derived(DECLARATIES.name);
    let mut others = store.derived(NOT_COUNTED);
    let mut accounts = BTreeMap::new();
    let mut kalender = Kalender::default();
    let mut row = 0;
    for file in files {
        for_each_slice(file, &[], |frame| {
            let uitkomsten = &context.uitkomsten[row..row + frame.height()];
            row += frame.height();
            let slice = computing(Slice::of(frame), "de declaraties")?;
            slice.learn(&mut context.herkenner, &mut kalender);
            let derived = slice.derive(context, uitkomsten, &kalender);
            slice.account(&derived, &mut accounts);
            let (geteld, niet) = computing(derived.into_frames(frame), "de declaraties")?;
            counted.write(&geteld)?;
            others.write(&niet)
        })?;
    }
    counted.finish()?;
    others.finish()?;
    Ok(accounts)
}

/// Columns read for the derivation.
struct Slice<'f> {
    n: usize,
    gemeente: &'f StringChunked,
    agb: &'f StringChunked,
    client: &'f Int64Chunked,
    productcode: &'f StringChunked,
    productcategorie: &'f StringChunked,
    periode_begin: Vec<i32>,
    volume_milli: &'f Int64Chunked,
    eenheid: &'f StringChunked,
    tarief_ct: &'f Int64Chunked,
    bedrag_ct: &'f Int64Chunked,
    wet: &'f StringChunked,
    identificatie: &'f StringChunked,
    dagtekening: Vec<Option<i32>>,
    bron: &'f StringChunked,
}

/// Derived columns of a slice; texts are borrowed from what was learnt.
struct Derived<'a> {
    uitkomst: Vec<Uitkomst>,
    aanbieder: Vec<&'a str>,
    basisproduct: Vec<Option<&'a str>>,
    dag: Vec<&'a Dag>,
    minuten: Vec<Option<i64>>,
    status: Vec<&'static str>,
    herkenning: Vec<&'static str>,
    is_coordinatie: Vec<bool>,
    segment: Vec<Option<&'a str>>,
    regio_tarief_ct: Vec<Option<i64>>,
    boven_tarief_ct: Vec<Option<i64>>,
}

impl<'f> Slice<'f> {
    fn of(frame: &'f DataFrame) -> PolarsResult<Self> {
        let text = |name: &str| frame.column(name).and_then(Column::str);
        let int = |name: &str| frame.column(name).and_then(Column::i64);
        let date = |name: &str| {
            Ok::<_, polars::error::PolarsError>(frame.column(name)?.date()?.physical())
        };
        Ok(Self {
            n: frame.height(),
            gemeente: text("gemeente")?,
            agb: text("agb")?,
            client: int("client")?,
            productcode: text("productcode")?,
            productcategorie: text("productcategorie")?,
            periode_begin: date("periode_begin")?.iter().map(Option::unwrap_or_default).collect(),
            volume_milli: int("volume_milli")?,
            eenheid: text("eenheid")?,
            tarief_ct: int("tarief_ct")?,
            bedrag_ct: int("bedrag_ct")?,
            wet: text("wet")?,
            identificatie: text("identificatie")?,
            dagtekening: date("dagtekening")?.iter().collect(),
            bron: text("bron")?,
        })
    }

    fn learn(&self, herkenner: &mut Herkenner<'_>, kalender: &mut Kalender) {
        for row in 0..self.n {
            kalender.learn(self.periode_begin[row]);
            let code = self.productcode.get(row).unwrap_or_default();
            herkenner.learn(code, self.productcategorie.get(row).unwrap_or_default());
        }
    }

    fn derive<'a>(
        &'a self,
        context: &'a Context<'_, '_>,
        uitkomsten: &[Uitkomst],
        kalender: &'a Kalender,
    ) -> Derived<'a> {
        let mut out = Derived::with_capacity(self.n);
        for (row, decided) in uitkomsten.iter().enumerate() {
            let day = self.periode_begin[row];
            out.dag.push(kalender.of(day));
            let agb = self.agb.get(row).unwrap_or_default();
            out.aanbieder.push(context.aanbieders.get(agb).map_or(agb, String::as_str));
            out.uitkomst.push(self.uitkomst(row, *decided, context.region));
            let eenheid = self.eenheid.get(row).unwrap_or_default();
            let per = context.region.minuten_per_eenheid.get(eenheid);
            let volume_milli = self.volume_milli.get(row).unwrap_or_default();
            out.minuten.push(per.map(|per| rounded(volume_milli, *per)));
            let dagtekening = self.dagtekening[row].unwrap_or(i32::MAX);
            let identificatie = self.identificatie.get(row).unwrap_or_default();
            out.status.push(context.antwoorden.status(agb, identificatie, dagtekening));
            self.product(row, day, context, &mut out);
        }
        out
    }

    /// A line has one outcome; what the rules across rows decided goes before the row's own gemeente and law.
    fn uitkomst(&self, row: usize, decided: Uitkomst, region: &Region) -> Uitkomst {
        let categorie = self.productcategorie.get(row);
        let other_law = |wet: &str| {
            region.jeugdwet.wet_buiten.iter().any(|other| other.eq_ignore_ascii_case(wet))
        };
        let allowed = &region.jeugdwet.categorieen;
        let outside =
            categorie.is_some_and(|c| !allowed.is_empty() && !allowed.iter().any(|a| a == c));
        let gemeente = self.gemeente.get(row).unwrap_or_default();
        if decided != Uitkomst::Geteld {
            decided
        } else if self.wet.get(row).is_some_and(other_law) || outside {
            Uitkomst::AndereWet
        } else if !region.has_gemeente(gemeente) {
            Uitkomst::BuitenRegio
        } else {
            Uitkomst::Geteld
        }
    }

    fn product<'a>(
        &'a self,
        row: usize,
        day: i32,
        context: &'a Context<'_, '_>,
        out: &mut Derived<'a>,
    ) {
        let code = self.productcode.get(row).unwrap_or_default();
        let categorie = self.productcategorie.get(row).unwrap_or_default();
        let betekenis = context.herkenner.betekenis(code, categorie);
        let is_valid = context.herkenner.is_valid(day);
        let aanbieder = out.aanbieder[row];
        let client = self.client.get(row).unwrap_or_default();
        let mut herkenning = if is_valid { betekenis.herkenning } else { "" };
        if herkenning.is_empty()
            && is_valid
            && context.herkenner.in_register(client, aanbieder, day)
        {
            herkenning = "register";
        }
        let eenheid = self.eenheid.get(row).unwrap_or_default();
        let product = betekenis.basisproduct.as_deref();
        let tarief = product.and_then(|product| context.herkenner.tarief_ct(product, eenheid, day));
        let tolerance = context.region.kosten.tarief_tolerantie_ct.waarde;
        out.boven_tarief_ct.push(tarief.map(|tarief| self.above(row, tarief, tolerance)));
        out.regio_tarief_ct.push(tarief);
        out.segment.push(product.and_then(|product| context.herkenner.segment(product)));
        out.herkenning.push(herkenning);
        out.is_coordinatie.push(betekenis.is_coordinatie);
        out.basisproduct.push(product);
    }

    /// Euros above what the volume costs at the regional tariff; 0 when the price is not above it.
    fn above(&self, row: usize, regio_tarief_ct: i64, tolerance_ct: f64) -> i64 {
        let bedrag_ct = self.bedrag_ct.get(row).unwrap_or_default();
        let volume_milli = self.volume_milli.get(row).unwrap_or_default();
        let price_ct = match self.tarief_ct.get(row) {
            Some(tarief_ct) => tarief_ct as f64,
            None if volume_milli != 0 => bedrag_ct as f64 * 1000.0 / volume_milli as f64,
            None => return 0,
        };
        if price_ct <= regio_tarief_ct as f64 + tolerance_ct {
            return 0;
        }
        bedrag_ct - rounded(volume_milli, regio_tarief_ct)
    }

    fn account(&self, derived: &Derived<'_>, accounts: &mut BTreeMap<String, ReportingAccount>) {
        for row in 0..self.n {
            let bron = self.bron.get(row).unwrap_or_default();
            if !accounts.contains_key(bron) {
                accounts.insert(bron.to_owned(), ReportingAccount::default());
            }
            let account = accounts.get_mut(bron).expect("just inserted");
            let sum = Sum { regels: 1, bedrag_ct: self.bedrag_ct.get(row).unwrap_or_default() };
            account.aanvaard.add(sum);
            account.uitkomsten.entry(derived.uitkomst[row]).or_default().add(sum);
            if derived.uitkomst[row] == Uitkomst::Geteld {
                let maand = &derived.dag[row].maand;
                match account.maanden.get_mut(maand) {
                    Some(known) => known.add(sum),
                    None => {
                        account.maanden.insert(maand.clone(), sum);
                    }
                }
            }
        }
    }
}

/// A volume in thousandths times a whole number per unit, rounded half away from zero.
fn rounded(volume_milli: i64, per_unit: i64) -> i64 {
    // Typing bounds both, but not their product.
    let value = i128::from(volume_milli) * i128::from(per_unit);
    let half = if value < 0 { -500 } else { 500 };
    i64::try_from((value + half) / 1000).unwrap_or(i64::MAX)
}

impl Derived<'_> {
    fn with_capacity(n: usize) -> Self {
        Self {
            uitkomst: Vec::with_capacity(n),
            aanbieder: Vec::with_capacity(n),
            basisproduct: Vec::with_capacity(n),
            dag: Vec::with_capacity(n),
            minuten: Vec::with_capacity(n),
            status: Vec::with_capacity(n),
            herkenning: Vec::with_capacity(n),
            is_coordinatie: Vec::with_capacity(n),
            segment: Vec::with_capacity(n),
            regio_tarief_ct: Vec::with_capacity(n),
            boven_tarief_ct: Vec::with_capacity(n),
        }
    }

    /// The slice with its derived columns, split in what counts and what does not.
    fn into_frames(self, frame: &DataFrame) -> PolarsResult<(DataFrame, DataFrame)> {
        let height = frame.height();
        let mask: BooleanChunked = BooleanChunked::from_iter_values(
            "".into(),
            self.uitkomst.iter().map(|u| *u == Uitkomst::Geteld),
        );
        let names: Vec<&str> = self.uitkomst.iter().map(|u| u.name()).collect();
        let is_maatwerk = self.herkenning.iter().map(|h| !h.is_empty());
        let herkenning = self.herkenning.iter().map(|h| (!h.is_empty()).then_some(*h));
        let status = self.status.iter().zip(&self.uitkomst);
        let status = status.map(|(s, u)| if *u == Uitkomst::Afgewezen { "afgewezen" } else { s });
        let derived = vec![
            texts("aanbieder", self.aanbieder.iter().map(|v| Some(*v))),
            texts("basisproduct", self.basisproduct.iter().copied()),
            texts("maand", self.dag.iter().map(|dag| Some(dag.maand.as_str()))),
            texts("kwartaal", self.dag.iter().map(|dag| Some(dag.kwartaal.as_str()))),
            Int64Chunked::from_iter_values("jaar".into(), self.dag.iter().map(|dag| dag.jaar))
                .into_series(),
            Int64Chunked::from_slice_options("minuten".into(), &self.minuten).into_series(),
            texts("status", status.map(Some)),
            BooleanChunked::from_iter_values("is_maatwerk".into(), is_maatwerk).into_series(),
            texts("maatwerk_herkenning", herkenning),
            BooleanChunked::from_slice("is_coordinatie".into(), &self.is_coordinatie).into_series(),
            texts("segment", self.segment.iter().copied()),
            Int64Chunked::from_slice_options("regio_tarief_ct".into(), &self.regio_tarief_ct)
                .into_series(),
            Int64Chunked::from_slice_options("boven_tarief_ct".into(), &self.boven_tarief_ct)
                .into_series(),
        ];
        let mut columns: Vec<Column> = Vec::with_capacity(frame.width() + derived.len());
        columns.extend(frame.columns().iter().cloned());
        columns.extend(derived.into_iter().map(IntoColumn::into_column));
        let whole = DataFrame::new(height, columns)?;
        let counted = whole.filter(&mask)?;
        let mut others = whole.filter(&!mask.clone())?;
        let reasons = StringChunked::from_iter_values(
            "uitkomst".into(),
            names.into_iter().filter(|n| *n != "geteld"),
        );
        others.with_column(reasons.into_series().into_column())?;
        Ok((counted, others))
    }
}

fn texts<'a>(name: &'static str, values: impl Iterator<Item = Option<&'a str>>) -> Series {
    StringChunked::from_iter_options(PlSmallStr::from_static(name), values).into_series()
}
