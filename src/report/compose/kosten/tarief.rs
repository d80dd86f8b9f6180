//! What is above the regional tariff: bars per aanbieder and the table per product.

use anyhow::Result;

use crate::charts::{Bar, Bars, Chart, Kind as ChartKind};
use crate::disclosure::{PublishedCell, PublishedMeasure};
use crate::dutch::euro_whole;
use crate::findings::kosten::{TariefGeval, cumulative, eenheid_naam};
use crate::report::compose::cellen::{As, clienten, in_quarter, share, value};
use crate::report::compose::kosten::LINE_KEYS;
use crate::report::compose::{Input, figure_of, source};
use crate::report::document::{Block, Cell, Kind, Row, Table, TableColumn, Value};

const QUERIES: &str = "tarief_boven_regio, volume_boven_tarief en factor_van_tarief";

/// Suspected slips of the comma of one aanbieder, in eurocents above the tariff.
fn slips_ct(input: &Input<'_>, aanbieder: &str) -> i64 {
    let cases = input.published.judged().kosten.boven_tarief.iter();
    cases.filter(|geval| geval.aanbieder == aanbieder).map(|geval| geval.komma_ct).sum()
}

/// An aanbieder, its figure, and what is above the tariff without suspected slips; `None` when hidden.
type Above<'p> = (&'p str, &'p PublishedCell, Option<i64>);

fn per_aanbieder<'p>(input: &'p Input<'_>) -> Vec<Above<'p>> {
    let cells = in_quarter(input, "tarief_boven_regio", &["aanbieder", "kwartaal"]);
    let above = |(measure, cell): (&'p PublishedMeasure, &'p PublishedCell)| {
        let aanbieder = measure.key(cell, "aanbieder");
        (aanbieder, cell, cell.value.value().map(|ct| ct - slips_ct(input, aanbieder)))
    };
    let mut found: Vec<Above<'p>> = cells.into_iter().map(above).collect();
    found.retain(|(_, _, above)| above.is_none_or(|above| above > 0));
    found.sort_by_key(|(_, _, above)| std::cmp::Reverse(above.unwrap_or(i64::MIN)));
    found
}

/// The finding of the figure: the sum of what is above, credits and slips apart; unknown as soon as one line is hidden.
fn title(input: &Input<'_>) -> String {
    let lines = in_quarter(input, "tarief_boven_regio", &LINE_KEYS);
    let cases = &input.published.judged().kosten.boven_tarief;
    let shown = lines.iter().filter_map(|(_, cell)| cell.value.value());
    let is_complete = lines.iter().all(|(_, cell)| cell.value.value().is_some())
        && shown.filter(|ct| *ct > 0).count() == cases.len();
    if !is_complete {
        return "Boven het regionale tarief".to_owned();
    }
    let above: i64 = cases.iter().map(|geval| geval.boven_ct.max(0)).sum();
    format!("{} boven het regionale tarief in {}", euro_whole(above), input.kwartaal)
}

/// The largest amounts above the tariff, per aanbieder; a suspected slip is no higher price and has no bar.
pub(super) fn bars(input: &Input<'_>) -> Result<Option<Block>> {
    let found = per_aanbieder(input);
    let caption =
        format!("Gedeclareerd boven het regionale tarief per aanbieder, euro, {}", input.kwartaal);
    let mut data = Table::new(
        "tarief_boven_regio_gegevens",
        &caption,
        vec![
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Boven het regionale tarief", "", Kind::Cents),
            TableColumn::new("Aandeel in vergelijkbare kosten", "", Kind::Share),
        ],
    );
    data.rows.extend(found.iter().map(bar_row));
    data.source_line = source(input, "tarief_boven_regio");
    let bar = |(index, (aanbieder, _, above)): (usize, &Above<'_>)| Bar {
        label: (*aanbieder).to_owned(),
        value: above.map(|ct| ct as f64 / 100.0),
        text: above.map(euro_whole).unwrap_or_default(),
        highlight: index == 0,
        marker: None,
    };
    let bars = found.iter().enumerate().map(bar).collect();
    let chart = Chart {
        stem: "tarief_boven_regio".to_owned(),
        title: title(input),
        subtitle: caption.clone(),
        source: source(input, "tarief_boven_regio"),
        kind: ChartKind::Bars(Bars { unit: "euro".to_owned(), bars, ..Bars::default() }),
    };
    figure_of(chart, &caption, data, &[1])
}

fn bar_row((aanbieder, cell, above): &Above<'_>) -> Row {
    let (amount, part) = match above {
        // What is left after slips is no cell of a query.
        Some(above) if cell.value.value() != Some(*above) => {
            (Cell::new(Value::Cents(*above)), Cell::new(Value::Empty))
        }
        _ => (value(cell, As::Cents), share(Some(cell))),
    };
    Row::new(vec![Cell::text(aanbieder), amount, part])
}

/// Every aanbieder and product that is not at the tariff, the largest amount first.
pub(super) fn table(input: &Input<'_>) -> Option<Block> {
    let mut cells = in_quarter(input, "tarief_boven_regio", &LINE_KEYS);
    cells.retain(|(_, cell)| cell.value.value().is_none_or(|value| value != 0));
    if cells.is_empty() {
        return None;
    }
    let cases = &input.published.judged().kosten.boven_tarief;
    let find = |cell: &PublishedCell| {
        cases.iter().position(|geval| geval.cites.first() == Some(&cell.address))
    };
    // Cases stand in the order of their amounts; a share of the whole needs every one of them.
    let is_complete = cells.iter().all(|(_, cell)| cell.value.value().is_some());
    let above: Vec<i64> = cases.iter().map(|geval| geval.boven_ct).collect();
    let shares = if is_complete { cumulative(&above) } else { Vec::new() };
    cells.sort_by_key(|(_, cell)| match find(cell) {
        Some(at) => (0, at, 0),
        None => (1, 0, -cell.value.value().unwrap_or(i64::MAX)),
    });
    let caption =
        format!("Boven het regionale tarief, per aanbieder en product, {}", input.kwartaal);
    let mut table = Table::new("tarief_boven_regio", &caption, columns());
    for (measure, cell) in cells {
        let at = find(cell);
        let share = at.and_then(|at| shares.get(at).copied());
        table.rows.push(row((measure, cell), at.map(|at| &cases[at]), share));
    }
    table.source_line = source(input, QUERIES);
    Some(Block::Table(table))
}

fn columns() -> Vec<TableColumn> {
    vec![
        TableColumn::new("Aanbieder", "", Kind::Text),
        TableColumn::new("Product", "", Kind::Code),
        TableColumn::new("Eenheid", "", Kind::Text),
        TableColumn::new("Regionaal tarief", "", Kind::Cents),
        TableColumn::new("Gemiddelde prijs van de regels erboven", "euro", Kind::Decimal(2)),
        TableColumn::new("Hoger dan het tarief", "%", Kind::Decimal(1)),
        TableColumn::new("Boven het regionale tarief", "", Kind::Cents),
        TableColumn::new("Waarvan mogelijk een komma verkeerd", "", Kind::Cents),
        TableColumn::new("Deel van alles erboven, opgeteld vanaf de grootste", "", Kind::Share),
        TableColumn::new("Aandeel in de kosten van dit product", "", Kind::Share),
        TableColumn::new("Cliënten", "", Kind::Count),
    ]
}

fn row(
    (measure, cell): (&PublishedMeasure, &PublishedCell),
    geval: Option<&TariefGeval>,
    cumulated: Option<f64>,
) -> Row {
    let or_empty = |value: Option<Value>| Cell::new(value.unwrap_or(Value::Empty));
    let tarief = match geval.and_then(|geval| geval.tarief_ct) {
        Some((low, high)) if low == high => Cell::new(Value::Cents(low)),
        Some(_) => Cell::unknown("het tarief veranderde in het kwartaal"),
        None => Cell::new(Value::Empty),
    };
    Row::new(vec![
        Cell::text(measure.key(cell, "aanbieder")),
        Cell::text(measure.key(cell, "productcode")),
        Cell::text(eenheid_naam(measure.key(cell, "eenheid"))),
        tarief,
        or_empty(geval.and_then(|g| g.prijs_ct).map(|ct| Value::Decimal(ct / 100.0))),
        or_empty(geval.and_then(|g| g.erboven).map(|part| Value::Decimal(100.0 * part))),
        value(cell, As::Cents),
        or_empty(geval.map(|geval| Value::Cents(geval.komma_ct))),
        or_empty(cumulated.map(Value::Share)),
        share(Some(cell)),
        clienten(Some(cell)),
    ])
}
