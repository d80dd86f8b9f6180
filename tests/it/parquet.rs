//! Parquet exports: every kind of value, and files that are not what they say.

use std::io::Cursor;

use polars::prelude::{
    DataFrame, DataType, Int32Chunked, IntoColumn, IntoSeries, NamedFrom, NewChunkedArray,
    ParquetWriter, Series, TimeUnit,
};

use crate::support::{Place, derived, export, read};
use crate::werkboek::seen;

/// A file of these columns.
fn written(columns: Vec<Series>, group: Option<usize>) -> Vec<u8> {
    let height = columns[0].len();
    let columns = columns.into_iter().map(IntoColumn::into_column).collect();
    let mut frame = DataFrame::new(height, columns).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    ParquetWriter::new(&mut bytes).with_row_group_size(group).finish(&mut frame).unwrap();
    bytes.into_inner()
}

fn days(name: &str, days: &[i32]) -> Series {
    Int32Chunked::from_slice(name.into(), days).into_series().cast(&DataType::Date).unwrap()
}

/// Children per gemeente: the smallest table.
fn children(n: usize, group: Option<usize>) -> Vec<u8> {
    let row = |at: usize| i64::try_from(at).unwrap();
    written(
        vec![
            Series::new("gemeente".into(), vec!["9901"; n]),
            Series::new("jaar".into(), vec![2025i32; n]),
            Series::new("jeugdigen".into(), (0..n).map(row).collect::<Vec<i64>>()),
        ],
        group,
    )
}

#[test]
fn values_of_every_kind_are_handed_on_in_machine_form() {
    let moment = Series::new("einddatum".into(), [1_767_135_600_000i64])
        .cast(&DataType::Datetime(TimeUnit::Milliseconds, None))
        .unwrap();
    let hours = Series::new("uren".into(), [1.5f64]).cast(&DataType::Decimal(10, 3)).unwrap();
    let nested = Series::new("lijst".into(), [Series::new("".into(), [1i32, 2])]);
    let bytes = written(
        vec![
            Series::new("bsn".into(), [999_900_006i64]),
            Series::new("agb".into(), ["00990001"]),
            days("ingangsdatum", &[20_270]),
            moment,
            hours,
            Series::new("plan_aanwezig".into(), [true]),
            nested,
            Series::new("opmerking".into(), ["x"]),
        ],
        None,
    );
    let seen = seen(&bytes);
    assert_eq!(
        seen.rows,
        ["rij 1: =999900006|00990001|=2025-07-01|=2025-12-30T23:00:00|=1.5|=true"]
    );
    assert_eq!(seen.rejects, [""; 0]);
    let reading = seen.reading.unwrap();
    assert_eq!((reading.format.as_str(), reading.table.as_str()), ("Parquet", "plannen"));
    assert_eq!(reading.unused, ["opmerking", "lijst"]);
    assert_eq!(reading.remark, "niet te lezen soort kolom: lijst");
}

#[test]
fn what_is_absent_is_empty_and_a_total_is_no_row() {
    let bytes = written(
        vec![
            Series::new("gemeente".into(), [Some("9901"), None, Some("Totaal")]),
            Series::new("jaar".into(), [Some(2025.0f64), None, None]),
            Series::new("jeugdigen".into(), [f64::NAN, f64::NAN, 12.0]),
        ],
        None,
    );
    let seen = seen(&bytes);
    assert_eq!(seen.rows, ["rij 1: 9901|=2025|="]);
    assert_eq!(seen.totals, ["rij 3: Totaal|=|=12"]);
    assert_eq!((seen.counts.rows, seen.counts.blank, seen.counts.totals), (3, 1, 1));
}

#[test]
fn a_large_file_comes_in_blocks_in_its_own_order() {
    let n = 150_000;
    let whole = seen(&children(n, None));
    assert!(whole.blocks > 1);
    assert_eq!(whole.rows.len(), n);
    assert_eq!(whole.rows[n - 1], "rij 150000: 9901|=2025|=149999");
    assert_eq!(seen(&children(n, Some(7000))).rows, whole.rows);
}

#[test]
fn texts_that_are_kept_as_codes_or_bytes_are_texts() {
    let codes = Series::new("gemeente".into(), ["9901", "9902", "9901"])
        .cast(&DataType::from_categories(polars::prelude::Categories::global()))
        .unwrap();
    let bytes = written(
        vec![
            codes,
            Series::new("jaar".into(), [&b"2025"[..], b"20\xff5", b"2024"]),
            Series::new("jeugdigen".into(), [1u32, 2, 3]),
        ],
        None,
    );
    let seen = seen(&bytes);
    assert_eq!(seen.rows, ["rij 1: 9901|2025|=1", "rij 3: 9901|2024|=3"]);
    assert_eq!(seen.rejects, ["MS203 rij 2 "]);
}

#[test]
fn a_file_that_was_cut_or_changed_is_refused_and_never_a_crash() {
    let whole = children(1000, Some(100));
    for part in 1..40 {
        let cut = seen(&whole[..(whole.len() * part / 40).max(4)]);
        assert!(
            cut.rows.is_empty() && cut.rejects[0].starts_with("MS273"),
            "{part}: {:?}",
            cut.rejects
        );
    }
    let mut refused = 0;
    for at in (4..whole.len() - 12).step_by(31) {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        // What comes out may be wrong where there is no checksum, but it comes out.
        refused += usize::from(!seen(&changed).rejects.is_empty());
    }
    assert!(refused > 3, "{refused}");
}

#[test]
fn a_locked_file_and_a_table_of_our_own_are_named() {
    let mut locked = children(1, None);
    let n = locked.len();
    locked[n - 4..].copy_from_slice(b"PARE");
    assert_eq!(seen(&locked).rejects, ["MS270 0 "]);
    let ours = written(
        vec![
            Series::new("bedrag_ct".into(), [1i64]),
            Series::new("bron".into(), ["x"]),
            Series::new("regel".into(), [1i64]),
        ],
        None,
    );
    let ours = seen(&ours);
    assert!(ours.rejects[0].starts_with("MS204 0 een tabel uit een dataset"), "{:?}", ours.rejects);
}

#[test]
fn a_parquet_export_gives_the_tables_of_the_same_export_as_text() {
    let text = export(&[
        &[("bedrag", "1234,56"), ("volume", "1"), ("tarief", "1234,56")],
        &[("referentienummer", "R2"), ("periode_begin", "01-06-2025")],
    ]);
    let mut lines = text.lines().map(|line| line.split(';').collect::<Vec<_>>());
    let headings = lines.next().unwrap();
    let rows: Vec<Vec<&str>> = lines.collect();
    let column = |(at, name): (usize, &&str)| {
        let cells: Vec<&str> = rows.iter().map(|row| row[at]).collect();
        let texts = Series::new((*name).into(), &cells);
        let number = |cell: &&str| cell.replace(',', ".").parse::<f64>().ok();
        let date = |cell: &&str| chrono::NaiveDate::parse_from_str(cell, "%d-%m-%Y").ok();
        let epoch = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        match (
            cells.iter().map(date).collect::<Option<Vec<_>>>(),
            cells.iter().map(number).collect::<Option<Vec<_>>>(),
        ) {
            (Some(dates), _) => {
                let number =
                    |day: &chrono::NaiveDate| i32::try_from((*day - epoch).num_days()).unwrap();
                days(name, &dates.iter().map(number).collect::<Vec<_>>())
            }
            (_, Some(numbers)) if ["volume", "tarief", "bedrag"].contains(name) => {
                Series::new((*name).into(), numbers)
            }
            _ => texts,
        }
    };
    let columns = headings.iter().enumerate().map(column).collect();
    let place = Place::new();
    let csv = place.write("csv/a.csv", &text);
    let parquet = place.write("parquet/a.parquet", written(columns, None));
    let tables = |path, name: &str| {
        let dataset = read(&[path], &place.path(name));
        assert_eq!(dataset.rejects().unwrap(), []);
        let mut rows = derived(&dataset, "declaraties");
        for row in &mut rows {
            row.remove("bron");
            row.remove("regel");
        }
        rows
    };
    let expected = tables(csv, "een");
    assert_eq!(expected.len(), 2);
    assert_eq!(tables(parquet, "twee"), expected);
}
