//! The first rows of a sheet → where its table begins and what stands in which column.

use std::sync::Arc;

use super::row::{Row, letters};
use crate::schema::{Dtype, Table};
use crate::sources::grid::{self, Cells, Top};
use crate::sources::headers::{self, Match, Recognised};
use crate::sources::raw::{Place, SHEET_STEP};
use crate::sources::{Aliases, Opened};

/// Columns among which headings are looked for.
const MAX_HEADINGS: u32 = 1024;
/// Rows with content that are looked at: the preamble, and two rows of headings.
pub(super) const MAX_TOP: usize = grid::MAX_PREAMBLE + 2;

/// A sheet that holds a table.
#[derive(Debug)]
pub(super) struct Layout {
    /// Position of the sheet in the workbook.
    pub(super) sheet: usize,
    /// Number of the last row of the heading.
    pub(super) heading_row: u64,
    /// The table its headings fit.
    pub(super) table: &'static Table,
    /// One heading per column from `A` on, empty where there is none.
    pub(super) headings: Arc<[String]>,
    /// Per heading the position in the columns of the table.
    pub(super) targets: Arc<[Option<usize>]>,
    /// How a position is told.
    pub(super) place: Place,
}

impl Layout {
    /// The lines of this sheet begin behind this number.
    pub(super) fn offset(&self) -> u64 {
        match &self.place {
            Place::Sheet { offset, .. } => *offset,
            Place::Lines | Place::Rows => 0,
        }
    }

    /// Name of the sheet as it is told.
    pub(super) fn name(&self) -> &str {
        match &self.place {
            Place::Sheet { name, .. } => name,
            Place::Lines | Place::Rows => "",
        }
    }

    /// A row as the user finds it (`Blad1!7`).
    pub(super) fn address_of_row(&self, row: u64) -> String {
        format!("{}!{row}", self.name())
    }

    /// Address of a cell, also of one beside the table.
    pub(super) fn address(&self, column: u32, row: u64) -> String {
        format!("{}!{}{row}", self.name(), letters(column))
    }

    /// Whether a row cannot count without a value in this column: figures, dates and marks decide what it is worth,
    /// also where a supplier may leave them empty.
    pub(super) fn matters(&self, position: usize) -> bool {
        let column = &self.table.columns[position];
        column.need.is_heading_required()
            || matches!(
                column.dtype,
                Dtype::Cent | Dtype::Milli | Dtype::Int | Dtype::Date | Dtype::Eenheid
            )
            || matches!(column.name, "debet_credit" | "vorig_referentienummer")
    }
}

/// A row seen through the columns of a table.
pub(super) struct View<'r> {
    /// The row.
    pub(super) row: &'r Row,
    /// Number of columns.
    pub(super) n: usize,
}

impl Cells for View<'_> {
    fn n_cells(&self) -> usize {
        self.n
    }

    fn cell(&self, at: usize) -> &[u8] {
        u32::try_from(at).map_or(&[], |column| self.row.cell(column).0)
    }
}

/// Headings in one row or in two.
struct Candidate {
    /// Position of its last row among the rows looked at.
    last: usize,
    headings: Vec<String>,
    matched: Match,
}

impl Candidate {
    fn n_used(&self) -> usize {
        self.matched.targets.iter().flatten().count()
    }
}

/// Finds the table of a sheet, or says which tables come nearest.
pub(super) fn find(
    opened: &Opened<'_>,
    sheet: usize,
    name: &str,
    rows: &[Row],
) -> Result<Layout, Vec<Match>> {
    let (aliases, forced) = (opened.aliases, opened.table);
    let views: Vec<View<'_>> = rows.iter().map(|row| View { row, n: width(row) }).collect();
    let (mut best, mut nearest) = (None, Vec::new());
    match grid::find_heading(&views, aliases, forced) {
        Top::Heading(found) => {
            best = Some(Candidate {
                last: found.at,
                headings: found.headings,
                matched: found.matched,
            });
        }
        Top::Unknown(guesses) => nearest = guesses,
    }
    // One row is enough unless two together name more columns.
    for last in pairs(best.as_ref(), rows.len()) {
        for headings in in_two_rows(&rows[last - 1], &rows[last]) {
            if let Some(both) = candidate(last, headings, aliases, forced)
                && best.as_ref().is_none_or(|one| both.n_used() > one.n_used())
            {
                best = Some(both);
            }
        }
    }
    let Some(best) = best else { return Err(nearest) };
    let offset = 0;
    let letters = (0..best.headings.len()).map(|at| letters(u32::try_from(at).unwrap_or(0)));
    Ok(Layout {
        sheet,
        heading_row: rows[best.last].number,
        table: best.matched.table,
        targets: best.matched.targets.into(),
        place: Place::Sheet { name: name.into(), offset, letters: letters.collect() },
        headings: best.headings.into(),
    })
}

/// Gives each sheet that is used line numbers of its own.
pub(super) fn number(layouts: &mut [Layout]) {
    for (layout, step) in layouts.iter_mut().zip(0u64..) {
        if let Place::Sheet { offset, .. } = &mut layout.place {
            *offset = step * SHEET_STEP;
        }
    }
}

/// Second rows of the pairs that may hold a heading: around the row that was found, else anywhere.
fn pairs(found: Option<&Candidate>, n: usize) -> Vec<usize> {
    match found {
        Some(one) => [one.last, one.last + 1].into_iter().filter(|at| *at > 0 && *at < n).collect(),
        None => (1..n).collect(),
    }
}

fn candidate(
    last: usize,
    headings: Vec<String>,
    aliases: &Aliases,
    forced: Option<&str>,
) -> Option<Candidate> {
    match headers::recognise(&headings, aliases, forced) {
        Recognised::Table(matched) => Some(Candidate { last, headings, matched }),
        Recognised::None(_) => None,
    }
}

/// Headings over two rows: a merged cell holds its text at its beginning only. A title may stand above several
/// columns ("Periode" above "begin" and "eind"), or a heading may reach over both rows.
fn in_two_rows(above: &Row, below: &Row) -> [Vec<String>; 2] {
    let n = width(above).max(width(below));
    let text = |row: &Row, at: usize| heading(&View { row, n }, at);
    let lower: Vec<String> = (0..n).map(|at| text(below, at)).collect();
    let upper: Vec<String> = (0..n).map(|at| text(above, at)).collect();
    let either = |at: usize| if lower[at].is_empty() { &upper[at] } else { &lower[at] };
    let one: Vec<String> = (0..n).map(|at| either(at).clone()).collect();
    let mut title = String::new();
    let both = (0..n).map(|at| {
        if !upper[at].is_empty() {
            title.clone_from(&upper[at]);
        }
        match (lower[at].is_empty(), title.is_empty()) {
            (true, _) => upper[at].clone(),
            (false, true) => lower[at].clone(),
            (false, false) => format!("{title} {}", lower[at]),
        }
    });
    [one, both.collect()]
}

fn heading(row: &View<'_>, at: usize) -> String {
    let text = String::from_utf8_lossy(row.cell(at));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Columns up to the last that holds something, within what is looked at.
fn width(row: &Row) -> usize {
    let last = row.columns().filter(|column| *column < MAX_HEADINGS).last();
    last.map_or(0, |column| usize::try_from(column + 1).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::input::Input;
    use crate::sources::raw::SourceFile;
    use crate::sources::sheet::row::Kind;

    fn row(number: u64, text: &str) -> Row {
        let mut row = Row::default();
        row.number = number;
        for (at, cell) in text.split(';').enumerate() {
            row.push(u32::try_from(at).unwrap(), Kind::Text, cell);
        }
        row.finish();
        row
    }

    fn found(rows: &[Row]) -> Option<(u64, Vec<&'static str>)> {
        let file = SourceFile { path: "x".into(), sha256: "0".repeat(64), bytes: 0 };
        let (input, aliases) = (Input::File("x".into()), Aliases::new());
        let opened = Opened { file: Arc::new(file), input: &input, aliases: &aliases, table: None };
        let layout = find(&opened, 0, "Blad1", rows).ok()?;
        let used = layout.targets.iter().flatten().map(|at| layout.table.columns[*at].name);
        Some((layout.heading_row, used.collect()))
    }

    #[test]
    fn titles_above_the_headings_are_passed_over() {
        let rows = [row(1, "Jeugdigen per gemeente"), row(4, ";gemeente;jaar;jeugdigen")];
        assert_eq!(found(&rows), Some((4, vec!["gemeente", "jaar", "jeugdigen"])));
        assert_eq!(found(&rows[..1]), None);
    }

    #[test]
    fn a_heading_may_reach_over_two_rows() {
        let rows =
            [row(1, "gemeente;Aantallen;"), row(2, ";jaar;jeugdigen"), row(3, "9901;2025;4")];
        assert_eq!(found(&rows), Some((2, vec!["gemeente", "jaar", "jeugdigen"])));
    }

    #[test]
    fn a_title_above_several_columns_is_part_of_their_name() {
        let rows = [
            row(1, "Gemeente;AGB;Bsn;Productcode;Productperiode;;Volume;Eenheid;Bedrag"),
            row(2, ";;;;begin;eind;;;"),
        ];
        let (at, used) = found(&rows).unwrap();
        assert_eq!((at, used.len()), (2, 9));
        assert!(used.contains(&"periode_begin") && used.contains(&"periode_eind"));
    }

    #[test]
    fn a_row_of_data_is_never_taken_for_a_second_heading() {
        let rows = [row(2, "gemeente;jaar;jeugdigen;naam"), row(3, "9901;2025;12;Aadorp")];
        assert_eq!(found(&rows).unwrap().0, 2);
    }
}
