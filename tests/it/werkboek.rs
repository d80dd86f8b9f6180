//! Workbooks made by hand, and what a reader hands on of a file.

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use chrono::NaiveDate;
use maatstaf::sources::input::Input;
use maatstaf::sources::raw::{RawTable, SourceFile};
use maatstaf::sources::{Aliases, Block, Counts, Opened, Reading, format_of};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Place, export};

/// What a reader handed on.
#[derive(Default)]
pub(crate) struct Seen {
    /// Rows as `Blad1!2: cell|cell`; a cell in machine form begins with `=`.
    pub(crate) rows: Vec<String>,
    pub(crate) totals: Vec<String>,
    /// Rejects as `MS275 Blad1!C4 found`.
    pub(crate) rejects: Vec<String>,
    pub(crate) rejected_ct: Vec<Option<i64>>,
    pub(crate) counts: Counts,
    pub(crate) reading: Option<Reading>,
    pub(crate) blocks: usize,
}

fn rows_of(table: &RawTable) -> Vec<String> {
    let cell = |row: usize, column: usize| {
        let text = String::from_utf8_lossy(table.cell(row, column));
        if table.is_native(row, column) { format!("={text}") } else { text.into_owned() }
    };
    let cells = |row| (0..table.headings.len()).map(|c| cell(row, c)).collect::<Vec<_>>().join("|");
    (0..table.n_rows()).map(|row| format!("{}: {}", table.address(row, None), cells(row))).collect()
}

/// Reads bytes as the program does: by what they are, not by a name.
#[track_caller]
pub(crate) fn seen(bytes: &[u8]) -> Seen {
    let place = Place::new();
    let path = place.write("x", bytes);
    let file = SourceFile { path: "x".into(), sha256: "0".repeat(64), bytes: bytes.len() as u64 };
    let (input, aliases) = (Input::File(path), Aliases::new());
    let opened = Opened { file: Arc::new(file), input: &input, aliases: &aliases, table: None };
    let format = format_of(&bytes[..bytes.len().min(65_536)]).expect("a format that is known");
    let mut out = Seen::default();
    let mut take = |block: Block| {
        out.blocks += 1;
        out.counts.add(block.counts);
        out.rows.extend(block.tables.iter().flat_map(rows_of));
        out.totals.extend(block.totals.iter().flat_map(rows_of));
        for reject in block.rejects {
            let place = if reject.cell.is_empty() { reject.line.to_string() } else { reject.cell };
            out.rejects.push(format!("{} {place} {}", reject.code, reject.found));
            out.rejected_ct.push(reject.bedrag_ct);
        }
        out.reading = out.reading.take().or(block.reading);
        Ok(())
    };
    (format.read)(&opened, &mut take).unwrap();
    let rows = out.rows.len() + out.totals.len();
    let counted = out.counts.rows - out.counts.blank - out.counts.headings - out.counts.rejected;
    assert_eq!(rows as u64, counted, "the rows do not add up: {:?} {:?}", out.rows, out.rejects);
    out
}

/// A zip of these parts.
pub(crate) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// Parts of an XLSX workbook around these sheets: name, attributes of its tab, XML inside `<worksheet>`.
pub(crate) fn xlsx_parts(sheets: &[(&str, &str, &str)], shared: &[&str]) -> Vec<(String, String)> {
    let mut tabs = String::new();
    let mut relations = String::new();
    let mut out = Vec::new();
    for (i, (name, state, body)) in (1..).zip(sheets) {
        let tab = format!(r#"<sheet name="{name}" sheetId="{i}" {state} r:id="rId{i}"/>"#);
        tabs.push_str(&tab);
        let relation = format!(
            r#"<Relationship Id="rId{i}" Type="http://x/relationships/worksheet" Target="worksheets/sheet{i}.xml"/>"#
        );
        relations.push_str(&relation);
        out.push((
            format!("xl/worksheets/sheet{i}.xml"),
            format!("{HEAD}<worksheet>{body}</worksheet>"),
        ));
    }
    for kind in ["styles", "sharedStrings"] {
        let relation = format!(
            r#"<Relationship Id="{kind}" Type="http://x/relationships/{kind}" Target="{kind}.xml"/>"#
        );
        relations.push_str(&relation);
    }
    let texts: Vec<String> = shared.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    let texts = texts.concat();
    let own = [
        (
            "[Content_Types].xml",
            "<Types/>".to_owned(),
        ),
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Id="a" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned(),
        ),
        ("xl/workbook.xml", format!("<workbook><workbookPr/><sheets>{tabs}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>")),
        (
            "xl/styles.xml",
            // Style 1 is a date, 2 a duration, 3 four digits.
            r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[h]:mm"/><numFmt numFmtId="171" formatCode="0000"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>"#.to_owned(),
        ),
        ("xl/sharedStrings.xml", format!("<sst>{texts}</sst>")),
    ];
    let own = own.into_iter().map(|(name, text)| (name.to_owned(), text));
    own.chain(out).collect()
}

pub(crate) fn xlsx(sheets: &[(&str, &str, &str)], shared: &[&str]) -> Vec<u8> {
    let parts = xlsx_parts(sheets, shared);
    let parts: Vec<(&str, &str)> = parts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    zipped(&parts)
}

/// One sheet with children per gemeente: a heading, then these rows of XML.
pub(crate) fn children(rows: &str) -> Vec<u8> {
    xlsx(&[("Blad1", "", &format!("<sheetData>{CHILDREN}{rows}</sheetData>"))], &[])
}

pub(crate) const CHILDREN: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>gemeente</t></is></c><c r="B1" t="inlineStr"><is><t>jaar</t></is></c><c r="C1" t="inlineStr"><is><t>jeugdigen</t></is></c></row>"#;

/// Declaraties in a sheet: every cell of an export with its own type, some cells written otherwise (`@` is the address).
pub(crate) fn declaraties(rows: &[&[(&str, &str)]], changed: &[(&str, &str)]) -> Vec<u8> {
    let text = export(rows);
    let mut xml = String::new();
    for (r, line) in (1..).zip(text.lines()) {
        let row = format!(r#"<row r="{r}">"#);
        xml.push_str(&row);
        for (c, cell) in (b'A'..).zip(line.split(';')) {
            let at = format!("{}{r}", char::from(c));
            let own = changed.iter().find(|(address, _)| *address == at);
            xml += &own.map_or_else(|| typed(&at, cell), |(_, xml)| xml.replace('@', &at));
        }
        xml += "</row>";
    }
    xlsx(&[("Blad1", "", &format!("<sheetData>{xml}</sheetData>"))], &[])
}

/// A cell as a workbook writes it: dates by their number in style 1, numbers as such.
fn typed(at: &str, cell: &str) -> String {
    if let Ok(day) = NaiveDate::parse_from_str(cell, "%d-%m-%Y") {
        let serial = (day - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days();
        return format!(r#"<c r="{at}" s="1"><v>{serial}</v></c>"#);
    }
    match cell.replace(',', ".").parse::<f64>() {
        Ok(number) => format!(r#"<c r="{at}"><v>{number}</v></c>"#),
        Err(_) => format!(r#"<c r="{at}" t="inlineStr"><is><t>{cell}</t></is></c>"#),
    }
}

/// Every cell of an export with its own type, as a back office writes a workbook.
pub(crate) fn as_workbook(text: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("dd-mm-yyyy");
    for (r, line) in (0..).zip(text.lines()) {
        for (c, cell) in (0..).zip(line.split(';')) {
            let parts: Vec<&str> = cell.split('-').collect();
            let number = cell.replace(',', ".").parse::<f64>();
            match (parts.as_slice(), number) {
                ([d, m, y], _) if y.len() == 4 => {
                    let (y, m, d) = (y.parse().unwrap(), m.parse().unwrap(), d.parse().unwrap());
                    let day = ExcelDateTime::from_ymd(y, m, d).unwrap();
                    sheet.write_with_format(r, c, &day, &date).unwrap();
                }
                (_, Ok(number)) if !cell.is_empty() => {
                    sheet.write(r, c, number).unwrap();
                }
                _ => {
                    sheet.write(r, c, cell).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// An ODS workbook around these tables.
pub(crate) fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("META-INF/manifest.xml", "<manifest/>"),
    ])
}

pub(crate) fn ods_texts(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}
