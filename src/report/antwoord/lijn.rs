//! An answer as lines through time: one per name that the other keys give.
//!
//! Enters: a [`Shape`]. Leaves: a [`Drawing`]. Does not know pixels.

use std::collections::{BTreeMap, BTreeSet};

use crate::charts::theme::MAX_SERIES;
use crate::charts::{Kind, Line, Series};
use crate::report::antwoord::figuur::Drawing;
use crate::report::antwoord::vorm::{Shape, Told, highest, text};
use crate::report::document::{Cell, Kind as Column, Row, TableColumn, Value};

/// More periods than a month for ten years are no course but a list.
const MOST: usize = 120;

/// Lines over the periods, oldest first; a period without a row interrupts them.
///
/// # Errors
/// When no period is there, or there are too many periods or lines, or more rows for one point.
pub(super) fn drawing(shape: &Shape) -> Result<Drawing, String> {
    let period = shape.period.ok_or(
        "voor een lijn is een kolom met meer dan één kwartaal, maand of jaar nodig; --soort bars tekent deze tabel",
    )?;
    let (names, points) = points(shape, period)?;
    let x = periods(points.keys().map(|(period, _)| period.clone()).collect())?;
    let series: Vec<Series> = names.iter().map(|name| one(shape, name, &x, &points)).collect();
    if series.iter().all(|series| series.values.iter().all(Option::is_none)) {
        return Err("geen enkele rij heeft een waarde om te tekenen".to_owned());
    }
    let only = if let [only] = series.as_slice() { Some(only) } else { None };
    let is_whole = |series: &&Series| series.values.iter().all(Option::is_some);
    let top = only.filter(is_whole).and_then(|series| {
        let values = x.iter().zip(&series.values).zip(&series.texts);
        highest(
            values.filter_map(|((x, value), text)| Some((x.as_str(), (*value)?, text.as_str()))),
        )
    });
    let n_absent = x.len() * names.len() - points.len();
    let mut notes = Vec::new();
    if n_absent > 0 {
        notes.push("De lijn is ook onderbroken waar het antwoord geen rij heeft".to_owned());
    }
    let columns = columns(shape, period, &names);
    let period = x.first().zip(x.last()).map(|(first, last)| format!("{first} tot en met {last}"));
    let data = x.iter().map(|x| data_row(shape, x, &names, &points)).collect();
    let kind = Kind::Line(Line { unit: shape.unit(), x, series, n_provisional: 0 });
    Ok(Drawing {
        chart: shape.chart(Told { highest: top, period, notes }, kind),
        data: shape.data(columns, data),
        columns: (1..=names.len()).collect(),
    })
}

/// The row of each period and name, and the names in the order of the rows.
type Points<'s> = BTreeMap<(String, String), &'s Row>;

fn points(shape: &Shape, period: usize) -> Result<(Vec<String>, Points<'_>), String> {
    let mut names: Vec<String> = Vec::new();
    let mut points = Points::new();
    for row in &shape.table.rows {
        let name = shape.name(row, Some(period));
        let x = text(&shape.table, row, period);
        if !names.contains(&name) {
            names.push(name.clone());
        }
        if names.len() > MAX_SERIES {
            let keys: Vec<usize> = shape.keys.iter().copied().filter(|at| *at != period).collect();
            let n_names = |rows: &[&Row]| {
                rows.iter().map(|row| shape.name(row, Some(period))).collect::<BTreeSet<_>>().len()
            };
            let advice = shape.advice(&keys, |rows| n_names(rows) <= MAX_SERIES);
            return Err(format!(
                "meer dan {MAX_SERIES} lijnen zijn niet uit elkaar te houden; {advice}"
            ));
        }
        if points.insert((x.clone(), name), row).is_some() {
            return Err(format!(
                "er is meer dan één rij voor {x}, dus geen lijn; tel ze op in de vraag (GROUP BY), of gebruik --soort bars"
            ));
        }
    }
    Ok((names, points))
}

/// All periods from the first to the last; those in between have a place of their own, also without a row.
fn periods(mut found: Vec<String>) -> Result<Vec<String>, String> {
    found.sort();
    found.dedup();
    let numbers: Option<Vec<(i64, i64)>> = found.iter().map(|text| number(text)).collect();
    let Some(numbers) = numbers else { return Ok(found) };
    let (Some((first, per_year)), Some((last, _))) = (numbers.first(), numbers.last()) else {
        return Ok(found);
    };
    if numbers.iter().any(|(_, other)| other != per_year) {
        return Ok(found);
    }
    if usize::try_from(last - first).map_or(true, |n| n >= MOST) {
        return Err(format!(
            "van {} tot {} zijn meer dan {MOST} perioden: te veel voor een lijn; kies er minder met een voorwaarde",
            found[0],
            found[found.len() - 1]
        ));
    }
    Ok((*first..=*last).map(|n| written(n, *per_year)).collect())
}

/// Position of a period in time, and how many there are in a year.
fn number(text: &str) -> Option<(i64, i64)> {
    let (year, part) = text.split_once('-').unwrap_or((text, ""));
    let digits = |text: &str, n: usize| {
        (text.len() == n && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<i64>().ok())?
    };
    let year = digits(year, 4)?;
    let (part, per_year) = match part.strip_prefix('K') {
        _ if part.is_empty() => (1, 1),
        Some(quarter) => (digits(quarter, 1)?, 4),
        None => (digits(part, 2)?, 12),
    };
    (1..=per_year).contains(&part).then_some((year * per_year + part - 1, per_year))
}

fn written(n: i64, per_year: i64) -> String {
    let (year, part) = (n.div_euclid(per_year), n.rem_euclid(per_year) + 1);
    match per_year {
        1 => format!("{year:04}"),
        4 => format!("{year:04}-K{part}"),
        _ => format!("{year:04}-{part:02}"),
    }
}

fn one(shape: &Shape, name: &str, x: &[String], points: &Points<'_>) -> Series {
    let figures: Vec<Option<(f64, String)>> = x
        .iter()
        .map(|x| points.get(&(x.clone(), name.to_owned())).and_then(|row| shape.figure(row)))
        .collect();
    Series {
        name: if name.is_empty() { shape.heading() } else { name.to_owned() },
        values: figures.iter().map(|figure| figure.as_ref().map(|(value, _)| *value)).collect(),
        texts: figures.into_iter().map(|f| f.map_or_else(String::new, |(_, text)| text)).collect(),
    }
}

fn columns(shape: &Shape, period: usize, names: &[String]) -> Vec<TableColumn> {
    let value = &shape.table.columns[shape.value];
    let label = |name: &String| if name.is_empty() { value.label.clone() } else { name.clone() };
    let mut columns = vec![TableColumn::new(&shape.table.columns[period].label, "", Column::Text)];
    columns
        .extend(names.iter().map(|name| TableColumn::new(&label(name), &value.unit, value.kind)));
    columns
}

fn data_row(shape: &Shape, x: &str, names: &[String], points: &Points<'_>) -> Row {
    let mut cells = vec![Cell::text(x)];
    cells.extend(names.iter().map(|name| {
        let row = points.get(&(x.to_owned(), name.clone()));
        Cell::new(row.map_or(Value::Empty, |row| row.cells[shape.value].value.clone()))
    }));
    Row::new(cells)
}
