//! Gemeenten against each other: funnel, intervals, table and sentences.

use anyhow::Result;

use crate::charts::{
    Chart, Funnel, FunnelDot, IntervalRow, Intervals, Kind as ChartKind, Limits, XScale,
};
use crate::dutch::{counted, decimal, list};
use crate::findings::maatwerk::{vergelijking::QUESTION, zinnen};
use crate::findings::{Chapter, Oordeel, Vergelijking};
use crate::report::compose::{Input, figure, source};
use crate::report::document::{
    Block, Cell, Kind, NoteKind, Row, Table, TableColumn, Value as CellValue,
};
use crate::stats::funnel::{FunnelLimits, prediction_limits, widened_limits};
use crate::stats::overdispersion::Decision;
use crate::stats::{Computed, Level};

/// The query everything here comes from.
const QUERY: &str = "maatwerk_nieuw";
/// Points of a limit.
const POINTS: u32 = 80;
/// A larger ratio of sizes than this needs a logarithmic axis.
const LOG_FROM: f64 = 20.0;

/// The comparison over four quarters, and what the last one alone says; a remark when it may not be seen.
pub(super) fn blocks(input: &Input<'_>) -> Result<Vec<Block>> {
    let judged = input.published.judged();
    let Some(jaar) = &judged.maatwerk else { return Ok(hidden(input).into_iter().collect()) };
    let mut blocks = Vec::new();
    blocks.extend(funnel(input, jaar)?);
    blocks.extend(intervals(input, jaar)?);
    blocks.push(Block::Table(table(input, jaar, "maatwerk_oordeel")));
    blocks.extend(sentences(input, jaar));
    blocks.push(Block::Note(NoteKind::Toelichting, reading_guide(jaar)));
    if let Some(kwartaal) = &judged.maatwerk_kwartaal {
        blocks.push(Block::Paragraph(format!(
            "{} Eén kwartaal zegt minder dan {}: de aantallen zijn klein.",
            zinnen::hoeveel(kwartaal),
            zinnen::periode(jaar)
        )));
        blocks.push(Block::Table(table(input, kwartaal, "maatwerk_oordeel_kwartaal")));
    }
    Ok(blocks)
}

/// A sentence per gemeente that has none among the findings.
fn sentences(input: &Input<'_>, jaar: &Vergelijking) -> Option<Block> {
    let found: Vec<&str> =
        input.published.judged().of(Chapter::Maatwerk).map(|found| found.text.as_str()).collect();
    let all = jaar.gemeenten.iter().map(|one| zinnen::zin(one, jaar));
    let rest: Vec<String> = all.filter(|zin| !found.contains(&zin.as_str())).collect();
    (!rest.is_empty()).then_some(Block::List(rest))
}

/// Silence would read as "no difference".
fn hidden(input: &Input<'_>) -> Option<Block> {
    let judged = input.published.judged();
    let is_told = judged.niet_te_bepalen.iter().any(|one| one.question == QUESTION);
    let text = "De vergelijking van de gemeenten met elkaar rust op aantallen die te klein zijn om te tonen.";
    (!is_told && input.published.minimum().is_some())
        .then(|| Block::Note(NoteKind::LetOp, text.to_owned()))
}

/// How the figures of this part are to be read.
fn reading_guide(jaar: &Vergelijking) -> String {
    let parts = [
        "Elke gemeente wordt vergeleken met de andere samen, met haar eigen aantal jeugdigen. Buiten 95% heet opvallend, buiten 99,8% duidelijk afwijkend. \
         De lijnen van de trechter lopen om het cijfer van alle gemeenten samen en kunnen daarom net anders liggen dan het oordeel in de tabel.",
        &zinnen::spreiding(&jaar.spreiding),
        &zinnen::korter(jaar),
        "Overeenkomsten met vrije keuze van aanbieder door een maatregel staan apart en tellen in de vergelijking niet mee. Een klein aantal is: minder dan 10 overeenkomsten, of minder dan 5 te verwachten.",
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn title(jaar: &Vergelijking) -> String {
    let n = jaar.gemeenten.len();
    match jaar.opvallend().count() {
        0 => format!("Geen van de {n} gemeenten ligt buiten de grenzen van 95%"),
        1 => format!("1 van de {n} gemeenten ligt buiten de grenzen van 95%"),
        found => format!("{found} van de {n} gemeenten liggen buiten de grenzen van 95%"),
    }
}

/// Measure, period and n.
fn subtitle(jaar: &Vergelijking) -> String {
    let n: i64 = jaar.gemeenten.iter().map(|one| one.telling.aantal).sum();
    format!(
        "Nieuwe maatwerkovereenkomsten per 10.000 jeugdigen, {}, {}",
        zinnen::periode(jaar),
        counted(n, "overeenkomst", "overeenkomsten")
    )
}

fn funnel(input: &Input<'_>, jaar: &Vergelijking) -> Result<Option<Block>> {
    let sizes = jaar.gemeenten.iter().map(|one| one.telling.jeugdigen as f64);
    let smallest = sizes.clone().fold(f64::INFINITY, f64::min);
    let largest = sizes.fold(0.0, f64::max);
    let is_log = largest > smallest * LOG_FROM;
    let span = if is_log {
        (smallest / 1.1, largest * 1.1)
    } else {
        // Left of every gemeente the limits of less than one agreement jump up and down.
        (smallest / 2.0, largest * 1.05)
    };
    let dot = |one: &Oordeel| FunnelDot {
        name: one.telling.naam.clone(),
        x: one.telling.jeugdigen as f64,
        y: Some(one.per_10000),
        text: decimal(one.per_10000, 1),
        small: one.is_klein,
        label: one.valt_op(),
        highlight: matches!(one.level, Level::Beyond998(_)),
    };
    let chart = Chart {
        stem: "maatwerk_trechter".to_owned(),
        title: title(jaar),
        subtitle: subtitle(jaar),
        source: source(input, QUERY),
        kind: ChartKind::Funnel(Funnel {
            x_label: "jeugdigen".to_owned(),
            y_label: "nieuwe maatwerkovereenkomsten per 10.000 jeugdigen".to_owned(),
            dots_label: "gemeenten".to_owned(),
            x_scale: if is_log { XScale::Log } else { XScale::Linear },
            reference: jaar.per_10000,
            reference_label: "regio".to_owned(),
            limits: limits(jaar, span, is_log),
            dots: jaar.gemeenten.iter().map(dot).collect(),
            ..Funnel::default()
        }),
    };
    let n = jaar.gemeenten.len();
    let caption = format!(
        "{}. Van {n} gemeenten vallen er door toeval gemiddeld hooguit {} buiten de 95%-lijnen.",
        subtitle(jaar),
        zinnen::verwacht_door_toeval(n)
    );
    let mut data = Table::new(
        "maatwerk_trechter_gegevens",
        &subtitle(jaar),
        vec![
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Jeugdigen", "", Kind::Count),
            TableColumn::new("Per 10.000 jeugdigen", "", Kind::Decimal(1)),
            TableColumn::new("Oordeel", "", Kind::Text),
        ],
    );
    for one in &jaar.gemeenten {
        let at = |column: &str| jaar.address(&one.telling.code, column);
        data.rows.push(Row::new(vec![
            Cell::text(&one.telling.naam),
            Cell::new(CellValue::Int(one.telling.jeugdigen)).at(&at("jeugdigen")),
            Cell::new(CellValue::Decimal(one.per_10000)).at(&at("per_10000")),
            Cell::text(one.woord()),
        ]));
    }
    data.source_line = source(input, QUERY);
    figure(chart, &caption, data)
}

/// The lines of 95% and 99.8% around all gemeenten together; where they are widened the others dashed.
fn limits(jaar: &Vergelijking, (from, to): (f64, f64), is_log: bool) -> Vec<Limits> {
    let is_widened = jaar.spreiding.decision == Decision::Widened;
    let at = |i: u32| {
        let part = f64::from(i) / f64::from(POINTS - 1);
        if is_log { from * (to / from).powf(part) } else { from + (to - from) * part }
    };
    let line = |of: &dyn Fn(f64) -> Computed<FunnelLimits>,
                pick: fn(&FunnelLimits) -> (f64, f64)| {
        // A rate without agreements has no limits, and then there is nothing compared.
        let point = |i: u32| {
            let x = at(i);
            let drawn = of(x * jaar.per_10000 / 10_000.0).ok()?.drawn(10_000.0 / x);
            let (lower, upper) = pick(&drawn);
            // Where not even one is expected the upper line can run below 0.
            Some((x, lower, upper.max(lower)))
        };
        (0..POINTS).filter_map(point).collect::<Vec<_>>()
    };
    let widened = |expected: f64| widened_limits(expected, jaar.spreiding.tau2);
    let one = |name: &str, thick: bool, pick: fn(&FunnelLimits) -> (f64, f64)| {
        let exact = line(&prediction_limits, pick);
        let (points, unadjusted) =
            if is_widened { (line(&widened, pick), exact) } else { (exact, Vec::new()) };
        Limits { name: name.to_owned(), thick, points, unadjusted }
    };
    vec![
        one("95%", false, |limits| (limits.lower95, limits.upper95)),
        one("99,8%", true, |limits| (limits.lower998, limits.upper998)),
    ]
}

fn intervals(input: &Input<'_>, jaar: &Vergelijking) -> Result<Option<Block>> {
    let row = |one: &Oordeel| IntervalRow {
        label: one.telling.naam.clone(),
        estimate: Some(one.per_10000),
        interval: Some((one.interval.lower, one.interval.upper)),
        expected: Some(one.elders_per_10000),
        text: decimal(one.per_10000, 1),
        note: if one.valt_op() { one.woord().to_owned() } else { String::new() },
        small: one.is_klein,
        flagged: one.valt_op(),
    };
    let named: Vec<&str> = jaar.opvallend().map(|one| one.telling.naam.as_str()).collect();
    let caption =
        format!("Elke gemeente met haar 95%-interval, op naam, {}", zinnen::periode(jaar));
    let chart = Chart {
        stem: "maatwerk_intervallen".to_owned(),
        title: if named.is_empty() {
            "Geen gemeente valt op tegenover de andere".to_owned()
        } else {
            format!("Opvallend: {}", list(&named))
        },
        subtitle: format!("{}, met 95%-interval", subtitle(jaar)),
        source: source(input, QUERY),
        kind: ChartKind::Intervals(Intervals {
            unit: "per 10.000 jeugdigen".to_owned(),
            expected_label: "verwacht naar de andere gemeenten".to_owned(),
            reference: Some(jaar.per_10000),
            reference_label: format!("regio {}", decimal(jaar.per_10000, 1)),
            rows: jaar.gemeenten.iter().map(row).collect(),
            ..Intervals::default()
        }),
    };
    let mut data = Table::new(
        "maatwerk_intervallen_gegevens",
        &caption,
        vec![
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Per 10.000 jeugdigen", "", Kind::Decimal(1)),
            TableColumn::new("Ondergrens", "95%", Kind::Decimal(1)),
            TableColumn::new("Bovengrens", "95%", Kind::Decimal(1)),
            TableColumn::new("Andere gemeenten per 10.000", "", Kind::Decimal(1)),
        ],
    );
    for one in &jaar.gemeenten {
        let cells = [
            (one.per_10000, "per_10000"),
            (one.interval.lower, "ondergrens"),
            (one.interval.upper, "bovengrens"),
            (one.elders_per_10000, "elders_per_10000"),
        ];
        let numbers = cells.into_iter().map(|(value, column)| number(jaar, one, value, column));
        let name = std::iter::once(Cell::text(&one.telling.naam));
        data.rows.push(Row::new(name.chain(numbers).collect()));
    }
    data.source_line = source(input, QUERY);
    figure(chart, &caption, data)
}

fn number(jaar: &Vergelijking, one: &Oordeel, value: f64, column: &str) -> Cell {
    Cell::new(CellValue::Decimal(value)).at(&jaar.address(&one.telling.code, column))
}

/// Everything that was judged, by name.
fn table(input: &Input<'_>, vergelijking: &Vergelijking, id: &str) -> Table {
    let caption = format!(
        "Maatwerk per gemeente tegen de andere gemeenten samen, {}",
        zinnen::periode(vergelijking)
    );
    let mut table = Table::new(
        id,
        &caption,
        vec![
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Nieuw", "overeenkomsten", Kind::Count),
            TableColumn::new("Jeugdigen", "", Kind::Count),
            TableColumn::new("Per 10.000 jeugdigen", "", Kind::Decimal(1)),
            TableColumn::new("Ondergrens", "95%", Kind::Decimal(1)),
            TableColumn::new("Bovengrens", "95%", Kind::Decimal(1)),
            TableColumn::new("Andere gemeenten per 10.000", "", Kind::Decimal(1)),
            TableColumn::new("Verwacht", "overeenkomsten", Kind::Decimal(1)),
            TableColumn::new("Oordeel", "", Kind::Text),
            TableColumn::new("Opmerking", "", Kind::Text),
            TableColumn::new("Vrije keuze door maatregel, apart", "", Kind::Count),
        ],
    );
    for one in &vergelijking.gemeenten {
        let telling = &one.telling;
        let at = |column: &str| vergelijking.address(&telling.code, column);
        let int = |value: i64, column: &str| Cell::new(CellValue::Int(value)).at(&at(column));
        let number = |value: f64, column: &str| number(vergelijking, one, value, column);
        table.rows.push(Row::new(vec![
            Cell::text(&telling.naam),
            int(telling.aantal, "aantal"),
            int(telling.jeugdigen, "jeugdigen"),
            number(one.per_10000, "per_10000"),
            number(one.interval.lower, "ondergrens"),
            number(one.interval.upper, "bovengrens"),
            number(one.elders_per_10000, "elders_per_10000"),
            number(one.verwacht, "verwacht"),
            Cell::text(one.woord()),
            if one.is_klein { Cell::text("klein aantal") } else { Cell::new(CellValue::Empty) },
            int(telling.vrije_keuze, "vrije_keuze"),
        ]));
    }
    table.source_line = source(input, QUERY);
    table
}
