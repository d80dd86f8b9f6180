//! Costs per client over four quarters, per class of care: how much, and on how few clients it rests.

use crate::disclosure::{PublishedCell, PublishedMeasure};
use crate::dutch::{count, euro_whole, percent};
use crate::report::compose::cellen::{As, clienten, find, share_of, value};
use crate::report::compose::{Input, source};
use crate::report::document::{Block, Cell, Kind, NoteKind, Row, Table, TableColumn, Value};

/// Clients of all classes together.
const ALLES: &str = "alle zorg";
const QUERY: &str = "kosten_per_client";
const BAND_KEYS: [&str; 2] = ["klasse", "vanaf_euro"];

/// A sentence on concentration, costs per client-year per class, and the bands.
pub(super) fn blocks(input: &Input<'_>) -> Vec<Block> {
    let Some(measure) = input.published.measure(QUERY) else { return Vec::new() };
    if measure.level(&["klasse"]).is_empty() {
        return Vec::new();
    }
    let note = format!(
        "Kosten per cliënt zijn die van de vier kwartalen tot en met {}{}. Een cliëntjaar is vier kwartalen met zorg; wie korter zorg had, telt \
         naar verhouding. Vergelijk alleen binnen een klasse: verblijf kost meer dan ambulante hulp omdat het andere zorg is. Verschillen \
         tussen cliënten zijn vooral verschillen in wat kinderen nodig hebben.{}",
        input.kwartaal,
        missing(input),
        concentration(measure).map(|text| format!(" {text}")).unwrap_or_default()
    );
    vec![
        Block::Note(NoteKind::Toelichting, note),
        Block::Table(per_class(input, measure)),
        Block::Table(bands(input, measure)),
    ]
}

/// Quarters of the four about which there is nothing at all.
fn missing(input: &Input<'_>) -> String {
    let known = input.published.measure("kosten_totaal").map(|m| (m, m.level(&["kwartaal"])));
    let has = |quarter: &str| {
        known.is_some_and(|(m, cells)| cells.iter().any(|cell| m.key(cell, "kwartaal") == quarter))
    };
    let absent: Vec<String> = (0..4)
        .rev()
        .map(|back| input.kwartaal.plus(-back).to_string())
        .filter(|quarter| !has(quarter))
        .collect();
    if absent.is_empty() {
        return String::new();
    }
    format!(" (over {} zijn er geen declaraties)", crate::dutch::list(&absent))
}

/// Lower edge of a band in euros.
fn edge(measure: &PublishedMeasure, cell: &PublishedCell) -> i64 {
    measure.key(cell, "vanaf_euro").parse().unwrap_or(0)
}

/// Bands of one class, the dearest first.
fn bands_of<'m>(measure: &'m PublishedMeasure, klasse: &str) -> Vec<&'m PublishedCell> {
    let of_class = |cell: &&PublishedCell| measure.key(cell, "klasse") == klasse;
    let mut cells: Vec<&PublishedCell> =
        measure.level(&BAND_KEYS).iter().filter(of_class).collect();
    cells.sort_by_key(|cell| std::cmp::Reverse(edge(measure, cell)));
    cells
}

fn n_clients(cell: &PublishedCell) -> Option<i64> {
    cell.clienten.as_ref().and_then(crate::disclosure::Shown::value)
}

/// The highest band edge from which clients cost half of everything together; silent when a band is hidden.
fn concentration(measure: &PublishedMeasure) -> Option<String> {
    let whole = find(Some(measure), &["klasse"], &[("klasse", ALLES)])?;
    let (total_ct, all) = (whole.value.value()?, n_clients(whole)?);
    let (mut sum_ct, mut clients) = (0, 0);
    for cell in bands_of(measure, ALLES) {
        sum_ct += cell.value.value()?;
        clients += n_clients(cell)?;
        let from = edge(measure, cell);
        if total_ct > 0 && 2 * sum_ct >= total_ct && from > 0 {
            return Some(format!(
                "{} van de {} cliënten ({}) kostten elk {} of meer; samen is dat {} van alle kosten.",
                count(clients),
                count(all),
                percent(clients as f64 / all as f64, 0),
                euro_whole(from * 100),
                percent(sum_ct as f64 / total_ct as f64, 0)
            ));
        }
    }
    None
}

/// The class as people call it.
fn klasse_naam(input: &Input<'_>, klasse: &str) -> String {
    let nummer = klasse.strip_prefix("segment ");
    let segment = nummer.and_then(|n| input.region.segmenten.iter().find(|s| s.nummer == n));
    segment.map_or_else(|| klasse.to_owned(), |segment| format!("{klasse}: {}", segment.naam))
}

/// Eurocents per unit as a cell; hidden when either is.
fn per(ct: Option<i64>, n: Option<i64>, times: i64) -> Cell {
    match (ct, n) {
        (Some(ct), Some(n)) if n > 0 => {
            Cell::new(Value::Decimal(ct as f64 / 100.0 * times as f64 / n as f64))
        }
        (Some(_), Some(_)) => Cell::unknown("er was geen zorg met een bedrag boven nul"),
        _ => Cell::new(Value::Hidden),
    }
}

fn per_class(input: &Input<'_>, measure: &PublishedMeasure) -> Table {
    let caption = format!(
        "Kosten per cliënt per klasse van zorg, vier kwartalen tot en met {}",
        input.kwartaal
    );
    let mut table = Table::new(
        "kosten_per_client",
        &caption,
        vec![
            TableColumn::new("Klasse van zorg", "", Kind::Text),
            TableColumn::new("Cliënten", "", Kind::Count),
            TableColumn::new("Kosten", "", Kind::Cents),
            TableColumn::new("Kosten per cliënt", "euro", Kind::Decimal(2)),
            TableColumn::new("Kwartalen met zorg", "", Kind::Count),
            TableColumn::new("Kosten per cliëntjaar", "euro", Kind::Decimal(2)),
        ],
    );
    let quarters = input.published.measure("clientkwartalen");
    let (all, classes): (Vec<_>, Vec<_>) =
        measure.level(&["klasse"]).iter().partition(|cell| measure.key(cell, "klasse") == ALLES);
    for cell in classes.into_iter().chain(all) {
        let klasse = measure.key(cell, "klasse");
        let cared = find(quarters, &["klasse"], &[("klasse", klasse)]);
        let n_quarters = cared.map_or(Some(0), |cell| cell.value.value());
        let mut row = Row::new(vec![
            Cell::text(&klasse_naam(input, klasse)),
            clienten(Some(cell)),
            value(cell, As::Cents),
            per(cell.value.value(), n_clients(cell), 1),
            cared.map_or_else(|| Cell::new(Value::Int(0)), |cell| value(cell, As::Count)),
            // Four quarters are a year.
            per(cell.value.value(), n_quarters, 4),
        ]);
        // No sum of the rows above: a client with two classes of care is in both.
        row.highlight = klasse == ALLES;
        table.rows.push(row);
    }
    table.source_line = source(input, "kosten_per_client en clientkwartalen");
    table
}

/// From which costs to which.
fn band_naam(from: i64) -> String {
    const EDGES: [i64; 8] = [0, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000];
    match EDGES.iter().find(|edge| **edge > from) {
        _ if from < 0 => "onder nul (credit)".to_owned(),
        Some(to) if from == 0 => format!("onder {}", euro_whole(to * 100)),
        Some(to) => format!("{} tot {}", euro_whole(from * 100), euro_whole(to * 100)),
        None => format!("{} en meer", euro_whole(from * 100)),
    }
}

fn bands(input: &Input<'_>, measure: &PublishedMeasure) -> Table {
    let caption = format!(
        "Hoe de kosten over cliënten verdeeld zijn, duurste band eerst, vier kwartalen tot en met {}",
        input.kwartaal
    );
    let mut table = Table::new(
        "kosten_per_client_banden",
        &caption,
        vec![
            TableColumn::new("Klasse van zorg", "", Kind::Text),
            TableColumn::new("Kosten van een cliënt", "", Kind::Text),
            TableColumn::new("Cliënten", "", Kind::Count),
            TableColumn::new("Kosten", "", Kind::Cents),
            TableColumn::new("Deel van de cliënten van deze klasse", "", Kind::Share),
            TableColumn::new("Deel van de kosten van deze klasse", "", Kind::Share),
        ],
    );
    let (all, classes): (Vec<_>, Vec<_>) =
        measure.level(&["klasse"]).iter().partition(|cell| measure.key(cell, "klasse") == ALLES);
    for whole in all.into_iter().chain(classes) {
        let klasse = measure.key(whole, "klasse");
        for cell in bands_of(measure, klasse) {
            table.rows.push(Row::new(vec![
                Cell::text(&klasse_naam(input, klasse)),
                Cell::text(&band_naam(edge(measure, cell))),
                clienten(Some(cell)),
                value(cell, As::Cents),
                share_of(n_clients(cell), n_clients(whole)),
                share_of(cell.value.value(), whole.value.value()),
            ]));
        }
    }
    table.source_line = source(input, QUERY);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_named_by_both_its_edges() {
        let names = [-1, 0, 2_500, 100_000].map(band_naam);
        assert_eq!(
            names,
            ["onder nul (credit)", "onder € 1.000", "€ 2.500 tot € 5.000", "€ 100.000 en meer"]
        );
    }

    #[test]
    fn what_is_hidden_or_divided_by_nothing_is_no_number() {
        assert_eq!(per(Some(100_000), Some(4), 4), Cell::new(Value::Decimal(1_000.0)));
        assert_eq!(per(None, Some(4), 1), Cell::new(Value::Hidden));
        assert!(matches!(per(Some(1), Some(0), 1).value, Value::Unknown { .. }));
    }
}
