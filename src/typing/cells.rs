//! One cell: bytes → value, or the rule it breaks. Nothing is guessed. Numbers and dates have a file of their own.

use crate::rejects::Rule;
use crate::typing::rules::{CS002, MS001, RS037};

pub use crate::typing::dates::{
    DateShape, DayOrder, date, date_of, date_parts, date_shape, day_number, end_date,
    has_short_year, iso_date, serial,
};
pub use crate::typing::numbers::{
    Decimal, MAX_CENTS, MAX_MILLI, NumberFault, Shape, bounded, milli, scaled, shape,
};

/// Spaces that do not break a line, of both widths.
const HARD_SPACES: [&[u8]; 2] = ["\u{a0}".as_bytes(), "\u{202f}".as_bytes()];

/// Trims spaces, no-break spaces included.
#[inline]
pub fn trim(bytes: &[u8]) -> &[u8] {
    if is_plain(bytes) { bytes } else { trimmed(bytes) }
}

/// Nearly every cell begins and ends with a digit or a letter.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    is_plain(bytes.first()) && is_plain(bytes.last())
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    let mut out = bytes.trim_ascii();
    loop {
        match without_any(out, &HARD_SPACES) {
            Some(next) => out = next.trim_ascii(),
            None => return out,
        }
    }
}

/// The text without the first of these marks that stands before or behind it.
pub(super) fn without_any<'c>(bytes: &'c [u8], marks: &[&[u8]]) -> Option<&'c [u8]> {
    if is_plain(bytes) {
        return None;
    }
    marks.iter().find_map(|mark| bytes.strip_prefix(*mark).or_else(|| bytes.strip_suffix(*mark)))
}

/// Unsigned digits only, as messages write numbers.
pub fn digits(bytes: &[u8], max: i64) -> Option<i64> {
    if bytes.is_empty() || bytes.len() > 15 || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = bytes.iter().fold(0i64, |value, b| value * 10 + i64::from(b - b'0'));
    (value <= max).then_some(value)
}

/// Nine digits that pass the eleven-proof and are not all zero (CS002, RS037).
pub fn bsn(bytes: &[u8]) -> Result<(), &'static Rule> {
    if bytes.len() != 9 || !bytes.iter().all(u8::is_ascii_digit) {
        return Err(&RS037);
    }
    let digit = |i: usize| i32::from(bytes[i] - b'0');
    let sum: i32 =
        (0..8).map(|i| (9 - i32::try_from(i).expect("below nine")) * digit(i)).sum::<i32>()
            - digit(8);
    match (sum % 11, bytes) {
        (0, b"000000000") => Err(&MS001),
        (0, _) => Ok(()),
        _ => Err(&CS002),
    }
}

/// True for an IBAN without spaces, in capitals: a country, two check digits, and together the 97-proof (ISO 13616).
pub fn is_iban(text: &[u8]) -> bool {
    let has_form = (15..=34).contains(&text.len())
        && text.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && text[..2].iter().all(u8::is_ascii_uppercase)
        && text[2..4].iter().all(u8::is_ascii_digit);
    // The first four characters go to the end; a letter counts as two digits, A = 10.
    let moved = || text[4..].iter().chain(&text[..4]);
    let rest = |rest: u32, byte: &u8| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
    };
    has_form && moved().fold(0, rest) == 1
}

/// The code of a unit of care (list WJ756) from its code or its word.
pub fn eenheid(bytes: &[u8]) -> Option<&'static str> {
    let word = std::str::from_utf8(bytes).ok()?.to_lowercase();
    Some(match word.as_str() {
        "01" | "1" | "minuut" | "minuten" | "min" => "01",
        "04" | "4" | "uur" | "uren" | "u" => "04",
        "14" | "etmaal" | "etmalen" => "14",
        "16" | "dagdeel" | "dagdelen" => "16",
        // Pieces without more are output: an effort counted in pieces is the exception that names itself.
        "82" | "stuk" | "stuks" | "stuks (output)" | "stuk (output)" => "82",
        "83" | "euro" | "euro's" | "euros" => "83",
        "84" | "stuks (inspanning)" | "stuk (inspanning)" => "84",
        _ => return None,
    })
}

/// Yes or no.
pub fn boolean(bytes: &[u8]) -> Option<bool> {
    match bytes.to_ascii_lowercase().as_slice() {
        b"ja" | b"j" | b"waar" | b"true" | b"1" | b"x" => Some(true),
        b"nee" | b"n" | b"onwaar" | b"false" | b"0" => Some(false),
        _ => None,
    }
}

/// Free text that says something; "n.v.t." and a dash do not.
pub fn is_filled(bytes: &[u8]) -> bool {
    !matches!(
        bytes.to_ascii_lowercase().as_slice(),
        b"" | b"-" | b"nvt" | b"n.v.t." | b"n.v.t" | b"geen" | b"?"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleven_proof_holds() {
        for (number, expect) in [
            ("999900006", None),
            ("999900018", None),
            ("999900007", Some("CS002")),
            ("99990000", Some("RS037")),
            ("99990000a", Some("RS037")),
            ("000000000", Some("MS001")),
        ] {
            assert_eq!(bsn(number.as_bytes()).err().map(|r| r.code), expect, "{number}");
        }
    }

    #[test]
    fn an_iban_has_a_form_and_passes_the_97_proof() {
        // Examples of the register of ISO 13616.
        for good in ["NL91ABNA0417164300", "DE89370400440532013000", "NO9386011117947"] {
            assert!(is_iban(good.as_bytes()), "{good}");
        }
        for bad in
            ["NL92ABNA0417164300", "NL91ABNA041716430", "0417164300", "", "nl91abna0417164300"]
        {
            assert!(!is_iban(bad.as_bytes()), "{bad}");
        }
    }

    #[test]
    fn units_are_known_by_code_and_word() {
        assert_eq!(eenheid(b"Uur"), Some("04"));
        assert_eq!(eenheid(b"1"), Some("01"));
        assert_eq!(eenheid(b"week"), None);
    }
}
