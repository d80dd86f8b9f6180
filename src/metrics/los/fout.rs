//! What is wrong with a question, and where.
//!
//! Enters: a reason and a spot in the text. Leaves: a message with the line and a mark under the spot.

use sqlparser::ast::Spanned;
use sqlparser::tokenizer::Location;

use crate::metrics::query::QueryError;

/// A reason to refuse, in Dutch, and the spot when it is known.
#[derive(Debug)]
pub(super) struct Fout {
    pub(super) wat: String,
    pub(super) plek: Option<Location>,
    pub(super) detail: Option<String>,
    /// True when it is only about a count that stands where single rows are looked at.
    pub(super) is_aggregate: bool,
}

/// A value, or the reason why there is none.
pub(super) type Uitkomst<T> = Result<T, Fout>;

/// Widest line of an excerpt.
const WIDTH: usize = 90;
/// How far an excerpt stands from the margin.
const INDENT: &str = "      ";

impl Fout {
    /// At a node of the syntax tree.
    pub(super) fn at(node: &impl Spanned, wat: impl Into<String>) -> Self {
        Self::on(node.span().start, wat)
    }

    /// At a spot.
    pub(super) fn on(plek: Location, wat: impl Into<String>) -> Self {
        Self {
            wat: wat.into(),
            plek: (plek.line > 0).then_some(plek),
            detail: None,
            is_aggregate: false,
        }
    }

    /// Gives it this spot when it has none.
    pub(super) fn or_at(mut self, node: &impl Spanned) -> Self {
        let plek = node.span().start;
        self.plek = self.plek.or((plek.line > 0).then_some(plek));
        self
    }

    /// The message for the user. A file is named with its line; the spot is shown either way.
    pub(super) fn in_text(self, sql: &str, bron: &str) -> QueryError {
        let line = self.plek.map_or(0, |plek| usize::try_from(plek.line).unwrap_or(0));
        let is_file = bron.to_lowercase().ends_with(".sql");
        let mut message =
            if is_file { QueryError::at(bron, line, &self.wat).message } else { self.wat };
        if let Some(excerpt) = self.plek.and_then(|plek| excerpt(sql, plek)) {
            message.push('\n');
            message.push_str(&excerpt);
        }
        QueryError { message, detail: self.detail }
    }
}

/// The line of a spot, and under it a line with a mark.
fn excerpt(sql: &str, plek: Location) -> Option<String> {
    let line = sql.lines().nth(usize::try_from(plek.line).ok()?.checked_sub(1)?)?;
    let column = usize::try_from(plek.column).ok()?.saturating_sub(1);
    let letters: Vec<char> = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // Of a long line the part around the spot.
    let first = if letters.len() > WIDTH { column.saturating_sub(WIDTH / 2) } else { 0 };
    let first = first.min(letters.len());
    let shown: String = letters.iter().skip(first).take(WIDTH).collect();
    let mark = " ".repeat(column.saturating_sub(first));
    Some(format!("{INDENT}{}\n{INDENT}{mark}^", shown.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spot_is_shown_with_a_mark_under_it() {
        let fout = Fout::on(Location { line: 2, column: 6 }, "dit kan niet");
        let error = fout.in_text("SELECT x\nFROM\ty", "de vraag");
        assert_eq!(error.message, "dit kan niet\n      FROM y\n           ^");
    }

    #[test]
    fn a_file_is_named_with_its_line() {
        let fout = Fout::on(Location { line: 1, column: 1 }, "dit kan niet");
        let error = fout.in_text("SELECT", "map/x.sql");
        assert_eq!(error.message, "map/x.sql:1: dit kan niet\n      SELECT\n      ^");
    }

    #[test]
    fn of_a_long_line_the_part_around_the_spot_is_shown() {
        let text = format!("SELECT {}, hier FROM x", "a, ".repeat(80));
        let column = text.find("hier").unwrap() as u64 + 1;
        let message = Fout::on(Location { line: 1, column }, "fout").in_text(&text, "v").message;
        let lines: Vec<&str> = message.lines().collect();
        assert!(lines[1].len() <= WIDTH + INDENT.len());
        assert_eq!(lines[1].find("hier"), lines[2].find('^'));
    }
}
