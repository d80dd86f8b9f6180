//! A table as lines of letters: columns under each other, or one block per row where they do not fit.
//!
//! Enters: a [`Table`]. Leaves: lines. Figures are never broken or cut; words are broken at spaces.

use crate::report::antwoord::breedte;
use crate::report::document::{Kind, Table};
use crate::report::shown;

/// Between two columns; one where two are too many.
const GAPS: [usize; 2] = [2, 1];
/// A column of words is not made narrower than this for the sake of the others.
const WORDS: usize = 20;
/// A longer heading is broken, however much room there is: values far apart are hard to compare.
const HEADING: usize = 24;
/// Before what goes on from the line above.
const INDENT: usize = 2;

/// The texts of a table.
pub(super) struct Raster {
    kinds: Vec<Kind>,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Where the columns stand.
pub(super) struct Plan {
    widths: Vec<usize>,
    gap: usize,
}

impl Plan {
    /// What stands between headings and rows.
    pub(super) fn rule(&self) -> String {
        let parts: Vec<String> = self.widths.iter().map(|width| "─".repeat(*width)).collect();
        parts.join(&" ".repeat(self.gap))
    }
}

impl Raster {
    /// The first `n_rows` rows of a table.
    pub(super) fn new(table: &Table, n_rows: usize) -> Self {
        let kinds: Vec<Kind> = table.columns.iter().map(|column| column.kind).collect();
        let headings =
            table.columns.iter().map(|column| breedte::plain(&shown::heading(column))).collect();
        let row = |cells: &[crate::report::document::Cell]| {
            let texts = cells.iter().zip(&kinds);
            texts.map(|(cell, kind)| breedte::plain(&shown::text(&cell.value, *kind))).collect()
        };
        let rows = table.rows.iter().take(n_rows).map(|row_of| row(&row_of.cells)).collect();
        Self { kinds, headings, rows }
    }

    /// Width of each column such that all fit, and what is between them; `None` when they cannot.
    pub(super) fn plan(&self, available: usize) -> Option<Plan> {
        GAPS.iter().find_map(|gap| self.with_gap(*gap, available))
    }

    fn with_gap(&self, gap: usize, available: usize) -> Option<Plan> {
        let columns = 0..self.kinds.len();
        let least: Vec<usize> = columns.clone().map(|at| self.least(at)).collect();
        let available = available.saturating_sub(gap * self.kinds.len().saturating_sub(1));
        if least.iter().sum::<usize>() > available {
            return None;
        }
        let natural = |at: usize| {
            let heading = breedte::of(&self.headings[at]).min(HEADING.max(least[at]));
            self.widest(at, breedte::of).max(heading).min(available)
        };
        let mut widths: Vec<usize> = columns.map(natural).collect();
        while widths.iter().sum::<usize>() > available {
            // A heading that breaks costs one line, a name that breaks one line in its row: those give last.
            let gives = (0..widths.len()).filter(|at| widths[*at] > least[*at]);
            let widest = gives.max_by_key(|at| (self.kinds[*at] != Kind::Text, widths[*at]))?;
            widths[widest] -= 1;
        }
        Some(Plan { widths, gap })
    }

    fn widest(&self, at: usize, width: impl Fn(&str) -> usize) -> usize {
        self.rows.iter().map(|row| width(&row[at])).max().unwrap_or(0)
    }

    /// The width below which a column is not readable.
    fn least(&self, at: usize) -> usize {
        let heading = breedte::longest_word(&self.headings[at]);
        if self.kinds[at] == Kind::Text {
            // A column that is narrow by itself needs no more than it has.
            let words = self.widest(at, breedte::longest_word).min(WORDS);
            heading.min(WORDS).max(words)
        } else {
            heading.min(WORDS).max(self.widest(at, breedte::of))
        }
    }

    /// The headings, the last lines side by side.
    pub(super) fn heading(&self, plan: &Plan) -> Vec<String> {
        let mut cells: Vec<Vec<String>> = self
            .headings
            .iter()
            .zip(&plan.widths)
            .map(|(heading, width)| breedte::wrapped(heading, *width))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for cell in &mut cells {
            cell.splice(0..0, vec![String::new(); height - cell.len()]);
        }
        self.side_by_side(&cells, plan)
    }

    /// The rows.
    pub(super) fn rows(&self, plan: &Plan) -> Vec<String> {
        let mut lines = Vec::new();
        for row in &self.rows {
            let cells: Vec<Vec<String>> = row
                .iter()
                .zip(&plan.widths)
                .map(|(text, width)| {
                    if breedte::of(text) <= *width {
                        vec![text.clone()]
                    } else {
                        breedte::wrapped(text, *width)
                    }
                })
                .collect();
            lines.extend(self.side_by_side(&cells, plan));
        }
        lines
    }

    fn side_by_side(&self, cells: &[Vec<String>], plan: &Plan) -> Vec<String> {
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let line = |n: usize| {
            let parts: Vec<String> = cells
                .iter()
                .zip(&plan.widths)
                .zip(&self.kinds)
                .map(|((lines, width), kind)| {
                    let text = lines.get(n).map_or("", String::as_str);
                    let space = " ".repeat(width.saturating_sub(breedte::of(text)));
                    if kind.is_number() {
                        format!("{space}{text}")
                    } else {
                        format!("{text}{space}")
                    }
                })
                .collect();
            parts.join(&" ".repeat(plan.gap))
        };
        (0..height).map(line).collect()
    }

    /// A block per row, an empty line between two.
    pub(super) fn blocks(&self, available: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for (n, row) in self.rows.iter().enumerate() {
            if n > 0 {
                lines.push(String::new());
            }
            for (heading, text) in self.headings.iter().zip(row) {
                let whole = format!("{heading}: {text}");
                if breedte::of(&whole) <= available {
                    lines.push(whole);
                    continue;
                }
                let indent = " ".repeat(INDENT);
                lines.extend(breedte::wrapped(&format!("{heading}:"), available));
                let rest = breedte::wrapped(text, available.saturating_sub(INDENT));
                lines.extend(rest.into_iter().map(|line| format!("{indent}{line}")));
            }
        }
        lines
    }
}
