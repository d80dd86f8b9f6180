//! A workbook of either kind: its sheets, which of them hold a table, and their rows.

use super::book::{self, Book, Sheet};
use super::layout::{self, Layout, MAX_TOP};
use super::ods::{self, OdsRows};
use super::package::{Fault, Package};
use super::row::Row;
use super::xlsx::XlsxRows;
use crate::rejects::{HIDDEN, excerpt};
use crate::sources::Opened;
use crate::sources::headers::Match;
use crate::sources::input::Input;

/// How every zip begins.
const ZIP: &[u8] = b"PK\x03\x04";
/// Bytes before the name of the first part.
const NAME_AT: usize = 30;
/// Folders and files only office files begin with; which of them comes first differs per producer.
const OFFICE: &[&[u8]] =
    &[b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"word/", b"ppt/", b"customXml/"];

fn first_part(head: &[u8]) -> &[u8] {
    if head.starts_with(ZIP) { head.get(NAME_AT..).unwrap_or_default() } else { &[] }
}

/// True for a zip that begins as Office files do.
pub(super) fn is_xlsx(head: &[u8]) -> bool {
    let first = first_part(head);
    OFFICE.iter().any(|name| first.starts_with(name))
}

/// True for a zip that begins as ODF files do: with a part that says what they are.
pub(super) fn is_ods(head: &[u8]) -> bool {
    first_part(head).starts_with(b"mimetype")
}

/// An open workbook.
pub(super) struct Workbook {
    package: Package,
    kind: Kind,
}

enum Kind {
    Xlsx(Book),
    Ods(Vec<Sheet>),
}

/// Which sheets are read.
#[derive(Default)]
pub(super) struct Plan {
    /// Sheets that hold a table, in the order of their tabs.
    pub(super) layouts: Vec<Layout>,
    /// Sheets that hold something else.
    pub(super) unused: Vec<usize>,
    /// The sheet that comes closest to a table, and which tables those are.
    pub(super) nearest: Option<(usize, Vec<Match>)>,
}

impl Workbook {
    /// Reads what stands outside the sheets.
    pub(super) fn open(input: &Input) -> Result<Self, Fault> {
        let mut package = Package::open(input)?;
        let kind = if package.has("content.xml") && package.has("mimetype") {
            if !package.head("mimetype", 100)?.ends_with(b"opendocument.spreadsheet") {
                return Err(Fault::OtherKind("een ander document van LibreOffice".to_owned()));
            }
            Kind::Ods(ods::sheets(&mut package)?)
        } else {
            let part = book::workbook_part(&mut package)?;
            if part.to_lowercase().ends_with(".bin") {
                return Err(Fault::OtherKind("binaire werkmap (.xlsb)".to_owned()));
            }
            let is_other = ["word/", "ppt/"].iter().any(|folder| package.has_below(folder));
            if is_other && !package.has_below("xl/") {
                return Err(Fault::OtherKind("een Word- of PowerPoint-document".to_owned()));
            }
            Kind::Xlsx(book::read(&mut package, &part)?)
        };
        Ok(Self { package, kind })
    }

    /// Name of the format.
    pub(super) fn format(&self) -> &'static str {
        match self.kind {
            Kind::Xlsx(_) => "XLSX",
            Kind::Ods(_) => "ODS",
        }
    }

    /// The sheets in the order of their tabs.
    pub(super) fn sheets(&self) -> &[Sheet] {
        match &self.kind {
            Kind::Xlsx(book) => &book.sheets,
            Kind::Ods(sheets) => sheets,
        }
    }

    /// The name of a sheet as it may be told: a number that could be a BSN is never shown.
    pub(super) fn shown_name(&self, sheet: usize) -> String {
        match excerpt(&self.sheets()[sheet].name) {
            hidden if hidden == HIDDEN => format!("blad {}", sheet + 1),
            name => name,
        }
    }

    /// True when days are counted from 1904.
    pub(super) fn is_1904(&self) -> bool {
        matches!(&self.kind, Kind::Xlsx(book) if book.is_1904)
    }

    /// The rows of a sheet.
    pub(super) fn rows(&mut self, sheet: usize) -> Result<SheetRows<'_>, Fault> {
        match &self.kind {
            Kind::Xlsx(book) => {
                let part = book.sheets[sheet].part.clone();
                XlsxRows::open(&mut self.package, book, &part).map(SheetRows::Xlsx)
            }
            Kind::Ods(_) => OdsRows::open(&mut self.package, sheet).map(SheetRows::Ods),
        }
    }

    /// Looks at the first rows of every sheet. The sheets that are used are unpacked once to see whether they are
    /// whole: rows of a broken file must not count.
    pub(super) fn plan(&mut self, opened: &Opened<'_>) -> Result<Plan, Fault> {
        let mut plan = Plan::default();
        let used_by = |guesses: &[Match]| {
            guesses.first().map_or(0, |best| best.targets.iter().flatten().count())
        };
        for sheet in 0..self.sheets().len() {
            let rows = self.top(sheet)?;
            if rows.is_empty() {
                continue;
            }
            let name = self.shown_name(sheet);
            match layout::find(opened, sheet, &name, &rows) {
                Ok(found) => plan.layouts.push(found),
                Err(guesses) => {
                    plan.unused.push(sheet);
                    let known = plan.nearest.as_ref().map(|(_, known)| used_by(known));
                    if known.is_none_or(|known| used_by(&guesses) > known) {
                        plan.nearest = Some((sheet, guesses));
                    }
                }
            }
        }
        layout::number(&mut plan.layouts);
        if let Kind::Xlsx(book) = &self.kind {
            for layout in &plan.layouts {
                self.package.verify(&book.sheets[layout.sheet].part)?;
            }
        }
        Ok(plan)
    }

    /// The first rows that hold something.
    fn top(&mut self, sheet: usize) -> Result<Vec<Row>, Fault> {
        let mut rows = self.rows(sheet)?;
        let mut out = Vec::new();
        let mut row = Row::default();
        while out.len() < MAX_TOP && rows.next_row(&mut row)? {
            if !row.is_blank() && row.fault.is_none() {
                out.push(row.clone());
            }
        }
        Ok(out)
    }
}

/// Rows of a sheet of either kind.
pub(super) enum SheetRows<'a> {
    /// Of an XLSX workbook.
    Xlsx(XlsxRows<'a>),
    /// Of an ODS workbook.
    Ods(OdsRows<'a>),
}

impl SheetRows<'_> {
    /// Reads the next row; false at the end of the sheet.
    pub(super) fn next_row(&mut self, row: &mut Row) -> Result<bool, Fault> {
        match self {
            Self::Xlsx(rows) => rows.next_row(row),
            Self::Ods(rows) => rows.next_row(row),
        }
    }

    /// Columns the user does not see.
    pub(super) fn hidden_columns(&self) -> u64 {
        match self {
            Self::Xlsx(rows) => rows.hidden_columns(),
            Self::Ods(rows) => rows.hidden_columns(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zip_of(first: &[u8]) -> Vec<u8> {
        let mut head = ZIP.to_vec();
        head.resize(NAME_AT, 0);
        head.extend_from_slice(first);
        head
    }

    #[test]
    fn workbooks_are_told_from_other_archives() {
        for name in ["[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "xl/workbook.xml"] {
            assert!(is_xlsx(&zip_of(name.as_bytes())), "{name}");
        }
        let ods = zip_of(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
        assert!(is_ods(&ods) && !is_xlsx(&ods));
        for name in ["declaraties.csv", "map/bestand.xlsx", ""] {
            let head = zip_of(name.as_bytes());
            assert!(!is_xlsx(&head) && !is_ods(&head), "{name}");
        }
        assert!(!is_xlsx(b"xl/") && !is_xlsx(b"PK"));
    }
}
