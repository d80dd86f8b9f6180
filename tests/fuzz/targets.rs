//! One function per reader: any bytes may come, and what must hold then. See README.md.
//!
//! Used by the tests and by cargo-fuzz, which builds each target with this file alone.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use maatstaf::rejects::Reject;
use maatstaf::sources::gather::Candidate;
use maatstaf::sources::hashed::hash_all;
use maatstaf::sources::input::Input;
use maatstaf::sources::raw::SourceFile;
use maatstaf::sources::{Counts, FORMATS, Format, Opened, format_of};
use maatstaf::typing::cells;
use maatstaf::typing::cells::{DayOrder, Decimal};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A target by its name.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const TARGETS: &[Target] = &[
    ("csv", csv),
    ("ijw", ijw),
    ("workbook", workbook),
    ("sheet", sheet),
    ("parquet", parquet),
    ("archive", archive),
    ("cell", cell),
];

/// Delimited text.
pub(crate) fn csv(bytes: &[u8]) {
    let _rows = read("CSV", bytes);
}

/// An iJw message.
pub(crate) fn ijw(bytes: &[u8]) {
    let _rows = read("iJw", bytes);
}

/// A workbook, or what passes for one.
pub(crate) fn workbook(bytes: &[u8]) {
    if let Some(format) = format_of(bytes).filter(|format| !["CSV", "iJw"].contains(&format.name)) {
        let _rows = read_as(format, bytes);
    } else {
        let _rows = read("XLSX", bytes);
    }
}

/// The XML of one sheet, in a package that is right.
pub(crate) fn sheet(bytes: &[u8]) {
    let _rows = read("XLSX", &package(&workbook_with(bytes)));
}

/// A Parquet export.
pub(crate) fn parquet(bytes: &[u8]) {
    let _rows = read("Parquet", bytes);
}

/// A zip, and every file in it.
pub(crate) fn archive(bytes: &[u8]) {
    let _rows = read_found(bytes);
}

/// Rows of whatever is found in these bytes, as `lees` finds it.
pub(crate) fn read_found(bytes: &[u8]) -> u64 {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let candidate = Candidate { path: file.path().to_path_buf(), shown: "x".to_owned() };
    let mut n_rows = 0;
    for one in hash_all(&[candidate], &AtomicBool::new(false)) {
        assert!(!one.candidate.shown.chars().any(char::is_control), "{:?}", one.candidate.shown);
        if let (Ok(source), Some(format)) = (one.file, one.format) {
            n_rows += read_input(format, source, &one.input);
        }
    }
    n_rows
}

/// One cell, in every type and style.
pub(crate) fn cell(bytes: &[u8]) {
    let has_digit = bytes.iter().any(u8::is_ascii_digit);
    for decimal in [Decimal::Comma, Decimal::Point] {
        let scaled = (0..4).any(|digits| cells::scaled(bytes, decimal, digits).is_ok());
        let is_number = cells::milli(bytes, decimal).is_ok();
        assert!(has_digit || !(scaled || is_number), "a number without a digit");
    }
    for order in [DayOrder::DayFirst, DayOrder::MonthFirst] {
        let day = cells::date(bytes, order).ok();
        let end = cells::end_date(bytes, order).ok().flatten();
        let days = [day, end, cells::iso_date(bytes)];
        assert!(days.into_iter().flatten().all(|day| cells::date_of(day).is_some()));
    }
    assert!(has_digit || cells::bsn(bytes).is_err());
    assert!(cells::trim(bytes).len() <= bytes.len());
    let (_shape, _unit, _yes) = (cells::shape(bytes), cells::eenheid(bytes), cells::boolean(bytes));
}

/// Rows that a format reads from these bytes.
pub(crate) fn read(name: &str, bytes: &[u8]) -> u64 {
    read_as(FORMATS.iter().find(|format| format.name == name).unwrap(), bytes)
}

fn read_as(format: &'static Format, bytes: &[u8]) -> u64 {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let input = Input::File(file.path().to_path_buf());
    let source =
        SourceFile { path: "x".to_owned(), sha256: "0".repeat(64), bytes: bytes.len() as u64 };
    read_input(format, source, &input)
}

/// Reads a file, and holds what comes out against what must hold for any file.
fn read_input(format: &'static Format, source: SourceFile, input: &Input) -> u64 {
    let aliases = BTreeMap::new();
    let opened = Opened { file: Arc::new(source), input, aliases: &aliases, table: None };
    let (mut counts, mut n_rows, mut n_totals) = (Counts::default(), 0, 0);
    (format.read)(&opened, &mut |block| {
        counts.add(block.counts);
        n_rows += block.tables.iter().map(|table| table.n_rows() as u64).sum::<u64>();
        n_totals += block.totals.iter().map(|table| table.n_rows() as u64).sum::<u64>();
        block.rejects.iter().for_each(nothing_personal);
        Ok(())
    })
    .unwrap();
    let Counts { rows, blank, totals, headings, rejected, .. } = counts;
    assert_eq!(rows, n_rows + blank + totals + headings + rejected, "{counts:?}");
    assert_eq!(totals, n_totals);
    n_rows
}

/// No reject shows a run of digits that could be the number of a person.
fn nothing_personal(reject: &Reject) {
    for text in [&reject.found, &reject.expected, &reject.column] {
        let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max();
        assert!(longest.unwrap_or(0) < 8, "{}: {text}", reject.code);
    }
}

/// The parts of a workbook with this as its only sheet.
pub(crate) fn workbook_with(sheet: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let types = format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>"
    );
    let link = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Blad1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    vec![
        ("[Content_Types].xml", types.into_bytes()),
        ("_rels/.rels", link("officeDocument", "xl/workbook.xml").into_bytes()),
        ("xl/workbook.xml", book.into_bytes()),
        ("xl/_rels/workbook.xml.rels", link("worksheet", "worksheets/sheet1.xml").into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.to_vec()),
    ]
}

/// A package of these parts; small ones are stored, so that a changed byte is a changed byte of a part.
pub(crate) fn package(parts: &[(&'static str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let is_small = bytes.len() < 1 << 16;
        let method = if is_small { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
