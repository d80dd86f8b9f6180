//! Rows of cells → which of them is the heading, and what the rows below it are.
//!
//! Enters: rows as a reader of text or of sheets cut them, without their addresses. Leaves: the heading with its
//! [`Match`], and per row whether it holds data, nothing, the heading again, or a sum of the supplier.
//! Does not know where a row stands or what an amount is worth.

use crate::schema::{Dtype, GEMEENTEN, Need, Table, normalise_heading};
use crate::sources::Aliases;
use crate::sources::headers::{self, Match, Recognised};

/// Rows at the top among which the heading is looked for.
pub const MAX_PREAMBLE: usize = 30;

/// A row, whatever holds its cells.
pub trait Cells {
    /// Number of cells.
    fn n_cells(&self) -> usize;
    /// One cell as the supplier wrote it, without surrounding quotes; empty behind the last one.
    fn cell(&self, at: usize) -> &[u8];
}

impl<T: AsRef<[u8]>> Cells for [T] {
    fn n_cells(&self) -> usize {
        self.len()
    }

    fn cell(&self, at: usize) -> &[u8] {
        self.get(at).map_or(&[], AsRef::as_ref)
    }
}

impl<T: AsRef<[u8]>> Cells for Vec<T> {
    fn n_cells(&self) -> usize {
        self.len()
    }

    fn cell(&self, at: usize) -> &[u8] {
        self.as_slice().cell(at)
    }
}

/// What the top of a table says.
#[derive(Debug)]
pub enum Top {
    /// The heading was found.
    Heading(Heading),
    /// No row is a heading: the nearest tables of the row that comes closest, best first.
    Unknown(Vec<Match>),
}

/// The row that names the columns.
#[derive(Debug)]
pub struct Heading {
    /// Its position among the rows; those before it are a preamble.
    pub at: usize,
    /// Headings as written, trimmed; one per cell.
    pub headings: Vec<String>,
    /// The table they fit.
    pub matched: Match,
}

/// Finds the heading among the first rows of a table: the first row that one table fits. Titles, the name of the
/// report or the day it was made often stand above it.
pub fn find_heading<R: Cells>(rows: &[R], aliases: &Aliases, forced: Option<&str>) -> Top {
    let mut nearest: Vec<Match> = Vec::new();
    for (at, row) in rows.iter().enumerate().take(MAX_PREAMBLE + 1) {
        let headings = texts(row);
        match headers::recognise(&headings, aliases, forced) {
            Recognised::Table(matched) => return Top::Heading(Heading { at, headings, matched }),
            Recognised::None(guesses) => {
                if rank(&guesses) > rank(&nearest) {
                    nearest = guesses;
                }
            }
        }
    }
    Top::Unknown(nearest)
}

fn texts<R: Cells>(row: &R) -> Vec<String> {
    let text = |at| String::from_utf8_lossy(row.cell(at)).trim().to_owned();
    (0..row.n_cells()).map(text).collect()
}

/// Headings used by the best guess: a line of text that holds one known word must not hide the heading.
fn rank(guesses: &[Match]) -> usize {
    guesses.first().map_or(0, |best| best.targets.iter().flatten().count())
}

/// What a row below the heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Cells of one record.
    Data,
    /// No cell holds anything.
    Blank,
    /// The heading once more, as exports in pages have it.
    Heading,
    /// A sum of the supplier: it says so, and what a record needs is not there.
    Total,
    /// Amounts without anything they belong to: a sum when no data follow it, else a record that is broken.
    /// A reader holds it until it knows ([`Held`]).
    LastTotal,
}

/// What rows of one table are held against.
#[derive(Debug)]
pub struct Rows {
    headings: Vec<Vec<u8>>,
    /// Per cell the type of its column and whether a record must have it; `None` when it is not used.
    columns: Vec<Option<(Dtype, bool)>>,
    /// Position of what a record cannot do without, amounts left out.
    keys: Vec<usize>,
    /// A client must be filled: such a row is a record, whatever its other cells say.
    client: Option<usize>,
    /// Where a correction says which row it mends: such a row is a record, however empty.
    origin: Option<usize>,
    /// Where region and value stand in a table of CBS `StatLine`.
    statline: Option<(usize, usize)>,
}

impl Rows {
    /// For the rows below this heading.
    pub fn new(table: &Table, headings: &[String], targets: &[Option<usize>]) -> Self {
        let column = |target: &Option<usize>| {
            target.map(|position| {
                let column = &table.columns[position];
                (column.dtype, column.need == Need::Required)
            })
        };
        let columns: Vec<_> = targets.iter().map(column).collect();
        let is_key = |at: &usize| matches!(columns[*at], Some((d, true)) if !is_amount(d));
        let keys: Vec<usize> = (0..columns.len()).filter(is_key).collect();
        let is_client = |at: &&usize| matches!(columns[**at], Some((Dtype::Client, _)));
        let client = keys.iter().find(is_client).copied();
        let normalised: Vec<String> = headings.iter().map(|h| normalise_heading(h)).collect();
        let at = |name| targets.iter().position(|target| *target == table.position(name));
        let is_statline = table.name == GEMEENTEN.name && headers::is_statline(&normalised);
        let statline = at("gemeente").zip(at("jeugdigen")).filter(|_| is_statline);
        let origin = headers::origin(headings).map(|(bestand, _)| bestand);
        let headings = headings.iter().map(|text| text.as_bytes().to_vec()).collect();
        Self { headings, columns, keys, client, origin, statline }
    }

    /// What this row is. A row with another number of cells than the heading is data or blank: it is not for here to
    /// say where its cells belong.
    pub fn kind<R: Cells + ?Sized>(&self, row: &R) -> Kind {
        let n = row.n_cells();
        if let Some(kind) = self.kind_in_statline(row) {
            return kind;
        }
        if n == self.columns.len() && self.origin.is_some_and(|at| !is_empty(row.cell(at))) {
            return if self.is_heading(row) { Kind::Heading } else { Kind::Data };
        }
        if n == self.columns.len() && self.keys.iter().all(|at| !is_empty(row.cell(*at))) {
            return self.kind_of_full(row);
        }
        if (0..n).all(|at| is_empty(row.cell(at))) {
            Kind::Blank
        } else if n != self.columns.len() {
            Kind::Data
        } else if self.is_heading(row) {
            Kind::Heading
        } else if self.is_total(row) {
            Kind::Total
        } else if self.is_loose_amount(row) {
            Kind::LastTotal
        } else {
            Kind::Data
        }
    }

    /// A row in which every key is filled: nearly always data, and decided on its first key.
    fn kind_of_full<R: Cells + ?Sized>(&self, row: &R) -> Kind {
        let first = self.keys.first().copied().unwrap_or(0);
        let is_same =
            |heading: &Vec<u8>| row.cell(first).trim_ascii_start().first() == heading.first();
        if self.headings.get(first).is_some_and(is_same) && self.is_heading(row) {
            return Kind::Heading;
        }
        let says_total = |at: &usize| is_label(row.cell(*at));
        if self.client.is_none() && self.keys.iter().any(says_total) && self.is_total(row) {
            return Kind::Total;
        }
        if self.keys.is_empty() && (0..row.n_cells()).all(|at| is_empty(row.cell(at))) {
            return Kind::Blank;
        }
        Kind::Data
    }

    /// CBS gives a row to every gemeente there ever was, with a point where it has no number, and rows for the
    /// country, its parts and its provinces, which are sums of gemeenten.
    fn kind_in_statline<R: Cells + ?Sized>(&self, row: &R) -> Option<Kind> {
        let (region, value) = self.statline.filter(|_| row.n_cells() == self.columns.len())?;
        let (region, value) = (trim(row.cell(region)), trim(row.cell(value)));
        let is_code = region.len() >= 4
            && region[..2].iter().all(u8::is_ascii_uppercase)
            && region[2..].iter().all(u8::is_ascii_digit);
        if is_code && !region.starts_with(b"GM") {
            Some(Kind::Total)
        } else {
            (is_code && matches!(value, b"" | b".")).then_some(Kind::Blank)
        }
    }

    fn is_heading<R: Cells + ?Sized>(&self, row: &R) -> bool {
        self.headings.iter().enumerate().all(|(at, heading)| trim(row.cell(at)) == heading)
    }

    /// A cell says "totaal" and what a record needs is missing. The word in the place of a code or a date is as good
    /// as missing; beside a client it is part of a name.
    fn is_total<R: Cells + ?Sized>(&self, row: &R) -> bool {
        let Some(label) = (0..row.n_cells()).find(|at| is_label(row.cell(*at))) else {
            return false;
        };
        let is_missing = |at: usize| {
            let is_text = matches!(self.columns[at], Some((Dtype::Text, _)));
            trim(row.cell(at)).is_empty() || (at == label && !is_text)
        };
        self.client.is_none_or(is_missing) && self.keys.iter().any(|at| is_missing(*at))
    }

    /// At least one amount, and besides amounts nothing but numbers under headings that are not used.
    fn is_loose_amount<R: Cells + ?Sized>(&self, row: &R) -> bool {
        let mut n_amounts = 0;
        for (at, column) in self.columns.iter().enumerate() {
            let cell = trim(row.cell(at));
            match column {
                _ if cell.is_empty() => {}
                Some((dtype, _)) if is_amount(*dtype) => n_amounts += 1,
                None if !cell.iter().any(u8::is_ascii_alphabetic) => {}
                _ => return false,
            }
        }
        n_amounts > 0
    }
}

fn is_amount(dtype: Dtype) -> bool {
    matches!(dtype, Dtype::Cent | Dtype::Milli)
}

/// Words with which a supplier begins a row of sums.
const LABELS: &[&[u8]] = &[
    b"totaal",
    b"totalen",
    b"eindtotaal",
    b"subtotaal",
    b"sub-totaal",
    b"sub totaal",
    b"generaal totaal",
    b"total",
    b"subtotal",
    b"grand total",
];

fn is_label(cell: &[u8]) -> bool {
    let cell = trim(cell);
    // Nearly every cell is told apart by its first letter.
    if !matches!(cell.first(), Some(b't' | b'T' | b'e' | b'E' | b's' | b'S' | b'g' | b'G')) {
        return false;
    }
    LABELS.iter().any(|label| {
        let n = label.len();
        let is_it = cell.len() >= n && cell[..n].eq_ignore_ascii_case(label);
        is_it && !cell.get(n).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
    })
}

/// Nearly every cell is told by its first byte.
fn is_empty(cell: &[u8]) -> bool {
    match cell.first() {
        None => true,
        Some(first) => !first.is_ascii_graphic() && trim(cell).is_empty(),
    }
}

fn trim(cell: &[u8]) -> &[u8] {
    let mut out = cell.trim_ascii();
    // No-break spaces, which spreadsheets leave behind.
    while let Some(next) = out.strip_prefix(b"\xc2\xa0").or_else(|| out.strip_suffix(b"\xc2\xa0")) {
        out = next.trim_ascii();
    }
    out
}

/// At most one row of which is not yet known whether it is a sum or a broken record.
#[derive(Debug)]
pub struct Held<R>(Option<R>);

impl<R> Default for Held<R> {
    fn default() -> Self {
        Self(None)
    }
}

impl<R> Held<R> {
    /// Holds a row of [`Kind::LastTotal`]; gives back the one held before, which is data.
    pub fn hold(&mut self, row: R) -> Option<R> {
        self.0.replace(row)
    }

    /// Data or a named total follows: the row held before is data. At the end of the table it is a total.
    pub fn take(&mut self) -> Option<R> {
        self.0.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<&str> {
        text.split(';').collect()
    }

    fn rows(heading: &str) -> Rows {
        let Top::Heading(found) = find_heading(&[row(heading)], &Aliases::new(), None) else {
            panic!("{heading} is no heading")
        };
        Rows::new(found.matched.table, &found.headings, &found.matched.targets)
    }

    const HEADING: &str =
        "Gemeente;AGB-code;Bsn;Productcode;Begindatum;Einddatum;Volume;Eenheid;Bedrag;Opmerking";

    #[track_caller]
    fn is(expected: Kind, text: &str) {
        assert_eq!(rows(HEADING).kind(&row(text)), expected, "{text}");
    }

    #[test]
    fn a_heading_may_stand_below_a_preamble() {
        let top =
            [row("Export declaraties gemeente"), row(""), row("Gemaakt op;1-2-2025"), row(HEADING)];
        let Top::Heading(found) = find_heading(&top, &Aliases::new(), None) else {
            panic!("should be found")
        };
        assert_eq!((found.at, found.matched.table.name), (3, "declaraties"));
        assert_eq!(found.headings[1], "AGB-code");
    }

    #[test]
    fn without_a_heading_the_nearest_row_gives_the_guesses() {
        let top = [row("Gemeente"), row("Gemeente;AGB;Bsn;Maand"), row("1;2;3;4")];
        let Top::Unknown(guesses) = find_heading(&top, &Aliases::new(), None) else {
            panic!("should not be found")
        };
        assert_eq!(
            headers::guesses(&guesses).split(';').next(),
            Some("lijkt het meest op plannen (mist: Ingangsdatum)")
        );
        let deep = vec![row("x"); MAX_PREAMBLE + 1];
        let deep: Vec<_> = deep.into_iter().chain([row(HEADING)]).collect();
        assert!(matches!(find_heading(&deep, &Aliases::new(), None), Top::Unknown(_)));
    }

    #[test]
    fn records_blank_rows_and_headings_are_told_apart() {
        is(Kind::Data, "9901;99000101;999900006;45A04;1-7-2025;31-7-2025;4;uur;50,00;");
        is(Kind::Data, "9901;;999900006;45A04;1-7-2025;31-7-2025;4;uur;50,00;x");
        is(Kind::Blank, ";;;;; ;;;\u{a0};");
        is(Kind::Blank, "");
        is(Kind::Heading, HEADING);
        is(Kind::Heading, &HEADING.replace("Bsn", " Bsn "));
        is(Kind::Data, &HEADING.replace("Bsn", "Bns"));
        is(Kind::Data, "Totaal;50,00");
    }

    #[test]
    fn a_sum_is_named_or_stands_alone() {
        is(Kind::Total, "Totaal;;;;;;4;;50,00;");
        is(Kind::Total, ";;;;;;;;50,00;TOTAAL augustus");
        is(Kind::Total, "9901;Subtotaal: 9901;;;;;;;50,00;");
        is(Kind::LastTotal, ";;;;;;4;;50,00;");
        is(Kind::LastTotal, ";;;;;;;;50,00;12");
        is(Kind::Data, ";;;;;;;;50,00;vergeten");
        is(Kind::Data, ";;;;;;;;;12");
    }

    #[test]
    fn a_row_with_a_client_is_never_a_sum() {
        is(Kind::Data, "Totaal;99000101;999900006;45A04;1-7-2025;31-7-2025;4;uur;50,00;");
        is(Kind::Data, ";;999900006;;;;;;50,00;Totaal");
        is(Kind::Data, "9901;99000101;999900006;45A04;1-7-2025;31-7-2025;4;uur;5;Totaal gezien");
        is(Kind::Data, "Totaalzorg;;;;;;4;;50,00;");
    }

    #[test]
    fn a_row_of_a_correction_is_a_record_however_empty() {
        let heading = "Herkomst bestand;Herkomst regel;Wat is er;Volume;Eenheid;Bedrag";
        let rows = rows(heading);
        assert_eq!(rows.kind(&row("totaal.csv;12;;;;")), Kind::Data);
        assert_eq!(rows.kind(&row("12;12;;;;50,00")), Kind::Data);
        assert_eq!(rows.kind(&row(heading)), Kind::Heading);
        assert_eq!(rows.kind(&row(";;;;;")), Kind::Blank);
        assert_eq!(rows.kind(&row("Totaal;;;;;50,00")), Kind::Data);
    }

    #[test]
    fn statline_has_sums_of_gemeenten_and_gemeenten_without_a_number() {
        let rows = rows("ID;RegioS;Perioden;Jeugdigen_1");
        assert_eq!(rows.kind(&row("0;GM0355  ;2021JJ00;   13620")), Kind::Data);
        assert_eq!(rows.kind(&row("1;NL01    ;2021JJ00; 3290000")), Kind::Total);
        assert_eq!(rows.kind(&row("2;PV26    ;2021JJ00;  280000")), Kind::Total);
        assert_eq!(rows.kind(&row("3;GM0003  ;2021JJ00;       .")), Kind::Blank);
        assert_eq!(rows.kind(&row("4;Zeist;2021JJ00;.")), Kind::Data);
    }

    #[test]
    fn a_table_without_clients_has_sums_too() {
        let rows = rows("gemeente;jaar;jeugdigen");
        assert_eq!(rows.kind(&row("Totaal;2025;5000")), Kind::Total);
        assert_eq!(rows.kind(&row("9901;2025;5000")), Kind::Data);
    }
}
