//! Records at their edges, and what a file may look like.

use std::fmt::Write as _;

use super::window::CHUNK;
use super::*;
use crate::sources::raw::SourceFile;
use crate::sources::{Aliases, Counts};

fn blocks(content: &[u8]) -> Vec<Block> {
    blocks_of(content, CHUNK)
}

pub(super) fn blocks_of(content: &[u8], chunk: usize) -> Vec<Block> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.csv");
    std::fs::write(&path, content).unwrap();
    let file = Arc::new(SourceFile {
        path: "x.csv".into(),
        sha256: "0".repeat(64),
        bytes: content.len() as u64,
    });
    let aliases = Aliases::new();
    let input = Input::File(path);
    let opened = Opened { file, input: &input, aliases: &aliases, table: None };
    let mut out = Vec::new();
    read_in_chunks(&opened, chunk, &mut |block| {
        out.push(block);
        Ok(())
    })
    .unwrap();
    out
}

/// Rows as text, `line:cell|cell`, then the codes of the rejects.
fn shown(content: &str) -> String {
    let mut out = Vec::new();
    for block in blocks(content.as_bytes()) {
        for table in &block.tables {
            for row in 0..table.n_rows() {
                let cells: Vec<String> = (0..table.headings.len())
                    .map(|c| String::from_utf8_lossy(table.cell(row, c)).into_owned())
                    .collect();
                out.push(format!("{}:{}", table.line(row), cells.join("|")));
            }
        }
        out.extend(block.rejects.iter().map(|r| format!("{}@{}", r.code, r.line)));
        if block.counts.blank > 0 {
            out.push(format!("blanco {}", block.counts.blank));
        }
    }
    out.join(" ")
}

#[test]
fn delimiters_are_recognised() {
    for d in [";", ",", "\t", "|"] {
        let text = format!("gemeente{d}jaar{d}jeugdigen\n9901{d}2025{d}12\n");
        assert_eq!(shown(&text), "2:9901|2025|12", "{d}");
    }
}

#[test]
fn a_byte_order_mark_and_excels_sep_line_are_passed_over() {
    assert_eq!(
        shown("\u{feff}sep=;\r\ngemeente;jaar;jeugdigen\r\n9901;2025;12\r\n"),
        "3:9901|2025|12"
    );
}

#[test]
fn quoted_fields_hold_delimiters_quotes_and_line_breaks() {
    let text = "gemeente;naam;jaar;jeugdigen\n9901;\"a;\"\"b\"\"\nc\";2025;12\n9902;d;2025;13";
    assert_eq!(shown(text), "2:9901|a;\"b\"\nc|2025|12 4:9902|d|2025|13");
}

#[test]
fn an_unclosed_quote_costs_one_line_only() {
    let text =
        "gemeente;naam;jaar;jeugdigen\n9901;\"a;2025;12\n9902;d;2025;13\n9903;\"e\";2025;14\n";
    assert_eq!(shown(text), "3:9902|d|2025|13 4:9903|e|2025|14 MS202@2");
    let at_the_end = "gemeente;naam;jaar;jeugdigen\n9901;\"a;2025;12\n9902;d;2025;13\n";
    assert_eq!(shown(at_the_end), "3:9902|d|2025|13 MS202@2");
}

#[test]
fn text_behind_a_closing_quote_is_broken_quoting() {
    assert_eq!(shown("gemeente;naam;jaar;jeugdigen\n9901;\"a\"b;2025;12\n"), "MS202@2");
}

#[test]
fn a_ragged_row_is_refused_and_a_blank_one_counted() {
    let text = "gemeente;jaar;jeugdigen\n9901;2025\n\n;;\n9902;2025;13;x\n9903;2025;1\n";
    assert_eq!(shown(text), "6:9903|2025|1 MS201@2 MS201@5 blanco 2");
}

#[test]
fn bytes_that_are_not_utf8_cost_their_own_row() {
    let mut bytes = b"gemeente;naam;jaar;jeugdigen\n9901;Sint-Ma\xebrten;2025;12\n".to_vec();
    bytes.extend_from_slice("9902;België;2025;13\n".as_bytes());
    let block = blocks(&bytes).remove(0);
    assert_eq!(block.rejects[0].code, "MS203");
    assert_eq!(block.tables[0].n_rows(), 1);
}

#[test]
fn records_do_not_depend_on_where_a_chunk_ends() {
    let mut text = String::from("gemeente;naam;jaar;jeugdigen\r\n");
    let filler = "x".repeat(997);
    let n = CHUNK / 1000 + 50;
    for i in 0..n {
        write!(text, "{i};\"{filler}\r\n\";2025;12\r\n").unwrap();
    }
    let blocks = blocks(text.as_bytes());
    assert!(blocks.len() > 1);
    assert_eq!(blocks.iter().map(|b| b.tables[0].n_rows()).sum::<usize>(), n);
    assert!(blocks.iter().all(|b| b.rejects.is_empty()));
    let last = blocks.last().unwrap();
    let row = last.tables[0].n_rows() - 1;
    assert_eq!(last.tables[0].line(row), 2 + 2 * (n as u64 - 1));
}

#[test]
fn nothing_but_quotes_ends() {
    assert!(shown(&"\"".repeat(3_000_001)).contains("MS20"));
    let text = format!("gemeente;jaar;jeugdigen\n{}", "\"".repeat(3_000_001));
    assert!(shown(&text).contains("MS202"));
}

#[test]
fn noise_is_no_text() {
    let noise: Vec<u8> =
        (0..4096u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    assert!(!recognises(&noise));
    assert!(!recognises(b"<?xml version=\"1.0\"?>"));
    assert!(recognises(b"gemeente;jaar\n"));
}

#[test]
fn a_preamble_is_passed_over_and_lines_stay_those_of_the_file() {
    let text = "Export jeugdhulp;;\nGemaakt op 1-2-2025\n\ngemeente;jaar;jeugdigen\n9901;2025;12\n";
    assert_eq!(shown(text), "5:9901|2025|12");
    let reading = blocks(text.as_bytes()).remove(0).reading.unwrap();
    assert_eq!(reading.remark, "2 regels boven de kop niet gebruikt");
    let quote = "Titel met \" erin\ngemeente;jaar;jeugdigen\n9901;2025;12\n";
    assert_eq!(shown(quote), "3:9901|2025|12");
}

#[test]
fn a_heading_that_stands_again_and_a_total_are_no_rows() {
    let text = "gemeente;jaar;jeugdigen\n9901;2025;12\ngemeente;jaar;jeugdigen\n9902;2025;13\nTotaal;;25\n\n";
    assert_eq!(shown(text), "2:9901|2025|12 4:9902|2025|13 blanco 1");
    let block = blocks(text.as_bytes()).remove(0);
    assert_eq!((block.counts.rows, block.counts.headings, block.counts.totals), (5, 1, 1));
    assert_eq!((block.totals[0].line(0), block.totals[0].cell(0, 2)), (5, b"25".as_slice()));
}

const TOEWIJZINGEN: &str = "gemeente;agb;client;toewijzingnummer;productcode;ingangsdatum;budget\n";

#[test]
fn loose_amounts_are_a_total_at_the_end_and_a_broken_row_elsewhere() {
    let row = "9901;99000101;K1;T1;45A04;1-1-2025;100,00\n";
    let at_the_end = format!("{TOEWIJZINGEN}{row};;;;;;100,00\n;;;;;;\n");
    let block = blocks(at_the_end.as_bytes()).remove(0);
    assert_eq!((block.tables[0].n_rows(), block.counts.totals, block.counts.blank), (1, 1, 1));
    let between = format!("{TOEWIJZINGEN};;;;;;100,00\n{row}");
    let block = blocks(between.as_bytes()).remove(0);
    assert_eq!((block.tables[0].n_rows(), block.counts.totals), (2, 0));
    assert_eq!((block.tables[0].line(0), block.tables[0].line(1)), (2, 3));
    let twice = format!("{TOEWIJZINGEN};;;;;;1,00\n;;;;;;2,00\n");
    let block = blocks(twice.as_bytes()).remove(0);
    assert_eq!((block.tables[0].n_rows(), block.counts.totals), (1, 1));
    let ragged = format!("{TOEWIJZINGEN};;;;;;1,00\nkapot\n");
    assert_eq!(shown(&ragged), "2:||||||1,00 MS201@3");
}

#[test]
fn lone_returns_end_a_line_and_line_ends_in_cells_stay() {
    let text = "gemeente;naam;jaar;jeugdigen\r9901;\"a\nb\";2025;12\r9902;c;2025;13";
    assert_eq!(shown(text), "2:9901|a\nb|2025|12 4:9902|c|2025|13");
    let quoted = "\"gemeente\";\"jaar\";\"jeugdigen\"\r\"9901\";\"2025\";\"12\"\r";
    assert_eq!(shown(quoted), "2:9901|2025|12");
    let in_a_cell = "\"gemeente\";\"op\rmerking\";\"jaar\";\"jeugdigen\"\n9901;x;2025;12\n";
    assert_eq!(shown(in_a_cell), "2:9901|x|2025|12");
}

#[test]
fn a_file_with_only_a_heading_is_a_table_without_rows() {
    for text in [
        "gemeente;jaar;jeugdigen",
        "gemeente;jaar;jeugdigen\r\n",
        "\n\ngemeente;jaar;jeugdigen\n\n",
    ] {
        let block = blocks(text.as_bytes()).remove(0);
        assert!(block.rejects.is_empty(), "{text}");
        assert_eq!(
            (block.tables[0].n_rows(), block.reading.unwrap().table.as_str()),
            (0, "gemeenten")
        );
    }
}

#[test]
fn separators_that_are_not_read_are_named() {
    for separator in ["||", "~|~", "::", "~", "^"] {
        let text = "gemeente;jaar;jeugdigen\n9901;2025;12\n".replace(';', separator);
        let block = blocks(text.as_bytes()).remove(0);
        assert_eq!(block.rejects[0].code, "MS267", "{separator}");
        assert_eq!(block.rejects[0].found, format!("scheidingsteken {separator}"));
    }
    let named = "sep=^\ngemeente^jaar^jeugdigen\n9901^2025^12\n";
    assert_eq!(shown(named), "3:9901|2025|12");
}

#[test]
fn doubtful_characters_are_told_once_per_column() {
    let text =
        "gemeente;naam;jaar;jeugdigen\n9901;a;2025;1\n9902;BelgiÃ«;2025;2\n9903;IndiÃ«;2025;3\n";
    assert_eq!(shown(text), "2:9901|a|2025|1 3:9902|BelgiÃ«|2025|2 4:9903|IndiÃ«|2025|3 MS261@3");
    assert_eq!(blocks(text.as_bytes())[0].rejects[0].found, "2 cellen, de eerste met \"Ã«\"");
}

#[test]
fn rows_do_not_depend_on_the_size_of_a_chunk() {
    let text = "titel\ngemeente;naam;jaar;jeugdigen\n9901;\"a\nb\";2025;12\n9902;Zoë;2025;13\nkort\n;;;\nTotaal;;;25\n";
    let all = |chunk: usize| {
        let mut rows = Vec::new();
        let mut counts = Counts::default();
        for block in blocks_of(text.as_bytes(), chunk) {
            for table in block.tables.iter().chain(&block.totals) {
                rows.extend(
                    (0..table.n_rows()).map(|row| (table.line(row), table.cell(row, 1).to_vec())),
                );
            }
            rows.extend(block.rejects.iter().map(|r| (r.line, r.code.clone().into_bytes())));
            counts.add(block.counts);
        }
        rows.sort();
        (rows, counts)
    };
    let expected = all(CHUNK);
    assert_eq!((expected.1.rows, expected.1.totals, expected.1.rejected), (5, 1, 1));
    for chunk in 60..text.len() + 2 {
        assert_eq!(all(chunk), expected, "{chunk}");
    }
}
