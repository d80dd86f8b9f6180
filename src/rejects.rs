//! What could not be used, and why: the vocabulary that sources, typing and checks share.
//!
//! Enters: nothing. Leaves: [`Rule`] (one const per rule, wherever it is tested) and [`Reject`] (one hit).
//! Does not know how a rule is tested or how a reject is shown.

use std::fmt;

/// What a rule does with the row it hits.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The row (or the file) leaves the figures.
    Fataal,
    /// The row stays and is listed.
    Waarschuwing,
    /// Context.
    Info,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fataal => "fataal",
            Self::Waarschuwing => "waarschuwing",
            Self::Info => "info",
        })
    }
}

/// One rule: written once, as a const, beside the code that tests it.
#[derive(Debug)]
pub struct Rule {
    /// National code (`TR307`) where one exists, else our own (`MS001`).
    pub code: &'static str,
    /// What it does with the row.
    pub severity: Severity,
    /// One line, Dutch, lower case, no full stop: "bedrag niet te lezen".
    pub title: &'static str,
    /// What the rule means and why it exists, in Dutch sentences.
    pub explanation: &'static str,
    /// What the reader of the list can do about it, in Dutch, imperative.
    pub remedy: &'static str,
    /// Where the rule comes from: a national rule text, or "maatstaf".
    pub source: &'static str,
}

/// One hit of a rule. Never holds a value of a column that can identify a person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reject {
    /// Code of the rule.
    pub code: String,
    /// Severity, copied from the rule so that a stored list can be read without the program.
    pub severity: Severity,
    /// Path of the file as the user gave it, `/` between folders.
    pub file: String,
    /// Line in the file (first line of the record), 1-based; 0 when the whole file is meant.
    pub line: u64,
    /// Sheet and cell in a workbook (`Blad1!F213`); empty where lines are told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cell: String,
    /// Canonical table, empty when unknown.
    pub table: String,
    /// Heading as the supplier wrote it, or XML element; empty when the whole row is meant.
    pub column: String,
    /// What stood there; `[verborgen]` when it may identify a person.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// Signed amount of the row in eurocents; `None` when it could not be read or does not apply.
    pub bedrag_ct: Option<i64>,
    /// Rows this hit stands for; more than one where a list was cut short or a rule counts rows together.
    #[serde(default = "one")]
    pub regels: u64,
    /// First 16 hex digits of the hash of the file, which tells two files of one path apart; empty when the whole file is
    /// meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bron: String,
    /// File in which a mended row came in the place of this one; empty while it is open.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hersteld: String,
}

fn one() -> u64 {
    1
}

/// Text shown instead of a value that may identify a person.
pub const HIDDEN: &str = "[verborgen]";

impl Reject {
    /// A hit of `rule` at a place; fill in the rest with struct update syntax.
    pub fn new(rule: &'static Rule, file: &str, line: u64) -> Self {
        Self {
            code: rule.code.to_owned(),
            severity: rule.severity,
            file: file.to_owned(),
            line,
            cell: String::new(),
            table: String::new(),
            column: String::new(),
            found: String::new(),
            expected: String::new(),
            bedrag_ct: None,
            regels: 1,
            bron: String::new(),
            hersteld: String::new(),
        }
    }
}

/// A cell as it may be shown in a message: hidden when it holds eight digits or more in a row (a BSN in the wrong
/// column is still a BSN), cut after 40 characters. Points and spaces do not end a row of digits; `-` and `/` do, so
/// that a date can be shown.
pub fn excerpt(cell: &str) -> String {
    let mut digits = 0;
    for c in cell.chars() {
        if c.is_ascii_digit() {
            digits += 1;
            if digits >= 8 {
                return HIDDEN.to_owned();
            }
        } else if !matches!(c, '.' | ' ') {
            digits = 0;
        }
    }
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut out: String = cell.chars().take(40).map(plain).collect();
    if out.len() < cell.len() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_could_be_a_bsn_is_never_shown() {
        assert_eq!(excerpt("999900006"), HIDDEN);
        assert_eq!(excerpt("bsn 9999.00.006 x"), HIDDEN);
        assert_eq!(excerpt("9999 00 006"), HIDDEN);
        assert_eq!(excerpt("1-2-2025 999900006"), HIDDEN);
        assert_eq!(excerpt("12.34,5"), "12.34,5");
    }

    #[test]
    fn a_date_is_shown_but_eight_digits_without_a_mark_are_not() {
        for date in ["31-02-2025", "2025-02-31", "31/02/2025"] {
            assert_eq!(excerpt(date), date);
        }
        assert_eq!(excerpt("20250231"), HIDDEN);
    }
}
