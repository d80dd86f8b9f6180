//! What must hold for every value, and not only for those somebody thought of.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate};
use maatstaf::typing::cells::{self, DayOrder, Decimal};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{Place, Row, derived, read};

/// Groups of three digits.
fn grouped(whole: u64, mark: &str) -> String {
    let digits = whole.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out += mark;
        }
        out.push(digit);
    }
    out
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn an_amount_comes_back_from_every_way_to_write_it(
        ct in -99_999_999_999_i64..99_999_999_999,
        is_comma in any::<bool>(),
        has_groups in any::<bool>(),
        sign in 0..3_u8,
        euro in select(vec!["", "€ ", "€", "EUR "]),
    ) {
        let (decimal, mark, group) =
            if is_comma { (Decimal::Comma, ',', ".") } else { (Decimal::Point, '.', ",") };
        let whole = grouped(ct.unsigned_abs() / 100, if has_groups { group } else { "" });
        let size = format!("{whole}{mark}{:02}", ct.unsigned_abs() % 100);
        let text = match (ct < 0, sign) {
            (false, _) => format!("{euro}{size}"),
            (true, 0) => format!("-{size}"),
            (true, 1) => format!("{size}-"),
            (true, _) => format!("({size})"),
        };
        prop_assert_eq!(cells::scaled(text.as_bytes(), decimal, 2).ok(), Some(ct), "{}", text);
    }

    #[test]
    fn a_day_comes_back_from_every_way_to_write_it(
        day in 0..40_000_i64,
        form in 0..6_u8,
    ) {
        let date = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(day.unsigned_abs());
        let text = match form {
            0 => date.format("%d-%m-%Y").to_string(),
            1 => format!("{}-{}-{}", date.day(), date.month(), date.year()),
            2 => date.format("%Y-%m-%d").to_string(),
            3 => date.format("%d/%m/%Y").to_string(),
            4 => date.format("%Y%m%d").to_string(),
            _ => date.format("%d.%m.%Y").to_string(),
        };
        let found = cells::date(text.as_bytes(), DayOrder::DayFirst).ok();
        prop_assert_eq!(found.and_then(cells::date_of), Some(date), "{}", text);
    }

    #[test]
    fn a_volume_is_never_another_volume(milli in 0_i64..9_999_999_999, digits in 0..4_usize) {
        // Written with fewer digits than it has, it is refused or rounded, and never larger by more than half.
        let text = format!("{},{:03}", milli / 1000, milli % 1000);
        let cut = &text[..text.len() - 3 + digits];
        let cut = cut.trim_end_matches(',');
        let found = cells::milli(cut.as_bytes(), Decimal::Comma).unwrap();
        let step = 10_i64.pow(u32::try_from(3 - digits).unwrap());
        prop_assert_eq!(found, milli / step * step, "{}", cut);
    }
}

/// A table in an encoding, with the mark that belongs to it.
fn encoded(text: &str, encoding: u8) -> Vec<u8> {
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(order).collect()
    };
    match encoding {
        0 => text.as_bytes().to_vec(),
        1 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        2 => wide(u16::to_le_bytes),
        3 => wide(u16::to_be_bytes),
        // Characters of these tables stand in windows-1252 where they stand in Unicode.
        _ => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn a_table_is_the_same_in_every_encoding_and_with_every_separator(
        rows in vec(("[a-zA-Zéëïöü ;,\"|]{1,12}", 2000_u32..2030, 0_u32..99_999), 1..12),
        separator in select(vec![';', ',', '\t', '|']),
        end in select(vec!["\n", "\r\n"]),
        encoding in 0..5_u8,
    ) {
        let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |cells: [String; 4]| cells.join(&separator.to_string()) + end;
        let mut text = line(["gemeente", "naam", "jaar", "jeugdigen"].map(str::to_owned));
        for (at, (naam, jaar, n)) in rows.iter().enumerate() {
            let cells = [format!("{:04}", 9901 + at), quoted(naam), jaar.to_string(), n.to_string()];
            write!(text, "{}", line(cells)).unwrap();
        }
        let place = Place::new();
        let file = place.write("a.csv", encoded(&text, encoding));
        let dataset = read(&[file], &place.path("set"));
        let found: Vec<(String, String, String)> = derived(&dataset, "gemeenten")
            .into_iter()
            .map(|row: Row| (row["gemeente"].clone(), row["jaar"].clone(), row["jeugdigen"].clone()))
            .collect();
        let expected: Vec<(String, String, String)> = rows
            .iter()
            .enumerate()
            .map(|(at, (_, jaar, n))| (format!("{:04}", 9901 + at), jaar.to_string(), n.to_string()))
            .collect();
        prop_assert_eq!(found, expected, "encoding {} {:?}", encoding, text);
    }
}
