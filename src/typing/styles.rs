//! How a file writes its numbers, dates and clients: decided per column on the first block.

use crate::schema::Dtype;
use crate::sources::raw::RawTable;
use crate::typing::cells::{self, DayOrder, Decimal, Shape};

/// What the client column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientKind {
    /// BSNs: nine digits with the eleven-proof.
    Bsn,
    /// Numbers of a back office: any text.
    Number,
}

/// The decision for one raw column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Nothing to decide.
    None,
    /// Numbers.
    Number(Decimal),
    /// Every number with a separator can be read two ways.
    Undecided,
    /// Dates.
    Date(DayOrder),
    /// Clients.
    Client(ClientKind),
}

/// The decisions for a file, one per raw column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Styles {
    /// Aligned with the headings.
    pub columns: Vec<Style>,
}

/// Of values that look like a BSN this share must pass before the whole column is held to it: below it the
/// numbers are those of a back office, of which one in eleven passes by chance.
const BSN_SHARE_PERCENT: usize = 80;

impl Styles {
    /// Decides on one block, the first of its file.
    pub fn decide(block: &RawTable) -> Self {
        let mut columns: Vec<Style> = (0..block.headings.len())
            .map(|raw| {
                let dtype = block.targets[raw].map(|position| block.table.columns[position].dtype);
                match dtype {
                    Some(Dtype::Cent | Dtype::Milli) if !block.is_message => {
                        number_style(block, raw)
                    }
                    Some(Dtype::Date | Dtype::BirthYear) => Style::Date(day_order(block, raw)),
                    Some(Dtype::Client) => Style::Client(client_kind(block, raw)),
                    _ => Style::None,
                }
            })
            .collect();
        settle(&mut columns);
        Self { columns }
    }

    /// The decisions of the file when there are some, else those of this block.
    pub fn decide_if_absent(known: Option<&Self>, block: &RawTable) -> Self {
        known
            .filter(|known| known.columns.len() == block.headings.len())
            .cloned()
            .unwrap_or_else(|| Self::decide(block))
    }

    /// The first column that stayed open.
    pub fn undecided(&self) -> Option<usize> {
        self.columns.iter().position(|style| *style == Style::Undecided)
    }

    /// The decisions in words, for "zo heb ik uw bestand gelezen".
    pub fn describe(&self, headings: &[String]) -> Vec<String> {
        let words = |style: &Style| match style {
            Style::Number(Decimal::Comma) => Some("1.234,56 (decimale komma)"),
            Style::Number(Decimal::Point) => Some("1,234.56 (decimale punt)"),
            Style::Date(DayOrder::MonthFirst) => Some("maand voor dag"),
            Style::Client(ClientKind::Bsn) => Some("BSN, elfproef"),
            Style::Client(ClientKind::Number) => Some("cliëntnummer, geen elfproef"),
            Style::Date(DayOrder::DayFirst) | Style::None | Style::Undecided => None,
        };
        let pairs = headings.iter().zip(&self.columns);
        pairs
            .filter_map(|(heading, style)| words(style).map(|w| format!("{heading}: {w}")))
            .collect()
    }
}

fn cells(block: &RawTable, raw: usize) -> impl Iterator<Item = &[u8]> {
    (0..block.n_rows())
        .map(move |row| cells::trim(block.cell(row, raw)))
        .filter(|cell| !cell.is_empty())
}

fn number_style(block: &RawTable, raw: usize) -> Style {
    let (mut comma, mut point, mut ambiguous) = (0usize, 0usize, 0usize);
    for cell in cells(block, raw) {
        match cells::shape(cell) {
            Shape::Comma => comma += 1,
            Shape::Point => point += 1,
            Shape::Ambiguous => ambiguous += 1,
            Shape::Plain | Shape::Bad => {}
        }
    }
    match (comma, point, ambiguous) {
        (0, 0, 0) => Style::None,
        (0, 0, _) => Style::Undecided,
        // What contradicts the larger part becomes a reject, cell by cell.
        _ if comma >= point => Style::Number(Decimal::Comma),
        _ => Style::Number(Decimal::Point),
    }
}

/// A column without evidence of its own follows the others of its file; one that is contradicted by nobody and
/// supported by nobody stays open.
fn settle(columns: &mut [Style]) {
    let has = |wanted| columns.contains(&Style::Number(wanted));
    let file = match (has(Decimal::Comma), has(Decimal::Point)) {
        (true, false) => Some(Decimal::Comma),
        (false, true) => Some(Decimal::Point),
        _ => None,
    };
    if let Some(file) = file {
        for style in columns.iter_mut().filter(|style| **style == Style::Undecided) {
            *style = Style::Number(file);
        }
    }
}

/// Day first, unless a value disproves it and none disproves the other.
fn day_order(block: &RawTable, raw: usize) -> DayOrder {
    let (mut day_first, mut month_first) = (false, false);
    for cell in cells(block, raw) {
        let text = cell.split(|b| matches!(b, b' ' | b'T')).next().unwrap_or_default();
        if let Some((_, m, d)) = cells::date_parts(text, DayOrder::DayFirst)
            && text.get(4) != Some(&b'-')
        {
            day_first |= d > 12 && m <= 12;
            month_first |= m > 12 && d <= 12;
        }
    }
    if month_first && !day_first { DayOrder::MonthFirst } else { DayOrder::DayFirst }
}

fn client_kind(block: &RawTable, raw: usize) -> ClientKind {
    let heading = crate::schema::normalise_heading(&block.headings[raw]);
    if block.is_message || heading == "bsn" || heading.contains("burgerservicenummer") {
        return ClientKind::Bsn;
    }
    let (mut n, mut valid) = (0usize, 0usize);
    for cell in cells(block, raw) {
        n += 1;
        valid += usize::from(cells::bsn(cell).is_ok());
    }
    if valid * 100 >= n * BSN_SHARE_PERCENT && n > 0 { ClientKind::Bsn } else { ClientKind::Number }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;
    use crate::sources::raw::SourceFile;
    use std::sync::Arc;

    fn block(rows: &[[&str; 4]]) -> RawTable {
        let file = Arc::new(SourceFile { path: "x".into(), sha256: "0".repeat(64), bytes: 0 });
        let headings: Arc<[String]> =
            ["client", "tarief", "bedrag", "begin"].map(str::to_owned).to_vec().into();
        let table = &schema::DECLARATIES;
        let at = |name| table.position(name);
        let targets = [at("client"), at("tarief_ct"), at("bedrag_ct"), at("periode_begin")];
        let mut out = RawTable::new(table, file, headings, targets.to_vec().into(), false);
        for (i, row) in rows.iter().enumerate() {
            out.push(i as u64, row.iter().map(|c| c.as_bytes()));
        }
        out
    }

    fn styles(rows: &[[&str; 4]]) -> Vec<Style> {
        Styles::decide(&block(rows)).columns
    }

    #[test]
    fn an_ambiguous_column_follows_its_file_and_else_stays_open() {
        let with_help = styles(&[["1", "1.234", "12,50", "1-1-2025"]]);
        assert_eq!(with_help[1], Style::Number(Decimal::Comma));
        let alone = styles(&[["1", "81,499", "12", "1-1-2025"]]);
        assert_eq!(alone[1], Style::Undecided);
        assert_eq!(alone[2], Style::None);
    }

    #[test]
    fn a_comma_as_thousands_mark_is_settled_by_a_decimal_point_elsewhere() {
        assert_eq!(
            styles(&[["1", "81,499", "12.50", "1-1-2025"]])[1],
            Style::Number(Decimal::Point)
        );
    }

    #[test]
    fn the_day_comes_first_unless_disproved() {
        assert_eq!(styles(&[["1", "", "", "02-03-2025"]])[3], Style::Date(DayOrder::DayFirst));
        assert_eq!(styles(&[["1", "", "", "02-28-2025"]])[3], Style::Date(DayOrder::MonthFirst));
        let both = styles(&[["1", "", "", "02-28-2025"], ["1", "", "", "28-02-2025"]]);
        assert_eq!(both[3], Style::Date(DayOrder::DayFirst));
        assert_eq!(styles(&[["1", "", "", "2025-02-28"]])[3], Style::Date(DayOrder::DayFirst));
    }

    #[test]
    fn a_client_column_is_held_to_the_eleven_proof_when_nearly_all_pass() {
        let mut rows = vec![["999900006", "", "", ""]; 9];
        rows.push(["999900007", "", "", ""]);
        assert_eq!(styles(&rows)[0], Style::Client(ClientKind::Bsn));
        assert_eq!(
            styles(&[["ZN-12", "", "", ""], ["999900006", "", "", ""]])[0],
            Style::Client(ClientKind::Number)
        );
    }
}
