//! Chapter: maatwerk per gemeente.

mod trechter;
mod vergelijking;
mod verloop;

use anyhow::Result;

use crate::charts::{Bar, Bars, Chart, Kind as ChartKind};
use crate::disclosure::{PublishedCell, Shown};
use crate::dutch::{counted, decimal, euro_whole};
use crate::findings::Chapter;
use crate::findings::maatwerk::{has_costs, is_cost_a_minimum, ook_door_maatregel, zinnen};
use crate::report::compose::cellen::{
    As, clienten, find, gemeente, gemeenten, rate, share, value_or_unknown,
};
use crate::report::compose::{Input, figure_of, findings_block, section, source, undetermined};
use crate::report::document::{Block, Cell, Kind, NoteKind, Row, Section, Table, TableColumn};

/// A gemeente of which nothing was supplied has unknown costs, not none.
const NO_COSTS: &str = "geen declaraties van deze gemeente in dit kwartaal";

/// Before its first agreement a register says nothing.
const NO_REGISTER: &str = "geen gegevens over dit kwartaal";

pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let mut blocks = undetermined(input, Chapter::Maatwerk);
    blocks.extend(findings_block(input, Chapter::Maatwerk));
    let has_register =
        input.published.measure("maatwerk_nieuw").is_some_and(|m| m.reason().is_none());
    let has_costs =
        input.published.measure("maatwerk_kosten").is_some_and(|m| m.reason().is_none())
            && has_costs(input.published.judged());
    if has_register {
        blocks.extend(vergelijking::blocks(input)?);
        blocks.extend(count_bars(input)?);
    }
    if has_register || has_costs {
        blocks.push(Block::Table(per_gemeente(input, has_register, has_costs)));
    }
    if has_costs {
        blocks.extend(cost_bars(input)?);
    }
    if has_register {
        blocks.extend(verloop::trend(input, has_costs)?);
        blocks.push(Block::Table(verloop::by_quarter(input)));
        blocks.push(Block::Note(NoteKind::Toelichting, reading_guide(input)));
    }
    let mut section = section(input, Chapter::Maatwerk, "Maatwerk per gemeente", blocks);
    // Apart from the conclusion itself, so that counts that may be seen do not go with a comparison that may not.
    if let Some(jaar) = &input.published.judged().maatwerk {
        let told = section.conclusion.take().map(|text| text + " ").unwrap_or_default();
        section.conclusion = Some(told + &zinnen::hoeveel(jaar));
    }
    Ok(section)
}

fn reading_guide(input: &Input<'_>) -> String {
    let exempt = &input.region.maatwerk.uitzondering_maatregel;
    let apart = if exempt.is_empty() {
        String::new()
    } else {
        format!(
            " Overeenkomsten die volgen uit een maatregel ({}) staan apart: daar koos niet de gemeente de aanbieder.",
            crate::dutch::list(exempt)
        )
    };
    format!(
        "Nieuw is: begonnen in het kwartaal. Lopend is: loopt op de laatste dag van het kwartaal; kort na het begin van een register is dat \
         aantal te laag, want wat eerder begon staat er niet in.{apart} Bij kleine aantallen schommelt \
         een cijfer per 10.000 sterk: één overeenkomst meer of minder kan het verdubbelen."
    )
}

fn quarter_cell<'p>(input: &'p Input<'_>, query: &str, code: &str) -> Option<&'p PublishedCell> {
    let kwartaal = input.kwartaal.to_string();
    let texts = [("gemeente", code), ("kwartaal", kwartaal.as_str())];
    find(input.published.measure(query), &["gemeente", "kwartaal"], &texts)
}

fn quarter_total<'p>(input: &'p Input<'_>, query: &str) -> Option<&'p PublishedCell> {
    let kwartaal = input.kwartaal.to_string();
    find(input.published.measure(query), &["kwartaal"], &[("kwartaal", kwartaal.as_str())])
}

/// Bars of a figure per gemeente, by name: an order by count would be a ranking, and the largest gemeente would lead it.
fn bars(input: &Input<'_>, query: &str, text: impl Fn(&PublishedCell, i64) -> String) -> Vec<Bar> {
    let bar = |code: String| {
        let cell = quarter_cell(input, query, &code)?;
        let label = gemeente(input, &code).to_owned();
        let highlight = input.is_eigen(&code);
        Some(match cell.value.value() {
            Some(value) => Bar {
                label,
                value: Some(value as f64),
                text: text(cell, value),
                highlight,
                ..Bar::default()
            },
            None => Bar { label, ..Bar::default() },
        })
    };
    gemeenten(input).into_iter().filter_map(bar).collect()
}

/// The same by value, the largest marked, or the own one; hidden ones last so that their place says nothing.
fn bars_by_value(
    input: &Input<'_>,
    query: &str,
    text: impl Fn(&PublishedCell, i64) -> String,
) -> Vec<Bar> {
    let mut bars = bars(input, query, text);
    bars.sort_by(|a, b| b.value.unwrap_or(f64::MIN).total_cmp(&a.value.unwrap_or(f64::MIN)));
    // In an edition the one it is for is marked, largest or not.
    if input.published.gemeente().is_some() {
        return bars;
    }
    if let Some(first) = bars.first().and_then(|bar| bar.value).filter(|value| *value > 0.0) {
        for bar in bars.iter_mut().filter(|bar| bar.value == Some(first)) {
            bar.highlight = true;
        }
    }
    bars
}

fn count_bars(input: &Input<'_>) -> Result<Option<Block>> {
    let text = |cell: &PublishedCell, value: i64| {
        let rate = cell.ratio.as_ref().and_then(Shown::value);
        let rate =
            rate.map(|rate| format!(" ({} per 10.000)", decimal(rate, 1))).unwrap_or_default();
        format!("{}{rate}", crate::dutch::count(value))
    };
    let total = quarter_total(input, "maatwerk_nieuw").and_then(|cell| cell.value.value());
    let title = match total {
        Some(total) => format!(
            "{} in {}",
            counted(total, "nieuwe maatwerkovereenkomst", "nieuwe maatwerkovereenkomsten"),
            input.kwartaal
        ),
        None => format!("Nieuwe maatwerkovereenkomsten in {}", input.kwartaal),
    };
    let caption = format!(
        "Nieuwe maatwerkovereenkomsten per gemeente, aantal en per 10.000 jeugdigen, {}{}",
        input.kwartaal,
        ook_door_maatregel(input.region)
    );
    let chart = Chart {
        stem: "maatwerk_nieuw".to_owned(),
        title,
        subtitle: caption.clone(),
        source: source(input, "maatwerk_nieuw"),
        kind: ChartKind::Bars(Bars {
            unit: "overeenkomsten".to_owned(),
            bars: bars(input, "maatwerk_nieuw", text),
            marker_label: String::new(),
        }),
    };
    let mut data = Table::new(
        "maatwerk_nieuw_gegevens",
        &caption,
        vec![
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Nieuw", "overeenkomsten", Kind::Count),
            TableColumn::new("Per 10.000 jeugdigen", "", Kind::Decimal(1)),
        ],
    );
    for code in gemeenten(input) {
        let cell = quarter_cell(input, "maatwerk_nieuw", &code);
        let name = Cell::text(gemeente(input, &code));
        data.rows.push(Row::new(vec![
            name,
            value_or_unknown(cell, As::Count, NO_REGISTER),
            rate(cell),
        ]));
    }
    data.source_line = source(input, "maatwerk_nieuw");
    figure_of(chart, &caption, data, &[1])
}

fn cost_bars(input: &Input<'_>) -> Result<Option<Block>> {
    let caption = format!("Kosten van maatwerk per gemeente, euro, {}", input.kwartaal);
    let total = quarter_total(input, "maatwerk_kosten").and_then(|cell| cell.value.value());
    let title = total.map_or_else(
        || format!("Kosten van maatwerk in {}", input.kwartaal),
        |total| {
            let register =
                input.published.measure("maatwerk_nieuw").and_then(|measure| measure.reason());
            let least = if is_cost_a_minimum(input.region, register) { "ten minste " } else { "" };
            format!("Maatwerk kostte {least}{} in {}", euro_whole(total), input.kwartaal)
        },
    );
    let mut bars = bars_by_value(input, "maatwerk_kosten", |_, value| euro_whole(value));
    for bar in &mut bars {
        bar.value = bar.value.map(|ct| ct / 100.0);
    }
    let chart = Chart {
        stem: "maatwerk_kosten".to_owned(),
        title,
        subtitle: caption.clone(),
        source: source(input, "maatwerk_kosten"),
        kind: ChartKind::Bars(Bars { unit: "euro".to_owned(), bars, marker_label: String::new() }),
    };
    let mut data = Table::new(
        "maatwerk_kosten_gegevens",
        &caption,
        vec![
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Kosten", "", Kind::Cents),
            TableColumn::new("Aandeel in alle jeugdhulp", "", Kind::Share),
        ],
    );
    for code in gemeenten(input) {
        let cell = quarter_cell(input, "maatwerk_kosten", &code);
        let name = Cell::text(gemeente(input, &code));
        data.rows.push(Row::new(vec![
            name,
            value_or_unknown(cell, As::Cents, NO_COSTS),
            share(cell),
        ]));
    }
    data.source_line = source(input, "maatwerk_kosten");
    figure_of(chart, &caption, data, &[1])
}

fn per_gemeente(input: &Input<'_>, has_register: bool, has_costs: bool) -> Table {
    let mut columns = vec![TableColumn::new("Gemeente", "", Kind::Text)];
    if has_register {
        columns.extend([
            TableColumn::new("Nieuw", "", Kind::Count),
            TableColumn::new("Waarvan vrije keuze door maatregel", "", Kind::Count),
            TableColumn::new("Nieuw per 10.000 jeugdigen", "", Kind::Decimal(1)),
            TableColumn::new("Lopend op de laatste dag", "", Kind::Count),
        ]);
    }
    if has_costs {
        columns.extend([
            TableColumn::new("Kosten maatwerk", "", Kind::Cents),
            TableColumn::new("Aandeel in alle jeugdhulp", "", Kind::Share),
            TableColumn::new("Cliënten", "", Kind::Count),
        ]);
    }
    let told = if has_register { ook_door_maatregel(input.region) } else { "" };
    let caption = format!("Maatwerk per gemeente, {}{told}", input.kwartaal);
    let mut table = Table::new("maatwerk_per_gemeente", &caption, columns);
    for code in gemeenten(input) {
        let of = |query: &str| quarter_cell(input, query, &code);
        let free = free_cell(input, Some(&code));
        let mut cells = vec![Cell::text(gemeente(input, &code))];
        cells.extend(figures(&of, free, has_register, has_costs));
        table.rows.push(Row::new(cells));
    }
    let of = |query: &str| quarter_total(input, query);
    let mut cells = vec![Cell::text("Regio")];
    cells.extend(figures(&of, free_cell(input, None), has_register, has_costs));
    table.rows.push(Row::total(cells));
    table.source_line = source(input, "maatwerk_nieuw, maatwerk_lopend en maatwerk_kosten");
    table
}

fn free_cell<'p>(input: &'p Input<'_>, code: Option<&str>) -> Option<&'p PublishedCell> {
    let kwartaal = input.kwartaal.to_string();
    let measure = input.published.measure("maatwerk_nieuw");
    let (ja, k) = (("is_vrije_keuze", "ja"), ("kwartaal", kwartaal.as_str()));
    match code {
        Some(code) => {
            find(measure, &["gemeente", "is_vrije_keuze", "kwartaal"], &[("gemeente", code), ja, k])
        }
        None => find(measure, &["is_vrije_keuze", "kwartaal"], &[ja, k]),
    }
}

fn figures<'p>(
    of: &dyn Fn(&str) -> Option<&'p PublishedCell>,
    free: Option<&PublishedCell>,
    has_register: bool,
    has_costs: bool,
) -> Vec<Cell> {
    let mut cells = Vec::new();
    if has_register {
        let new = of("maatwerk_nieuw");
        cells.extend([
            value_or_unknown(new, As::Count, NO_REGISTER),
            value_or_unknown(free, As::Count, NO_REGISTER),
            rate(new),
            value_or_unknown(of("maatwerk_lopend"), As::Count, NO_REGISTER),
        ]);
    }
    if has_costs {
        let costs = of("maatwerk_kosten");
        cells.extend([value_or_unknown(costs, As::Cents, NO_COSTS), share(costs), clienten(costs)]);
    }
    cells
}
