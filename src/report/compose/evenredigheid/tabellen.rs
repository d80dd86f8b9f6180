//! The tables of zorgcoordinatie beside a fair lottery: aanbieders, and every gemeente.

use crate::dutch::{decimal, kans, n_of, percent};
use crate::findings::evenredigheid::{VRAAG, bereik, namen};
use crate::findings::verdeling::{Aandeel, Evenredig, Termijn};
use crate::report::compose::cellen::{gemeente, gemeenten};
use crate::report::compose::evenredigheid::{in_kort, suffix};
use crate::report::compose::{Input, source};
use crate::report::document::{Block, Cell, Kind, Row, Table, TableColumn, Value};

pub(super) fn clients_table(input: &Input<'_>, evenredig: &Evenredig, caption: &str) -> Table {
    let mut table = Table::new(
        &format!("coordinatie_loting_{}_gegevens", suffix(evenredig.termijn)),
        caption,
        vec![
            TableColumn::new("Aanbieder", "", Kind::Text),
            TableColumn::new("Had kunnen coördineren", "cliënten", Kind::Count),
            TableColumn::new("Coördineerde", "cliënten", Kind::Count),
            TableColumn::new("Verwacht", "gelijke kans", Kind::Decimal(1)),
            TableColumn::new("Meestal", "gelijke kans", Kind::Text),
            TableColumn::new("Verwacht", "naar omvang", Kind::Decimal(1)),
            TableColumn::new("Meestal", "naar omvang", Kind::Text),
            TableColumn::new("q-waarde", "", Kind::Text),
            TableColumn::new("Uitkomst", "", Kind::Text),
        ],
    );
    table.rows = evenredig
        .delen
        .iter()
        .map(|deel| {
            Row::new(vec![
                Cell::text(&deel.aanbieder),
                Cell::new(Value::Int(n_of(deel.kandidaat_bij))),
                Cell::new(Value::Int(deel.waargenomen)),
                Cell::new(Value::Decimal(deel.gelijk.verwacht)),
                Cell::text(&bereik(&deel.gelijk)),
                Cell::new(Value::Decimal(deel.naar_omvang.verwacht)),
                Cell::text(&bereik(&deel.naar_omvang)),
                q(deel),
                Cell::text(in_kort(deel.oordeel)),
            ])
        })
        .collect();
    table.source_line = source(input, VRAAG);
    table
}

fn q(deel: &Aandeel) -> Cell {
    let text = |q: f64| if q < 0.001 { "< 0,001".to_owned() } else { decimal(q, 3) };
    deel.q.map_or_else(|| Cell::unknown("te weinig cliënten"), |q| Cell::text(&text(q)))
}

/// Every gemeente, quarter and year.
pub(super) fn per_gemeente(input: &Input<'_>) -> Option<Block> {
    let caption = format!(
        "Zorgcoördinatie naast loting per gemeente, {} en het jaar tot en met {}",
        input.kwartaal, input.kwartaal
    );
    let mut table = Table::new(
        "coordinatie_loting_gemeente",
        &caption,
        vec![
            TableColumn::new("Gemeente", "", Kind::Text),
            TableColumn::new("Periode", "", Kind::Text),
            TableColumn::new("Cliënten", "", Kind::Count),
            TableColumn::new("Aanbieders met genoeg cliënten", "", Kind::Count),
            TableColumn::new("Meer of minder dan toeval verklaart", "", Kind::Text),
            TableColumn::new("Afstand tot gelijke delen", "", Kind::Share),
            TableColumn::new("Als het lot beslist", "", Kind::Text),
            TableColumn::new("Zo'n verdeling komt door het lot voor", "", Kind::Text),
        ],
    );
    let all = &input.published.judged().evenredig;
    // A year of one quarter is not judged, and has no rows.
    let is_judged = |termijn: &Termijn| all.iter().any(|one| one.termijn == *termijn);
    for code in gemeenten(input) {
        for termijn in [Termijn::Kwartaal, Termijn::Jaar].into_iter().filter(is_judged) {
            let is_it = |one: &&Evenredig| {
                one.termijn == termijn && one.gemeente.as_deref() == Some(code.as_str())
            };
            let name = gemeente(input, &code);
            table.rows.push(gemeente_row(name, termijn, all.iter().find(is_it)));
        }
    }
    table.source_line = source(input, VRAAG);
    (!table.rows.is_empty()).then_some(Block::Table(table))
}

/// One gemeente in one term; without clients to choose for there is nothing to say, and that is said.
fn gemeente_row(name: &str, termijn: Termijn, found: Option<&Evenredig>) -> Row {
    let term = match termijn {
        Termijn::Kwartaal => "kwartaal",
        Termijn::Jaar => "jaar",
    };
    let mut cells = vec![Cell::text(name), Cell::text(term)];
    let Some(one) = found else {
        let nobody = || Cell::unknown("geen cliënt bij wie een ander had kunnen coördineren");
        cells.extend([Cell::new(Value::Int(0)), Cell::new(Value::Int(0))]);
        cells.extend([nobody(), nobody(), nobody(), nobody()]);
        return Row::new(cells);
    };
    let judged = one.beoordeeld().count();
    cells.extend([Cell::new(Value::Int(n_of(one.clienten))), Cell::new(Value::Int(n_of(judged)))]);
    if judged == 0 {
        // A share of four clients over seven aanbieders says nothing.
        let few = || Cell::unknown("te weinig cliënten");
        cells.extend([few(), few(), few(), few()]);
        return Row::new(cells);
    }
    let hoover = &one.telling.hoover;
    let range = format!("{} tot {}", percent(hoover.toeval.low, 0), percent(hoover.toeval.high, 0));
    cells.extend([
        Cell::text(&namen(one)),
        Cell::new(Value::Share(hoover.waarde)),
        Cell::text(&range),
        match &one.telling.toets {
            Ok(toets) => Cell::text(&kans(toets.p)),
            Err(reason) => Cell::unknown(&reason.to_string()),
        },
    ]);
    Row::new(cells)
}
