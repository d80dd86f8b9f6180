//! Chapter: costs out of line.

use anyhow::Result;

use crate::charts::{Bar, Bars, Chart, Dot, Kind as ChartKind, Strip, StripRow};
use crate::dutch::{count, counted, decimal, euro_whole};
use crate::findings::kosten::eenheid_naam;
use crate::findings::{Chapter, PrijsGroep};
use crate::report::compose::cellen::{As, clienten, find, gemeente, in_quarter, share, value};
use crate::report::compose::{Input, figure, findings_block, section, source, undetermined};
use crate::report::document::{
    Block, Cell, Kind, NoteKind, Row, Section, Table, TableColumn, Value,
};

pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let mut blocks = undetermined(input, Chapter::Kosten);
    blocks.extend(findings_block(input, Chapter::Kosten));
    blocks.extend(above_bars(input)?);
    blocks.extend(above_table(input));
    blocks.extend(strip(input)?);
    blocks.extend(unusual_table(input));
    blocks.push(Block::Note(NoteKind::Toelichting, guide(input)));
    blocks.extend(products(input));
    Ok(section(input, Chapter::Kosten, "Kosten en uitschieters", blocks))
}

fn guide(input: &Input<'_>) -> String {
    let drempels = &input.region.drempels;
    format!(
        "Een prijs is het bedrag gedeeld door het volume, per product, eenheid, aanbieder en gemeente over het kwartaal. Alleen producten met \
         ten minste {} prijzen worden onderling vergeleken. Opvallend is een gewijzigde z boven {} op de logaritme van de prijs ({}). Een \
         opvallende prijs is een vraag, geen fout.",
        count(drempels.uitschieter_min_n.waarde),
        decimal(drempels.uitschieter_z.waarde, 1),
        drempels.uitschieter_z.grondslag
    )
}

const LINE_KEYS: [&str; 4] = ["aanbieder", "productcode", "eenheid", "kwartaal"];

fn above_bars(input: &Input<'_>) -> Result<Option<Block>> {
    let mut cells = in_quarter(input, "tarief_boven_regio", &["aanbieder", "kwartaal"]);
    cells.retain(|(_, cell)| cell.value.value().is_none_or(|value| value > 0));
    cells.sort_by_key(|(_, cell)| std::cmp::Reverse(cell.value.value().unwrap_or(i64::MIN)));
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
    let mut bars = Vec::new();
    for (index, (measure, cell)) in cells.iter().enumerate() {
        let aanbieder = measure.key(cell, "aanbieder");
        let shown = cell.value.value();
        bars.push(Bar {
            label: aanbieder.to_owned(),
            value: shown.map(|ct| ct as f64 / 100.0),
            text: shown.map(euro_whole).unwrap_or_default(),
            highlight: index == 0,
            marker: None,
        });
        data.rows.push(Row::new(vec![
            Cell::text(aanbieder),
            value(cell, As::Cents),
            share(Some(cell)),
        ]));
    }
    data.source_line = source(input, "tarief_boven_regio");
    // The sum of what is above, credits apart; unknown as soon as one line is hidden.
    let lines = in_quarter(input, "tarief_boven_regio", &LINE_KEYS);
    let total: Option<i64> =
        lines.iter().map(|(_, cell)| cell.value.value().map(|ct| ct.max(0))).sum();
    let chart = Chart {
        stem: "tarief_boven_regio".to_owned(),
        title: total.map_or_else(
            || "Boven het regionale tarief".to_owned(),
            |total| {
                format!("{} boven het regionale tarief in {}", euro_whole(total), input.kwartaal)
            },
        ),
        subtitle: caption.clone(),
        source: source(input, "tarief_boven_regio"),
        kind: ChartKind::Bars(Bars { unit: "euro".to_owned(), bars, marker_label: String::new() }),
    };
    figure(chart, &caption, data)
}

fn above_table(input: &Input<'_>) -> Option<Block> {
    let mut cells = in_quarter(input, "tarief_boven_regio", &LINE_KEYS);
    cells.retain(|(_, cell)| cell.value.value().is_none_or(|value| value != 0));
    if cells.is_empty() {
        return None;
    }
    cells.sort_by_key(|(_, cell)| std::cmp::Reverse(cell.value.value().unwrap_or(i64::MIN)));
    let caption =
        format!("Boven het regionale tarief, per aanbieder en product, {}", input.kwartaal);
    let mut table = Table::new(
        "tarief_boven_regio",
        &caption,
        vec![
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Product", "", Kind::Code),
            TableColumn::new("Eenheid", "", Kind::Text),
            TableColumn::new("Boven het regionale tarief", "", Kind::Cents),
            TableColumn::new("Aandeel in de kosten van dit product", "", Kind::Share),
            TableColumn::new("Cliënten", "", Kind::Count),
        ],
    );
    for (measure, cell) in cells {
        table.rows.push(Row::new(vec![
            Cell::text(measure.key(cell, "aanbieder")),
            Cell::text(measure.key(cell, "productcode")),
            Cell::text(eenheid_naam(measure.key(cell, "eenheid"))),
            value(cell, As::Cents),
            share(Some(cell)),
            clienten(Some(cell)),
        ]));
    }
    table.source_line = source(input, "tarief_boven_regio");
    Some(Block::Table(table))
}

/// Groups in which something stands out; with none, there is nothing to draw.
fn notable<'p>(input: &'p Input<'_>) -> Vec<&'p PrijsGroep> {
    let groups = input.published.judged().prijzen.iter();
    groups.filter(|groep| groep.prijzen.iter().any(|prijs| prijs.is_opvallend)).collect()
}

fn strip(input: &Input<'_>) -> Result<Option<Block>> {
    let groups = notable(input);
    let n_flagged: usize =
        groups.iter().flat_map(|g| &g.prijzen).filter(|p| p.is_opvallend).count();
    let caption = format!(
        "Prijs per eenheid per product: elke stip is een aanbieder in een gemeente, {}",
        input.kwartaal
    );
    let rows = groups.iter().map(|groep| StripRow {
        label: format!("{} per {}", groep.productcode, eenheid_naam(&groep.eenheid)),
        dots: groep
            .prijzen
            .iter()
            .map(|prijs| Dot {
                value: prijs.prijs_ct / 100.0,
                size: prijs.volume,
                flagged: prijs
                    .is_opvallend
                    .then(|| format!("{} ({})", prijs.aanbieder, gemeente(input, &prijs.gemeente))),
            })
            .collect(),
        reference: None,
        median: Some(groep.midden_ct / 100.0),
        ..StripRow::default()
    });
    let chart = Chart {
        stem: "prijs_per_aanbieder".to_owned(),
        title: format!(
            "{} bij {}",
            counted(
                i64::try_from(n_flagged).unwrap_or(i64::MAX),
                "opvallende prijs",
                "opvallende prijzen"
            ),
            counted(i64::try_from(groups.len()).unwrap_or(i64::MAX), "product", "producten")
        ),
        subtitle: caption.clone(),
        source: source(input, "prijs_per_aanbieder en prijs_per_aanbieder_volume"),
        kind: ChartKind::Strip(Strip {
            unit: "euro per eenheid".to_owned(),
            dot_label: "aanbieder in een gemeente".to_owned(),
            size_label: "volume".to_owned(),
            rows: rows.collect(),
            ..Strip::default()
        }),
    };
    let mut data = price_table("prijs_per_aanbieder_gegevens", &caption);
    for groep in &groups {
        data.rows.extend(groep.prijzen.iter().map(|prijs| price_row(input, groep, prijs)));
    }
    data.source_line = source(input, "prijs_per_aanbieder en prijs_per_aanbieder_volume");
    figure(chart, &caption, data)
}

fn price_table(id: &str, caption: &str) -> Table {
    Table::new(
        id,
        caption,
        vec![
            TableColumn::new("Product", "", Kind::Code),
            TableColumn::new("Eenheid", "", Kind::Text),
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Prijs per eenheid", "euro", Kind::Decimal(2)),
            TableColumn::new("Gebruikelijk", "euro", Kind::Decimal(2)),
            TableColumn::new("Gewijzigde z", "", Kind::Decimal(1)),
            TableColumn::new("Verschil over het kwartaal", "", Kind::Cents),
        ],
    )
}

fn price_row(input: &Input<'_>, groep: &PrijsGroep, prijs: &crate::findings::Prijs) -> Row {
    let z = prijs.z.map_or_else(
        || Cell::unknown("vast tarief: er is geen spreiding om mee te vergelijken"),
        |z| Cell::new(Value::Decimal(z)),
    );
    let mut row = Row::new(vec![
        Cell::text(&groep.productcode),
        Cell::text(eenheid_naam(&groep.eenheid)),
        Cell::text(&prijs.aanbieder),
        Cell::text(gemeente(input, &prijs.gemeente)),
        Cell::new(Value::Decimal(prijs.prijs_ct / 100.0)),
        Cell::new(Value::Decimal(groep.midden_ct / 100.0)),
        z,
        Cell::new(Value::Cents(prijs.boven_midden_ct)),
    ]);
    row.highlight = prijs.is_opvallend;
    row
}

fn unusual_table(input: &Input<'_>) -> Option<Block> {
    let mut rows: Vec<(i64, Row)> = Vec::new();
    for groep in notable(input) {
        for prijs in groep.prijzen.iter().filter(|prijs| prijs.is_opvallend) {
            let mut row = price_row(input, groep, prijs);
            row.highlight = false;
            rows.push((prijs.boven_midden_ct.abs(), row));
        }
    }
    if rows.is_empty() {
        return None;
    }
    rows.sort_by_key(|(euros, _)| std::cmp::Reverse(*euros));
    let caption =
        format!("Opvallende prijzen per eenheid, grootste bedrag eerst, {}", input.kwartaal);
    let mut table = price_table("opvallende_prijzen", &caption);
    table.rows = rows.into_iter().map(|(_, row)| row).collect();
    table.source_line = source(input, "prijs_per_aanbieder en prijs_per_aanbieder_volume");
    Some(Block::Table(table))
}

/// Cost, volume and price per product.
fn products(input: &Input<'_>) -> Option<Block> {
    let keys = ["productcode", "eenheid", "kwartaal"];
    let mut cells = in_quarter(input, "kosten_per_product", &keys);
    if cells.is_empty() {
        return None;
    }
    cells.sort_by_key(|(_, cell)| std::cmp::Reverse(cell.value.value().unwrap_or(i64::MIN)));
    let caption = format!("Kosten per product, {}", input.kwartaal);
    let mut table = Table::new(
        "kosten_per_product",
        &caption,
        vec![
            TableColumn::new("Product", "", Kind::Code),
            TableColumn::new("Eenheid", "", Kind::Text),
            TableColumn::new("Kosten", "", Kind::Cents),
            TableColumn::new("Volume", "eenheden", Kind::Decimal(1)),
            TableColumn::new("Prijs per eenheid", "euro", Kind::Decimal(2)),
            TableColumn::new("Cliënten", "", Kind::Count),
        ],
    );
    let kwartaal = input.kwartaal.to_string();
    let volumes = input.published.measure("volume_per_product");
    for (measure, cell) in cells {
        let (code, eenheid) = (measure.key(cell, "productcode"), measure.key(cell, "eenheid"));
        let texts = [("productcode", code), ("eenheid", eenheid), ("kwartaal", kwartaal.as_str())];
        let milli = find(volumes, &keys, &texts);
        let volume = match milli.map(|cell| &cell.value) {
            Some(crate::disclosure::Shown::Value(milli)) => {
                Cell::new(Value::Decimal(*milli as f64 / 1000.0))
            }
            Some(crate::disclosure::Shown::Hidden) => Cell::new(Value::Hidden),
            _ => Cell::unknown("geen volume bekend"),
        };
        let price = match (cell.value.value(), milli.and_then(|cell| cell.value.value())) {
            (Some(ct), Some(milli)) if milli > 0 => {
                Cell::new(Value::Decimal(ct as f64 * 10.0 / milli as f64))
            }
            (Some(_), Some(_)) => Cell::unknown("het volume is nul"),
            _ => Cell::new(Value::Hidden),
        };
        table.rows.push(Row::new(vec![
            Cell::text(code),
            Cell::text(eenheid_naam(eenheid)),
            value(cell, As::Cents),
            volume,
            price,
            clienten(Some(cell)),
        ]));
    }
    table.source_line = source(input, "kosten_per_product en volume_per_product");
    Some(Block::Table(table))
}
