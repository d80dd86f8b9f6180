//! Looks for many numbers in many guises at once, also inside what is packed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::Path;

use aho_corasick::AhoCorasick;
use polars::prelude::{AnyValue, Column, DataFrame, ParquetReader, SerReader as _};

use super::guises::{guises, values};
use crate::support::files_below;

/// Numbers to look for.
pub(super) struct Finder {
    numbers: Vec<String>,
    automaton: AhoCorasick,
    /// Per pattern: which number, and in which guise.
    patterns: Vec<(usize, &'static str)>,
    values: BTreeMap<i64, usize>,
}

impl Finder {
    pub(super) fn new(numbers: &BTreeSet<String>) -> Self {
        let numbers: Vec<String> = numbers.iter().cloned().collect();
        let (mut patterns, mut bytes, mut known) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (at, number) in numbers.iter().enumerate() {
            for (name, guise) in guises(number) {
                assert!(guise.len() >= 8, "{name} of {number} can be chance");
                patterns.push((at, name));
                bytes.push(guise);
            }
            known.extend(values(number).into_iter().map(|value| (value, at)));
        }
        let automaton = AhoCorasick::new(&bytes).unwrap();
        Self { numbers, automaton, patterns, values: known }
    }

    /// Looks for these texts as they are.
    pub(super) fn of_words(words: &BTreeSet<String>) -> Self {
        let automaton = AhoCorasick::new(words).unwrap();
        let patterns = (0..words.len()).map(|at| (at, "as it is")).collect();
        let values = words.iter().zip(0..).filter_map(|(word, at)| Some((word.parse().ok()?, at)));
        let values = values.collect();
        Self { numbers: words.iter().cloned().collect(), automaton, patterns, values }
    }

    /// Each number in these bytes, with its guise; one line per number.
    pub(super) fn find(&self, bytes: &[u8]) -> Vec<String> {
        let found = self.automaton.find_iter(bytes).map(|hit| {
            let (number, guise) = self.patterns[hit.pattern().as_usize()];
            format!("{} ({guise})", self.numbers[number])
        });
        found.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Also inside archives, workbooks, Parquet and pictures. What the scan cannot look into is told as well.
    pub(super) fn find_in(&self, bytes: &[u8]) -> Vec<String> {
        let mut found = self.find(bytes);
        if bytes.starts_with(b"PK\x03\x04") {
            found.extend(self.in_archive(bytes));
        } else if bytes.starts_with(b"PAR1") {
            found.extend(self.in_parquet(bytes));
        } else if bytes.starts_with(b"\x89PNG") {
            found.extend(packed_chunks(bytes));
        } else if [&b"%PDF"[..], b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"7z\xbc\xaf"]
            .iter()
            .any(|magic| bytes.starts_with(magic))
        {
            found.push("packed in a way that this scan cannot look into".to_owned());
        }
        found
    }

    fn in_archive(&self, bytes: &[u8]) -> Vec<String> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut found = Vec::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            found.extend(self.find_in(&content));
        }
        found
    }

    /// A file of a run that was killed may have no end; its bytes were looked at.
    fn in_parquet(&self, bytes: &[u8]) -> Vec<String> {
        let frame = ParquetReader::new(Cursor::new(bytes)).finish();
        let columns = frame.as_ref().map(DataFrame::columns).unwrap_or_default();
        columns.iter().flat_map(|column| self.in_column(column)).collect()
    }

    fn in_column(&self, column: &Column) -> Vec<String> {
        let mut found = BTreeSet::new();
        if let Ok(cells) = column.i64() {
            let known = cells.iter().flatten().filter_map(|value| self.values.get(&value));
            found.extend(known.map(|at| format!("{} (a value)", self.numbers[*at])));
        } else if let Ok(cells) = column.str() {
            let text: Vec<&str> = cells.iter().flatten().collect();
            found.extend(self.find(text.join("\n").as_bytes()));
        } else {
            for at in 0..column.len() {
                match column.get(at).unwrap() {
                    AnyValue::Boolean(_) | AnyValue::Null | AnyValue::Date(_) => (),
                    // Its own form would be cut off.
                    AnyValue::Float64(value) => {
                        found.extend(self.find(value.to_string().as_bytes()));
                    }
                    other => found.extend(self.find(other.to_string().as_bytes())),
                }
            }
        }
        found.into_iter().map(|one| format!("column {}: {one}", column.name())).collect()
    }

    /// Everything in a folder: names, and what stands in the files.
    pub(super) fn find_below(&self, folder: &Path) -> Vec<String> {
        let mut out = Vec::new();
        for (name, bytes) in files_below(folder) {
            let found = self.find(name.as_bytes()).into_iter().chain(self.find_in(&bytes));
            out.extend(found.map(|one| format!("{name}: {one}")));
        }
        out
    }
}

/// Parts of a picture whose text is packed. Text that is not packed was looked at.
fn packed_chunks(bytes: &[u8]) -> Vec<String> {
    let (mut at, mut out) = (8, Vec::new());
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap()) as usize;
        let body = bytes.get(at + 8..at + 8 + length).unwrap_or_default();
        let is_packed = match &head[4..] {
            b"zTXt" | b"iCCP" => true,
            b"iTXt" => {
                body.split(|byte| *byte == 0).nth(1).is_none_or(|rest| rest.starts_with(&[1]))
            }
            _ => false,
        };
        if is_packed {
            out.push(format!("a picture with packed {}", String::from_utf8_lossy(&head[4..])));
        }
        at += 12 + length;
    }
    out
}
