//! In which form a table or a month of declaraties is written.
//!
//! Enters: nothing. Leaves: the names of the forms, what they are called in a file name and how they are described.

/// A dialect of delimited text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Semicolon, UTF-8 with BOM, CRLF, `1.234,50`, dd-mm-jjjj, names of gemeenten.
    Puntkomma,
    /// Comma, LF, `1234.50`, ISO dates, every cell in quotes.
    Komma,
    /// Tab, LF, `1.234,50`, d-m-jjjj, units as words.
    Tab,
    /// Tab, CRLF, windows-1252, `€ 1.234,50`, d-m-jj, lines above the headings and a total row.
    Windows,
}

/// The form of a file with one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Delimited text.
    Text(Dialect),
    /// XLSX with real numbers and dates, lines above the headings, a total row and a hidden sheet.
    Workbook,
    /// XLSX in which every cell is text.
    TextWorkbook,
    /// ODS with real numbers and dates and a total row.
    OpenDocument,
    /// Parquet with typed columns.
    Parquet,
}

/// The form in which one month of declaraties is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthForm {
    /// One table.
    Table(Form),
    /// JW323 messages, one per aanbieder and gemeente.
    Messages,
    /// The same messages in one zip.
    Archive,
}

impl MonthForm {
    /// Every form.
    pub const ALL: [Self; 10] = [
        Self::Table(Form::Text(Dialect::Puntkomma)),
        Self::Table(Form::Text(Dialect::Komma)),
        Self::Table(Form::Text(Dialect::Tab)),
        Self::Table(Form::Text(Dialect::Windows)),
        Self::Table(Form::Workbook),
        Self::Table(Form::TextWorkbook),
        Self::Table(Form::OpenDocument),
        Self::Table(Form::Parquet),
        Self::Messages,
        Self::Archive,
    ];
}

impl Form {
    /// How a file name ends, with the point.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Text(_) => ".csv",
            Self::Workbook | Self::TextWorkbook => ".xlsx",
            Self::OpenDocument => ".ods",
            Self::Parquet => ".parquet",
        }
    }

    /// Whether gemeenten are numbers, which have no zeros in front.
    pub(super) fn drops_zeros(self) -> bool {
        self == Self::Parquet
    }

    /// Whether the last row is a total.
    pub(super) fn has_total(self) -> bool {
        matches!(self, Self::Text(Dialect::Windows) | Self::Workbook | Self::OpenDocument)
    }

    /// What it is, for somebody who opens it; Dutch.
    pub(super) fn description(self) -> &'static str {
        match self {
            Self::Text(Dialect::Puntkomma) => {
                "export met puntkomma's, UTF-8 met BOM, `1.234,50`, dd-mm-jjjj, namen van gemeenten"
            }
            Self::Text(Dialect::Komma) => {
                "export met komma's, elke cel tussen aanhalingstekens, `1234.50`, jjjj-mm-dd, andere koppen, opmerkingen"
            }
            Self::Text(Dialect::Tab) => "export met tabs, `1.234,50`, d-m-jjjj, eenheden als woord",
            Self::Text(Dialect::Windows) => {
                "export met tabs, windows-1252, `€ 1.234,50`, d-m-jj, regels boven de kop en een totaalregel"
            }
            Self::Workbook => {
                "werkboek met echte getallen en datums, regels boven de kop, een totaalregel en een verborgen blad"
            }
            Self::TextWorkbook => "werkboek waarin elk getal en elke datum tekst is",
            Self::OpenDocument => "ODS-werkboek met echte getallen en datums en een totaalregel",
            Self::Parquet => "Parquet met getallen en datums in hun eigen type",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_form_of_a_table_has_its_own_description() {
        let tables = MonthForm::ALL.iter().filter_map(|form| match form {
            MonthForm::Table(form) => Some(*form),
            _ => None,
        });
        let told: BTreeSet<&str> = tables.clone().map(Form::description).collect();
        assert_eq!(told.len(), tables.count());
    }
}
