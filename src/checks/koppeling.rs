//! Declaraties against the newest version of their toewijzing, as one lazy join.
//!
//! Enters: both derived tables. Leaves: hits. The join keeps, by cheap expressions on whole columns, what may break a rule;
//! only those rows are judged one by one. Lines of another client than the toewijzing are for TR304 and not judged here.

use std::path::Path;

use anyhow::Result;
use polars::prelude::{
    DataFrame, DataType, DateChunked, Expr, Int64Chunked, LazyFrame, PolarsResult, StringChunked,
    col, lit, when,
};

use crate::checks::koppeling_regels::{CHECKS, Paar};
use crate::checks::omvang::{Frequentie, MINUUT, UUR};
use crate::checks::stroom::{
    Batch, columns, for_each_batch, other_side, right_is_smaller, scan, text,
};
use crate::checks::treffers::Treffers;
use crate::rejects::{Reject, excerpt};
use crate::schema::DECLARATIES;

/// Columns of a declaratie that are held against the toewijzing.
const DECLARATIE: &[&str] = &[
    "gemeente",
    "toewijzingnummer",
    "client",
    "identificatie",
    "productcategorie",
    "productcode",
    "periode_begin",
    "periode_eind",
    "volume_milli",
    "eenheid",
    "bedrag_ct",
    "bron",
    "regel",
];

/// The other side.
const TOEWIJZING: &[&str] = &[
    "gemeente",
    "toewijzingnummer",
    "client",
    "productcategorie",
    "productcode",
    "ingangsdatum",
    "einddatum",
    "volume_milli",
    "eenheid",
    "frequentie",
];

/// Judges every declaratie that has a toewijzing, in these parts.
pub(super) fn check(
    declaraties: &Path,
    toewijzingen: &Path,
    parts: &[Expr],
    hits: &mut Treffers,
) -> Result<()> {
    for part in parts {
        let of_part = |table: &Path| Ok::<_, anyhow::Error>(scan(table)?.filter(part.clone()));
        let suspect = join(of_part(declaraties)?, of_part(toewijzingen)?).filter(may_break());
        for_each_batch(suspect, |frame| judge(frame, hits))?;
    }
    Ok(())
}

/// Declaraties with the toewijzing of the same gemeente, number and client.
fn join(declaraties: LazyFrame, toewijzingen: LazyFrame) -> LazyFrame {
    declaraties.select(columns(DECLARATIE)).filter(col("toewijzingnummer").is_not_null()).join(
        toewijzingen.select(other_side(TOEWIJZING)),
        columns(&["gemeente", "toewijzingnummer", "client"]),
        columns(&["t_gemeente", "t_toewijzingnummer", "t_client"]),
        right_is_smaller(),
    )
}

/// True for every row that a rule could name, and for few others.
fn may_break() -> Expr {
    let (begin, eind) = (day("periode_begin"), day("periode_eind"));
    let (from, to) = (day("t_ingangsdatum"), day("t_einddatum"));
    let outside = begin.clone().lt(from.clone()).or(eind.clone().gt(to.clone()));
    let next = (eind.clone() + lit(1)).cast(DataType::Date);
    let broken_begin = begin.clone().neq(from).and(col("periode_begin").dt().day().neq(lit(1)));
    let broken_end = eind.neq_missing(to).and(next.dt().day().neq(lit(1)));
    let edges = col("identificatie").is_not_null().and(broken_begin.or(broken_end));
    let differs = |name: &str| col(name).neq(col(format!("t_{name}")));
    let in_minutes = || col("eenheid").eq(lit(MINUUT)).and(col("t_eenheid").eq(lit(UUR)));
    let unit = differs("eenheid").and(in_minutes().not());
    let per_unit = when(in_minutes()).then(lit(60_i64)).otherwise(lit(1_i64));
    let volume = col("volume_milli").gt(col("t_volume_milli") * per_unit * least_times());
    outside.or(edges).or(differs("productcategorie")).or(differs("productcode")).or(unit).or(volume)
}

fn day(name: &str) -> Expr {
    col(name).cast(DataType::Int32)
}

/// At least how many times the volume of the toewijzing may be declared in one line; for weeks exactly, because most lines
/// hold more than one.
fn least_times() -> Expr {
    let week = |name: &str| (day(name) + lit(3)).floor_div(lit(7));
    let weeks = (week("periode_eind") - week("periode_begin")).cast(DataType::Int64);
    // Sundays are one fewer than the weeks that are touched, or as many.
    let weeks = when(col("t_eenheid").eq(lit("82")).or(col("t_eenheid").eq(lit("83"))))
        .then(weeks.clone())
        .otherwise(weeks + lit(1_i64));
    let days = (day("periode_eind") - day("periode_begin")).cast(DataType::Int64) + lit(1_i64);
    let is = |wanted: Frequentie| {
        let names: Vec<&str> =
            NAMES.iter().copied().filter(|name| Frequentie::of(name) == Some(wanted)).collect();
        names.iter().fold(lit(false), |any, name| any.or(col("t_frequentie").eq(lit(*name))))
    };
    when(is(Frequentie::Week))
        .then(weeks)
        .when(is(Frequentie::Dag))
        .then(days)
        .otherwise(lit(1_i64))
}

/// Usual ways to write a frequency. Another spelling is judged all the same; it only costs more time.
const NAMES: &[&str] = &["1", "01", "dag", "per dag", "2", "02", "week", "per week"];

fn judge(frame: &DataFrame, hits: &mut Treffers) -> PolarsResult<()> {
    let batch = Batch(frame);
    let (bron, regel, bedrag) =
        (batch.texts("bron")?, batch.ints("regel")?, batch.ints("bedrag_ct")?);
    let rows = Paren::of(&batch)?;
    for row in 0..frame.height() {
        let paar = rows.paar(row);
        for check in CHECKS {
            let Some((found, expected)) = (check.breaks)(&paar) else { continue };
            let line = regel.get(row).unwrap_or_default().cast_unsigned();
            let hit = Reject {
                table: DECLARATIES.name.to_owned(),
                column: check.column.to_owned(),
                found: excerpt(&found),
                expected: excerpt(&expected),
                bedrag_ct: bedrag.get(row),
                ..Reject::new(check.rule, text(bron, row), line)
            };
            hits.add(check.rule, hit);
        }
    }
    Ok(())
}

/// The columns of joined rows.
struct Paren<'f> {
    identificatie: &'f StringChunked,
    categorie: [&'f StringChunked; 2],
    code: [&'f StringChunked; 2],
    eenheid: [&'f StringChunked; 2],
    volume_milli: [&'f Int64Chunked; 2],
    periode: [&'f DateChunked; 2],
    looptijd: [&'f DateChunked; 2],
    frequentie: &'f StringChunked,
}

impl<'f> Paren<'f> {
    fn of(batch: &Batch<'f>) -> PolarsResult<Self> {
        let texts = |name: &str| -> PolarsResult<[&'f StringChunked; 2]> {
            Ok([batch.texts(name)?, batch.texts(&format!("t_{name}"))?])
        };
        Ok(Self {
            identificatie: batch.texts("identificatie")?,
            categorie: texts("productcategorie")?,
            code: texts("productcode")?,
            eenheid: texts("eenheid")?,
            volume_milli: [batch.ints("volume_milli")?, batch.ints("t_volume_milli")?],
            periode: [batch.dates("periode_begin")?, batch.dates("periode_eind")?],
            looptijd: [batch.dates("t_ingangsdatum")?, batch.dates("t_einddatum")?],
            frequentie: batch.texts("t_frequentie")?,
        })
    }

    fn paar(&self, row: usize) -> Paar<'f> {
        let texts = |pair: [&'f StringChunked; 2]| pair.map(|values| text(values, row));
        let date = |values: &DateChunked| values.physical().get(row);
        Paar {
            is_message: self.identificatie.get(row).is_some(),
            categorie: texts(self.categorie),
            code: texts(self.code),
            eenheid: texts(self.eenheid),
            volume_milli: self.volume_milli.map(|values| values.get(row)),
            periode: self.periode.map(|values| date(values).unwrap_or_default()).into(),
            ingangsdatum: date(self.looptijd[0]).unwrap_or(i32::MIN),
            einddatum: date(self.looptijd[1]),
            frequentie: text(self.frequentie, row),
        }
    }
}
