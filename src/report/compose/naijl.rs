//! Chapter: what is still to be declared.

use anyhow::Result;
use chrono::Datelike as _;

use crate::charts::{Chart, Kind as ChartKind, Line, Series};
use crate::disclosure::{PublishedCell, PublishedMeasure};
use crate::dutch::{date_long, n_of, percent};
use crate::findings::naijl::grens;
use crate::findings::{Chapter, Naijl, NaijlKwartaal, NaijlMaand};
use crate::report::compose::cellen::{As, find, value_or_unknown};
use crate::report::compose::{Input, figure_of, findings_block, section, source, undetermined};
use crate::report::document::{
    Block, Cell, Kind, NoteKind, Row, Section, Table, TableColumn, Value,
};

/// Most months of delay that are shown; what comes later is in the figures all the same.
const MAX_VERTRAGING: usize = 12;

pub(super) fn chapter(input: &Input<'_>) -> Result<Section> {
    let mut blocks = undetermined(input, Chapter::Naijl);
    blocks.extend(findings_block(input, Chapter::Naijl));
    if let Some(naijl) = &input.published.judged().naijl {
        blocks.extend(trend(input, naijl)?);
        blocks.push(Block::Table(run_off(input, naijl)));
        blocks.push(Block::Note(NoteKind::Toelichting, guide(input, naijl)));
    }
    Ok(section(input, Chapter::Naijl, "Na-ijl: wat nog wordt gedeclareerd", blocks))
}

fn guide(input: &Input<'_>, naijl: &Naijl) -> String {
    let setting = &input.region.drempels.volledigheid_minimum;
    let undated = undated(input);
    format!(
        "De laatste dagtekening in de gegevens is {}; wat later wordt gedeclareerd is onbekend, niet nul. In de tabel Afloop \
         is \"meteen\": gedeclareerd uiterlijk op dag {} van de maand na de zorg; \"1 maand later\" is tot dezelfde dag een maand later, enzovoort. Meer \
         dan 100% betekent dat er later weer iets af ging, of naar verwachting af gaat, door creditregels. De verwachting gaat ervan uit dat \
         maanden volstromen zoals de maanden ervoor, en ziet niet dat een levering ontbreekt. Een creditregel telt op zijn eigen dagtekening, ook als hij \
         met zijn debetregel is verrekend.{undated} Een kwartaal waarvan naar schatting minder \
         dan {} is gedeclareerd heet voorlopig ({}: {}) en blijft buiten vergelijkingen.",
        date_long(naijl.stand),
        naijl.stand.day(),
        grens(setting.waarde),
        setting.grondslag,
        setting.bron.trim_end_matches('.')
    )
}

/// A sentence on the lines of which nothing can be said.
fn undated(input: &Input<'_>) -> String {
    let kwartaal = input.kwartaal.to_string();
    let measure = input.published.measure("zonder_dagtekening");
    let lines = find(measure, &["kwartaal"], &[("kwartaal", kwartaal.as_str())]);
    let Some(lines) = lines.and_then(|cell| cell.value.value()).filter(|n| *n > 0) else {
        return String::new();
    };
    format!(
        " Van {} in {kwartaal} is geen dagtekening bekend; over die regels zegt dit hoofdstuk niets.",
        crate::dutch::counted(lines, "regel", "regels")
    )
}

/// Eight quarters: what was declared, and what is expected in the end.
fn trend(input: &Input<'_>, naijl: &Naijl) -> Result<Option<Block>> {
    let quarters = &naijl.kwartalen;
    let euros = |ct: i64| ct as f64 / 100.0;
    let expected = |one: &NaijlKwartaal| expected_ct(one).map(euros);
    let caption = format!(
        "Gedeclareerde en verwachte kosten, euro, acht kwartalen tot en met {}",
        input.kwartaal
    );
    let part = naijl.kwartaal(input.kwartaal).and_then(|one| one.verwachting.as_ref().ok());
    let title = match part {
        Some(part) => {
            format!(
                "Van {} is naar schatting {} gedeclareerd",
                input.kwartaal,
                percent(part.volledigheid, 1)
            )
        }
        None => format!("Het is te vroeg om {} te schatten", input.kwartaal),
    };
    let known: Vec<Option<f64>> = quarters
        .iter()
        .map(|one| known_cell(input, one))
        .map(|cell| cell.and_then(|cell| cell.value.value()).map(euros))
        .collect();
    let series = |name: &str, values: Vec<Option<f64>>| Series {
        name: name.to_owned(),
        texts: values.iter().map(|v| v.map(whole).unwrap_or_default()).collect(),
        values,
    };
    let chart = Chart {
        stem: "naijl_verloop".to_owned(),
        title,
        subtitle: caption.clone(),
        source: source(input, "naijl"),
        kind: ChartKind::Line(Line {
            unit: "euro".to_owned(),
            x: quarters.iter().map(|one| one.kwartaal.to_string()).collect(),
            series: vec![
                // What is known lies on top of what is expected: mostly they are the same.
                series("verwacht in totaal", quarters.iter().map(expected).collect()),
                series("gedeclareerd", known),
            ],
            n_provisional: quarters.iter().rev().take_while(|one| one.is_voorlopig).count(),
        }),
    };
    figure_of(chart, &caption, quarter_table(input, naijl, &caption), &[3, 1])
}

/// What a quarter is expected to cost in the end; `None` when that cannot be told.
fn expected_ct(one: &NaijlKwartaal) -> Option<i64> {
    let to_come = one.verwachting.as_ref().ok()?.nog_te_komen_ct;
    Some(one.bekend_ct + one.zonder_dagtekening_ct + to_come)
}

/// The same as a cell; hidden with what is known, which is most of it.
fn expected_cell(known: &Cell, one: &NaijlKwartaal) -> Cell {
    match (&known.value, expected_ct(one), &one.verwachting) {
        (Value::Hidden, ..) => Cell::new(Value::Hidden),
        (_, Some(ct), _) => Cell::new(Value::Cents(ct)),
        (_, None, Err(reason)) => Cell::unknown(reason),
        (_, None, Ok(_)) => Cell::new(Value::Empty),
    }
}

/// Whole euros of a line, as written beside its point.
fn whole(euros: f64) -> String {
    crate::dutch::decimal(euros, 0)
}

fn known_cell<'p>(input: &'p Input<'_>, one: &NaijlKwartaal) -> Option<&'p PublishedCell> {
    let kwartaal = one.kwartaal.to_string();
    find(input.published.measure("naijl"), &["kwartaal"], &[("kwartaal", kwartaal.as_str())])
}

fn quarter_table(input: &Input<'_>, naijl: &Naijl, caption: &str) -> Table {
    let mut table = Table::new(
        "naijl_kwartalen",
        caption,
        vec![
            TableColumn::new("Kwartaal", "", Kind::Text),
            TableColumn::new("Gedeclareerd", "", Kind::Cents),
            TableColumn::new("Nog te verwachten", "", Kind::Cents),
            TableColumn::new("Verwacht in totaal", "", Kind::Cents),
            TableColumn::new("Ten minste", "95%-bereik", Kind::Cents),
            TableColumn::new("Ten hoogste", "95%-bereik", Kind::Cents),
            TableColumn::new("Naar schatting gedeclareerd", "", Kind::Share),
            TableColumn::new("Stand", "", Kind::Text),
        ],
    );
    for one in &naijl.kwartalen {
        let cents = |ct: i64| Cell::new(Value::Cents(ct));
        let known = known_cell(input, one);
        let known = value_or_unknown(known, As::Cents, "geen declaraties over dit kwartaal");
        let in_all = expected_cell(&known, one);
        let mut cells = vec![Cell::text(&one.kwartaal.to_string()), known];
        match &one.verwachting {
            Ok(expected) => {
                let bound = |pick: fn((i64, i64)) -> i64| {
                    expected.bereik_ct.map_or_else(
                        || Cell::unknown("de maanden laten niet zien hoe ver zij uiteenlopen"),
                        |range| cents(pick(range)),
                    )
                };
                cells.extend([
                    cents(expected.nog_te_komen_ct),
                    in_all,
                    bound(|range| range.0),
                    bound(|range| range.1),
                    Cell::new(Value::Share(expected.volledigheid)),
                ]);
            }
            Err(reason) => cells.extend(std::iter::repeat_n(Cell::unknown(reason), 5)),
        }
        let stand = match (one.is_voorlopig, &one.verwachting) {
            (true, _) => "voorlopig",
            (false, Ok(_)) => "niet voorlopig",
            (false, Err(_)) => "niet te bepalen",
        };
        cells.push(Cell::text(stand));
        table.rows.push(Row::new(cells));
    }
    table.source_line = source(input, "naijl");
    table
}

/// Months of care against months of delay, in parts of what is expected in the end.
fn run_off(input: &Input<'_>, naijl: &Naijl) -> Table {
    let shown = shown_delays(naijl);
    let caption = format!(
        "Afloop per maand van zorg: deel van de verwachte kosten dat toen was gedeclareerd, stand {}",
        date_long(naijl.stand)
    );
    let mut columns = vec![TableColumn::new("Maand van zorg", "", Kind::Text)];
    columns.extend((0..shown).map(|delay| {
        let heading = match delay {
            0 => "Meteen".to_owned(),
            n => format!("{} later", crate::dutch::counted(n_of(n), "maand", "maanden")),
        };
        TableColumn::new(&heading, "", Kind::Share)
    }));
    let mut table = Table::new("naijl_afloop", &caption, columns);
    let measure = input.published.measure("naijl");
    for maand in &naijl.maanden {
        let mut cells = vec![Cell::text(&maand.maand)];
        cells.extend(parts(measure, naijl, maand, shown));
        table.rows.push(Row::new(cells));
    }
    let mut cells = vec![Cell::text("Verwacht")];
    let unknown = || Cell::unknown("geen maand is zo oud en had daarvoor al declaraties");
    let expected =
        |part: &Option<f64>| part.map_or_else(unknown, |part| Cell::new(Value::Share(part)));
    cells.extend(naijl.volledigheid.iter().take(shown).map(expected));
    table.rows.push(Row::total(cells));
    table.source_line = source(input, "naijl");
    table
}

/// Up to and including the last delay at which anything still came in.
fn shown_delays(naijl: &Naijl) -> usize {
    let last_change = |maand: &NaijlMaand| {
        let pairs = maand.bekend_ct.windows(2).enumerate().rev();
        pairs.filter(|(_, pair)| pair[0] != pair[1]).map(|(at, _)| at + 2).next().unwrap_or(1)
    };
    let last = naijl.maanden.iter().map(last_change).max().unwrap_or(1);
    last.clamp(2, MAX_VERTRAGING).min(naijl.volledigheid.len())
}

/// The parts of one month. One small amount hides them all: with the others it could be subtracted.
fn parts(
    measure: Option<&PublishedMeasure>,
    naijl: &Naijl,
    maand: &NaijlMaand,
    shown: usize,
) -> Vec<Cell> {
    let keys = ["maand", "vertraging_maanden", "kwartaal"];
    let is_hidden = measure.is_none_or(|measure| {
        let cells = measure.level(&keys).iter();
        let mut of_month = cells.filter(|cell| measure.key(cell, "maand") == maand.maand);
        of_month.any(|cell| cell.value.value().is_none())
    });
    let part = |delay: usize| match (maand.bekend_ct.get(delay), maand.verwacht_ct) {
        (None, _) => Cell::unknown(&format!("ligt na {}", date_long(naijl.stand))),
        _ if is_hidden => Cell::new(Value::Hidden),
        (Some(known), Some(expected)) if expected > 0.0 => {
            Cell::new(Value::Share(*known as f64 / expected))
        }
        _ => Cell::unknown("de verwachting van deze maand is niet te berekenen"),
    };
    (0..shown).map(part).collect()
}
