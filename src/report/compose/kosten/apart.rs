//! What stays out of every comparison of prices: suspected slips of the comma, credits and zeros.

use crate::disclosure::{PublishedCell, PublishedMeasure};
use crate::dutch::{counted, euro_whole};
use crate::findings::kosten::{Komma, Tegen, eenheid_naam};
use crate::report::compose::cellen::{As, clienten, find, in_quarter, value, value_or_unknown};
use crate::report::compose::kosten::prijzen;
use crate::report::compose::{Input, source};
use crate::report::document::{Block, Cell, Kind, NoteKind, Row, Table, TableColumn, Value};

/// Prices that are probably a slip of the comma, the largest difference first.
pub(super) fn slips(input: &Input<'_>) -> Option<Block> {
    let kommas = &input.published.judged().kosten.kommas;
    if kommas.is_empty() {
        return None;
    }
    let caption = format!("Mogelijk een komma verkeerd, {}", input.kwartaal);
    let mut table = Table::new(
        "mogelijk_komma_verkeerd",
        &caption,
        vec![
            TableColumn::new("Product", "", Kind::Code),
            TableColumn::new("Eenheid", "", Kind::Text),
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Prijs per eenheid", "", Kind::Cents),
            TableColumn::new("Gewone prijs", "euro", Kind::Decimal(2)),
            TableColumn::new("Waarmee vergeleken", "", Kind::Text),
            TableColumn::new("Hoeveel keer de gewone prijs", "", Kind::Decimal(3)),
            TableColumn::new("Verschil over het kwartaal", "", Kind::Cents),
        ],
    );
    table.rows.extend(kommas.iter().map(|komma| slip_row(input, komma)));
    let queries = "prijs_per_aanbieder, prijs_per_aanbieder_volume en factor_van_tarief";
    table.source_line = source(input, queries);
    Some(Block::Table(table))
}

fn slip_row(input: &Input<'_>, komma: &Komma) -> Row {
    // By line against the tariff the gemeente is not looked at.
    let places = match komma.tegen {
        Tegen::Tarief => Cell::new(Value::Empty),
        Tegen::Midden => Cell::text(&prijzen::places(input, &komma.gemeenten)),
    };
    let against = match komma.tegen {
        Tegen::Tarief => "regionaal tarief",
        Tegen::Midden => "midden van alle prijzen",
    };
    let verschil = Cell::new(Value::Cents(komma.verschil_ct));
    Row::new(vec![
        Cell::text(&komma.productcode),
        Cell::text(eenheid_naam(&komma.eenheid)),
        Cell::text(&komma.aanbieder),
        places,
        Cell::new(Value::Cents(komma.prijs_ct)),
        Cell::new(Value::Decimal(komma.gewoon_ct / 100.0)),
        Cell::text(against),
        Cell::new(Value::Decimal(komma.prijs_ct as f64 / komma.gewoon_ct)),
        match (komma.tegen, komma.cites.first()) {
            // Against the tariff the difference is a figure of its own query.
            (Tegen::Tarief, Some(address)) => verschil.at(address),
            _ => verschil,
        },
    ])
}

const KEYS: [&str; 4] = ["soort", "aanbieder", "productcode", "kwartaal"];

/// What a kind of line is called.
fn soort_naam(soort: &str) -> &str {
    match soort {
        "credit" => "credit zonder passende debetregel",
        "bedrag nul" => "bedrag is nul",
        "volume nul" => "volume is nul of lager",
        other => other,
    }
}

/// The euros that belong to a number of lines.
fn amount_of<'p>(
    input: &'p Input<'_>,
    measure: &PublishedMeasure,
    cell: &PublishedCell,
) -> Option<&'p PublishedCell> {
    let texts = KEYS.map(|key| (key, measure.key(cell, key)));
    find(input.published.measure("credit_en_nul_bedrag"), &KEYS, &texts)
}

/// Credits without a debit and lines with a zero: a sentence and the list, by euros.
pub(super) fn credits(input: &Input<'_>) -> Vec<Block> {
    let measure = input.published.measure("credit_en_nul");
    if measure.is_none_or(|measure| measure.reason().is_some()) {
        return Vec::new();
    }
    let mut cells = in_quarter(input, "credit_en_nul", &KEYS);
    if cells.is_empty() && in_quarter(input, "kosten_totaal", &["kwartaal"]).is_empty() {
        return Vec::new();
    }
    if cells.is_empty() {
        // Silence would read as "not looked at".
        let none = format!("Creditregels en regels met nul, {}: er waren er geen.", input.kwartaal);
        return vec![Block::Note(NoteKind::Toelichting, none)];
    }
    cells.sort_by_key(|(measure, cell)| {
        let amount = amount_of(input, measure, cell).and_then(|cell| cell.value.value());
        std::cmp::Reverse((amount.map_or(0, i64::abs), cell.value.value()))
    });
    let caption = format!("Creditregels en regels met nul, {}", input.kwartaal);
    let mut table = Table::new(
        "credits_en_nullen",
        &caption,
        vec![
            TableColumn::new("Wat", "", Kind::Text),
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Product", "", Kind::Code),
            TableColumn::new("Regels", "", Kind::Count),
            TableColumn::new("Bedrag", "", Kind::Cents),
            TableColumn::new("Cliënten", "", Kind::Count),
        ],
    );
    let row = |(measure, cell): (&PublishedMeasure, &PublishedCell)| {
        let amount = amount_of(input, measure, cell);
        Row::new(vec![
            Cell::text(soort_naam(measure.key(cell, "soort"))),
            Cell::text(measure.key(cell, "aanbieder")),
            Cell::text(measure.key(cell, "productcode")),
            value(cell, As::Count),
            value_or_unknown(amount, As::Cents, "geen bedrag bekend"),
            clienten(Some(cell)),
        ])
    };
    table.rows.extend(cells.into_iter().map(row));
    table.source_line = source(input, "credit_en_nul en credit_en_nul_bedrag");
    vec![Block::Note(NoteKind::Toelichting, note(input)), Block::Table(table)]
}

/// Numbers and euros per kind; a kind that is hidden is named without numbers.
fn note(input: &Input<'_>) -> String {
    let keys = ["soort", "kwartaal"];
    let kwartaal = input.kwartaal.to_string();
    let part = |(measure, cell): &(&PublishedMeasure, &PublishedCell)| {
        let soort = measure.key(cell, "soort");
        let texts = [("soort", soort), ("kwartaal", kwartaal.as_str())];
        let euros = find(input.published.measure("credit_en_nul_bedrag"), &keys, &texts);
        match (cell.value.value(), euros.and_then(|cell| cell.value.value())) {
            (Some(n), Some(ct)) => {
                let amount =
                    if ct == 0 { String::new() } else { format!(", samen {}", euro_whole(ct)) };
                format!("{}: {}{amount}", soort_naam(soort), counted(n, "regel", "regels"))
            }
            _ => format!("{}: onderdrukt", soort_naam(soort)),
        }
    };
    let parts: Vec<String> = in_quarter(input, "credit_en_nul", &keys).iter().map(part).collect();
    format!(
        "Creditregels en regels met nul hebben geen prijs en blijven buiten elke vergelijking van prijzen; in de kosten tellen ze wel mee. {}.",
        parts.join("; ")
    )
}
