//! Children per gemeente that come with the program.
//!
//! Enters: the embedded `regions/jeugdigen.csv`. Leaves: [`Jeugdigen`] with year and source.
//! Does not know a table the user supplies; that one goes first, elsewhere.

use crate::region::rules::{Gemeente, Jeugdigen};

/// What the line with the source begins with.
const SOURCE_MARK: &str = "# bron:";

#[derive(Debug, serde::Deserialize)]
struct WireRow {
    gemeente: String,
    jaar: i32,
    jeugdigen: i64,
}

/// The children of these gemeenten, by gemeente and year; a gemeente the source lacks has no entry.
pub(super) fn of(text: &str, gemeenten: &[Gemeente]) -> Vec<Jeugdigen> {
    let bron = source(text);
    rows(text)
        .into_iter()
        .filter(|row| gemeenten.iter().any(|gemeente| gemeente.code == row.gemeente))
        .map(|row| Jeugdigen {
            gemeente: row.gemeente,
            jaar: row.jaar,
            aantal: row.jeugdigen,
            bron: bron.to_owned(),
        })
        .collect()
}

fn source(text: &str) -> &str {
    let line = text.lines().find_map(|line| line.strip_prefix(SOURCE_MARK));
    line.expect("the embedded file names its source; a test reads it").trim()
}

fn rows(text: &str) -> Vec<WireRow> {
    csv::ReaderBuilder::new()
        .delimiter(b';')
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .deserialize()
        .map(|row| row.expect("the embedded file is well formed; a test reads every row"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::region::Region;

    const TEXT: &str = include_str!("../../regions/jeugdigen.csv");

    #[test]
    fn every_row_has_four_digits_a_year_and_children() {
        let mut codes: Vec<String> = Vec::new();
        for row in rows(TEXT) {
            assert_eq!(row.gemeente.len(), 4, "{row:?}");
            assert!(row.gemeente.bytes().all(|byte| byte.is_ascii_digit()), "{row:?}");
            assert_eq!(row.jaar, 2021);
            assert!(row.jeugdigen > 0, "{row:?}");
            codes.push(row.gemeente);
        }
        let n_rows = codes.len();
        codes.sort();
        codes.dedup();
        assert_eq!((codes.len(), n_rows), (338, 338));
    }

    // Zeist in the source: 3385 + 3860 + 3910 + 3/5 of 4105 = 13618; Bunnik: 835 + 995 + 955 + 570.
    #[test]
    fn children_are_those_under_15_plus_three_fifths_of_15_to_19() {
        let gemeente = |code: &str| Gemeente { code: code.to_owned(), naam: String::new() };
        let found = of(TEXT, &[gemeente("0355"), gemeente("0312"), gemeente("9901")]);
        let counts: Vec<(&str, i64)> =
            found.iter().map(|j| (j.gemeente.as_str(), j.aantal)).collect();
        assert_eq!(counts, [("0312", 3_355), ("0355", 13_618)]);
        assert!(found[0].bron.contains("CBS") && found[0].bron.contains("CC BY 4.0"));
    }

    #[test]
    fn names_in_the_region_files_are_those_of_the_source() {
        let mut names = std::collections::BTreeMap::new();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .comment(Some(b'#'))
            .from_reader(TEXT.as_bytes());
        for record in reader.records() {
            let record = record.unwrap();
            names.insert(record[0].to_owned(), record[1].to_owned());
        }
        let mut n_compared = 0;
        for id in ["zou", "oost-veluwe", "midden-holland", "holland-rijnland"] {
            for gemeente in Region::load(id, None).unwrap().gemeenten {
                assert_eq!(names.get(&gemeente.code), Some(&gemeente.naam), "{id}");
                n_compared += 1;
            }
        }
        assert_eq!(n_compared, 30);
    }
}
