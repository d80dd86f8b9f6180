//! Cells as a reader sees them: the one place where a value becomes a Dutch text.
//!
//! Enters: values and columns. Leaves: texts. Does not know in which file they will stand.

use crate::dutch;
use crate::region::Publiek;
use crate::report::document::{Kind, TableColumn, Value};

/// Said of a value that is known and not shown.
pub const HIDDEN: &str = "onderdrukt";

/// Said of a cell in which nothing belongs.
pub const EMPTY: &str = "leeg";

/// For whom an output is, as it stands on every one of them.
pub fn banner(publiek: Publiek) -> &'static str {
    match publiek {
        Publiek::Intern => "INTERN – niet delen",
        Publiek::Regio | Publiek::Openbaar => {
            "REGIO – alleen voor gemeenten en aanbieders van deze regio"
        }
    }
}

/// Unit of a column as it is printed; money is in euros and time in hours unless the column says otherwise.
pub fn unit(column: &TableColumn) -> &str {
    match column.kind {
        Kind::Cents if column.unit.is_empty() => "euro",
        Kind::Hours if column.unit.is_empty() => "uur",
        _ => &column.unit,
    }
}

/// Heading of a column with its unit.
pub fn heading(column: &TableColumn) -> String {
    let unit = unit(column);
    if unit.is_empty() { column.label.clone() } else { format!("{} ({unit})", column.label) }
}

/// A value in the form of its column. Never empty: nothing, hidden and unknown are words.
pub fn text(value: &Value, kind: Kind) -> String {
    match value {
        Value::Text(text) if text.trim().is_empty() => EMPTY.to_owned(),
        Value::Text(text) => text.clone(),
        Value::Int(minuten) if kind == Kind::Hours => dutch::hours(*minuten),
        Value::Int(n) if kind == Kind::Year => n.to_string(),
        Value::Int(n) => dutch::count(*n),
        // The column says that these are euros.
        Value::Cents(cents) => dutch::euro_ct(*cents).replacen("€ ", "", 1).replacen("− ", "-", 1),
        Value::Share(share) => dutch::percent(*share, 1),
        Value::Decimal(number) => {
            let decimals = if let Kind::Decimal(decimals) = kind { decimals } else { 1 };
            dutch::decimal(*number, decimals)
        }
        Value::Date(date) => dutch::date_short(*date),
        Value::Hidden => HIDDEN.to_owned(),
        Value::Empty => EMPTY.to_owned(),
        Value::Unknown { .. } => dutch::UNKNOWN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_has_its_dutch_form() {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 9, 30).unwrap();
        assert_eq!(text(&Value::Int(1240), Kind::Count), "1.240");
        assert_eq!(text(&Value::Int(2025), Kind::Year), "2025");
        assert_eq!(text(&Value::Int(90), Kind::Hours), "1,5");
        assert_eq!(text(&Value::Cents(-123_456), Kind::Cents), "-1.234,56");
        assert_eq!(text(&Value::Share(0.123), Kind::Share), "12,3%");
        assert_eq!(text(&Value::Decimal(2.345), Kind::Decimal(2)), "2,35");
        assert_eq!(text(&Value::Date(date), Kind::Date), "30-09-2025");
    }

    #[test]
    fn zero_nothing_hidden_and_unknown_are_four_texts() {
        let unknown = Value::Unknown { reason: "geen tabel".to_owned() };
        let texts =
            [Value::Int(0), Value::Empty, Value::Hidden, unknown].map(|v| text(&v, Kind::Count));
        assert_eq!(texts, ["0", "leeg", "onderdrukt", "niet te bepalen"]);
        assert_eq!(text(&Value::Decimal(f64::NAN), Kind::Decimal(1)), "niet te bepalen");
        assert_eq!(text(&Value::Text(" ".to_owned()), Kind::Text), "leeg");
    }
}
