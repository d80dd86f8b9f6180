//! An answer as bars: one per row.
//!
//! Enters: a [`Shape`]. Leaves: a [`Drawing`]. Does not know pixels.

use crate::charts::{Bar, Bars, Kind};
use crate::dutch;
use crate::report::antwoord::figuur::Drawing;
use crate::report::antwoord::vorm::{Shape, Told, highest, note};
use crate::report::document::{Cell, Kind as Column, Row, TableColumn, Value};

/// More bars do not fit on a page.
const MOST: usize = 40;

/// Bars in the order of the rows.
///
/// # Errors
/// When there are too many, or none has a value.
pub(super) fn drawing(shape: &Shape) -> Result<Drawing, String> {
    let rows = ordered(shape);
    let is_drawn =
        |row: &&Row| shape.figure(row).is_some() || row.cells[shape.value].value == Value::Hidden;
    let n = rows.iter().filter(|row| is_drawn(row)).count();
    if n == 0 {
        return Err("geen enkele rij heeft een waarde om te tekenen".to_owned());
    }
    if n > MOST {
        let n = dutch::counted(dutch::n_of(n), "staaf", "staven");
        let mut keys = shape.keys.clone();
        keys.sort_by_key(|at| shape.period != Some(*at));
        let advice = shape.advice(&keys, |rows| rows.len() <= MOST);
        return Err(format!("{n} zijn niet te lezen, {MOST} is het meeste; {advice}"));
    }
    let drawn = rows.iter().filter(|row| is_drawn(row));
    let bars: Vec<Bar> = drawn.clone().map(|row| bar(shape, row)).collect();
    let known =
        bars.iter().filter_map(|bar| Some((bar.label.as_str(), bar.value?, bar.text.as_str())));
    // Of a hidden value nobody knows whether it is the highest; of two keys together the name is no sentence.
    let is_known = shape.keys.len() == 1 && known.clone().count() == rows.len();
    let highest = if is_known { highest(known) } else { None };
    let without = |wanted: fn(&Value) -> bool| -> Vec<String> {
        let rows = rows.iter().filter(|row| wanted(&row.cells[shape.value].value));
        rows.map(|row| shape.name(row, None)).collect()
    };
    let notes: Vec<String> = [
        note("Niet te bepalen", &without(|value| matches!(value, Value::Unknown { .. }))),
        note("Zonder waarde", &without(|value| *value == Value::Empty)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let kind = Kind::Bars(Bars { unit: shape.unit(), bars, marker_label: String::new() });
    let column = &shape.table.columns[shape.value];
    let columns = vec![TableColumn::new(&names(shape), "", Column::Text), column.clone()];
    let data = drawn.map(|row| {
        Row::new(vec![
            Cell::text(&label(shape, row)),
            Cell::new(row.cells[shape.value].value.clone()),
        ])
    });
    Ok(Drawing {
        chart: shape.chart(Told { highest, period: None, notes }, kind),
        data: shape.data(columns, data.collect()),
        columns: vec![1],
    })
}

/// The rows in their order; the hidden ones last, as between others they tell between which values they lie. In the
/// order of time their place tells nothing.
fn ordered(shape: &Shape) -> Vec<&Row> {
    let mut rows: Vec<&Row> = shape.table.rows.iter().collect();
    let names: Vec<String> = rows.iter().map(|row| shape.name(row, None)).collect();
    if shape.period.is_none() || !names.is_sorted() {
        rows.sort_by_key(|row| row.cells[shape.value].value == Value::Hidden);
    }
    rows
}

fn bar(shape: &Shape, row: &Row) -> Bar {
    let name = label(shape, row);
    match shape.figure(row) {
        Some((value, written)) => Bar::new(&name, Some(value), &written),
        None => Bar::new(&name, None, ""),
    }
}

fn label(shape: &Shape, row: &Row) -> String {
    let name = shape.name(row, None);
    if name.is_empty() { dutch::capital("totaal") } else { name }
}

/// Heading of the names.
fn names(shape: &Shape) -> String {
    let keys = shape.keys.iter().map(|at| shape.table.columns[*at].label.clone());
    let names = keys.collect::<Vec<_>>().join(", ");
    if names.is_empty() { "Naam".to_owned() } else { names }
}
