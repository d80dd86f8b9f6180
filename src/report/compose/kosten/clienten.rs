//! Costs per client over four quarters, per class of care: how much, and on how few clients it rests.

use crate::disclosure::{PublishedCell, PublishedMeasure, Shown};
use crate::dutch::{count, euro_whole, percent};
use crate::report::compose::cellen::{As, clienten, find, share_of, value};
use crate::report::compose::{Input, source};
use crate::report::document::{Block, Cell, Kind, NoteKind, Row, Table, TableColumn, Value};

/// Clients of all classes together.
const ALLES: &str = "alle zorg";
const QUERY: &str = "kosten_per_client";
/// As in the manual: one client more or less changes such a figure.
const FEW: &str = " Heeft een klasse maar een paar cliënten, dan zegt het gemiddelde weinig.";
const PART_KEYS: [&str; 2] = ["klasse", "deel"];

/// A sentence on concentration, costs per client-year per class, and the parts from dear to cheap.
pub(super) fn blocks(input: &Input<'_>) -> Vec<Block> {
    let Some(measure) = input.published.measure(QUERY) else { return Vec::new() };
    if measure.level(&["klasse"]).is_empty() {
        return Vec::new();
    }
    let note = format!(
        "Kosten per cliënt zijn die van de vier kwartalen tot en met {}{}. Een cliëntjaar is vier kwartalen met zorg; wie korter zorg had, telt \
         naar verhouding. Vergelijk alleen binnen een klasse: verblijf kost meer dan ambulante hulp omdat het andere zorg is. Verschillen \
         tussen cliënten zijn vooral verschillen in wat kinderen nodig hebben.{}{}{}{}",
        input.kwartaal,
        missing(input),
        if input.published.judged().kosten.kommas.is_empty() {
            ""
        } else {
            " Bedragen waarbij mogelijk een komma verkeerd staat, zitten hier nog in."
        },
        double(measure),
        FEW,
        concentration(measure).map(|text| format!(" {text}")).unwrap_or_default()
    );
    let mut blocks =
        vec![Block::Note(NoteKind::Toelichting, note), Block::Table(per_class(input, measure))];
    blocks.extend(parts(input, measure).map(Block::Table));
    blocks
}

/// How far the classes add up beyond the clients, when they do: who has care of two classes is in both.
fn double(measure: &PublishedMeasure) -> String {
    let cells = measure.level(&["klasse"]);
    let (all, classes): (Vec<_>, Vec<_>) =
        cells.iter().partition(|cell| measure.key(cell, "klasse") == ALLES);
    let told = " Een cliënt kan in meer klassen zorg hebben en telt dan in elke klasse mee";
    let sum: Option<i64> = classes.into_iter().map(n_clients).sum();
    match (sum, all.first().and_then(|cell| n_clients(cell))) {
        (Some(sum), Some(n)) if sum > n => format!(
            "{told}: de klassen zijn opgeteld {}, het zijn {} cliënten.",
            count(sum),
            count(n)
        ),
        (Some(_), Some(_)) => String::new(),
        // One of them is hidden, and may not follow from the others.
        _ => format!("{told}."),
    }
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

/// Lower end of a part of the row of clients, in percent; 0 is a class too small to be put in a row.
fn end(measure: &PublishedMeasure, cell: &PublishedCell) -> i64 {
    measure.key(cell, "deel").parse().unwrap_or(0)
}

/// Parts of one class, the dearest first; none for a class that is not parted.
fn parts_of<'m>(measure: &'m PublishedMeasure, klasse: &str) -> Vec<&'m PublishedCell> {
    let of_class =
        |cell: &&PublishedCell| measure.key(cell, "klasse") == klasse && end(measure, cell) > 0;
    let mut cells: Vec<&PublishedCell> =
        measure.level(&PART_KEYS).iter().filter(of_class).collect();
    cells.sort_by_key(|cell| end(measure, cell));
    cells
}

fn n_clients(cell: &PublishedCell) -> Option<i64> {
    cell.clienten.as_ref().and_then(Shown::value)
}

/// What the dearest tenth and the cheaper half of the clients cost; silent when a part is hidden.
fn concentration(measure: &PublishedMeasure) -> Option<String> {
    let whole = find(Some(measure), &["klasse"], &[("klasse", ALLES)])?;
    let total_ct = whole.value.value().filter(|ct| *ct > 0)?;
    let all = n_clients(whole)?;
    let share = |ct: i64| percent(ct as f64 / total_ct as f64, 0);
    let (mut dearest, mut dearest_ct, mut cheapest_ct) = (0, 0, 0);
    let parts = parts_of(measure, ALLES);
    for cell in &parts {
        let (ct, n) = (cell.value.value()?, n_clients(cell)?);
        if end(measure, cell) <= 10 {
            (dearest, dearest_ct) = (dearest + n, dearest_ct + ct);
        } else if end(measure, cell) == 100 {
            cheapest_ct = ct;
        }
    }
    (dearest > 0).then(|| {
        format!(
            "De duurste {} van de {} cliënten kostten samen {} ({}), de goedkoopste helft {}.",
            count(dearest),
            count(all),
            euro_whole(dearest_ct),
            share(dearest_ct),
            share(cheapest_ct)
        )
    })
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

/// A part of the row of clients in words.
fn part_naam(end: i64) -> &'static str {
    match end {
        5 => "duurste 5%",
        10 => "daarna, tot 10%",
        25 => "daarna, tot 25%",
        50 => "daarna, tot de helft",
        _ => "goedkoopste helft",
    }
}

/// The parts of every class that is large enough, all care first.
fn parts(input: &Input<'_>, measure: &PublishedMeasure) -> Option<Table> {
    let caption = format!(
        "Hoe de kosten over cliënten verdeeld zijn, van duur naar goedkoop, vier kwartalen tot en met {}",
        input.kwartaal
    );
    let mut table = Table::new(
        "kosten_over_clienten",
        &caption,
        vec![
            TableColumn::new("Klasse van zorg", "", Kind::Text),
            TableColumn::new("Cliënten van duur naar goedkoop", "", Kind::Text),
            TableColumn::new("Cliënten", "", Kind::Count),
            TableColumn::new("Kosten", "", Kind::Cents),
            TableColumn::new("Kosten per cliënt", "euro", Kind::Decimal(2)),
            TableColumn::new("Deel van de kosten van deze klasse", "", Kind::Share),
        ],
    );
    let (all, classes): (Vec<_>, Vec<_>) =
        measure.level(&["klasse"]).iter().partition(|cell| measure.key(cell, "klasse") == ALLES);
    for whole in all.into_iter().chain(classes) {
        let klasse = measure.key(whole, "klasse");
        for cell in parts_of(measure, klasse) {
            table.rows.push(Row::new(vec![
                Cell::text(&klasse_naam(input, klasse)),
                Cell::text(part_naam(end(measure, cell))),
                clienten(Some(cell)),
                value(cell, As::Cents),
                per(cell.value.value(), n_clients(cell), 1),
                share_of(cell.value.value(), whole.value.value()),
            ]));
        }
    }
    table.source_line = source(input, QUERY);
    (!table.rows.is_empty()).then_some(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_or_divided_by_nothing_is_no_number() {
        assert_eq!(per(Some(100_000), Some(4), 4), Cell::new(Value::Decimal(1_000.0)));
        assert_eq!(per(None, Some(4), 1), Cell::new(Value::Hidden));
        assert!(matches!(per(Some(1), Some(0), 1).value, Value::Unknown { .. }));
    }
}
