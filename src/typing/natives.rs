//! Cells in machine form: what a workbook or a Parquet file holds as number, date or boolean, written in one way.

/// True for a number in machine form: `-1234.5`, and as some writers do, `1.5e-7`.
pub(super) fn is_number(cell: &[u8]) -> bool {
    let digits = cell.strip_prefix(b"-").unwrap_or(cell);
    digits.first().is_some_and(u8::is_ascii_digit)
        && digits
            .iter()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+'))
        && !digits.windows(2).any(|pair| pair[1] == b'-' && !matches!(pair[0], b'e' | b'E'))
}

/// Digits that a floating point number of 64 bits holds; what stands behind them is noise of a computation.
const EXACT_DIGITS: usize = 15;

/// The number in plain digits with a decimal point, without an exponent and without the noise that floating point
/// adds: `1234.5600000000001` is `1234.56`. `None` when it is no number, or one beyond any use.
pub(super) fn plain(cell: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(cell).ok().filter(|_| is_number(cell))?;
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    // Position of the point, counted from the first digit that says something.
    let lead = i32::try_from(all.len() - digits.len()).ok()?;
    let mut point = i32::try_from(whole.len()).ok()? - lead + exponent;
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let mut digits = digits.as_bytes().to_vec();
    if digits.len() > EXACT_DIGITS && i32::try_from(digits.len()).is_ok_and(|n| point < n) {
        point += i32::from(round(&mut digits));
    }
    placed(&digits, point).map(|number| format!("{sign}{number}"))
}

/// Rounds to [`EXACT_DIGITS`]; true when that adds a digit in front.
fn round(digits: &mut Vec<u8>) -> bool {
    let up = digits[EXACT_DIGITS] >= b'5';
    digits.truncate(EXACT_DIGITS);
    if !up {
        return false;
    }
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return false;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
    true
}

/// Digits with the point at its place; nothing longer than any amount can be.
fn placed(digits: &[u8], point: i32) -> Option<String> {
    let text = std::str::from_utf8(digits).ok()?;
    let size = i32::try_from(digits.len()).ok()?;
    if !(-30..=30).contains(&point) {
        return None;
    }
    let zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or(0));
    let number = if point <= 0 {
        format!("0.{}{text}", zeros(-point))
    } else if point >= size {
        return Some(format!("{text}{}", zeros(point - size)));
    } else {
        let (whole, fraction) = text.split_at(usize::try_from(point).ok()?);
        format!("{whole}.{fraction}")
    };
    Some(number.trim_end_matches('0').trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_machines_become_plain_digits() {
        for (text, expect) in [
            ("-1234.5", Some("-1234.5")),
            ("45.0", Some("45")),
            ("0", Some("0")),
            ("-0.00", Some("0")),
            ("1234.5600000000001", Some("1234.56")),
            ("0.30000000000000004", Some("0.3")),
            ("81.49900000000001", Some("81.499")),
            ("99.999999999999999", Some("100")),
            ("1.5e-3", Some("0.0015")),
            ("1.2345E+3", Some("1234.5")),
            ("1e3", Some("1000")),
            ("99000101", Some("99000101")),
            // Whole numbers are not touched, however long.
            ("12345678901234567890", Some("12345678901234567890")),
            ("1e999", None),
            ("2025-12-31", None),
            ("12,5", None),
            ("1.2.3", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(plain(text.as_bytes()).as_deref(), expect, "{text}");
        }
    }
}
