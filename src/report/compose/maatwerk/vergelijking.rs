//! Gemeenten against each other: intervals, table and sentences, below the funnel.

use anyhow::Result;

use crate::charts::{Chart, IntervalRow, Intervals, Kind as ChartKind};
use crate::dutch::{count, decimal, list};
use crate::findings::Chapter;
use crate::findings::maatwerk::vergelijking::{KLEIN_VERWACHT, Oordeel, QUESTION, Vergelijking};
use crate::findings::maatwerk::{zinnen, zonder_door_maatregel};
use crate::report::compose::maatwerk::trechter::{self, QUERY, number, subtitle};
use crate::report::compose::{Input, figure, source};
use crate::report::document::{
    Block, Cell, Kind, NoteKind, Row, Table, TableColumn, Value as CellValue,
};

/// The comparison over four quarters, and what the last one alone says; a remark when it may not be seen.
pub(super) fn blocks(input: &Input<'_>) -> Result<Vec<Block>> {
    let judged = input.published.judged();
    let Some(jaar) = &judged.maatwerk else { return Ok(hidden(input).into_iter().collect()) };
    let mut blocks = Vec::new();
    blocks.extend(trechter::funnel(input, jaar)?);
    blocks.extend(intervals(input, jaar)?);
    blocks.push(Block::Table(table(input, jaar, "maatwerk_oordeel")));
    blocks.extend(sentences(input, jaar));
    blocks.push(Block::Note(NoteKind::Toelichting, reading_guide(input, jaar)));
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

/// What chance explains is no proof, and the table has every number of it.
const BINNEN: &str = "Binnen wat bij deze omvang door toeval te verwachten is, wat geen bewijs is dat er geen verschil is:";

/// A sentence per gemeente that has none among the findings; those within what chance gives a line each, last.
fn sentences(input: &Input<'_>, jaar: &Vergelijking) -> Vec<Block> {
    let found: Vec<&str> =
        input.published.judged().of(Chapter::Maatwerk).map(|found| found.text.as_str()).collect();
    let (beyond, within): (Vec<&Oordeel>, Vec<&Oordeel>) =
        jaar.gemeenten.iter().partition(|one| one.valt_op());
    let beyond = beyond.into_iter().map(|one| zinnen::zin(one, jaar));
    let rest: Vec<String> = beyond.filter(|zin| !found.contains(&zin.as_str())).collect();
    let mut blocks = Vec::new();
    if !rest.is_empty() {
        blocks.push(Block::List(rest));
    }
    if !within.is_empty() {
        blocks.push(Block::Paragraph(BINNEN.to_owned()));
        blocks.push(Block::List(within.into_iter().map(|one| zinnen::zin(one, jaar)).collect()));
    }
    blocks
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
fn reading_guide(input: &Input<'_>, jaar: &Vergelijking) -> String {
    let korter = zinnen::korter(jaar);
    let apart = if zonder_door_maatregel(input.region).is_empty() {
        ""
    } else {
        "Overeenkomsten met vrije keuze van aanbieder door een maatregel staan apart en tellen in de vergelijking niet mee."
    };
    let klein = format!(
        "Een klein aantal is: minder dan {} overeenkomsten, of minder dan {} te verwachten.",
        count(input.region.drempels.klein_aantal.waarde),
        decimal(KLEIN_VERWACHT, 0)
    );
    let parts = [
        "Elke gemeente wordt vergeleken met de andere samen, met haar eigen aantal jeugdigen. Buiten 95% heet opvallend, buiten 99,8% duidelijk afwijkend. \
         De lijnen van de trechter lopen om het cijfer van alle gemeenten samen en kunnen daarom net anders liggen dan het oordeel in de tabel.",
        korter.as_str(),
        apart,
        klein.as_str(),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn intervals(input: &Input<'_>, jaar: &Vergelijking) -> Result<Option<Block>> {
    let named: Vec<&str> = jaar.opvallend().map(|one| one.telling.naam.as_str()).collect();
    let chart = Chart {
        stem: "maatwerk_intervallen".to_owned(),
        title: if named.is_empty() {
            "Geen gemeente valt op tegenover de andere".to_owned()
        } else {
            format!("Opvallend: {}", list(&named))
        },
        subtitle: format!("{}, met 95%-interval", subtitle(input, jaar)),
        source: source(input, QUERY),
        kind: ChartKind::Intervals(Intervals {
            unit: "per 10.000 jeugdigen".to_owned(),
            expected_label: "verwacht naar de andere gemeenten".to_owned(),
            flagged_label: trechter::BUITEN.to_owned(),
            reference: Some(jaar.per_10000),
            reference_label: format!("regio {}", decimal(jaar.per_10000, 1)),
            rows: jaar.gemeenten.iter().map(|one| interval_row(input, one)).collect(),
            ..Intervals::default()
        }),
    };
    let caption = format!(
        "Elke gemeente met haar 95%-interval, op naam, {}{}",
        zinnen::periode(jaar),
        zonder_door_maatregel(input.region)
    );
    let data = interval_data(input, jaar, &caption);
    figure(chart, &caption, data)
}

fn interval_row(input: &Input<'_>, one: &Oordeel) -> IntervalRow {
    let own = if input.is_eigen(&one.telling.code) { " (uw gemeente)" } else { "" };
    IntervalRow {
        label: format!("{}{own}", one.telling.naam),
        estimate: Some(one.per_10000),
        interval: Some((one.interval.lower, one.interval.upper)),
        expected: Some(one.elders_per_10000),
        text: decimal(one.per_10000, 1),
        note: if one.valt_op() { one.woord().to_owned() } else { String::new() },
        small: one.is_klein,
        flagged: one.valt_op(),
    }
}

/// The rates with their limits, as columns.
fn rate_columns() -> Vec<TableColumn> {
    vec![
        TableColumn::new("Per 10.000 jeugdigen", "", Kind::Decimal(1)),
        TableColumn::new("Ondergrens", "95%", Kind::Decimal(1)),
        TableColumn::new("Bovengrens", "95%", Kind::Decimal(1)),
        TableColumn::new("Andere gemeenten per 10.000", "", Kind::Decimal(1)),
    ]
}

/// The cells of [`rate_columns`].
fn rates(vergelijking: &Vergelijking, one: &Oordeel) -> [Cell; 4] {
    [
        (one.per_10000, "per_10000"),
        (one.interval.lower, "ondergrens"),
        (one.interval.upper, "bovengrens"),
        (one.elders_per_10000, "elders_per_10000"),
    ]
    .map(|(value, column)| number(vergelijking, one, value, column))
}

fn interval_data(input: &Input<'_>, jaar: &Vergelijking, caption: &str) -> Table {
    let mut columns = vec![
        TableColumn::new("Gemeente", "", Kind::Text),
        TableColumn::new("Jeugdigen", "", Kind::Count),
    ];
    columns.extend(rate_columns());
    columns.extend([
        TableColumn::new("Oordeel", "", Kind::Text),
        TableColumn::new("Opmerking", "", Kind::Text),
    ]);
    let mut data = Table::new("maatwerk_intervallen_gegevens", caption, columns);
    for one in &jaar.gemeenten {
        let jeugdigen = jaar.address(&one.telling.code, "jeugdigen");
        let mut cells = vec![
            Cell::text(&one.telling.naam),
            Cell::new(CellValue::Int(one.telling.jeugdigen)).at(&jeugdigen),
        ];
        cells.extend(rates(jaar, one));
        cells.extend([Cell::text(one.woord()), trechter::opmerking(one)]);
        data.rows.push(Row::new(cells));
    }
    data.rows.push(trechter::regio(jaar, 5));
    data.source_line = source(input, QUERY);
    data
}

/// Everything that was judged, by name.
fn table(input: &Input<'_>, vergelijking: &Vergelijking, id: &str) -> Table {
    let caption = format!(
        "Maatwerk per gemeente tegen de andere gemeenten samen, {}{}",
        zinnen::periode(vergelijking),
        zonder_door_maatregel(input.region)
    );
    let mut columns = vec![
        TableColumn::new("Gemeente", "", Kind::Text),
        TableColumn::new("Nieuw", "overeenkomsten", Kind::Count),
        TableColumn::new("Jeugdigen", "", Kind::Count),
    ];
    columns.extend(rate_columns());
    columns.extend([
        TableColumn::new("Verwacht", "overeenkomsten", Kind::Decimal(1)),
        TableColumn::new("Oordeel", "", Kind::Text),
        TableColumn::new("Opmerking", "", Kind::Text),
        TableColumn::new("Vrije keuze door maatregel, apart", "", Kind::Count),
    ]);
    let mut table = Table::new(id, &caption, columns);
    table.rows = vergelijking.gemeenten.iter().map(|one| row(vergelijking, one)).collect();
    table.source_line = source(input, QUERY);
    table
}

fn row(vergelijking: &Vergelijking, one: &Oordeel) -> Row {
    let telling = &one.telling;
    let int = |value: i64, column: &str| {
        Cell::new(CellValue::Int(value)).at(&vergelijking.address(&telling.code, column))
    };
    let mut cells = vec![
        Cell::text(&telling.naam),
        int(telling.aantal, "aantal"),
        int(telling.jeugdigen, "jeugdigen"),
    ];
    cells.extend(rates(vergelijking, one));
    cells.extend([
        number(vergelijking, one, one.verwacht, "verwacht"),
        Cell::text(one.woord()),
        trechter::opmerking(one),
        int(telling.vrije_keuze, "vrije_keuze"),
    ]);
    Row::new(cells)
}
