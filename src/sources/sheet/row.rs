//! One row of a sheet, as both kinds of workbook give it.

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text as typed.
    Text,
    /// A number in machine form (`-1234.5`).
    Number,
    /// A number that needs more digits than a workbook keeps: its last digits are lost.
    Rounded,
    /// A date in machine form (`2025-12-31`, `2025-12-31T13:30:00`).
    Date,
    /// `true` or `false`.
    Bool,
    /// An error value (`#N/B`).
    Error,
    /// A formula of which no outcome was stored.
    NoValue,
}

impl Kind {
    /// True for what typing need not decide a style for.
    pub(super) fn is_native(self) -> bool {
        matches!(self, Self::Number | Self::Rounded | Self::Date | Self::Bool)
    }

    /// True when the cell has no value that can be relied on.
    pub(super) fn is_lost(self) -> bool {
        matches!(self, Self::Error | Self::NoValue)
    }
}

/// A cell with something in it.
#[derive(Debug, Clone, Copy)]
struct Cell {
    column: u32,
    begin: usize,
    end: usize,
    kind: Kind,
}

/// Why a row cannot be trusted to hold what it seems to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowFault {
    /// A cell without an address that can exist.
    Address,
    /// Two cells with one address.
    Twice,
    /// Its number is not beyond that of the row before.
    Order,
    /// More text than a row can be meant to hold.
    TooLarge,
    /// A cell refers to a text that is not there, or has a kind nobody knows.
    Content,
}

impl RowFault {
    /// In Dutch, for `found`.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Address => "een cel zonder geldig adres",
            Self::Twice => "twee cellen met hetzelfde adres",
            Self::Order => "een rijnummer dat al is geweest of niet kan",
            Self::TooLarge => "meer tekst dan in een rij kan zijn bedoeld",
            Self::Content => "een cel die verwijst naar inhoud die er niet is",
        }
    }
}

/// Rows a sheet can have.
pub(super) const MAX_ROWS: u64 = 1_048_576;
/// Columns a sheet can have (`XFD`).
pub(super) const MAX_COLUMNS: u32 = 16_384;
/// Bytes of text in one row beyond which it is refused.
const MAX_ROW_BYTES: usize = 1 << 20;

/// The cells of one row; empty ones are left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// 1-based number, as the user sees it.
    pub(super) number: u64,
    /// True when the user does not see it.
    pub(super) is_hidden: bool,
    /// Why it is refused.
    pub(super) fault: Option<RowFault>,
    cells: Vec<Cell>,
    text: Vec<u8>,
}

impl Row {
    /// Empties the row for the next one.
    pub(super) fn clear(&mut self) {
        self.number = 0;
        self.is_hidden = false;
        self.fault = None;
        self.cells.clear();
        self.text.clear();
    }

    /// Adds a cell; the first fault of a row is the one that is told.
    pub(super) fn push(&mut self, column: u32, kind: Kind, text: &str) {
        if self.fault.is_some() || (text.is_empty() && !kind.is_lost()) {
            return;
        }
        if column >= MAX_COLUMNS {
            return self.refuse(RowFault::Address);
        }
        if self.text.len() + text.len() > MAX_ROW_BYTES {
            return self.refuse(RowFault::TooLarge);
        }
        let begin = self.text.len();
        self.text.extend_from_slice(text.as_bytes());
        self.cells.push(Cell { column, begin, end: self.text.len(), kind });
    }

    /// Marks the row as one that cannot be used.
    pub(super) fn refuse(&mut self, fault: RowFault) {
        self.fault.get_or_insert(fault);
    }

    /// Puts the cells in order; two of one address are a fault.
    pub(super) fn finish(&mut self) {
        if !self.cells.is_sorted_by_key(|cell| cell.column) {
            self.cells.sort_by_key(|cell| cell.column);
        }
        if self.cells.windows(2).any(|pair| pair[0].column == pair[1].column) {
            self.refuse(RowFault::Twice);
        }
    }

    /// True when no cell says anything.
    pub(super) fn is_blank(&self) -> bool {
        let is_white = |cell: &Cell| {
            let text = &self.text[cell.begin..cell.end];
            !cell.kind.is_lost() && String::from_utf8_lossy(text).trim().is_empty()
        };
        self.fault.is_none() && self.cells.iter().all(is_white)
    }

    /// A cell by its column; empty when there is none.
    pub(super) fn cell(&self, column: u32) -> (&[u8], Kind) {
        match self.cells.binary_search_by_key(&column, |cell| cell.column) {
            Ok(at) => {
                let cell = self.cells[at];
                (&self.text[cell.begin..cell.end], cell.kind)
            }
            Err(_) => (&[], Kind::Text),
        }
    }

    /// Columns that hold something, in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = u32> {
        self.cells.iter().map(|cell| cell.column)
    }
}

/// Letters of a column: 0 is `A`, 26 is `AA`.
pub(super) fn letters(column: u32) -> String {
    let mut out = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        out.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    out.iter().rev().collect()
}

/// Column and row (1-based) of an address such as `AB12`; `None` when it cannot exist.
pub(super) fn address(text: &str) -> Option<(u32, u64)> {
    let split = text.bytes().position(|byte| !byte.is_ascii_alphabetic())?;
    let (name, digits) = text.split_at(split);
    if name.is_empty() || name.len() > 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let column = name
        .bytes()
        .fold(0u32, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    let row: u64 = digits.parse().ok()?;
    let fits = column <= MAX_COLUMNS && (1..=MAX_ROWS).contains(&row);
    fits.then_some((column - 1, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_letters_belong_together() {
        for (text, column, row) in [("A1", 0, 1), ("Z9", 25, 9), ("AA10", 26, 10)] {
            assert_eq!(address(text), Some((column, row)), "{text}");
        }
        assert_eq!(address("XFD1048576"), Some((16_383, 1_048_576)));
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A-1", "A1B", "Á1"] {
            assert_eq!(address(text), None, "{text}");
        }
        for column in [0, 25, 26, 701, 702, 16_383] {
            assert_eq!(address(&format!("{}7", letters(column))), Some((column, 7)));
        }
    }

    #[test]
    fn cells_out_of_order_are_put_right_and_double_ones_refused() {
        let mut row = Row::default();
        row.push(3, Kind::Text, "d");
        row.push(1, Kind::Number, "2");
        row.finish();
        assert_eq!(row.fault, None);
        assert_eq!(row.cell(1), (&b"2"[..], Kind::Number));
        assert_eq!(row.cell(2).0, b"");
        row.push(1, Kind::Text, "x");
        row.finish();
        assert_eq!(row.fault, Some(RowFault::Twice));
    }

    #[test]
    fn a_row_that_cannot_be_meant_is_refused_with_bounded_memory() {
        let mut row = Row::default();
        let text = "x".repeat(32_767);
        for column in 0..MAX_COLUMNS {
            row.push(column, Kind::Text, &text);
        }
        assert_eq!(row.fault, Some(RowFault::TooLarge));
        assert!(row.text.len() <= MAX_ROW_BYTES);
        let mut row = Row::default();
        row.push(MAX_COLUMNS, Kind::Text, "x");
        assert_eq!(row.fault, Some(RowFault::Address));
    }
}
