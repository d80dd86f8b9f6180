//! Derived columns of the small tables: who, when, and how many days.
//!
//! Enters: a table and the rows that are written. Leaves: columns, one value per row. What a row does not tell stays
//! empty.

use std::collections::HashMap;

use polars::prelude::{
    BooleanChunked, Column, Int64Chunked, IntoColumn, IntoSeries, NewChunkedArray, StringChunked,
};

use crate::checks::dekking::Contracten;
use crate::checks::herkenning::Herkenner;
use crate::checks::omvang::{Frequentie, Omvang};
use crate::checks::tabel::Tabel;
use crate::checks::werkdagen::Werkdagen;
use crate::period::Kwartaal;
use crate::typing::cells::date_of;

/// Name of every aanbieder; the code itself where no name is known, nothing where there is no code.
pub(super) fn aanbieder(tabel: &Tabel, rows: &[usize], names: &HashMap<String, String>) -> Column {
    let codes = tabel.frame.column("agb").and_then(Column::str).ok();
    let name = |row: &usize| {
        let agb = codes.and_then(|codes| codes.get(*row))?;
        Some(names.get(agb).map_or(agb, String::as_str))
    };
    texts("aanbieder", rows.iter().map(name))
}

/// Days from the first to the last, both counted; an open end has no length.
pub(super) fn looptijd_dagen(tabel: &Tabel, rows: &[usize]) -> Column {
    let days = |row: &usize| {
        let (van, tot) = (tabel.date("ingangsdatum", *row)?, tabel.date("einddatum", *row)?);
        Some(i64::from(tot) - i64::from(van) + 1)
    };
    ints("looptijd_dagen", rows.iter().map(days))
}

/// What a toewijzing allows over its whole life, in thousandths of its unit, counted as the standard does (TR322); empty
/// where it does not say.
pub(super) fn toegekend_milli(tabel: &Tabel, rows: &[usize]) -> Column {
    let texts = |name: &str| tabel.frame.column(name).and_then(Column::str).ok();
    let days = |name: &str| tabel.frame.column(name).and_then(Column::date).ok();
    let volumes = tabel.frame.column("volume_milli").and_then(Column::i64).ok();
    let (units, frequencies) = (texts("eenheid"), texts("frequentie"));
    let (first, last) = (days("ingangsdatum"), days("einddatum"));
    let total = |row: &usize| {
        let omvang = Omvang {
            volume_milli: volumes?.get(*row)?,
            eenheid: units?.get(*row)?,
            frequentie: Frequentie::of(frequencies?.get(*row)?)?,
            looptijd: (first?.physical().get(*row)?, last?.physical().get(*row)),
        };
        omvang.in_totaal_milli()
    };
    ints("toegekend_milli", rows.iter().map(total))
}

/// Of requests: their quarter, and the working days of the advisers.
pub(super) fn aanvragen(tabel: &Tabel, rows: &[usize], werkdagen: &Werkdagen) -> Vec<Column> {
    let day = |column: &str, row: usize| tabel.date(column, row);
    // Without a day of receipt the first day that is known of a request says when it was there.
    let first = |row: usize| {
        let received = [day("ontvangst_beleid", row), day("ontvangst_icm", row)];
        let later = ["advies_beleid_datum", "advies_icm_datum", "besluitdatum"];
        let later = || later.iter().filter_map(|column| day(column, row)).min();
        let received = received.into_iter().flatten().min();
        received.or_else(later).or_else(|| day("ingangsdatum", row))
    };
    let between = |van: &'static str, tot: &'static str| {
        move |row: &usize| werkdagen.tussen(tabel.date(van, *row), tabel.date(tot, *row))
    };
    let apart =
        |row: &usize| werkdagen.verschil(day("ontvangst_beleid", *row), day("ontvangst_icm", *row));
    let beleid = rows.iter().map(between("ontvangst_beleid", "advies_beleid_datum"));
    let icm = rows.iter().map(between("ontvangst_icm", "advies_icm_datum"));
    vec![
        kwartaal(rows.iter().map(|row| first(*row))),
        ints("werkdagen_beleid", beleid),
        ints("werkdagen_icm", icm),
        ints("werkdagen_verschil", rows.iter().map(apart)),
    ]
}

/// Of waiting times: the quarter of the start, else of the request, and the days in between.
pub(super) fn wachttijden(tabel: &Tabel, rows: &[usize]) -> Vec<Column> {
    let (request, start) = (
        |row: &usize| tabel.date("aanmelddatum", *row),
        |row: &usize| tabel.date("startdatum", *row),
    );
    let days = |row: &usize| Some(i64::from(start(row)?) - i64::from(request(row)?));
    vec![
        kwartaal(rows.iter().map(|row| start(row).or_else(|| request(row)))),
        ints("wachtdagen", rows.iter().map(days)),
    ]
}

/// Of agreements, on their first day: the product behind the code, what the region pays for that in the same unit, and
/// the kind of contract under which it would have fallen.
pub(super) fn product(
    tabel: &Tabel,
    rows: &[usize],
    (contracten, herkenner, names): (&Contracten, &Herkenner<'_>, &HashMap<String, String>),
) -> Vec<Column> {
    let product = |row: &usize| {
        let code = tabel.text("productcode", *row);
        herkenner.betekenis(code, "").basisproduct.filter(|code| !code.is_empty())
    };
    let producten: Vec<Option<String>> = rows.iter().map(product).collect();
    let of_rows = || rows.iter().zip(producten.iter().map(Option::as_deref));
    let tarief = |(row, product): (&usize, Option<&str>)| {
        let day = tabel.date("ingangsdatum", *row)?;
        herkenner.tarief_ct(product?, tabel.text("eenheid", *row), day)
    };
    let soort = |(row, product): (&usize, Option<&str>)| {
        let agb = tabel.text("agb", *row);
        let segment = product.and_then(|product| herkenner.segment(product));
        let aanbieder = names.get(agb).map_or(agb, String::as_str);
        let day = tabel.date("ingangsdatum", *row)?;
        contracten.of(aanbieder, product, segment).soort(day, day)
    };
    vec![
        texts("contract_soort", of_rows().map(soort)),
        texts("basisproduct", producten.iter().map(Option::as_deref)),
        ints("regio_tarief_ct", of_rows().map(tarief)),
    ]
}

/// Whether each row has the flag.
pub(super) fn flags(name: &'static str, rows: &[usize], of_row: &[bool]) -> Column {
    let values = rows.iter().map(|row| of_row[*row]);
    BooleanChunked::from_iter_values(name.into(), values).into_series().into_column()
}

fn kwartaal(days: impl Iterator<Item = Option<i32>>) -> Column {
    let names: Vec<Option<String>> =
        days.map(|day| Some(Kwartaal::of(date_of(day?)?).to_string())).collect();
    texts("kwartaal", names.iter().map(Option::as_deref))
}

fn texts<'t>(name: &'static str, values: impl Iterator<Item = Option<&'t str>>) -> Column {
    StringChunked::from_iter_options(name.into(), values).into_series().into_column()
}

fn ints(name: &'static str, values: impl Iterator<Item = Option<i64>>) -> Column {
    let values: Vec<Option<i64>> = values.collect();
    Int64Chunked::from_slice_options(name.into(), &values).into_series().into_column()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::TOEWIJZINGEN;
    use polars::prelude::{DataFrame, DataType};

    /// 1 July to 30 September 2025 touches 14 weeks (27 to 40) and 3 months.
    #[test]
    fn what_is_granted_is_counted_over_the_whole_toewijzing() {
        let rows = [
            (Some(2000_i64), Some("04"), Some("2"), Some(20_361)),
            (Some(10_000), Some("04"), Some("4"), Some(20_361)),
            (Some(52_000), Some("04"), Some("6"), None),
            (Some(2000), Some("04"), Some("2"), None),
            (Some(2000), Some("04"), None, Some(20_361)),
            (None, Some("04"), Some("6"), Some(20_361)),
        ];
        let dates = |name: &str, days: Vec<Option<i32>>| {
            Column::new(name.into(), days).cast(&DataType::Date).unwrap()
        };
        let columns = vec![
            Column::new("volume_milli".into(), rows.map(|row| row.0)),
            Column::new("eenheid".into(), rows.map(|row| row.1)),
            Column::new("frequentie".into(), rows.map(|row| row.2)),
            dates("ingangsdatum", vec![Some(20_270); rows.len()]),
            dates("einddatum", rows.map(|row| row.3).to_vec()),
        ];
        let frame = DataFrame::new(rows.len(), columns).unwrap();
        let tabel = Tabel { table: &TOEWIJZINGEN, frame };
        let column = toegekend_milli(&tabel, &[0, 1, 2, 3, 4, 5]);
        let found: Vec<Option<i64>> = column.i64().unwrap().iter().collect();
        assert_eq!(found, [Some(28_000), Some(30_000), Some(52_000), None, None, None]);
    }
}
