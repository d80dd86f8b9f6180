//! Chapter: zorgcoordinatie over aanbieders.

use anyhow::Result;

use crate::charts::{Bar, Bars, Chart, Kind as ChartKind};
use crate::dutch::{count, hours, percent};
use crate::findings::{Chapter, Verdeling};
use crate::region::Evenredigheid;
use crate::report::compose::cellen::{As, find, in_quarter, value, value_or_none};
use crate::report::compose::evenredigheid;
use crate::report::compose::{Input, figure_of, findings_block, section, source, undetermined};
use crate::report::document::{
    Block, Cell, Kind, NoteKind, Row, Section, Table, TableColumn, Value,
};

pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let mut blocks = undetermined(input, Chapter::Zorgcoordinatie);
    blocks.extend(out_of_date(input));
    blocks.extend(informative(input));
    blocks.extend(findings_block(input, Chapter::Zorgcoordinatie));
    blocks.extend(evenredigheid::blocks(input)?);
    if let Some(verdeling) = &input.published.judged().verdeling {
        blocks.extend(shares(input, verdeling)?);
        blocks.extend(below_zero(verdeling));
    }
    blocks.extend(hours_table(input));
    blocks.extend(without_minutes(input));
    blocks.extend(involved(input)?);
    let title = if input.region.coordinatie.term == "zorgcoördinatie" {
        "Zorgcoördinatie over aanbieders".to_owned()
    } else {
        format!("Zorgcoördinatie ({}) over aanbieders", input.region.coordinatie.term)
    };
    Ok(section(input, Chapter::Zorgcoordinatie, &title, blocks))
}

/// The rules of a region have an end; after it the figures still stand, but not as a rule.
fn out_of_date(input: &Input<'_>) -> Option<Block> {
    let geldig = input.region.coordinatie.geldig;
    if geldig.holds_on(input.kwartaal.first_day()) && geldig.holds_on(input.kwartaal.last_day()) {
        return None;
    }
    let day = |date: Option<chrono::NaiveDate>, open: &str| {
        date.map_or(open.to_owned(), crate::dutch::date_long)
    };
    Some(Block::Note(
        NoteKind::LetOp,
        format!(
            "De afspraken over zorgcoördinatie gelden van {} tot en met {}. Dit kwartaal valt daarbuiten; de cijfers zijn wel berekend.",
            day(geldig.van, "het begin"),
            day(geldig.tot, "nader bericht")
        ),
    ))
}

fn informative(input: &Input<'_>) -> Option<Block> {
    (input.region.coordinatie.evenredigheid == Evenredigheid::Informatief).then(|| {
        Block::Note(
            NoteKind::Toelichting,
            "Deze regio kent geen regel dat zorgcoördinatie evenredig verdeeld moet zijn. De verdeling is informatie, geen norm.".to_owned(),
        )
    })
}

fn shares(input: &Input<'_>, verdeling: &Verdeling) -> Result<Option<Block>> {
    let caption = format!(
        "Aandeel in de uren zorgcoördinatie (staaf) naast het aandeel in de cliënten met meer dan één aanbieder (streep; een cliënt telt \
         mee bij elk van zijn aanbieders), {}",
        input.kwartaal
    );
    let first = &verdeling.delen[0];
    let bars = verdeling.delen.iter().map(|deel| Bar {
        label: deel.aanbieder.clone(),
        value: Some(deel.aandeel_uren * 100.0),
        text: format!("{} ({} uur)", percent(deel.aandeel_uren, 0), hours(deel.minuten)),
        highlight: deel.aanbieder == first.aanbieder,
        marker: Some(deel.aandeel_clienten * 100.0),
    });
    let chart = Chart {
        stem: "coordinatie_aandeel".to_owned(),
        title: format!(
            "{} declareerde {} van de uren zorgcoördinatie",
            first.aanbieder,
            percent(first.aandeel_uren, 0)
        ),
        subtitle: caption.clone(),
        source: source(input, "coordinatie_uren en clienten_per_aanbieder"),
        kind: ChartKind::Bars(Bars {
            unit: "procent van de uren".to_owned(),
            bars: bars.collect(),
            marker_label: "aandeel in de cliënten".to_owned(),
        }),
    };
    let mut data = Table::new(
        "coordinatie_aandeel_gegevens",
        &caption,
        vec![
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Uren", "", Kind::Hours),
            TableColumn::new("Aandeel in de uren", "", Kind::Share),
            TableColumn::new("Cliënten met meer aanbieders", "", Kind::Count),
            TableColumn::new("Aandeel in die cliënten", "", Kind::Share),
        ],
    );
    data.rows = verdeling
        .delen
        .iter()
        .map(|deel| {
            Row::new(vec![
                Cell::text(&deel.aanbieder),
                Cell::new(Value::Int(deel.minuten)),
                Cell::new(Value::Share(deel.aandeel_uren)),
                Cell::new(Value::Int(deel.clienten)),
                Cell::new(Value::Share(deel.aandeel_clienten)),
            ])
        })
        .collect();
    data.source_line = source(input, "coordinatie_uren en clienten_per_aanbieder");
    figure_of(chart, &caption, data, &[2, 4])
}

/// Who is left out of the shares, and why.
fn below_zero(verdeling: &Verdeling) -> Option<Block> {
    let names: Vec<String> = verdeling
        .negatief
        .iter()
        .map(|(aanbieder, minuten)| format!("{aanbieder} ({} uur)", hours(*minuten)))
        .collect();
    (!names.is_empty()).then(|| {
        let text = format!(
            "Door een creditregel zonder debetregel komt een aanbieder onder nul: {}. Die telt in de aandelen niet mee.",
            crate::dutch::list(&names)
        );
        Block::Note(NoteKind::LetOp, text)
    })
}

/// Hours and clients per aanbieder, as measured.
fn hours_table(input: &Input<'_>) -> Option<Block> {
    let mut rows = in_quarter(input, "coordinatie_uren", &["aanbieder", "kwartaal"]);
    if rows.is_empty() {
        return None;
    }
    rows.sort_by_cached_key(|(measure, cell)| {
        crate::dutch::sort_key(measure.key(cell, "aanbieder"))
    });
    let caption = format!("Gedeclareerde zorgcoördinatie per aanbieder, {}", input.kwartaal);
    let mut table = Table::new(
        "coordinatie_per_aanbieder",
        &caption,
        vec![
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Uren", "", Kind::Hours),
            TableColumn::new("Cliënten", "", Kind::Count),
        ],
    );
    let kwartaal = input.kwartaal.to_string();
    let clients = input.published.measure("coordinatie_clienten");
    for (measure, cell) in rows {
        let aanbieder = measure.key(cell, "aanbieder");
        let texts = [("aanbieder", aanbieder), ("kwartaal", kwartaal.as_str())];
        let of = find(clients, &["aanbieder", "kwartaal"], &texts);
        table.rows.push(Row::new(vec![
            Cell::text(aanbieder),
            value(cell, As::Minutes),
            value_or_none(of, As::Count),
        ]));
    }
    for (_, cell) in in_quarter(input, "coordinatie_uren", &["kwartaal"]) {
        let of = find(clients, &["kwartaal"], &[("kwartaal", kwartaal.as_str())]);
        table.rows.push(Row::total(vec![
            Cell::text("Regio"),
            value(cell, As::Minutes),
            value_or_none(of, As::Count),
        ]));
    }
    table.source_line = source(input, "coordinatie_uren en coordinatie_clienten");
    Some(Block::Table(table))
}

fn without_minutes(input: &Input<'_>) -> Option<Block> {
    let cells = in_quarter(input, "coordinatie_zonder_minuten", &["kwartaal"]);
    let (_, cell) = cells.first()?;
    let n = cell.value.value().filter(|n| *n > 0)?;
    Some(Block::Note(
        NoteKind::LetOp,
        format!(
            "{} zorgcoördinatie {} gedeclareerd in een eenheid die niet naar uren is om te rekenen. Die tellen in de uren niet mee.",
            crate::dutch::counted(n, "regel", "regels"),
            if n == 1 { "is" } else { "zijn" }
        ),
    ))
}

/// How many had several aanbieders, as a title.
fn several(n: i64) -> String {
    let who = match n {
        0 => "Geen cliënt had".to_owned(),
        1 => "1 cliënt had".to_owned(),
        n => format!("{} cliënten hadden", count(n)),
    };
    format!("{who} meer dan één aanbieder, met of zonder zorgcoördinatie")
}

/// Clients by number of aanbieders: for whom someone else could have coordinated.
fn involved(input: &Input<'_>) -> Result<Option<Block>> {
    let rows = in_quarter(input, "betrokken_aanbieders", &["aantal_aanbieders", "kwartaal"]);
    let caption = format!("Cliënten naar het aantal aanbieders dat in {} zorg gaf", input.kwartaal);
    let mut data = Table::new(
        "betrokken_aanbieders_gegevens",
        &caption,
        vec![
            TableColumn::new("Aantal aanbieders", "", Kind::Text),
            TableColumn::new("Cliënten", "", Kind::Count),
        ],
    );
    let mut bars = Vec::new();
    let mut more = 0;
    for (measure, cell) in rows {
        let key = measure.key(cell, "aantal_aanbieders");
        let shown = cell.value.value();
        if key != "1" {
            more += shown.unwrap_or(0);
        }
        bars.push(Bar {
            label: if key == "1" { "1 aanbieder".to_owned() } else { format!("{key} aanbieders") },
            value: shown.map(|n| n as f64),
            text: shown.map(count).unwrap_or_default(),
            highlight: key != "1",
            marker: None,
        });
        data.rows.push(Row::new(vec![Cell::text(key), value(cell, As::Count)]));
    }
    let is_whole = bars.iter().all(|bar| bar.value.is_some());
    data.source_line = source(input, "betrokken_aanbieders");
    let chart = Chart {
        stem: "betrokken_aanbieders".to_owned(),
        title: if is_whole { several(more) } else { "Cliënten naar aantal aanbieders".to_owned() },
        subtitle: caption.clone(),
        source: source(input, "betrokken_aanbieders"),
        kind: ChartKind::Bars(Bars {
            unit: "cliënten".to_owned(),
            bars,
            marker_label: String::new(),
        }),
    };
    figure_of(chart, &caption, data, &[1])
}
