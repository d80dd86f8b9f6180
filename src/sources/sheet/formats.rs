//! Number formats: whether a number of a workbook is shown as a number, a date, a time or a code with zeros.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::package::{Fault, MAX_PART, Package, attribute};

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// As a number.
    #[default]
    Number,
    /// As a date, with or without a time.
    Date,
    /// As a time of day.
    Time,
    /// As a number of hours, minutes and seconds that may go beyond a day.
    Duration,
    /// As digits with zeros in front, so many in all.
    Zeros(usize),
}

/// Formats a workbook may have; real ones have a few hundred.
const MAX_FORMATS: usize = 200_000;

/// How each cell style of a workbook shows its numbers.
pub(super) fn read(package: &mut Package, part: &str) -> Result<Vec<Shown>, Fault> {
    let mut own: BTreeMap<u32, Shown> = BTreeMap::new();
    let mut styles = Vec::new();
    let mut is_cell_style = false;
    let mut xml = package.xml(part, MAX_PART)?;
    loop {
        match xml.next()? {
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "numFmt" if own.len() < MAX_FORMATS => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&start, "formatCode")) {
                        own.insert(id, of_code(&code));
                    }
                }
                "cellXfs" => is_cell_style = true,
                "xf" if is_cell_style && styles.len() < MAX_FORMATS => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    styles.push(id.unwrap_or(0u32));
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "cellXfs" => is_cell_style = false,
            Event::Eof => break,
            _ => {}
        }
    }
    // A format may be described after the style that uses it.
    let shown = |id: &u32| own.get(id).copied().unwrap_or_else(|| of_number(*id));
    Ok(styles.iter().map(shown).collect())
}

/// Formats every workbook has without describing them.
fn of_number(id: u32) -> Shown {
    match id {
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Shown::Date,
        18..=21 | 32 | 33 | 45 | 47 => Shown::Time,
        46 => Shown::Duration,
        _ => Shown::Number,
    }
}

/// Reads a format code (`dd-mm-yyyy`, `[h]:mm`, `0000`, `#,##0.00 "uur"`): what it shows of a positive number.
pub(super) fn of_code(code: &str) -> Shown {
    let bare = bare(code);
    if bare.eq_ignore_ascii_case("general") || bare.eq_ignore_ascii_case("standaard") {
        return Shown::Number;
    }
    let lower = bare.to_ascii_lowercase();
    let has = |letters: &[char]| lower.contains(letters);
    if lower.contains(['0', '#', '?']) && !has(&['d', 'y', 'j', 'h', 's']) {
        let zeros = lower.trim();
        let is_code = zeros.len() > 1 && zeros.bytes().all(|byte| byte == b'0');
        return if is_code { Shown::Zeros(zeros.len()) } else { Shown::Number };
    }
    // `[h]` was kept as a capital by `bare`.
    if bare.contains('\u{1}') {
        Shown::Duration
    } else if has(&['d', 'y', 'j']) || (has(&['m']) && !has(&['h', 's'])) {
        Shown::Date
    } else if has(&['h', 's']) {
        Shown::Time
    } else {
        Shown::Number
    }
}

/// The first section without quoted text, escaped characters, colours and currencies; an elapsed time (`[h]`) leaves
/// a mark.
fn bare(code: &str) -> String {
    let mut out = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let letters = inner.to_ascii_lowercase();
                let is_elapsed = !letters.is_empty()
                    && letters.bytes().all(|b| matches!(b, b'h' | b'm' | b's' | b'u'));
                if is_elapsed {
                    out.push('\u{1}');
                }
            }
            ';' => break,
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_code_tells_dates_from_numbers() {
        for (code, expect) in [
            ("General", Shown::Number),
            ("Standaard", Shown::Number),
            ("0.00", Shown::Number),
            ("#,##0.00;[Red]-#,##0.00", Shown::Number),
            ("[$€-413] #,##0.00", Shown::Number),
            ("\"dag\" 0.0", Shown::Number),
            ("0.00E+00", Shown::Number),
            ("@", Shown::Number),
            ("0%", Shown::Number),
            ("# ?/?", Shown::Number),
            ("dd-mm-yyyy", Shown::Date),
            ("[$-413]d mmmm yyyy;@", Shown::Date),
            ("d/m/yy h:mm", Shown::Date),
            ("mmm-yy", Shown::Date),
            ("mmmm", Shown::Date),
            ("dd-mm-jjjj", Shown::Date),
            ("h:mm", Shown::Time),
            ("mm:ss.0", Shown::Time),
            ("h:mm AM/PM", Shown::Time),
            ("[h]:mm:ss", Shown::Duration),
            ("[mm]:ss", Shown::Duration),
            ("0000", Shown::Zeros(4)),
            ("\"GM\"0000", Shown::Zeros(4)),
            ("00000000", Shown::Zeros(8)),
            ("0", Shown::Number),
        ] {
            assert_eq!(of_code(code), expect, "{code}");
        }
    }

    #[test]
    fn built_in_formats_are_known() {
        assert_eq!(of_number(14), Shown::Date);
        assert_eq!(of_number(22), Shown::Date);
        assert_eq!(of_number(20), Shown::Time);
        assert_eq!(of_number(46), Shown::Duration);
        assert_eq!(of_number(4), Shown::Number);
        assert_eq!(of_number(49), Shown::Number);
    }
}
