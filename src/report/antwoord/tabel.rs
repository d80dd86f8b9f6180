//! An answer as a table of the report, so that every writer of tables can write it.
//!
//! Enters: an [`Antwoord`]. Leaves: a [`Table`]. Does not know how a number is written.

use std::collections::BTreeMap;

use crate::disclosure::{Antwoord, Cel, Shown};
use crate::dutch;
use crate::metrics::antwoord::{Kolom, Soort, Waarde};
use crate::report::antwoord::Gemeenten;
use crate::report::document::{Cell, Kind, Row, Table, TableColumn, Value};

/// Units that a heading may end with and that the table adds itself.
const ADDED: [&str; 5] = [" (euro)", " (eurocent)", " (uur)", " (%)", " (aandeel)"];

/// Names by code.
pub(super) struct Names<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Names<'a> {
    pub(super) fn new(gemeenten: Gemeenten<'a>) -> Self {
        Self(gemeenten.iter().map(|(code, naam)| (code.as_str(), naam.as_str())).collect())
    }

    /// The name of a gemeente; a code of another region stays what it is.
    pub(super) fn of<'b>(&self, code: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.0.get(code).copied().unwrap_or(code)
    }
}

/// The answer with the names of the gemeenten.
pub(super) fn with_names(antwoord: &Antwoord, gemeenten: Gemeenten<'_>) -> Table {
    table(antwoord, &Names::new(gemeenten), false)
}

/// The answer with code and name of a gemeente, so that it can be joined to other tables.
pub(super) fn with_codes(antwoord: &Antwoord, gemeenten: Gemeenten<'_>) -> Table {
    table(antwoord, &Names::new(gemeenten), true)
}

fn table(antwoord: &Antwoord, names: &Names<'_>, has_codes: bool) -> Table {
    let mut columns = Vec::new();
    let mut rows: Vec<Row> = antwoord.rijen().iter().map(|_| Row::new(Vec::new())).collect();
    for (at, kolom) in antwoord.kolommen().iter().enumerate() {
        let cells = || antwoord.rijen().iter().map(|row| &row[at]);
        if has_codes && kolom.soort == Soort::Gemeente {
            let label = format!("{}code", kolom.kop);
            columns.push(TableColumn::new(&label, "", Kind::Code));
            push(&mut rows, cells().map(|cel| cell(cel, kolom, Kind::Code)));
        }
        let kind = kind(kolom, cells());
        columns.push(TableColumn::new(&label(&kolom.kop, kind), "", kind));
        if kolom.soort == Soort::Gemeente {
            push(&mut rows, cells().map(|cel| named(cell(cel, kolom, kind), names)));
        } else {
            push(&mut rows, cells().map(|cel| cell(cel, kolom, kind)));
        }
    }
    let mut table = Table::new(&stem(antwoord), antwoord.titel(), columns);
    table.rows = rows;
    table.source_line = bron(antwoord);
    table
}

fn push(rows: &mut [Row], cells: impl Iterator<Item = Cell>) {
    for (row, cell) in rows.iter_mut().zip(cells) {
        row.cells.push(cell);
    }
}

fn named(cell: Cell, names: &Names<'_>) -> Cell {
    match cell.value {
        Value::Text(code) => Cell { value: Value::Text(names.of(&code).to_owned()), ..cell },
        value => Cell { value, ..cell },
    }
}

/// The heading without the unit that the table adds.
fn label(kop: &str, kind: Kind) -> String {
    let is_added = matches!(kind, Kind::Cents | Kind::Hours | Kind::Share);
    let without = ADDED.iter().find_map(|unit| kop.strip_suffix(unit)).filter(|_| is_added);
    let mut label = dutch::capital(without.unwrap_or(kop).trim());
    if kind == Kind::Hours {
        // Minutes are shown in hours.
        label = label.replace("Minuten", "Tijd").replace("minuten", "tijd");
    }
    if label.is_empty() { "Kolom".to_owned() } else { label }
}

/// Name of files, anchors and tables: of the query, in the letters that those take.
pub(super) fn stem(antwoord: &Antwoord) -> String {
    let slug = dutch::slug(antwoord.naam());
    slug.trim_start_matches('_').to_owned()
}

/// Where it comes from, as one line that says so.
pub(super) fn bron(antwoord: &Antwoord) -> String {
    let bron = antwoord.bron().trim();
    if bron.is_empty() || bron.starts_with("Bron") {
        bron.to_owned()
    } else {
        format!("Bron: {bron}")
    }
}

/// What the cells of a column hold. A column of numbers in which words stand is shown as words: nothing is lost.
pub(super) fn kind<'c>(kolom: &Kolom, cells: impl Iterator<Item = &'c Cel> + Clone) -> Kind {
    let values = || {
        cells.clone().filter_map(|cel| match &cel.waarde {
            Shown::Value(waarde) => Some(waarde),
            Shown::Hidden | Shown::Unknown(_) => None,
        })
    };
    let kind = match kolom.soort {
        Soort::Code | Soort::Kwartaal | Soort::Maand => return Kind::Code,
        Soort::Datum
            if values().all(|waarde| matches!(waarde, Waarde::Datum(_) | Waarde::Leeg)) =>
        {
            return Kind::Date;
        }
        Soort::Tekst | Soort::Gemeente | Soort::JaNee | Soort::Datum => return Kind::Text,
        Soort::Aantal | Soort::Jaar
            if values().any(|waarde| matches!(waarde, Waarde::Getal(_))) =>
        {
            Kind::Decimal(2)
        }
        Soort::Jaar => Kind::Year,
        Soort::Aantal if is_year(&kolom.naam) => Kind::Year,
        Soort::Aantal => Kind::Count,
        Soort::Eurocent => Kind::Cents,
        Soort::Minuten => Kind::Hours,
        Soort::Duizendste => Kind::Decimal(decimals(values())),
        Soort::Aandeel => Kind::Share,
        Soort::Getal(decimals) => Kind::Decimal(decimals),
    };
    let is_number =
        |waarde: &Waarde| matches!(waarde, Waarde::Geheel(_) | Waarde::Getal(_) | Waarde::Leeg);
    if values().all(is_number) { kind } else { Kind::Text }
}

fn is_year(naam: &str) -> bool {
    naam.split('_').any(|word| word.ends_with("jaar") && word != "halfjaar")
}

/// As many decimals as the thousandths need; one at least, as in the report.
fn decimals<'v>(mut values: impl Iterator<Item = &'v Waarde> + Clone) -> u8 {
    let fits = |unit: i64| {
        move |waarde: &Waarde| match waarde {
            Waarde::Geheel(n) => n % unit == 0,
            Waarde::Getal(_) => false,
            _ => true,
        }
    };
    let mut again = values.clone();
    if again.all(fits(100)) {
        1
    } else if values.all(fits(10)) {
        2
    } else {
        3
    }
}

/// The cell of a value under a column of that kind.
pub(super) fn cell(cel: &Cel, kolom: &Kolom, kind: Kind) -> Cell {
    let value = match &cel.waarde {
        Shown::Value(waarde) if kolom.soort == Soort::Duizendste => thousandths(waarde, kind),
        Shown::Value(waarde) => value(waarde, kind),
        Shown::Hidden => Value::Hidden,
        Shown::Unknown(reason) => Value::Unknown { reason: reason.clone() },
    };
    Cell { value, address: cel.adres.clone() }
}

fn value(waarde: &Waarde, kind: Kind) -> Value {
    match (waarde, kind) {
        (Waarde::Leeg, _) => Value::Empty,
        (Waarde::Datum(date), Kind::Date) => Value::Date(*date),
        (Waarde::Geheel(n), _) if kind.is_number() => whole(*n, kind),
        (Waarde::Getal(number), _) if kind.is_number() => number_of(*number, kind),
        (Waarde::Tekst(text), _) => Value::Text(text.clone()),
        (Waarde::Geheel(n), _) => Value::Text(n.to_string()),
        (Waarde::Getal(number), _) => Value::Text(dutch::decimal(*number, 2)),
        (Waarde::Datum(date), _) => Value::Text(dutch::date_short(*date)),
        (Waarde::JaNee(yes), _) => Value::Text(if *yes { "ja" } else { "nee" }.to_owned()),
    }
}

fn thousandths(waarde: &Waarde, kind: Kind) -> Value {
    match waarde {
        Waarde::Geheel(n) => value(&Waarde::Getal(*n as f64 / 1000.0), kind),
        Waarde::Getal(number) => value(&Waarde::Getal(number / 1000.0), kind),
        other => value(other, kind),
    }
}

fn whole(n: i64, kind: Kind) -> Value {
    match kind {
        Kind::Cents => Value::Cents(n),
        Kind::Share => Value::Share(n as f64),
        Kind::Decimal(_) => Value::Decimal(n as f64),
        _ => Value::Int(n),
    }
}

/// A broken number in a column of whole ones is rounded to that unit; where that is no number, nothing is known.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a float that is too large becomes the largest whole number"
)]
fn number_of(number: f64, kind: Kind) -> Value {
    match kind {
        _ if !number.is_finite() => Value::Unknown { reason: "dit is geen getal".to_owned() },
        Kind::Cents => Value::Cents(number.round() as i64),
        Kind::Share => Value::Share(number),
        Kind::Decimal(_) => Value::Decimal(number),
        _ => Value::Int(number.round() as i64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_says_what_is_shown() {
        assert_eq!(label("minuten", Kind::Hours), "Tijd");
        assert_eq!(label("Gemiddelde van minuten", Kind::Hours), "Gemiddelde van tijd");
        assert_eq!(label("Minuten", Kind::Text), "Minuten");
        assert_eq!(label("Kosten (euro)", Kind::Cents), "Kosten");
        assert_eq!(label("Kosten (euro)", Kind::Decimal(2)), "Kosten (euro)");
    }
}
