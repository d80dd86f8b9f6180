//! Bytes nobody thought of: any cut of a file into chunks gives the same rows, and a table that was written comes back.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::tests::blocks_of;
use super::window::CHUNK;
use crate::sources::raw::RawTable;
use crate::sources::{Block, Counts};

const HEADING: &str = "gemeente;naam;jaar;jeugdigen\n";

/// Rows, totals and rejects as text, each in the order of the file, and the counts.
type Outcome = (Vec<String>, Vec<String>, Vec<String>, Counts);

fn texts(tables: &[RawTable]) -> impl Iterator<Item = String> {
    tables.iter().flat_map(|table| (0..table.n_rows()).map(|row| text(table, row)))
}

fn text(table: &RawTable, row: usize) -> String {
    let cells = (0..table.headings.len()).map(|column| table.cell(row, column).escape_ascii());
    let cells: Vec<String> = cells.map(|cell| cell.to_string()).collect();
    format!("{}:{}", table.line(row), cells.join("|"))
}

fn outcome(blocks: &[Block]) -> Outcome {
    let (mut rows, mut totals, mut rejects) = (Vec::new(), Vec::new(), Vec::new());
    let mut counts = Counts::default();
    for block in blocks {
        counts.add(block.counts);
        rows.extend(texts(&block.tables));
        totals.extend(texts(&block.totals));
        rejects.extend(block.rejects.iter().map(|r| format!("{}@{} {}", r.code, r.line, r.found)));
    }
    // What is told once per file is told with another block.
    rejects.sort();
    (rows, totals, rejects, counts)
}

/// Pieces of which files are made, good and bad.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&'static [u8]> = vec![
        b";",
        b"\n",
        b"\r\n",
        b"\r",
        b"\"",
        b"\"\"",
        b"9901",
        b"2025",
        b"12",
        b"a b",
        b" ",
        b",",
        b"\t",
        b"\xc3\xa9",
        b"\xe2\x82\xac",
        b"\xf0\x9f\x98\x80",
        b"\xe9",
        b"\xff",
        b"\0",
        b"totaal",
        b"gemeente;naam;jaar;jeugdigen\n",
        b"9901;a;2025;12\n",
        b"9902;\"b;\nc\";2025;13\r\n",
        b";;;\n",
        b"\n\n",
        b"1.234,56",
        b"=",
    ];
    prop_oneof![
        4 => select(pieces).prop_map(<[u8]>::to_vec),
        1 => vec(any::<u8>(), 0..4),
    ]
}

fn quoted(cell: &str, delimiter: char, always: bool) -> String {
    if always || cell.contains(['"', '\n', '\r', delimiter]) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cut_into_chunks_gives_the_same_rows(
        pieces in vec(piece(), 0..60),
        chunk in 64_usize..400,
        has_bom in any::<bool>(),
        // Old programs for the Mac end lines on a lone return.
        has_returns in any::<bool>(),
    ) {
        let bom: &[u8] = if has_bom { b"\xef\xbb\xbf" } else { b"" };
        let first = format!("{HEADING}9901;a;2025;12\n");
        let first = if has_returns { first.replace('\n', "\r") } else { first };
        let text = [bom, first.as_bytes(), &pieces.concat()].concat();
        let whole = outcome(&blocks_of(&text, CHUNK));
        let parts = outcome(&blocks_of(&text, chunk));
        prop_assert_eq!(&parts, &whole, "{:?}", String::from_utf8_lossy(&text));
        let Counts { rows, blank, totals, headings, rejected, .. } = whole.3;
        prop_assert_eq!(totals, whole.1.len() as u64);
        prop_assert_eq!(rows, whole.0.len() as u64 + blank + totals + headings + rejected);
    }

    #[test]
    fn a_table_that_was_written_comes_back_cell_by_cell(
        rows in vec(("[ -~éë€😀\n\";,|\t]{0,12}", 0_u32..2100, 0_u32..99_999), 1..20),
        delimiter in select(vec![';', ',', '\t', '|']),
        end in select(vec!["\n", "\r\n"]),
        always in any::<bool>(),
        ends_open in any::<bool>(),
        chunk in 128_usize..1000,
    ) {
        let mut text = HEADING.trim_end().replace(';', &delimiter.to_string()) + end;
        for (at, (naam, jaar, n)) in rows.iter().enumerate() {
            let cells = [format!("{at:04}"), naam.clone(), jaar.to_string(), n.to_string()];
            let cells = cells.map(|cell| quoted(&cell, delimiter, always));
            text += &cells.join(&delimiter.to_string());
            if !(ends_open && at + 1 == rows.len()) {
                text += end;
            }
        }
        let blocks = blocks_of(text.as_bytes(), chunk);
        let tables = blocks.iter().flat_map(|block| &block.tables);
        let found: Vec<String> = tables
            .flat_map(|table| {
                (0..table.n_rows()).map(|row| {
                    let cell = |c| String::from_utf8_lossy(table.cell(row, c)).into_owned();
                    [cell(0), cell(1), cell(2), cell(3)].join("\u{1}")
                })
            })
            .collect();
        let expected: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(at, (naam, jaar, n))| {
                [format!("{at:04}"), naam.clone(), jaar.to_string(), n.to_string()].join("\u{1}")
            })
            .collect();
        prop_assert_eq!(found, expected, "{:?}", text);
    }
}
