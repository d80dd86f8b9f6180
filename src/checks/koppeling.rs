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
    Batch, columns, for_each_batch, other_side, right_is_smaller, scan_part, text,
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
        let suspect =
            join(scan_part(declaraties, part)?, scan_part(toewijzingen, part)?).filter(may_break());
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

#[cfg(test)]
mod tests {
    use polars::prelude::{Column, IntoColumn, IntoLazy, NamedFrom, Series};

    use super::*;
    use crate::checks::omvang::Frequentie;

    /// Pairs of everything that can differ: days round the edges of months and weeks, units, sizes, empty cells.
    fn pairs() -> DataFrame {
        let mut rows: Vec<Pair> = Vec::new();
        // 1 and 31 October 2025, a Wednesday and a Friday, are days 20362 and 20392.
        for periode in [(20_362, 20_392), (20_363, 20_392), (20_362, 20_391), (20_365, 20_368)] {
            for looptijd in [(20_362, None), (20_363, Some(20_391)), (20_000, Some(20_500))] {
                for eenheid in [["04", "04"], ["01", "04"], ["04", "01"], ["82", "82"], ["04", ""]]
                {
                    for frequentie in ["1", "2", "4", "6", "week", "per maand", ""] {
                        for volume in [1_000, 5_000, 10_000, 31_000, 61_000, 301_000] {
                            for texts in ["A", "B", ""] {
                                rows.push((periode, looptijd, eenheid, frequentie, volume, texts));
                            }
                        }
                    }
                }
            }
        }
        frame(&rows)
    }

    type Pair =
        ((i32, i32), (i32, Option<i32>), [&'static str; 2], &'static str, i64, &'static str);

    fn frame(rows: &[Pair]) -> DataFrame {
        let text = |name: &str, of: &dyn Fn(&Pair) -> &'static str| -> Column {
            let values: Vec<Option<&str>> =
                rows.iter().map(|row| Some(of(row)).filter(|text| !text.is_empty())).collect();
            Series::new(name.into(), values).into_column()
        };
        let days = |name: &str, of: &dyn Fn(&Pair) -> Option<i32>| -> Column {
            let values: Vec<Option<i32>> = rows.iter().map(of).collect();
            Series::new(name.into(), values).cast(&DataType::Date).unwrap().into_column()
        };
        let ints = |name: &str, of: &dyn Fn(&Pair) -> i64| -> Column {
            let values: Vec<i64> = rows.iter().map(of).collect();
            Series::new(name.into(), values).into_column()
        };
        let regel: Vec<i64> = (1..).take(rows.len()).collect();
        let columns = vec![
            text("identificatie", &|row| row.5),
            text("bron", &|_| "b"),
            Series::new("regel".into(), regel).into_column(),
            ints("bedrag_ct", &|_| 100),
            text("productcategorie", &|row| row.5),
            text("t_productcategorie", &|_| "A"),
            text("productcode", &|_| "45A04"),
            text("t_productcode", &|row| if row.5 == "B" { "45A04" } else { "" }),
            text("eenheid", &|row| row.2[0]),
            text("t_eenheid", &|row| row.2[1]),
            ints("volume_milli", &|row| row.4),
            ints("t_volume_milli", &|_| 1_000),
            days("periode_begin", &|row| Some(row.0.0)),
            days("periode_eind", &|row| Some(row.0.1)),
            days("t_ingangsdatum", &|row| Some(row.1.0)),
            days("t_einddatum", &|row| row.1.1),
            text("t_frequentie", &|row| row.3),
        ];
        DataFrame::new(rows.len(), columns).unwrap()
    }

    #[test]
    fn what_the_expressions_let_go_breaks_no_rule() {
        let all = pairs();
        let mut expected = Treffers::new();
        judge(&all, &mut expected).unwrap();
        let (mut found, mut n_judged) = (Treffers::new(), 0);
        for_each_batch(all.clone().lazy().filter(may_break()), |frame| {
            n_judged += frame.height();
            judge(frame, &mut found)
        })
        .unwrap();
        let codes = |treffers: Treffers| -> Vec<(String, u64)> {
            treffers.into_rejects().into_iter().map(|hit| (hit.code, hit.line)).collect()
        };
        let (expected, found) = (codes(expected), codes(found));
        for check in CHECKS.iter().filter(|check| check.rule.code != "TR340") {
            assert!(
                expected.iter().any(|(code, _)| code == check.rule.code),
                "{}",
                check.rule.code
            );
        }
        assert_eq!(found, expected);
        assert!(n_judged < all.height(), "the expressions let nothing go");
    }

    #[test]
    fn every_usual_name_is_a_frequency() {
        assert!(NAMES.iter().all(|name| Frequentie::of(name).is_some()));
    }
}
