//! Writes the derived declaraties: what counts in one table, what does not in another, with the reason.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use foldhash::fast::FixedState;
use polars::prelude::{
    BooleanChunked, Column, DataFrame, Int32Chunked, Int64Chunked, IntoColumn, IntoSeries,
    NewChunkedArray, PlSmallStr, PolarsDataType, PolarsError, PolarsResult, Series, StringChunked,
    StringType,
};

use crate::checks::antwoord::Antwoorden;
use crate::checks::dekking::{Contracten, Dekking, GEEN, Register};
use crate::checks::herindeling;
use crate::checks::herkenning::{Betekenis, Dag, Herkenner};
use crate::dataset::Store;
use crate::dataset::encode::encode;
use crate::dataset::manifest::{ReportingAccount, Sum, Uitkomst};
use crate::dataset::parquet::computing;
use crate::dataset::slices::side_by_side;
use crate::region::Region;
use crate::rejects::Reject;
use crate::schema::DECLARATIES;

/// Name of the table with accepted lines that do not count.
pub(super) const NOT_COUNTED: &str = "declaraties_niet_geteld";

/// What is needed besides the rows.
pub(super) struct Context<'a, 'r> {
    pub(super) region: &'r Region,
    pub(super) herkenner: Herkenner<'r>,
    pub(super) contracten: Contracten,
    pub(super) register: Register,
    pub(super) antwoorden: &'a Antwoorden,
    pub(super) uitkomsten: &'a [Uitkomst],
    /// AGB → aanbieder.
    pub(super) aanbieders: &'a HashMap<String, String>,
    /// Set when the user interrupts.
    pub(super) stop: &'a AtomicBool,
}

/// What the walk over all declaraties found.
#[derive(Default)]
pub(super) struct Written {
    /// Reporting account per file.
    pub(super) accounts: BTreeMap<String, ReportingAccount>,
    /// Codes whose base product is ambiguous, with the products they may stand for.
    pub(super) ambiguous: BTreeMap<String, Vec<String>>,
    /// Lines under the code of a gemeente that had ended.
    pub(super) rejects: Vec<Reject>,
}

/// Walks over the base tables once, in their order, and writes both derived tables.
pub(super) fn write(
    store: &Store,
    files: &[PathBuf],
    context: &Context<'_, '_>,
) -> Result<Written> {
    let mut counted = store.derived(DECLARATIES.name);
    let mut others = store.derived(NOT_COUNTED);
    let mut written = Written::default();
    let work = |first: usize, frame: &DataFrame| {
        let uitkomsten = &context.uitkomsten[first..first + frame.height()];
        let slice = computing(Slice::of(frame), "de declaraties")?;
        let known = Known::of(&slice, context);
        let derived = slice.derive(context, uitkomsten, &known);
        let late = herindeling::late(context.region, &DECLARATIES, "periode_begin", frame);
        let here = Written {
            accounts: slice.accounts(&derived, &known),
            ambiguous: known.ambiguous(),
            rejects: computing(late, "de declaraties")?,
        };
        let now = herindeling::renamed(context.region, frame.clone());
        let frames = now.and_then(|frame| derived.into_frames(&frame, &known));
        let (geteld, niet) = computing(frames, "de declaraties")?;
        Ok((here, encode(&geteld)?, encode(&niet)?))
    };
    side_by_side(files, &[], context.stop, work, |(here, geteld, niet)| {
        for (bron, account) in here.accounts {
            written.accounts.entry(bron).or_default().add(&account);
        }
        written.ambiguous.extend(here.ambiguous);
        written.rejects.extend(here.rejects);
        counted.put(&geteld)?;
        others.put(&niet)
    })?;
    counted.finish()?;
    others.finish()?;
    Ok(written)
}

/// The different values of one column in a slice: each is looked up once.
struct Distinct<T> {
    /// Per row the position in `values`.
    of_row: Vec<u32>,
    values: Vec<T>,
}

impl<T> Distinct<T> {
    fn of<K: Hash + Eq + Copy>(
        keys: impl Iterator<Item = K>,
        mut value: impl FnMut(K) -> T,
    ) -> Self {
        let mut known: HashMap<K, u32, FixedState> = HashMap::default();
        let mut values = Vec::new();
        let of_row = keys.map(|key| {
            *known.entry(key).or_insert_with(|| {
                values.push(value(key));
                u32::try_from(values.len() - 1).expect("a slice is small")
            })
        });
        Self { of_row: of_row.collect(), values }
    }

    fn get(&self, row: usize) -> &T {
        &self.values[self.of_row[row] as usize]
    }
}

/// What the values of a slice mean.
struct Known<'f, 'a> {
    dagen: Distinct<Dag>,
    producten: Distinct<(&'f str, Betekenis)>,
    aanbieders: Distinct<&'a str>,
    /// Gemeenten, and whether each is in the region.
    gemeenten: Distinct<bool>,
    /// Contracts, by aanbieder and product.
    contracten: Distinct<Dekking<'a>>,
}

impl<'f: 'a, 'a> Known<'f, 'a> {
    fn of(slice: &Slice<'f>, context: &'a Context<'_, '_>) -> Self {
        let rows = 0..slice.n;
        let codes = rows
            .clone()
            .map(|row| (text(slice.productcode, row), text(slice.productcategorie, row)));
        let producten = Distinct::of(codes, |(code, categorie)| {
            (code, context.herkenner.betekenis(code, categorie))
        });
        let aanbieders = Distinct::of(rows.clone().map(|row| text(slice.agb, row)), |agb| {
            context.aanbieders.get(agb).map_or(agb, String::as_str)
        });
        let pairs = aanbieders.of_row.iter().copied().zip(producten.of_row.iter().copied());
        let contracten = Distinct::of(pairs, |(aanbieder, product)| {
            let (_, betekenis) = &producten.values[product as usize];
            let product = betekenis.basisproduct.as_deref();
            let segment = product.and_then(|product| context.herkenner.segment(product));
            context.contracten.of(aanbieders.values[aanbieder as usize], product, segment)
        });
        Self {
            dagen: Distinct::of(slice.periode_begin.iter().copied(), Dag::of),
            producten,
            aanbieders,
            contracten,
            gemeenten: Distinct::of(rows.map(|row| text(slice.gemeente, row)), |gemeente| {
                context.region.has_gemeente(gemeente)
            }),
        }
    }

    fn ambiguous(&self) -> BTreeMap<String, Vec<String>> {
        let several = self.producten.values.iter().filter(|(_, b)| b.mogelijk.len() > 1);
        several.map(|(code, b)| ((*code).to_owned(), b.mogelijk.clone())).collect()
    }
}

/// Texts of one column of one slice.
type Texts<'f> = &'f <StringType as PolarsDataType>::Array;

fn text(texts: Texts<'_>, row: usize) -> &str {
    texts.get(row).unwrap_or_default()
}

/// Columns read for the derivation.
struct Slice<'f> {
    n: usize,
    gemeente: Texts<'f>,
    agb: Texts<'f>,
    client: &'f Int64Chunked,
    productcode: Texts<'f>,
    productcategorie: Texts<'f>,
    periode_begin: Vec<i32>,
    periode_eind: Vec<i32>,
    volume_milli: &'f Int64Chunked,
    eenheid: Texts<'f>,
    tarief_ct: &'f Int64Chunked,
    bedrag_ct: &'f Int64Chunked,
    wet: Texts<'f>,
    identificatie: Texts<'f>,
    dagtekening: &'f Int32Chunked,
    bron: Texts<'f>,
}

/// Derived columns of a slice; texts are borrowed from what was learnt.
struct Derived<'a> {
    uitkomst: Vec<Uitkomst>,
    basisproduct: Vec<Option<&'a str>>,
    minuten: Vec<Option<i64>>,
    status: Vec<&'static str>,
    herkenning: Vec<&'static str>,
    is_coordinatie: Vec<bool>,
    segment: Vec<Option<&'a str>>,
    regio_tarief_ct: Vec<Option<i64>>,
    boven_tarief_ct: Vec<Option<i64>>,
    contract_soort: Vec<Option<&'a str>>,
    maatwerk_id: Vec<Option<&'a str>>,
}

impl<'f> Slice<'f> {
    fn of(frame: &'f DataFrame) -> PolarsResult<Self> {
        let text =
            |name: &str| Ok::<_, PolarsError>(frame.column(name)?.str()?.downcast_as_array());
        let int = |name: &str| frame.column(name).and_then(Column::i64);
        let date = |name: &str| Ok::<_, PolarsError>(frame.column(name)?.date()?.physical());
        Ok(Self {
            n: frame.height(),
            gemeente: text("gemeente")?,
            agb: text("agb")?,
            client: int("client")?,
            productcode: text("productcode")?,
            productcategorie: text("productcategorie")?,
            periode_begin: date("periode_begin")?.iter().map(Option::unwrap_or_default).collect(),
            periode_eind: date("periode_eind")?.iter().map(Option::unwrap_or_default).collect(),
            volume_milli: int("volume_milli")?,
            eenheid: text("eenheid")?,
            tarief_ct: int("tarief_ct")?,
            bedrag_ct: int("bedrag_ct")?,
            wet: text("wet")?,
            identificatie: text("identificatie")?,
            dagtekening: date("dagtekening")?,
            bron: text("bron")?,
        })
    }

    fn derive<'a>(
        &self,
        context: &'a Context<'_, '_>,
        uitkomsten: &[Uitkomst],
        known: &'a Known<'f, 'a>,
    ) -> Derived<'a> {
        let mut out = Derived::with_capacity(self.n);
        for (row, decided) in uitkomsten.iter().enumerate() {
            out.uitkomst.push(self.uitkomst(row, *decided, context.region, known));
            let per = context.region.minuten_per_eenheid.get(text(self.eenheid, row));
            let volume_milli = self.volume_milli.get(row).unwrap_or_default();
            out.minuten.push(per.map(|per| rounded(volume_milli, *per)));
            let dagtekening = self.dagtekening.get(row).unwrap_or(i32::MAX);
            let (agb, identificatie) = (text(self.agb, row), text(self.identificatie, row));
            out.status.push(context.antwoorden.status(agb, identificatie, dagtekening));
            self.product(row, context, known, &mut out);
        }
        out
    }

    /// A line has one outcome; what the rules across rows decided goes before the row's own gemeente and law.
    fn uitkomst(
        &self,
        row: usize,
        decided: Uitkomst,
        region: &Region,
        known: &Known<'_, '_>,
    ) -> Uitkomst {
        let categorie = self.productcategorie.get(row);
        let other_law = |wet: &str| {
            region.jeugdwet.wet_buiten.iter().any(|other| other.eq_ignore_ascii_case(wet))
        };
        let allowed = &region.jeugdwet.categorieen;
        let outside =
            categorie.is_some_and(|c| !allowed.is_empty() && !allowed.iter().any(|a| a == c));
        if decided != Uitkomst::Geteld {
            decided
        } else if self.wet.get(row).is_some_and(other_law) || outside {
            Uitkomst::AndereWet
        } else if !known.gemeenten.get(row) {
            Uitkomst::BuitenRegio
        } else {
            Uitkomst::Geteld
        }
    }

    fn product<'a>(
        &self,
        row: usize,
        context: &'a Context<'_, '_>,
        known: &'a Known<'f, 'a>,
        out: &mut Derived<'a>,
    ) {
        let day = self.periode_begin[row];
        let (code, betekenis) = known.producten.get(row);
        let is_valid = context.herkenner.is_valid(day);
        let client = self.client.get(row).unwrap_or_default();
        let product = betekenis.basisproduct.as_deref();
        let codes = [Some(*code), product];
        let aanbieder = known.aanbieders.get(row);
        let overeenkomst = context.register.overeenkomst(client, aanbieder, codes, day);
        let in_register = overeenkomst.is_some_and(|found| found != GEEN);
        let herkenning = match betekenis.herkenning {
            _ if !is_valid => "",
            "" if in_register && context.region.maatwerk.register => "register",
            by_code => by_code,
        };
        let period = (day, self.periode_eind[row]);
        out.maatwerk_id.push(context.register.in_periode(client, aanbieder, codes, period));
        out.contract_soort.push(known.contracten.get(row).soort(period.0, period.1));
        let eenheid = text(self.eenheid, row);
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

    /// The accounts of the files in this slice; rows of one file follow each other.
    fn accounts(
        &self,
        derived: &Derived<'_>,
        known: &Known<'_, '_>,
    ) -> BTreeMap<String, ReportingAccount> {
        let mut out: BTreeMap<String, ReportingAccount> = BTreeMap::new();
        let mut begin = 0;
        while begin < self.n {
            let bron = text(self.bron, begin);
            let mut end = begin + 1;
            while end < self.n && text(self.bron, end) == bron {
                end += 1;
            }
            let account = self.account(begin..end, derived, known);
            out.entry(bron.to_owned()).or_default().add(&account);
            begin = end;
        }
        out
    }

    fn account(
        &self,
        rows: Range<usize>,
        derived: &Derived<'_>,
        known: &Known<'_, '_>,
    ) -> ReportingAccount {
        let mut per_uitkomst = [Sum::default(); Uitkomst::ALL.len()];
        let mut per_dag: BTreeMap<u32, Sum> = BTreeMap::new();
        for row in rows {
            let sum = Sum { regels: 1, bedrag_ct: self.bedrag_ct.get(row).unwrap_or_default() };
            per_uitkomst[derived.uitkomst[row] as usize].add(sum);
            if derived.uitkomst[row] == Uitkomst::Geteld {
                per_dag.entry(known.dagen.of_row[row]).or_default().add(sum);
            }
        }
        let mut out = ReportingAccount::default();
        for uitkomst in Uitkomst::ALL {
            let sum = per_uitkomst[uitkomst as usize];
            if sum.regels > 0 {
                out.aanvaard.add(sum);
                out.uitkomsten.insert(uitkomst, sum);
            }
        }
        for (dag, sum) in per_dag {
            let maand = known.dagen.values[dag as usize].maand.clone();
            out.maanden.entry(maand).or_default().add(sum);
        }
        out
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
            basisproduct: Vec::with_capacity(n),
            minuten: Vec::with_capacity(n),
            status: Vec::with_capacity(n),
            herkenning: Vec::with_capacity(n),
            is_coordinatie: Vec::with_capacity(n),
            segment: Vec::with_capacity(n),
            regio_tarief_ct: Vec::with_capacity(n),
            boven_tarief_ct: Vec::with_capacity(n),
            contract_soort: Vec::with_capacity(n),
            maatwerk_id: Vec::with_capacity(n),
        }
    }

    /// The slice with its derived columns, split in what counts and what does not.
    fn into_frames(
        self,
        frame: &DataFrame,
        known: &Known<'_, '_>,
    ) -> PolarsResult<(DataFrame, DataFrame)> {
        let height = frame.height();
        let rows = 0..height;
        let days = rows.clone().map(|row| known.dagen.get(row));
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
            texts("aanbieder", rows.clone().map(|row| Some(*known.aanbieders.get(row)))),
            texts("basisproduct", self.basisproduct.iter().copied()),
            texts("maand", days.clone().map(|dag| Some(dag.maand.as_str()))),
            texts("kwartaal", days.clone().map(|dag| Some(dag.kwartaal.as_str()))),
            Int64Chunked::from_iter_values("jaar".into(), days.map(|dag| dag.jaar)).into_series(),
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
            texts("contract_soort", self.contract_soort.iter().copied()),
            texts("maatwerk_id", self.maatwerk_id.iter().copied()),
        ];
        let mut columns: Vec<Column> = Vec::with_capacity(frame.width() + derived.len());
        columns.extend(frame.columns().iter().cloned());
        columns.extend(derived.into_iter().map(IntoColumn::into_column));
        let whole = DataFrame::new(height, columns)?;
        let all_count = names.iter().all(|name| *name == "geteld");
        let (counted, mut others) = if all_count {
            (whole.clone(), whole.clear())
        } else {
            (whole.filter(&mask)?, whole.filter(&!mask)?)
        };
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
