//! The answer as a workbook.
//!
//! Enters: an [`Antwoord`]. Leaves: bytes. Does not know cells.

use chrono::NaiveDate;

use crate::disclosure::Antwoord;
use crate::dutch;
use crate::report::antwoord::{Gemeenten, banner, figuur, scherm, tabel};
use crate::report::document::{Cell, FigureBlock, Kind, Row, Table, TableColumn};
use crate::report::workbook::{self, Imprint};

/// An answer has no day of its own, and a workbook of the same answer has the same bytes.
const MADE: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day of the calendar");

pub(super) fn bytes(antwoord: &Antwoord, gemeenten: Gemeenten<'_>) -> anyhow::Result<Vec<u8>> {
    let mut table = tabel::with_codes(antwoord, gemeenten);
    let mut said: Vec<String> = antwoord.opmerkingen().to_vec();
    said.push(tabel::bron(antwoord));
    table.source_line = said.join(" · ");
    let figure = figure(antwoord, gemeenten)?;
    let explanation = explanation(antwoord, &table, figure.as_ref());
    let imprint = Imprint {
        title: antwoord.titel().to_owned(),
        subject: antwoord.vraag().chars().take(250).collect(),
        heading: antwoord.titel().to_owned(),
        banner: banner(antwoord).to_owned(),
        program: format!("maatstaf {}", env!("CARGO_PKG_VERSION")),
        made: MADE,
    };
    workbook::loose(&imprint, &table, figure.as_ref(), explanation)
}

/// The chart that the answer has by itself, when it tells more than one figure.
fn figure(antwoord: &Antwoord, gemeenten: Gemeenten<'_>) -> anyhow::Result<Option<FigureBlock>> {
    let Ok(drawing) = figuur::drawing(antwoord, None, gemeenten) else { return Ok(None) };
    if drawing.data.rows.len() < 2 {
        return Ok(None);
    }
    let Ok(drawn) = drawing.drawn() else { return Ok(None) };
    let block = FigureBlock::new(drawn, &drawing.data.caption.clone(), drawing.data)?;
    Ok(Some(block.drawn_from(&drawing.columns)?))
}

/// The question, the remarks, the reasons and the description of the chart.
fn explanation(antwoord: &Antwoord, table: &Table, figure: Option<&FigureBlock>) -> Table {
    let mut lines = vec![("Vraag", antwoord.vraag().to_owned())];
    lines.extend(antwoord.opmerkingen().iter().map(|text| ("Let op", text.clone())));
    lines.extend(
        scherm::reasons(table).into_iter().map(|reason| ("Reden", dutch::capital(&reason))),
    );
    lines.push(("Voor wie", banner(antwoord).to_owned()));
    lines.push(("Bron", tabel::bron(antwoord)));
    lines.extend(figure.map(|figure| ("Beschrijving van de grafiek", figure.alt().to_owned())));
    lines.retain(|(_, text)| !text.trim().is_empty());
    let columns =
        vec![TableColumn::new("Soort", "", Kind::Text), TableColumn::new("Tekst", "", Kind::Text)];
    let mut explanation = Table::new("toelichting", "Toelichting bij het antwoord", columns);
    let row = |(kind, text): (&str, String)| Row::new(vec![Cell::text(kind), Cell::text(&text)]);
    explanation.rows = lines.into_iter().map(row).collect();
    explanation
}
