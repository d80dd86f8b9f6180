//! Tables and rejects as CSV that a Dutch Excel opens with a double click.
//!
//! Enters: a [`Table`] or the rejects. Leaves: bytes: UTF-8 with BOM, `;`, decimal comma, CRLF; text that
//! Excel would take for a formula is neutralised. Does not know where the file goes.

use crate::dutch;
use crate::rejects::Reject;
use crate::report::document::{Cell, Kind, Table, TableColumn, Value};
use crate::report::shown;

/// Without it Excel reads UTF-8 as windows-1252.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Headings of `afkeur.csv`.
const REJECT_HEADINGS: [&str; 12] = [
    "Code",
    "Ernst",
    "Wat is er aan de hand",
    "Bestand",
    "Regel",
    "Tabel",
    "Kolom",
    "Gevonden",
    "Verwacht",
    "Bedrag (euro)",
    "Oplossing",
    "Hersteld in",
];

/// What a reject says about itself: one line and a remedy, both Dutch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleText<'a> {
    /// "bedrag niet te lezen".
    pub title: &'a str,
    /// What the reader can do about it.
    pub remedy: &'a str,
}

/// A table with its numbers unformatted: no thousands mark, money in euros with two decimals, shares
/// between 0 and 1, dates as `2025-09-30`.
pub fn table(table: &Table) -> Vec<u8> {
    let mut lines = Lines::new();
    lines.push(table.columns.iter().map(|column| neutral(&heading(column))));
    for row in &table.rows {
        lines.push(row.cells.iter().zip(&table.columns).map(|(c, column)| cell(c, column.kind)));
    }
    lines.finish()
}

/// Every reject, in the order given; `rule` looks up the words that belong to a code.
pub fn rejects<'a>(rejects: &[Reject], rule: impl Fn(&str) -> Option<RuleText<'a>>) -> Vec<u8> {
    let mut lines = Lines::new();
    lines.push(REJECT_HEADINGS.map(str::to_owned));
    for reject in rejects {
        let text = rule(&reject.code).unwrap_or(RuleText { title: "", remedy: "" });
        lines.push([
            neutral(&reject.code),
            reject.severity.to_string(),
            neutral(text.title),
            neutral(&reject.file),
            if reject.line == 0 { String::new() } else { reject.line.to_string() },
            neutral(&reject.table),
            neutral(&reject.column),
            neutral(&reject.found),
            neutral(&reject.expected),
            reject.bedrag_ct.map_or_else(String::new, plain_euros),
            neutral(text.remedy),
            neutral(&reject.hersteld),
        ]);
    }
    lines.finish()
}

/// The headings of a table as its CSV has them.
pub fn headings(table: &Table) -> Vec<String> {
    table.columns.iter().map(heading).collect()
}

fn heading(column: &TableColumn) -> String {
    if column.kind == Kind::Share {
        return format!("{} (aandeel van 1)", column.label);
    }
    shown::heading(column)
}

/// A cell as its CSV has it.
pub fn cell(cell: &Cell, kind: Kind) -> String {
    match &cell.value {
        Value::Int(minuten) if kind == Kind::Hours => {
            plain_number(*minuten as f64 / 60.0).expect("minutes are finite")
        }
        Value::Text(text) => neutral(text),
        Value::Int(n) => n.to_string(),
        Value::Cents(cents) => plain_euros(*cents),
        Value::Share(number) | Value::Decimal(number) => {
            plain_number(*number).unwrap_or_else(|| dutch::UNKNOWN.to_owned())
        }
        Value::Date(date) => date.format("%Y-%m-%d").to_string(),
        Value::Hidden => shown::HIDDEN.to_owned(),
        Value::Empty => String::new(),
        Value::Unknown { .. } => dutch::UNKNOWN.to_owned(),
    }
}

/// `-1234,05`.
fn plain_euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{},{:02}", cents / 100, cents % 100)
}

/// At most six decimals: beyond that the last bits differ between computers, and the bytes must not.
fn plain_number(number: f64) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Some(if text == "-0" { "0".to_owned() } else { text.replace('.', ",") })
}

/// Text that begins like a formula gets an apostrophe, so that no program runs it.
fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Lines of fields on their way to bytes.
struct Lines(csv::Writer<Vec<u8>>);

impl Lines {
    fn new() -> Self {
        let writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .from_writer(BOM.to_vec());
        Self(writer)
    }

    fn push(&mut self, fields: impl IntoIterator<Item = String>) {
        self.0.write_record(fields).expect("memory takes every record, and all are equally long");
    }

    fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes every record")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rejects::Severity;
    use crate::report::document::Row;

    fn text_of(bytes: &[u8]) -> String {
        String::from_utf8(bytes.strip_prefix(BOM).unwrap().to_vec()).unwrap()
    }

    /// One row, one column per value.
    fn one_row(values: Vec<(Kind, Value)>) -> String {
        let columns = values.iter().map(|(kind, _)| TableColumn::new("k", "", *kind)).collect();
        let mut t = Table::new("t", "Titel", columns);
        t.rows.push(Row::new(values.into_iter().map(|(_, value)| Cell::new(value)).collect()));
        text_of(&table(&t)).split_once("\r\n").unwrap().1.to_owned()
    }

    #[test]
    fn numbers_are_plain_with_a_decimal_comma() {
        let line = one_row(vec![
            (Kind::Count, Value::Int(-1240)),
            (Kind::Cents, Value::Cents(-123_405)),
            (Kind::Cents, Value::Cents(i64::MIN)),
            (Kind::Share, Value::Share(1.0 / 3.0)),
            (Kind::Decimal(1), Value::Decimal(-0.000_000_1)),
            (Kind::Decimal(1), Value::Decimal(1e15)),
            (Kind::Hours, Value::Int(90)),
        ]);
        assert_eq!(
            line,
            "-1240;-1234,05;-92233720368547758,08;0,333333;0;1000000000000000;1,5\r\n"
        );
    }

    #[test]
    fn zero_nothing_hidden_and_unknown_are_four_texts() {
        let line = one_row(vec![
            (Kind::Count, Value::Int(0)),
            (Kind::Count, Value::Empty),
            (Kind::Count, Value::Hidden),
            (Kind::Count, Value::Unknown { reason: "geen tabel".to_owned() }),
            (Kind::Decimal(1), Value::Decimal(f64::NAN)),
        ]);
        assert_eq!(line, "0;;onderdrukt;niet te bepalen;niet te bepalen\r\n");
    }

    #[test]
    fn text_that_looks_like_a_formula_is_neutralised() {
        for text in ["=1+1", "+31", "-x", "@som", "\tx", "\rx"] {
            let line = one_row(vec![(Kind::Text, Value::Text(text.to_owned()))]);
            assert!(line.trim_start_matches('"').starts_with('\''), "{line:?}");
        }
        assert_eq!(one_row(vec![(Kind::Code, Value::Text("0355".to_owned()))]), "0355\r\n");
    }

    #[test]
    fn a_heading_holds_its_unit_and_money_is_in_euros() {
        let columns = vec![
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Kosten; netto", "", Kind::Cents),
            TableColumn::new("Uren", "", Kind::Hours),
            TableColumn::new("Deel", "%", Kind::Share),
        ];
        let text = text_of(&table(&Table::new("t", "Titel", columns)));
        assert_eq!(text, "Gemeente;\"Kosten; netto (euro)\";Uren (uur);Deel (aandeel van 1)\r\n");
    }

    #[test]
    fn a_reject_shows_place_words_and_amount() {
        let reject = Reject {
            code: "MS217".to_owned(),
            severity: Severity::Fataal,
            file: "map/decl \"K3\".csv".to_owned(),
            line: 1204,
            cell: String::new(),
            table: "declaraties".to_owned(),
            column: "Bedrag".to_owned(),
            found: "=12;34".to_owned(),
            expected: "1.234,50".to_owned(),
            bedrag_ct: Some(-5),
            regels: 1,
            bron: String::new(),
            hersteld: "retour.csv".to_owned(),
        };
        let whole = Reject {
            line: 0,
            bedrag_ct: None,
            code: "MS001".to_owned(),
            hersteld: String::new(),
            ..reject.clone()
        };
        let bytes = rejects(&[reject, whole], |code| {
            (code == "MS217")
                .then_some(RuleText { title: "bedrag niet te lezen", remedy: "schrijf 1.234,50" })
        });
        let text = text_of(&bytes);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(
            lines[1],
            "MS217;fataal;bedrag niet te lezen;\"map/decl \"\"K3\"\".csv\";1204;declaraties;Bedrag;\
             \"'=12;34\";1.234,50;-0,05;schrijf 1.234,50;retour.csv"
        );
        assert!(lines[2].starts_with("MS001;fataal;;") && lines[2].ends_with(";1.234,50;;;"));
        assert_eq!(lines.len(), 4);
    }
}
