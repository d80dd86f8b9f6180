//! The fuzz targets over their corpus, and over changed copies of it: the same ones in every run.

#[path = "../fuzz/targets.rs"]
pub(crate) mod targets;

use std::panic::catch_unwind;

use crate::fuzz::targets::TARGETS;
use crate::support::{files_below, root};

/// Changed copies per file of a corpus.
const CHANGES: u64 = 250;

/// What breaks readers: quotes, ends, edges of numbers, tags, marks of other encodings.
const TOKENS: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b";",
    b"\r",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"=",
    b"'",
    b"<",
    b">",
    b"</",
    b"/>",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"<?",
    b"<!DOCTYPE a>",
    b"&x;",
    b"&#0;",
    b"&#x110000;",
    b" xmlns:m=\"\"",
    b"-",
    b"99999999999999999999",
    b"1e309",
    b"NaN",
    b"0000-00-00",
    b"31-02-2025",
    b"1.234,56",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"XFD1048577",
    b"r=\"A0\"",
    b"r=\"-1\"",
    b"t=\"s\"",
    b"t=\"e\"",
    b"4294967296",
];

/// A generator of numbers that is the same everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (n.max(1) as u64)).unwrap()
    }
}

/// A copy with one to four changes.
fn changed(bytes: &[u8], others: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(out.len() + 1);
        let end = (at + 1 + dice.below(40)).min(out.len());
        match dice.below(8) {
            0 => out.truncate(at),
            1 => drop(out.drain(at..end)),
            2 => {
                let part = out[at..end].to_vec();
                out.splice(at..at, part.repeat(1 + dice.below(50)));
            }
            3 => {
                let other = &others[dice.below(others.len())];
                let from = dice.below(other.len() + 1);
                let len = dice.below(other.len() - from + 1);
                out.splice(at..end, other[from..from + len].iter().copied());
            }
            4 | 5 if at < out.len() => out[at] = u8::try_from(dice.below(256)).unwrap(),
            6 if at < out.len() => out[at] ^= 1 << dice.below(8),
            _ => drop(out.splice(at..end, TOKENS[dice.below(TOKENS.len())].iter().copied())),
        }
    }
    out
}

fn run_target(name: &str) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).unwrap();
    let corpus = files_below(&root().join("tests/fuzz/corpus").join(name));
    assert!(!corpus.is_empty(), "no corpus of {name}");
    let all: Vec<Vec<u8>> = corpus.values().cloned().collect();
    for (at, (file, bytes)) in corpus.iter().enumerate() {
        target(bytes);
        for change in 0..CHANGES {
            let seed = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(1 + change + CHANGES * at as u64);
            let bytes = changed(bytes, &all, &mut Dice(seed));
            if catch_unwind(|| target(&bytes)).is_err() {
                let kept = std::env::temp_dir().join(format!("{name}-{at}-{change}"));
                std::fs::write(&kept, &bytes).unwrap();
                panic!("{name}: change {change} of {file} breaks it; kept as {}", kept.display());
            }
        }
    }
}

#[test]
fn every_corpus_has_a_target() {
    let files = files_below(&root().join("tests/fuzz/corpus"));
    for file in files.keys() {
        let folder = file.split('/').next().unwrap();
        assert!(TARGETS.iter().any(|(name, _)| *name == folder), "{file}");
    }
}

#[test]
fn what_the_corpus_holds_is_read() {
    let rows = |name: &str, format: &str| -> u64 {
        let corpus = files_below(&root().join("tests/fuzz/corpus").join(name));
        corpus.values().map(|bytes| targets::read(format, bytes)).sum()
    };
    assert!(rows("csv", "CSV") >= 10);
    assert!(rows("ijw", "iJw") >= 3);
    assert!(rows("workbook", "XLSX") >= 2);
    assert_eq!(rows("parquet", "Parquet"), 2);
    let archives = files_below(&root().join("tests/fuzz/corpus/archive"));
    for (name, bytes) in archives {
        assert!(targets::read_found(&bytes) >= 3, "{name}");
    }
    let sheets = files_below(&root().join("tests/fuzz/corpus/sheet"));
    let packed = |bytes: &Vec<u8>| targets::package(&targets::workbook_with(bytes));
    assert!(sheets.values().map(|bytes| targets::read("XLSX", &packed(bytes))).sum::<u64>() >= 2);
}

#[test]
fn delimited_text_of_any_bytes_is_read_or_refused() {
    run_target("csv");
}

#[test]
fn messages_of_any_bytes_are_read_or_refused() {
    run_target("ijw");
}

#[test]
fn workbooks_of_any_bytes_are_read_or_refused() {
    run_target("workbook");
}

#[test]
fn sheets_of_any_bytes_are_read_or_refused() {
    run_target("sheet");
}

#[test]
fn parquet_of_any_bytes_is_read_or_refused() {
    run_target("parquet");
}

#[test]
fn archives_of_any_bytes_are_read_or_refused() {
    run_target("archive");
}

#[test]
fn cells_of_any_bytes_are_read_or_refused() {
    run_target("cell");
}
