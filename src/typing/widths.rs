//! Codes of a fixed width, and the zeros that programs take from them.

use crate::schema::{Column, Dtype};
use crate::typing::cells;

/// The form of a code of fixed width.
#[derive(Debug)]
pub(super) struct Width {
    /// How many characters it has.
    pub(super) digits: usize,
    /// How many are left at least when its zeros are lost: what is shorter is something else.
    pub(super) least: usize,
    /// Whether a text of that many characters is such a code.
    pub(super) is_good: fn(&[u8]) -> bool,
}

/// The fixed width of a column. Most codes have none: zeros are never put before those.
pub(super) fn of(column: &Column) -> Option<Width> {
    let is_digits: fn(&[u8]) -> bool = |code| code.iter().all(u8::is_ascii_digit);
    let width = |digits, least| Some(Width { digits, least, is_good: is_digits });
    match (column.dtype, column.name) {
        (Dtype::Agb, _) | (_, "kvk") => width(8, 6),
        (Dtype::Gemeente, _) => width(4, 2),
        (_, "productcategorie") => width(2, 1),
        (Dtype::Client, _) => {
            Some(Width { digits: 9, least: 8, is_good: |code| cells::bsn(code).is_ok() })
        }
        _ => None,
    }
}

/// The longest code of fixed width.
const LONGEST: usize = 9;

/// The code with the zeros that were lost; `None` when it is not short, not all digits, or still no such code.
pub(super) fn padded(cell: &[u8], width: &Width) -> Option<String> {
    let is_short = (width.least..width.digits).contains(&cell.len()) && width.digits <= LONGEST;
    if !is_short || !cell.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let mut code = [b'0'; LONGEST];
    code[width.digits - cell.len()..width.digits].copy_from_slice(cell);
    let code = &code[..width.digits];
    (width.is_good)(code).then(|| String::from_utf8_lossy(code).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{AANBIEDERS, DECLARATIES};

    #[test]
    fn zeros_come_back_where_the_width_is_fixed_and_nowhere_else() {
        let pad = |column: &str, cell: &str| {
            of(DECLARATIES.column(column)).and_then(|width| padded(cell.as_bytes(), &width))
        };
        assert_eq!(pad("gemeente", "355").as_deref(), Some("0355"));
        assert_eq!(pad("agb", "123456").as_deref(), Some("00123456"));
        assert_eq!(pad("agb", "12345678"), None);
        assert_eq!(pad("agb", "12345a"), None);
        assert_eq!(pad("agb", "12345"), None);
        assert_eq!(pad("productcategorie", "5").as_deref(), Some("05"));
        assert_eq!(pad("productcode", "45"), None);
        assert_eq!(pad("referentienummer", "45"), None);
        let kvk = of(AANBIEDERS.column("kvk")).unwrap();
        assert_eq!(padded(b"1234567", &kvk).as_deref(), Some("01234567"));
    }

    #[test]
    fn a_short_bsn_is_completed_when_it_then_passes_the_eleven_proof() {
        let width = of(DECLARATIES.column("client")).unwrap();
        // 0·9 + 1·8 + 0 … + 8·(-1) = 0, a multiple of eleven.
        assert_eq!(padded(b"10000008", &width).as_deref(), Some("010000008"));
        assert_eq!(padded(b"10000009", &width), None);
        // 000000012 passes too, and is nobody's.
        assert_eq!(padded(b"12", &width), None);
    }
}
