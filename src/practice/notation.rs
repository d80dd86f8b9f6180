//! How numbers, days and units are written in each dialect.
//!
//! Enters: a value. Leaves: text at the end of a row, without a string of its own for each cell.

use super::calendar::Day;
use super::form::Dialect;

/// Word for a unit of care.
pub(super) fn unit_word(eenheid: &str) -> &'static str {
    match eenheid {
        "01" => "minuut",
        "04" => "uur",
        "14" => "etmaal",
        "16" => "dagdeel",
        _ => "stuk",
    }
}

/// Digits of a number, with zeros in front up to `width`.
pub(super) fn push_number(out: &mut String, number: i64, width: usize) {
    let mut digits = [b'0'; 20];
    let mut left = number.unsigned_abs();
    let mut begin = digits.len();
    while left > 0 || digits.len() - begin < width {
        begin -= 1;
        digits[begin] += u8::try_from(left % 10).expect("one digit");
        left /= 10;
    }
    out.extend(digits[begin..].iter().map(|digit| char::from(*digit)));
}

/// A day in the order and with the zeros of the dialect.
pub(super) fn push_day(out: &mut String, day: Day, dialect: Dialect) {
    let (jaar, maand, dag) = (i64::from(day.jaar), i64::from(day.maand), i64::from(day.dag));
    let parts = match dialect {
        Dialect::Puntkomma => [(dag, 2), (maand, 2), (jaar, 4)],
        Dialect::Komma => [(jaar, 4), (maand, 2), (dag, 2)],
        Dialect::Tab => [(dag, 1), (maand, 1), (jaar, 4)],
        Dialect::Windows => [(dag, 1), (maand, 1), (jaar % 100, 2)],
    };
    for (position, (part, width)) in parts.into_iter().enumerate() {
        if position > 0 {
            out.push('-');
        }
        push_number(out, part, width);
    }
}

/// `1.234,50`, `1234.50` in the comma dialect, or `€ 1.234,50`; a minus stands first.
pub(super) fn push_euros(out: &mut String, cents: i64, dialect: Dialect) {
    if dialect == Dialect::Windows {
        out.push_str("€ ");
    }
    if cents < 0 {
        out.push('-');
    }
    let cents = cents.abs();
    push_whole(out, cents / 100, dialect);
    out.push(if dialect == Dialect::Komma { '.' } else { ',' });
    push_number(out, cents % 100, 2);
}

/// At most three decimals, none when there are none.
pub(super) fn push_volume(out: &mut String, milli: i64, dialect: Dialect) {
    push_whole(out, milli / 1000, dialect);
    if milli % 1000 != 0 {
        out.push(if dialect == Dialect::Komma { '.' } else { ',' });
        push_number(out, milli % 1000 / 100, 1);
    }
}

fn push_whole(out: &mut String, whole: i64, dialect: Dialect) {
    if whole < 1000 || dialect == Dialect::Komma {
        return push_number(out, whole, 1);
    }
    push_whole(out, whole / 1000, dialect);
    out.push('.');
    push_number(out, whole % 1000, 3);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cents: i64, dialect: Dialect) -> String {
        let mut out = String::new();
        push_euros(&mut out, cents, dialect);
        out
    }

    #[test]
    fn amounts_are_written_in_the_style_of_the_dialect() {
        assert_eq!(written(123_450, Dialect::Puntkomma), "1.234,50");
        assert_eq!(written(100_000_005, Dialect::Tab), "1.000.000,05");
        assert_eq!(written(123_450, Dialect::Komma), "1234.50");
        assert_eq!(written(7, Dialect::Tab), "0,07");
        assert_eq!(written(123_450, Dialect::Windows), "€ 1.234,50");
        assert_eq!(written(-123_450, Dialect::Puntkomma), "-1.234,50");
    }

    #[test]
    fn volumes_show_decimals_only_when_they_have_them() {
        let mut out = String::new();
        push_volume(&mut out, 1_230_500, Dialect::Puntkomma);
        push_volume(&mut out, 0, Dialect::Komma);
        assert_eq!(out, "1.230,50");
    }

    #[test]
    fn days_follow_the_dialect() {
        let mut out = String::new();
        for dialect in [Dialect::Puntkomma, Dialect::Komma, Dialect::Tab, Dialect::Windows] {
            push_day(&mut out, Day::new(2025, 7, 1), dialect);
            out.push(' ');
        }
        assert_eq!(out, "01-07-2025 2025-07-01 1-7-2025 1-7-25 ");
    }
}
