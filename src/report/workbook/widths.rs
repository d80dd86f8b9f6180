//! How wide columns have to be, in characters as Excel counts them.
//!
//! Enters: a table. Leaves: widths. Does not know fonts or screens beyond a rule of thumb.

use crate::report::document::{Table, Value};
use crate::report::shown;
use crate::report::workbook::body;

/// Widths of columns, in characters.
const NARROWEST: usize = 9;
const WIDEST: usize = 45;
const SCREEN: usize = 150;
/// From here on a text is prose, and what stands beside it makes room.
const PROSE: usize = 120;
const BESIDE_PROSE: usize = 30;
/// A heading wraps; its longest word and the button of the filter have to fit.
pub(super) const BUTTON: usize = 4;

/// Width of each column in characters: its values whole. Long texts wrap, and the longest takes what is left of a screen.
pub(super) fn of(table: &Table) -> Vec<f64> {
    let natural: Vec<usize> =
        body::headings(table).iter().enumerate().map(|column| natural(table, column)).collect();
    let longest = (0..natural.len()).max_by_key(|at| natural[*at]).unwrap_or(0);
    let widest = if natural.iter().any(|n| *n > PROSE) { BESIDE_PROSE } else { WIDEST };
    let mut widths: Vec<usize> = natural.iter().map(|n| (*n).clamp(NARROWEST, widest)).collect();
    let left = SCREEN.saturating_sub(widths.iter().sum());
    if let Some(width) = widths.get_mut(longest) {
        *width = natural[longest].clamp(*width, *width + left);
    }
    widths.into_iter().map(|width| width as f64).collect()
}

/// The width a column needs for every value on one line, and for its heading in at most three.
fn natural(table: &Table, (at, heading): (usize, &String)) -> usize {
    let n_chars = |text: &str| text.chars().count();
    let kind = table.columns[at].kind;
    let line = |value: &Value| {
        let text = shown::text(value, kind);
        text.split('\n').map(n_chars).max().unwrap_or(0)
    };
    let values = table.rows.iter().map(|row| line(&row.cells[at].value)).max().unwrap_or(0);
    let word = heading.split(' ').map(n_chars).max().unwrap_or(0);
    (values + 2).max(word + BUTTON).max(n_chars(heading) / 3 + BUTTON)
}

/// Width of the whole table in characters.
pub(super) fn whole(table: &Table) -> f64 {
    of(table).iter().sum()
}
