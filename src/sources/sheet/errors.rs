//! Error values of a workbook, by the names under which Excel stores and shows them.

use super::row::Kind;

/// Text, or the name of an error that was pasted as text.
pub(super) fn text_kind(text: &str) -> Kind {
    let is_error = text.starts_with('#')
        && ERRORS.iter().any(|(stored, shown)| text == *stored || text == *shown);
    if is_error { Kind::Error } else { Kind::Text }
}

/// Errors as a workbook stores them and as a Dutch Excel shows them.
const ERRORS: &[(&str, &str)] = &[
    ("#N/A", "#N/B"),
    ("#REF!", "#VERW!"),
    ("#DIV/0!", "#DEEL/0!"),
    ("#VALUE!", "#WAARDE!"),
    ("#NAME?", "#NAAM?"),
    ("#NUM!", "#GETAL!"),
    ("#NULL!", "#LEEG!"),
    ("#SPILL!", "#OVERLOOP!"),
    ("#CALC!", "#BEREKENEN!"),
    ("#GETTING_DATA", "#GEGEVENS_OPHALEN"),
];

/// An error as the user sees it in Excel.
pub(super) fn shown_error(stored: &str) -> &str {
    let stored = stored.trim();
    ERRORS.iter().find(|(name, _)| *name == stored).map_or("#FOUT", |(_, shown)| shown)
}
