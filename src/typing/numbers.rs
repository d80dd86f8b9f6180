//! One number: bytes → a whole count of its unit, or why not.

use crate::rejects::Rule;
use crate::typing::cells::{trim, without_any};
use crate::typing::rules::{MS218, MS225};

/// Which character marks the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `1.234,56`
    Comma,
    /// `1,234.56`
    Point,
}

/// What the separators in one number say about its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// No separators.
    Plain,
    /// Only a decimal comma fits.
    Comma,
    /// Only a decimal point fits.
    Point,
    /// One separator before three digits: thousands, or decimals.
    Ambiguous,
    /// No number.
    Bad,
}

/// Why a number was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Not a number in this style.
    Unreadable,
    /// More decimals than the unit has; the value rounded half away from zero.
    TooPrecise(i64),
}

/// Marks of a negative number: the hyphen, the minus sign and the dash that word processors make of it.
const MINUS: [&[u8]; 3] = [b"-", "\u{2212}".as_bytes(), "\u{2013}".as_bytes()];

/// A number without what stands around it.
struct Bare<'c> {
    is_negative: bool,
    /// Digits with separators, when it is a number at all.
    body: &'c [u8],
    /// Written as `12,-`, which only a decimal comma can be.
    is_whole_euros: bool,
}

/// Sign and digits with separators: currency signs, brackets and signs before or after are taken off.
fn unwrap_sign(bytes: &[u8]) -> Bare<'_> {
    let mut rest = trim(bytes);
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix(b"(").and_then(|r| r.strip_suffix(b")")) {
        negative = true;
        rest = trim(inner);
    }
    loop {
        let euro = rest.strip_prefix("€".as_bytes()).or_else(|| rest.strip_prefix(b"EUR"));
        let euro = euro.or_else(|| rest.strip_suffix("€".as_bytes()));
        if let Some(next) = euro {
            rest = trim(next);
        } else if let Some(whole) = whole_euros(rest) {
            // What stands behind the comma is no sign.
            return Bare { is_negative: negative, body: whole, is_whole_euros: true };
        } else if let (false, Some(next)) = (negative, without_any(rest, &MINUS)) {
            negative = true;
            rest = trim(next);
        } else {
            return Bare { is_negative: negative, body: rest, is_whole_euros: false };
        }
    }
}

/// `12,-` and `12,--`: twelve euros and no cents.
fn whole_euros(bytes: &[u8]) -> Option<&[u8]> {
    let body = without_any(bytes, &MINUS).filter(|body| body.len() < bytes.len())?;
    let body = body.strip_suffix(b"-").unwrap_or(body);
    let whole = body.strip_suffix(b",")?;
    (!bytes.starts_with(b"-") && whole.last().is_some_and(u8::is_ascii_digit)).then_some(whole)
}

/// What one number says about the style of its column.
pub fn shape(bytes: &[u8]) -> Shape {
    let Bare { body, is_whole_euros, .. } = unwrap_sign(bytes);
    let is_separator = |b: &u8| matches!(b, b',' | b'.');
    if body.is_empty() || !body.iter().all(|b| b.is_ascii_digit() || is_separator(b)) {
        return Shape::Bad;
    }
    if is_whole_euros {
        return Shape::Comma;
    }
    let commas = memchr::memchr_iter(b',', body).count();
    let points = memchr::memchr_iter(b'.', body).count();
    let Some(last) = body.iter().rposition(is_separator) else { return Shape::Plain };
    let behind = body.len() - last - 1;
    let as_decimal = if body[last] == b',' { Shape::Comma } else { Shape::Point };
    let as_thousands = if body[last] == b',' { Shape::Point } else { Shape::Comma };
    match (commas, points) {
        (0, 1) | (1, 0) if behind == 3 && (1..=3).contains(&last) && body[0] != b'0' => {
            Shape::Ambiguous
        }
        (0, 1) | (1, 0) => as_decimal,
        (0, _) | (_, 0) => as_thousands,
        _ => as_decimal,
    }
}

/// Reads a number as a whole count of `10^-digits`: `digits = 2` gives cents.
pub fn scaled(bytes: &[u8], style: Decimal, digits: u32) -> Result<i64, NumberFault> {
    let Bare { is_negative: negative, body, is_whole_euros } = unwrap_sign(bytes);
    let (decimal, thousands) = match style {
        Decimal::Comma => (b',', b'.'),
        Decimal::Point if is_whole_euros => return Err(NumberFault::Unreadable),
        Decimal::Point => (b'.', b','),
    };
    let (whole, fraction) = match memchr::memchr(decimal, body) {
        Some(at) => (&body[..at], Some(&body[at + 1..])),
        None => (body, None),
    };
    if fraction.is_some_and(<[u8]>::is_empty) || (whole.is_empty() && fraction.is_none()) {
        return Err(NumberFault::Unreadable);
    }
    let mut value = whole_part(whole, thousands).ok_or(NumberFault::Unreadable)?;
    let fraction = fraction.unwrap_or_default();
    if !fraction.iter().all(u8::is_ascii_digit) {
        return Err(NumberFault::Unreadable);
    }
    for position in 0..digits as usize {
        let digit = fraction.get(position).map_or(0, |b| i64::from(b - b'0'));
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit))
            .ok_or(NumberFault::Unreadable)?;
    }
    let rest = fraction.get(digits as usize..).unwrap_or_default();
    if rest.iter().any(|b| *b != b'0') {
        let up = i64::from(rest[0] >= b'5');
        return Err(NumberFault::TooPrecise(if negative { -(value + up) } else { value + up }));
    }
    Ok(if negative { -value } else { value })
}

/// Digits with thousands marks between groups of three, or no marks at all.
fn whole_part(bytes: &[u8], thousands: u8) -> Option<i64> {
    let mut value: i64 = 0;
    let mut in_group = 0usize;
    let mut n_groups = 0usize;
    for byte in bytes {
        if byte.is_ascii_digit() {
            value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
            in_group += 1;
        } else if *byte == thousands
            && in_group > 0
            // `0.125` holds decimals: nobody writes a thousand as 0.125.
            && bytes[0] != b'0'
            && (if n_groups == 0 { in_group <= 3 } else { in_group == 3 })
        {
            n_groups += 1;
            in_group = 0;
        } else {
            return None;
        }
    }
    (n_groups == 0 || in_group == 3).then_some(value)
}

/// Largest amount or tariff of an export: a billion euros, in cents.
pub const MAX_CENTS: i64 = 100_000_000_000;
/// Largest volume of an export: a hundred million units, in thousandths.
pub const MAX_MILLI: i64 = 100_000_000_000;

/// Refuses what is too large to be meant, so that no product or sum of it can overflow.
pub fn bounded(value: i64, max: i64) -> Result<i64, &'static Rule> {
    if value.abs() > max { Err(&MS225) } else { Ok(value) }
}

/// A number in thousandths.
pub fn milli(bytes: &[u8], style: Decimal) -> Result<i64, &'static Rule> {
    scaled(bytes, style, 3).map_err(|_| &MS218).and_then(|value| bounded(value, MAX_MILLI))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typing::rules::MS217;

    /// An amount in eurocents, as a column of amounts reads it.
    fn cents(bytes: &[u8], style: Decimal) -> Result<i64, &'static Rule> {
        scaled(bytes, style, 2).map_err(|_| &MS217).and_then(|value| bounded(value, MAX_CENTS))
    }

    #[track_caller]
    fn euro(text: &str, style: Decimal, expect: Option<i64>) {
        assert_eq!(cents(text.as_bytes(), style).ok(), expect, "{text}");
    }

    #[test]
    fn amounts_are_read_in_the_style_of_their_column() {
        use Decimal::{Comma, Point};
        for (text, style, expect) in [
            ("1.234,56", Comma, Some(123_456)),
            ("1234,5", Comma, Some(123_450)),
            ("€ 1.234,56", Comma, Some(123_456)),
            ("\u{a0}12,50\u{a0}", Comma, Some(1250)),
            ("-12,50", Comma, Some(-1250)),
            ("12,50-", Comma, Some(-1250)),
            ("(12,50)", Comma, Some(-1250)),
            ("€ -12,50", Comma, Some(-1250)),
            ("€\u{a0}1.234,56", Comma, Some(123_456)),
            ("\u{2212}12,50", Comma, Some(-1250)),
            ("\u{2013} 12,50", Comma, Some(-1250)),
            ("12,50\u{202f}€", Comma, Some(1250)),
            ("€ 12,-", Comma, Some(1200)),
            ("1.234,--", Comma, Some(123_400)),
            ("-12,-", Comma, Some(-1200)),
            ("12,-", Point, None),
            ("0.125", Comma, None),
            ("012.345", Comma, None),
            ("81,499", Comma, None),
            ("0", Comma, Some(0)),
            (",50", Comma, Some(50)),
            ("12,500", Comma, Some(1250)),
            ("1,234.56", Point, Some(123_456)),
            ("81,499", Point, Some(8_149_900)),
            ("1.234", Comma, Some(123_400)),
            ("12.34,5", Comma, None),
            ("1.23", Comma, None),
            ("1234.567", Comma, None),
            ("12,345", Comma, None),
            ("12,", Comma, None),
            ("", Comma, None),
            ("-", Comma, None),
            ("--5", Comma, None),
            ("12a", Comma, None),
            ("1.234.56", Comma, None),
            ("99999999999999999999", Comma, None),
        ] {
            euro(text, style, expect);
        }
    }

    #[test]
    fn what_is_too_precise_is_known_rounded() {
        assert_eq!(scaled(b"1,455", Decimal::Comma, 2), Err(NumberFault::TooPrecise(146)));
        assert_eq!(scaled(b"-1,455", Decimal::Comma, 2), Err(NumberFault::TooPrecise(-146)));
        assert_eq!(scaled(b"1,5", Decimal::Comma, 3), Ok(1500));
    }

    #[test]
    fn shapes_decide_or_stay_open() {
        for (text, expect) in [
            ("12,5", Shape::Comma),
            ("1.234,56", Shape::Comma),
            ("1.234.567", Shape::Comma),
            ("12.50", Shape::Point),
            ("1,234,567", Shape::Point),
            ("1.234", Shape::Ambiguous),
            ("81,499", Shape::Ambiguous),
            ("0.125", Shape::Point),
            ("1234.567", Shape::Point),
            ("12", Shape::Plain),
            ("1.234,-", Shape::Comma),
            ("-", Shape::Bad),
            ("abc", Shape::Bad),
        ] {
            assert_eq!(shape(text.as_bytes()), expect, "{text}");
        }
    }

    #[test]
    fn amounts_beyond_meaning_are_refused_before_they_can_overflow() {
        assert_eq!(cents(b"90000000000000000", Decimal::Comma).map_err(|r| r.code), Err("MS225"));
        assert_eq!(milli(b"900000000000000", Decimal::Comma).map_err(|r| r.code), Err("MS225"));
    }
}
